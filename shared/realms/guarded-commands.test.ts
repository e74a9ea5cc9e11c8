import { expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { moved, offered } from './moved.test-support.ts';
import { edgeSite, profile, userData } from './testing/edge-site.ts';

const before = edgeSite['profiles/edge.yaml'] ?? '';
const command = (item: string) => userData(`ssh_pwauth: false\nbootcmd:\n  - ${item}`);
const overlay = '  kernel:\n    modules:\n      load:\n        - overlay\n';

test.each([
  ['nice modprobe overlay'],
  ['nice -n 19 ionice -c 3 modprobe overlay'],
  ['timeout 60 modprobe overlay'],
  ['timeout -k 5 --foreground 1.5m sudo modprobe overlay'],
  ['nohup modprobe overlay &'],
  ['flock -w 5 /run/lock modprobe overlay'],
  ['flock /run/lock /usr/sbin/modprobe overlay'],
  ['cloud-init-per once bring modprobe overlay'],
  ['[cloud-init-per, always, bring, modprobe, overlay]'],
  ['[/usr/bin/cloud-init-per, instance, bring, sh, -c, "modprobe overlay"]'],
  ['[sudo, nice, -n, 5, modprobe, overlay]'],
  ['env LC_ALL=C.UTF-8 modprobe overlay'],
  ['[env, NEEDRESTART_MODE=a, DEBIAN_FRONTEND=noninteractive, modprobe, overlay]'],
  ['sudo -u root stdbuf -oL /sbin/modprobe overlay'],
])('a command behind a program that runs it moves as it would alone: %s', (item) => {
  const texts = command(item);
  const [fix] = offered(texts, 'realm-other');
  const after = moved(texts, fix?.title ?? '');
  expect(after['profiles/edge.yaml']).toBe(`${before}${overlay}`);
  expect(after['user-data/base.yaml']).toBe(edgeSite['user-data/base.yaml']);
});

const holds =
  /a condition or a loop decides whether it is run, and what a profile says holds for all its hosts/;

test.each([
  ['if [ -e /x ]; then modprobe overlay; fi', holds],
  ['if [ -e /x ]; then true; else modprobe overlay; fi', holds],
  ['if ! modprobe overlay; then echo no; fi', holds],
  ['if modprobe overlay; then ls; fi', holds],
  ['"[ -e /x ] && modprobe overlay"', holds],
  ['test -e /x && modprobe overlay', holds],
  ['"[ -e /x ] && { true; modprobe overlay; }"', holds],
  ['"[ -e /x ] && exit 0; modprobe overlay"', holds],
  ['lspci | grep -q Mellanox && modprobe overlay', holds],
  ['command -v modprobe && sudo modprobe overlay', holds],
  ['for n in 1 2 3; do modprobe overlay && break; done', holds],
  ['until modprobe overlay; do sleep 1; done', holds],
  ['case $(uname -m) in x86_64) modprobe overlay;; esac', holds],
  ['|\n    case a in\n      x) modprobe overlay ;;\n    esac', holds],
  ['sh -c "if true; then modprobe overlay; fi"', holds],
  ['"if [ -e /x ]\\nthen\\n  modprobe overlay\\nfi"', holds],
  ['|\n    if [ -e /x ]; then modprobe overlay; fi', holds],
  ['"[ -e /x ] || modprobe overlay"', /only where the command before it fails/],
  ['if true; then timedatectl set-timezone UTC; fi', /what site.yaml says holds for all hosts/],
  ['if true; then kubeadm join x; fi', /no document of a site holds what is done on day 2/],
  ['if true; then ip addr add 10.0.0.9/24 dev eno1; fi', /only you can say which host and link/],
  ['[env, A=b, modprobe, overlay]', /variables of its own, .* does\. Write the modules under/],
])('a command behind a condition is told of, and stays: %s', (item, why) => {
  const found = analyse(command(item)).diagnostics;
  expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
  expect(offered(command(item), 'realm-other')).toEqual([]);
});

test('a condition that is over keeps nothing behind it', () => {
  const after = (text: string) => command(`"${text}; modprobe overlay"`);
  expect(offered(after('{ true; }'), 'realm-other')).toHaveLength(1);
  const [note] = analyse(after('for n in 1 2; do true && break; done')).diagnostics;
  expect(note?.message).toContain('another command stands beside it');
});

test('a command of a script behind a condition is told of at its line, and stays', () => {
  const texts = profile(
    'scripts:\n  - name: a\n    content: |\n      #!/bin/sh\n      if [ -e /x ]; then modprobe overlay; fi\n',
  );
  const found = analyse(texts).diagnostics;
  expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(holds)]);
  expect(offered(texts, 'realm-other')).toEqual([]);
});

test.each([
  ['nice'],
  ['timeout 60'],
  ['if modinfo overlay; then echo yes; fi'],
  ['cloud-init-per once bring'],
  ['for m in a b; do echo "$m"; done'],
  ['command -v modprobe overlay'],
])('says nothing of %s', (item) => expect(analyse(command(item)).diagnostics).toEqual([]));
