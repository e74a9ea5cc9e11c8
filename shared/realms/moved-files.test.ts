import { expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { moved, offered } from './moved.test-support.ts';
import { edgeSite, userData } from './testing/edge-site.ts';

const before = edgeSite['profiles/edge.yaml'] ?? '';
const file = (entry: string, more = '') => userData(`ssh_pwauth: false\n${more}write_files:\n  - {${entry}}`);

test.each([
  [
    'path: /etc/sysctl.conf, append: true, content: "vm.swappiness=1\\n"',
    '  sysctl:\n    vm.swappiness: "1"\n',
  ],
  [
    'path: /etc/modules, append: true, defer: true, content: "overlay\\n"',
    '  kernel:\n    modules:\n      load:\n        - overlay\n',
  ],
  [
    'path: /etc/security/limits.conf, append: yes, content: "* soft core 0"',
    '  limits:\n    - domain: "*"\n      type: soft\n      item: core\n      value: "0"\n',
  ],
  [
    'path: /etc/udev/rules.d/x.rules, append: false, defer: true, encoding: text/plain, content: x',
    '  files:\n    - path: /etc/udev/rules.d/x.rules\n      content: x\n',
  ],
])('lines and files that are written late move with what they say: %s', (entry, added) => {
  const texts = file(entry);
  const [fix] = offered(texts, 'realm-other');
  const after = moved(texts, fix?.title ?? '');
  expect(after['profiles/edge.yaml']).toBe(`${before}${added}`);
  expect(after['user-data/base.yaml']).toBe(edgeSite['user-data/base.yaml']);
});

test.each([
  ['path: /etc/udev/rules.d/x.rules, append: true, content: x', /a profile holds a file as a whole/],
  ['path: /etc/udev/rules.d/x.rules, owner: "ops:ops", content: x', /the image may not have that account/],
  ['path: /etc/udev/rules.d/x.rules, owner: "root:ops", content: x', /the image may not have that account/],
  ['path: /etc/udev/rules.d/x.rules, encoding: b64, content: eAo=', /it is encoded \(b64\)/],
  ['path: /etc/udev/rules.d/x.rules, permissions: "rw", content: x', /no text in octal/],
  ['path: /etc/default/grub, content: x', /only you can say what of it is for the kernel/],
  ['path: /etc/timezone, append: true, content: UTC', /it adds to a file that is there already/],
  ['path: /etc/systemd/timesyncd.conf, content: "[Time]\\nNTP=((var.ntp))"', /may be another on each host/],
  ['path: /etc/systemd/timesyncd.conf, content: "[Time]\\nX=1"', /more than site.yaml has words for/],
  ['path: /etc/netplan/60-x.yaml, content: "network: {}"', /only you can say which host it is for/],
  ['path: /etc/network/interfaces, content: "address ((var.address))"', /are filled in as well/],
])('a file that stays says why: %s', (entry, why) => {
  const texts = file(entry);
  const reasons = analyse(texts).diagnostics.filter(({ code }) => code === 'realm-other');
  expect(reasons.map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
  expect(reasons[0]?.message).toMatch(/ No fix moves it: [a-z“]/);
  expect(offered(texts, 'realm-other')).toEqual([]);
});

test('the name that each host has anyway is taken out', () => {
  const texts = file('path: /etc/hostname, content: "((host.name))\\n"');
  expect(analyse(texts).diagnostics.map(({ message }) => message)).toEqual([
    'The name of a host is stamped: it is that of its document, and each host has it without this file. Leave it out.',
  ]);
  const after = moved(texts, 'Take out “/etc/hostname”, which hosts are given without it');
  expect(after['user-data/base.yaml']).toBe(edgeSite['user-data/base.yaml']);
});

test.each([
  ['edge-9', '', /^Every host with this fragment would get this one name\. .* has its name already\. Take/],
  [
    '"((host.fqdn))"',
    '',
    /^The name of a host is stamped.* has its name already\. Take the file out here\.$/,
  ],
  ['"((host.name))"', 'preserve_hostname: true\n', /this file does it instead\. Take out both\.$/],
])('another name in /etc/hostname is told of once, and stays: %s', (name, more, why) => {
  const texts = file(`path: /etc/hostname, content: ${name}`, more);
  const found = analyse(texts).diagnostics.filter(({ code }) => code === 'realm-other');
  expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
  expect(offered(texts, 'realm-other')).toEqual([]);
});
