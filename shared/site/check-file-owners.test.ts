import { expect, test } from 'vitest';
import { newSite } from '../assist/new-site.ts';
import { createSiteAnalyser } from './analyser.ts';

const files = new Map(newSite('edge').map(({ path, text }) => [path, text]));
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT a@b';

interface Site {
  readonly profile?: string;
  readonly site?: string;
  readonly image?: string;
  readonly second?: string;
}

/** What is told of the owner of a file, in a site of one host with this fragment. */
function told(owner: string, fragment = '', { profile, site, image, second = '' }: Site = {}): string[] {
  const analyser = createSiteAnalyser();
  const inSpec = (path: string, line: string | undefined) => {
    const text = files.get(path) ?? '';
    return line === undefined ? text : text.replace(/^spec:\n/m, `spec:\n  ${line}\n`);
  };
  for (const [path, text] of files) analyser.update(path, text);
  analyser.update('hosts/node-1.yaml', inSpec('hosts/node-1.yaml', 'userData: [files, second]'));
  analyser.update('profiles/node.yaml', inSpec('profiles/node.yaml', profile));
  analyser.update('images/node.yaml', inSpec('images/node.yaml', image));
  const ofSite = files.get('site.yaml') ?? '';
  analyser.update('site.yaml', site === undefined ? ofSite : ofSite.replace('adminKeys: []', site));
  const file = `write_files: [{path: /etc/a, content: a, ${owner}}]`;
  analyser.update('user-data/files.yaml', `#cloud-config\n${file}\n${fragment}\n`);
  analyser.update('user-data/second.yaml', `#cloud-config\n${second}\n`);
  analyser.setOtherPaths([]);
  const found = analyser.analyse().diagnosticsByFile.get('user-data/files.yaml') ?? [];
  return found
    .filter(({ range, code }) => range.start.line === 2 && code !== 'realm-other')
    .map(({ severity, message }) => `${severity} ${message}`);
}

test.each([
  ['of nobody', 'owner: "app:app"', '', {}, /Nothing makes the account or group “app”/],
  ['of nobody, put off', 'owner: app, defer: true', '', {}, /Nothing makes the account or group “app”/],
  ['of a group of nobody', 'owner: "root:app"', '', {}, /Nothing makes the account or group “app”/],
  ['misspelt', 'owner: ww-data', '', {}, /Did you mean “www-data”/],
  [
    'of the administrator of the site',
    'owner: ops',
    '',
    { site: `adminUser: {name: ops}\n  adminKeys: ['${key}']` },
    /“ops” is made after files are written.*defer: true/,
  ],
  ['of the default account', 'owner: "debian:debian"', '', {}, /“debian” is made after files are written/],
  [
    'of the default account beside an administrator, who takes its place',
    'owner: debian, defer: true',
    '',
    { site: `adminUser: {name: ops}\n  adminKeys: ['${key}']` },
    /Nothing makes the account or group “debian”/,
  ],
  ['of a package to come', 'owner: "_chrony"', 'packages: [chrony]', {}, /“_chrony” is made after files/],
  [
    'of a command',
    'owner: app, defer: true',
    'runcmd: [useradd -r app]',
    {},
    /“app” is made by runcmd, which runs after all files/,
  ],
  ['of a group of the fragment', 'owner: "root:app"', 'groups: [app]', {}, /“app” is made after files/],
])('warns of an owner %s', (_what, owner, fragment, site, message) => {
  expect(told(owner, fragment, site)).toEqual([
    expect.stringMatching(new RegExp(`^warning .*${message.source}`)),
  ]);
});

test.each([
  ['root', 'owner: "root:root"', '', {}],
  ['an account of Debian', 'owner: "www-data:adm"', '', {}],
  ['what cloud-init passes over', 'owner: "root:-1"', '', {}],
  ['a baked account', 'owner: "app:app"', '', { profile: 'users: [{name: app}]' }],
  ['a baked package', 'owner: "_chrony"', '', { profile: 'packages: {install: [chrony]}' }],
  ['a package of the image', 'owner: grafana', '', { image: 'packages: [grafana]' }],
  [
    'a package with something of its name',
    'owner: prometheus',
    '',
    { profile: 'packages: {install: [prometheus-alertmanager]}' },
  ],
  [
    'an account of another fragment',
    'owner: app, defer: true',
    '',
    { second: 'merge_how: list(append)+dict(recurse_list)+str()\nusers: [default, {name: app}]' },
  ],
  ['a group of a user', 'owner: "root:app", defer: true', 'users: [{name: eve, groups: "app, adm"}]', {}],
  ['an account that a command makes early', 'owner: app', 'bootcmd: [useradd -r app]', {}],
  [
    'the administrator later',
    'owner: ops, defer: true',
    '',
    { site: `adminUser: {name: ops}\n  adminKeys: ['${key}']` },
  ],
  ['an account of the host', 'owner: ((host.name))', '', {}],
  ['an element that nobody knows', 'owner: app', '', { image: 'elements: [ours]' }],
  [
    'a package to come with something of its name',
    'owner: grafana, defer: true',
    'packages: [grafana-enterprise]',
    {},
  ],
])('takes %s for an owner', (_what, owner, fragment, site) => {
  expect(told(owner, fragment, site)).toEqual([]);
});

test('is told soon of thousands of files, beside thousands of commands, packages and users', () => {
  const many = (entry: (index: number) => string) => Array.from({ length: 8000 }, (_, index) => entry(index));
  const start = performance.now();
  const files = many((index) => `{path: /srv/a${index}, content: a, owner: a${index}}`);
  for (const others of [
    `runcmd: [${many((index) => `useradd b${index}`)}]`,
    `packages: [${many((index) => `p${index}`)}]`,
    `users: [${many((index) => `{name: u${index}}`)}]`,
  ])
    told(`owner: "root:root"}, ${files.join(', ').slice(0, -1)}`, others);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test.each(['1000:1000', 'app.app'])('an owner that is no name is told once: %s', (owner) =>
  expect(told(`owner: "${owner}"`)).toHaveLength(1),
);
