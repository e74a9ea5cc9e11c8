import { expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { moved, offered } from './moved.test-support.ts';
import { edgeSite, profile, userData } from './testing/edge-site.ts';

const before = edgeSite['profiles/edge.yaml'] ?? '';
const command = (item: string) => userData(`ssh_pwauth: false\nruncmd:\n  - ${item}`);

/** What the profile has behind its own settings after the one move that is offered for a command. */
function movedToProfile(item: string): string | undefined {
  const texts = command(item);
  const [fix, ...others] = offered(texts, 'realm-other');
  expect(others).toEqual([]);
  if (fix === undefined) return undefined;
  const after = moved(texts, fix.title);
  expect(after['user-data/base.yaml']).toBe(edgeSite['user-data/base.yaml']);
  expect(after['profiles/edge.yaml']?.startsWith(before)).toBe(true);
  return after['profiles/edge.yaml']?.slice(before.length);
}

const parameter = (text: string) => `  sysctl:\n    ${text}\n`;
const overlay = '  kernel:\n    modules:\n      load:\n        - overlay\n';
const jq = '  packages:\n    install:\n      - jq\n';

test.each([
  [
    '[sysctl, -w, "net.ipv4.tcp_rmem=4096 87380 6291456"]',
    parameter('net.ipv4.tcp_rmem: "4096 87380 6291456"'),
  ],
  [
    `'sysctl -w net.ipv4.tcp_rmem="4096 87380 6291456"'`,
    parameter('net.ipv4.tcp_rmem: "4096 87380 6291456"'),
  ],
  ["/sbin/sysctl -w 'vm.swappiness=1'", parameter('vm.swappiness: "1"')],
  ['echo -n 1 > /proc/sys/net/ipv4/ip_forward', parameter('net.ipv4.ip_forward: "1"')],
  ['echo "vm.swappiness=1" >> /etc/sysctl.conf', parameter('vm.swappiness: "1"')],
  ['echo overlay | sudo tee -a /etc/modules > /dev/null', overlay],
  ['[/usr/sbin/modprobe, overlay]', overlay],
  ['bash -c "modprobe overlay"', overlay],
  ["[sh, -c, 'modprobe overlay || true']", overlay],
  [
    'modprobe bonding mode=4',
    '  kernel:\n    modules:\n      load:\n        - bonding\n      options:\n        bonding: mode=4\n',
  ],
  ['apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y jq', jq],
  ['sudo -E apt-get -yqq install --no-install-recommends jq=1.6-2', jq.replace('jq', 'jq=1.6-2')],
  [
    '|\n    set -e\n    # Containers.\n    modprobe overlay\n    sysctl -w kernel.panic=3',
    `${overlay.replace('- o', '# Containers.\n        - o')}${parameter('kernel.panic: "3"')}`,
  ],
])('a command moves with all that it says: %s', (item, added) => {
  expect(movedToProfile(item)).toBe(added);
});

test.each([
  ['of another release', 'apt-get install -y -t bookworm-backports jq'],
  ['with an option of apt', 'apt-get install -o Dpkg::Options::=--force-confold jq'],
  ['that removes as well', 'apt-get install -y jq nano-'],
  ['that only runs where another fails', 'modprobe overlay || modprobe aufs'],
  ['beside one that has no counterpart', 'modprobe overlay; echo done'],
  ['behind a condition', '|\n    if true; then\n    modprobe overlay\n    fi'],
  ['of a user', 'systemctl --user enable lldpd'],
  ['with a variable', 'sysctl -w kernel.panic=$SECONDS'],
  ['in an environment of its own', 'A=b modprobe overlay'],
  ['for two documents', 'modprobe overlay; timedatectl set-timezone Europe/Berlin'],
])('a command stays: %s', (_name, item) => {
  expect(analyse(command(item)).diagnostics.map(({ code }) => code)).toEqual(['realm-other']);
  expect(offered(command(item), 'realm-other')).toEqual([]);
});

test('says of each command of an item where it belongs, each once', () => {
  const [found] = analyse(command('modprobe a; modprobe b; sysctl -w kernel.panic=3')).diagnostics;
  expect(found?.message).toMatch(/^A module .* comes later\. A kernel parameter .* sets it once\.$/);
});

test('takes words in quotes for no commands', () => {
  expect(analyse(command(`echo "a; modprobe overlay" 'b && modprobe overlay'`)).diagnostics).toEqual([]);
});

test('the time zone that is written into its file', () => {
  const title = 'Move “echo Europe/Berlin > /etc/timezone” to site.yaml';
  expect(moved(command('echo Europe/Berlin > /etc/timezone'), title)).toEqual(edgeSite);
});

test('a unit moves under the name with which it can be enabled', () => {
  const installed = profile('packages:\n  install: [smartmontools]');
  const after = moved(
    {
      ...command('systemctl enable --now smartd'),
      ...{ 'profiles/edge.yaml': installed['profiles/edge.yaml'] ?? '' },
    },
    'Move “systemctl enable --now smartd” to profiles/edge.yaml',
  );
  expect(after['profiles/edge.yaml']).toContain('enable:\n      - smartmontools.service');
});

test('a file of kernel parameters of which one may fail stays a file', () => {
  const path = '/etc/sysctl.d/x.conf';
  const texts = userData(
    `ssh_pwauth: false\nwrite_files:\n  - path: ${path}\n    content: -net.ipv4.ip_forward=1`,
  );
  const after = moved(texts, `Move “${path}” to profiles/edge.yaml`);
  expect(after['profiles/edge.yaml']).toContain(`  files:\n    - path: ${path}\n`);
});

test('a line goes out of a script of more, in several lines of the document', () => {
  const script = '|\n    test -d /srv\n    # Containers.\n    modprobe overlay';
  const after = moved(command(script), 'Move “modprobe overlay” to profiles/edge.yaml');
  expect(after['user-data/base.yaml']).toContain('runcmd:\n  - |\n    test -d /srv\n');
  expect(after['user-data/base.yaml']).not.toContain('Containers');
  expect(after['profiles/edge.yaml']).toContain('        # Containers.\n        - overlay\n');
});

test('tells of each line of a script, at its place', () => {
  const script = '|\n    echo hi\n    modprobe overlay\n    sysctl -w kernel.panic=3';
  const places = analyse(command(script)).diagnostics.map(({ range }) => [range.start, range.end.column]);
  expect(places).toEqual([
    [{ line: 6, column: 5 }, 21],
    [{ line: 7, column: 5 }, 29],
  ]);
});

test('a here-document is no script', () => {
  const script = '|\n    cat > /usr/local/sbin/a <<EOF\n    modprobe overlay\n    EOF';
  expect(analyse(command(script)).diagnostics).toEqual([]);
});
