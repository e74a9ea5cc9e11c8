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
  [String.raw`"printf 'vm.swappiness=1\\n' > /etc/sysctl.d/x.conf"`, parameter('vm.swappiness: "1"')],
  [String.raw`"printf '%s\\n' overlay | tee /etc/modules-load.d/x.conf"`, overlay],
  ['modprobe overlay > /dev/null 2>&1', overlay],
  ['"modprobe overlay # Containers."', overlay.replace('- o', '# Containers.\n        - o')],
  ['|\n    apt-get install -y \\\n      jq', jq],
  ['apt-get purge -y jq', jq.replace('install', 'purge')],
  [
    'systemctl enable --now chronyd',
    '  systemd:\n    enable:\n      - chrony.service\n  packages:\n    install:\n      - chrony\n',
  ],
  [
    'sysctl -w net.bridge.bridge-nf-call-iptables=1',
    '  sysctl:\n    net.bridge.bridge-nf-call-iptables: "1"\n  kernel:\n    modules:\n      load:\n        - br_netfilter\n',
  ],
  [
    'add-apt-repository -y "deb http://p.example/k bookworm main"',
    '  repositories:\n    - name: p-example\n      uri: http://p.example/k\n      suites: [bookworm]\n      components: [main]\n',
  ],
  [
    '|\n    cat <<EOF | sudo tee /etc/apt/sources.list.d/x.list\n    # Ours.\n    deb http://p.example/k /\n    EOF',
    '  repositories:\n    # Ours.\n    - name: x\n      uri: http://p.example/k\n      suites: [/]\n',
  ],
  [
    '|\n    # Why.\n    cat > /etc/sysctl.d/x.conf <<EOF\n    # Panic.\n    kernel.panic=3\n    EOF',
    '  sysctl:\n    # Why.\n    # Panic.\n    kernel.panic: "3"\n',
  ],
  [
    '|\n    cat > /etc/containerd/config.toml <<\'EOF\'\n    a = "$b"\n    EOF',
    '  files:\n    - path: /etc/containerd/config.toml\n      content: |\n        a = "$b"\n',
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
  ['of another release', 'apt-get install -y -t bookworm-backports jq', /no option of apt that has a value/],
  ['with an option of apt', 'apt-get install -y -o Dpkg::Options::=--force-confold jq', /no option of apt/],
  ['that removes as well', 'apt-get install -y jq nano-', /packages by name/],
  [
    'that only runs where another fails',
    'modprobe overlay || modprobe aufs',
    /where the command before it fails/,
  ],
  ['beside one that has no counterpart', 'modprobe overlay; echo done', /as an item of its own/],
  ['beside another in a folded text', '>\n    modprobe overlay;\n    echo done', /as an item of its own/],
  [
    'behind a condition',
    '|\n    if true; then\n    modprobe overlay\n    fi',
    /may decide whether it is run/,
  ],
  ['of a user', 'systemctl --user enable lldpd', /units of the system by name/],
  ['with a variable', 'sysctl -w kernel.panic=$SECONDS', /a shell fills in a part of it/],
  ['with a variable in quotes', '\'bash -c "sysctl -w kernel.panic=$A"\'', /a shell fills in a part of it/],
  [
    'with a backslash that shells read differently',
    `'echo "vm.a=1\\n" > /etc/sysctl.d/x'`,
    /take the command out/,
  ],
  [
    'in an environment of its own',
    'A=b modprobe overlay',
    /variables of its own, .* does\. Write the modules under “kernel.modules.load”/,
  ],
  ['for two documents', 'modprobe overlay; timedatectl set-timezone Europe/Berlin', /several documents/],
  [
    'that takes a file in',
    'cat /srv/a > /etc/sysctl.d/x.conf',
    /not to be seen here\. Write there what the file should say/,
  ],
  ['that adds to a file', 'echo "a = 1" >> /etc/containerd/config.toml', /or the file itself under “files”/],
  ['that would be a mistake there', 'apt-get install -y kdump-tools', /told of: “Nothing sets memory aside/],
  [
    'with what a shell fills in',
    '|\n    cat > /etc/sysctl.d/x.conf <<EOF\n    kernel.panic=$A\n    EOF',
    /a shell fills in a part of it/,
  ],
  [
    'whose output goes elsewhere',
    'echo vm.a=1 > /etc/sysctl.d/x.conf > /dev/null',
    /Write there what the file should/,
  ],
  [
    'with a name that is none',
    "'echo a=1 > /etc/sysctl.d/x.conf'",
    /told of: “A sysctl key has parts with dots/,
  ],
  ['for one host', 'ip addr add 10.0.0.9/24 dev eno1', /only you can say which host and link/],
  ['of day 2', 'kubeadm join 10.0.0.1:6443', /no document of a site holds what is done on day 2/],
  ['of a repository of Ubuntu', 'add-apt-repository -y ppa:x/y', /a PPA is of Ubuntu/],
])('a command stays, with the reason: %s', (_name, item, why) => {
  expect(analyse(command(item)).diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['realm-other', expect.stringMatching(new RegExp(`No fix moves it.*${why.source}`))],
  ]);
  expect(offered(command(item), 'realm-other')).toEqual([]);
});

test('a source stays where the fragment handles keys, since one of them may sign it', () => {
  const source = 'echo "deb http://p.example/k a main" > /etc/apt/sources.list.d/x.list';
  const texts = command(`${source}\n  - apt-key add /srv/key`);
  expect(analyse(texts).diagnostics[0]?.message).toMatch(
    /No fix moves it: only you can say which key signs it/,
  );
  expect(offered(texts, 'realm-other')).toEqual([]);
});

test('a here-document goes out of a script of more, as one', () => {
  const script =
    '|\n    test -d /srv\n    cat > /etc/sysctl.d/x.conf <<EOF\n    kernel.panic=3\n    EOF\n    echo hi';
  const after = moved(command(script), 'Move “cat > /etc/sysctl.d/x.conf <<EOF” to profiles/edge.yaml');
  expect(after['user-data/base.yaml']).toContain('runcmd:\n  - |\n    test -d /srv\n    echo hi\n');
  expect(after['profiles/edge.yaml']).toContain('  sysctl:\n    kernel.panic: "3"\n');
});

test('the language goes to the site', () => {
  const title = 'Move “update-locale LANG=de_DE.UTF-8” to site.yaml';
  expect(moved(command('update-locale LANG=de_DE.UTF-8'), title)['site.yaml']).toContain(
    '  locale: de_DE.UTF-8\n',
  );
});

test('says in its title what a service brings along', () => {
  const [fix] = offered(command('systemctl enable chronyd'), 'realm-other');
  expect(fix?.title).toBe('Move “systemctl enable chronyd” to profiles/edge.yaml, with the package chrony');
});

test('brings along nothing that the profile has', () => {
  const texts = {
    ...command('systemctl enable chronyd lldpd'),
    'profiles/edge.yaml': profile('packages: {install: [chrony]}')['profiles/edge.yaml'] ?? '',
  };
  const [fix] = offered(texts, 'realm-other');
  expect(fix?.title).toMatch(/ to profiles\/edge.yaml, with the package lldpd$/);
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
