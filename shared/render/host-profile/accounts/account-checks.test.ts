import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { repositoryKey } from '../testing/load-profile.ts';

const key = (text: string) =>
  `repositories: [{name: k, uri: "https://packages.edge.example/k", suites: [/], key: ${JSON.stringify(text)}}]`;
const hash = `$6$salt$${'a'.repeat(86)}`;

describe('repositories and accounts', () => {
  const own = (more: string) =>
    `repositories: [{name: k, uri: "https://packages.edge.example/k", suites: [/], packages: [tcpdmp, vendor-tool], ${more}}]`;
  judgeAll([
    [own('onHosts: false'), /^warning “tcpdmp” is not known/],
    [
      `${own('onHosts: true')}\npackages: {purge: [vendor-tool]}`,
      /^warning “tcpdmp”/,
      /^error .*vendor-tool/,
    ],
    [key(repositoryKey)],
    [key(repositoryKey.replace('HlEp', 'HlEq')), /^error The key is damaged: its checksum/],
    [key(repositoryKey.replace('YycSNGS0', '')), /^error The key is damaged/],
    [key(repositoryKey.replace('YycSNGS0J', '')), /^error The key is cut short/],
    [key(repositoryKey.replaceAll('PUBLIC', 'PRIVATE')), /^error This is a private key/],
    [key('ABC'), /^error A repository key is an armoured text/],
    [
      key('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----'),
      /no OpenPGP public key/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [bookworm]}]',
      /^error A suite by name needs components/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [/], components: [main]}]',
      /^error A suite that ends with a slash/,
    ],
    [
      'repositories: [{name: k, uri: "https://u:p@p.edge.example/k", suites: [/]}]',
      /^warning The address holds a password/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [/]}, {name: k, uri: "https://p.edge.example/l", suites: [/]}]',
      /^error There are two repositories/,
    ],
    [
      'repositories: [{name: k, uri: "https://p.edge.example/k", suites: [/], pin: {priority: 1001}}]',
      /^warning Without a key of its own/,
    ],
    [
      `users: [{name: a, passwordHash: "${hash}"}]`,
      /^warning a is the same on every host .* has its password hash/,
    ],
    ['users: [{name: a, passwordHash: secret}]', /^error A password stands here only as its hash/],
    ['users: [{name: a, system: true}]'],
    [
      'users: [{name: a, uid: 900, system: true}, {name: a, uid: 900, system: true}]',
      /^error The account a stands here twice/,
      /^error a has the number 900 too/,
    ],
    ['users: [{name: root}]', /^error root is an account or a group of every system/],
    [
      'users: [{name: a, system: true, authorizedKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT a"]}]',
      /^warning a is the same/,
      /^error An account for a service/,
    ],
  ]);
});

describe('owners of files and folders', () => {
  const owned = (owner: string, group = 'root') =>
    `files: [{path: /etc/a, content: x, owner: ${owner}, group: ${group}}]`;
  judgeAll([
    [owned('www-data', 'shadow')],
    [owned('systemd-network', 'systemd-journal')],
    [owned('"1000"', '"1000"')],
    [`users: [{name: deploy}]\n${owned('deploy', 'deploy')}`],
    [`users: [{name: deploy, groups: [operators]}]\n${owned('deploy', 'operators')}`],
    [`packages: {install: [prometheus-node-exporter]}\n${owned('prometheus')}`],
    [`packages: {install: [chrony]}\n${owned('_chrony')}`],
    [`packages: {install: [my-agentd]}\n${owned('myagent')}`],
    [`containers: {runtime: docker}\n${owned('root', 'docker')}`],
    [
      owned('root', 'docker'),
      /^warning There is no group “docker” in the image: it comes with the package docker.io/,
    ],
    [owned('postgres'), /^warning There is no account “postgres” .* the package postgresql/],
    [owned('deploy', 'deploy'), /^warning There is no account “deploy” in the image: it is none of Debian’s/],
    [owned('ww-data'), /^warning There is no account “ww-data”. Did you mean “www-data”/],
    [
      'directories: [{path: /srv/a, owner: deploy}, {path: /srv/b, owner: deploy}]',
      /^warning There is no account “deploy”/,
    ],
    [`users: [{name: deploy}]\n${owned('deplyo')}`, /Did you mean “deploy”/],
    [
      'permissions: [{path: /etc/crontab, owner: deploy}]',
      /^warning There is no account “deploy” .* An unknown one ends the build\.$/,
    ],
    ['permissions: [{path: /etc/crontab, mode: "0600"}]'],
  ]);
});
