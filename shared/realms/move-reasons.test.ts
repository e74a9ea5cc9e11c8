import { expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { offered } from './moved.test-support.ts';
import { edgeSite, profile, userData } from './testing/edge-site.ts';

test.each([
  ['sysctl: {kernel.panic: 60}', 'runcmd:\n  - sysctl -w kernel.panic=5', 'sets kernel.panic to 60'],
  ['sysctl: {kernel.panic: 5}', 'runcmd:\n  - sysctl -w kernel.panic=5', undefined],
  [
    'kernel: {modules: {blacklist: [overlay]}}',
    'bootcmd:\n  - modprobe overlay',
    'has overlay under kernel.modules.blacklist',
  ],
  [
    'systemd: {mask: [lldpd.service]}',
    'runcmd:\n  - systemctl enable lldpd',
    'has lldpd.service under systemd.mask',
  ],
  [
    'limits: [{domain: root, type: soft, item: core, value: 0}]',
    'write_files:\n  - {path: /etc/security/limits.d/x.conf, content: root soft core 1}',
    'has root soft core under limits',
  ],
  [
    'limits: [{domain: root, type: soft, item: core, value: 1}]',
    'write_files:\n  - {path: /etc/security/limits.d/x.conf, content: root soft core 1}',
    undefined,
  ],
  [
    'files: [{path: /etc/udev/rules.d/x.rules, content: x}]',
    'write_files:\n  - {path: /etc/udev/rules.d/x.rules, content: x}',
    undefined,
  ],
  [
    'files: [{path: /etc/udev/rules.d/x.rules, content: x}]',
    'write_files:\n  - {path: /etc/udev/rules.d/x.rules, content: y}',
    'has /etc/udev/rules.d/x.rules under files',
  ],
])('says why no fix moves a setting: %s against %s', (spec, text, why) => {
  const texts = { ...profile(spec), 'user-data/base.yaml': `#cloud-config\nssh_pwauth: false\n${text}\n` };
  const found = analyse(texts).diagnostics.find(({ code }) => code === 'realm-other');
  const because = `No fix moves it: profiles/edge.yaml ${why} already.`;
  expect(found?.message.includes(because)).toBe(why !== undefined);
  expect(offered(texts, 'realm-other')).toHaveLength(why === undefined ? 1 : 0);
});

test('says why the site does not take a time zone, until it has the same', () => {
  const texts = userData('ssh_pwauth: false\nruncmd:\n  - timedatectl set-timezone UTC');
  const messages = (site: string) =>
    analyse({ ...texts, 'site.yaml': site }).diagnostics.map(({ message }) => message);
  const site = edgeSite['site.yaml'] ?? '';
  expect(messages(site)).toEqual([
    expect.stringMatching(/site.yaml sets timezone to Europe\/Berlin already\.$/),
  ]);
  expect(messages(site.replace('Europe/Berlin', 'UTC'))).toEqual([expect.stringMatching(/of site.yaml\.$/)]);
});

test.each([
  ['a comment in brackets', 'runcmd: [ls, # first\n  modprobe overlay]'],
  ['an anchor', 'runcmd:\n  - ls\n  - &a [modprobe, overlay]'],
])('says that what stands beside a setting keeps it: %s', (_name, text) => {
  const texts = userData(`ssh_pwauth: false\n${text}`);
  expect(analyse(texts).diagnostics.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /No fix moves it: a comment, an anchor or an alias stands beside it on its line\.$/,
    ),
  ]);
  expect(offered(texts, 'realm-other')).toEqual([]);
});

test('says it no longer once the profile says the same, and again when it does not', () => {
  const analyser = createSiteAnalyser();
  const texts = {
    ...userData('ssh_pwauth: false\nruncmd:\n  - sysctl -w kernel.panic=5'),
    ...onlyProfile('sysctl: {kernel.panic: 60}'),
  };
  for (const [path, text] of Object.entries(texts)) analyser.update(path, text);
  const reasons = () =>
    analyser.analyse().diagnostics.filter(({ message }) => message.includes('No fix moves it'));
  expect(reasons()).toHaveLength(1);
  for (const [spec, count] of [
    ['sysctl: {kernel.panic: 5}', 0],
    ['sysctl: {kernel.panic: 7}', 1],
    ['sysctl: {}', 0],
  ] as const) {
    analyser.update('profiles/edge.yaml', onlyProfile(spec)['profiles/edge.yaml']);
    expect(reasons()).toHaveLength(count);
  }
});

const onlyProfile = (spec: string) => ({ 'profiles/edge.yaml': profile(spec)['profiles/edge.yaml'] ?? '' });

test.each([
  ['/root/.ssh/authorized_keys', '', 'admin, not to root'],
  ['/home/night/.ssh/authorized_keys', '', 'admin, not to night'],
  ['/home/night/.ssh/authorized_keys', '  adminUser: {name: night}\n', undefined],
  ['/home/admin/.ssh/authorized_keys', '', undefined],
])('moves the keys in %s only to the account whose they are', (path, more, why) => {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT alice';
  const texts = {
    ...profile(`files: [{path: ${path}, content: "${key}"}]`),
    'site.yaml': `apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: edge}\nspec:\n  timezone: UTC\n${more}`,
  };
  const found = analyse(texts).diagnostics.find(({ code }) => code === 'realm-other');
  expect(/to the account (.*)\.$/.exec(found?.message ?? '')?.[1]).toBe(why);
  expect(offered(texts, 'realm-other')).toHaveLength(why === undefined ? 1 : 0);
});
