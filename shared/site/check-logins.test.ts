import { expect, test } from 'vitest';
import { newSite } from '../assist/new-site.ts';
import { createSiteAnalyser } from './analyser.ts';

/** Informations that nobody can log in, of a new site with these documents in the place of, or beside, its own. */
function told(
  documents: Readonly<Record<string, string>> = {},
  otherPaths: readonly string[] = [],
): string[] {
  const analyser = createSiteAnalyser();
  for (const { path, text } of newSite('edge')) analyser.update(path, text);
  for (const [path, text] of Object.entries(documents)) analyser.update(path, text);
  analyser.setOtherPaths(otherPaths);
  return analyser
    .analyse()
    .diagnostics.filter(({ message }) => message.startsWith('Nobody can log in'))
    .map(
      ({ file, range, severity, message }) =>
        `${file}:${range.start.line}:${range.start.column} ${severity} ${/to (.*?):/.exec(message)?.[1]}`,
    );
}

const textOf = (path: string) => newSite('edge').find((file) => file.path === path)?.text ?? '';
const site = textOf('site.yaml');
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT a@b';
const lineOfKeys = site.split('\n').findIndex((line) => line.includes('adminKeys')) + 1;
const once = [`site.yaml:${lineOfKeys}:3 info the hosts of this site`];

/** The host of the new site with this fragment. */
function withFragment(text: string): Record<string, string> {
  return {
    'hosts/node-1.yaml': textOf('hosts/node-1.yaml').replace(/^spec:\n/m, 'spec:\n  userData: [people]\n'),
    'user-data/people.yaml': `#cloud-config\n${text}`,
  };
}

function withProfile(spec: string): Record<string, string> {
  return { 'profiles/node.yaml': textOf('profiles/node.yaml').replace(/^spec:\n/m, `spec:\n  ${spec}\n`) };
}

test('a site whose hosts nobody can log into is told once, where keys belong', () => {
  expect(told()).toEqual(once);
});

test.each([
  ['an account without a key', 'users: [{name: a, lock_passwd: true, ssh_authorized_keys: []}]\n'],
  ['a hash that fits nothing', 'users: [{name: a, passwd: "!"}]\n'],
  ['other settings', 'ssh_pwauth: true\nruncmd: [reboot]\n'],
])('with %s too', (_what, text) => {
  expect(told(withFragment(text))).toEqual(once);
});

test.each([
  ['a key of an account', `users: [{name: a, ssh_authorized_keys: ['${key}']}]\n`],
  ['a key of the default account', `ssh_authorized_keys: ['${key}']\n`],
  ['a key of the host', 'ssh_authorized_keys: [((var.key))]\n'],
  ['a password', 'users: [{name: a, lock_passwd: false, passwd: "$6$x$y"}]\n'],
  ['a list of passwords', 'chpasswd: {users: [{name: root, type: RANDOM}]}\n'],
  ['a secret', 'write_files: [{path: /etc/a, content: ((secret.join))}]\n'],
  ['a command', 'runcmd: ["echo root:a | chpasswd"]\n'],
  ['a directory service', 'packages: [sssd]\n'],
])('but not with %s in a fragment', (_what, text) => {
  expect(told(withFragment(text))).toEqual([]);
});

test.each([
  ['keys of the site', { 'site.yaml': site.replace(/adminKeys: \[\]/, `adminKeys: ['${key}']`) }],
  [
    'an administrator, who is told of',
    { 'site.yaml': site.replace(/adminKeys: \[\]/, 'adminUser: {name: a}') },
  ],
  ['a baked account', withProfile(`users: [{name: a, authorizedKeys: ['${key}']}]`)],
  ['a site that cannot be read', { 'site.yaml': `${site}  [\n` }],
  [
    'an element of the site',
    { 'images/node.yaml': textOf('images/node.yaml').replace(/^spec:\n/m, 'spec:\n  elements: [people]\n') },
  ],
])('but not with %s', (_what, documents) => {
  expect(told(documents as Record<string, string>, ['elements/people/'])).toEqual([]);
});

test('names the hosts where others are open', () => {
  const other = textOf('hosts/node-1.yaml').replaceAll('node-1', 'node-2');
  const documents = { ...withFragment(`ssh_authorized_keys: ['${key}']\n`), 'hosts/node-2.yaml': other };
  expect(told(documents)).toEqual([`site.yaml:${lineOfKeys}:3 info node-2`]);
});

test('says nothing of a site without hosts', () => {
  const analyser = createSiteAnalyser();
  analyser.update('site.yaml', site);
  analyser.setOtherPaths([]);
  expect(analyser.analyse().diagnostics).toEqual([]);
});
