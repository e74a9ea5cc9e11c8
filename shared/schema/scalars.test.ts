import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { pemCertificateProblem } from './pem-certificate.ts';
import * as scalars from './scalars.ts';
import { sshPublicKeyProblem } from './ssh-public-key.ts';

const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP6gXN7jegjiLElAv+4a/IIYNKyPhY+omhCF/E6epMlh';

const cases: [name: string, schema: z.ZodType, good: unknown[], bad: unknown[]][] = [
  [
    'hostname label',
    scalars.hostnameLabel,
    ['cp-1', 'a', 'a'.repeat(63)],
    ['', '-a', 'a-', 'A', 'a.b', 'a'.repeat(64)],
  ],
  [
    'domain',
    scalars.domainName,
    ['edge.example', 'a', 'Edge.example'],
    ['edge..example', '.a', 'a b', 'Ä.example'],
  ],
  ['address', scalars.ipAddress, ['10.0.0.1', '2001:db8::1'], ['10.0.0.256', '10.0.0.1/24', '1:::2', 'a']],
  [
    'server',
    scalars.serverAddress,
    ['ntp.edge.example', '10.0.0.1', '::1'],
    ['10.0.0.999', '1.2.3', 'a_b', ''],
  ],
  [
    'MAC address',
    scalars.macAddress,
    ['52:54:00:12:34:56', '52-54-00-AB-CD-EF'],
    ['52:54:00:12:34', '52:54-00:12:34:56', 'zz:54:00:12:34:56'],
  ],
  [
    'interface name',
    scalars.interfaceName,
    ['eno1', 'bond0.100', 'a'.repeat(15)],
    ['a'.repeat(16), 'a/b', 'a b', '.', 'a:0'],
  ],
  ['list of isolated CPUs', scalars.isolatedCpuList, ['2-N', 'N,3', 'all', 3], ['N', 'N-N', 'a']],
  [
    'CPU list',
    scalars.cpuList,
    ['2-7', '0,2,4-6', 3, '0-31:2/4', '2-N', 'N', 'all', 'ALL', 'all:1/2', '0-N:2/8,all'],
    ['2-', 'a', '2 - 7', -1, '', '2-n', '2:1/2', 'al', 'N-', 'all-3'],
  ],
  [
    'login shell',
    scalars.loginShell,
    ['/bin/bash', '/usr/bin/git-shell', '/bin/ksh', '/usr/bin/tcsh', '/usr/bin/vtysh', '/opt/menu'],
    ['/bin/bahs', '/usr/bin/zhs', '/bin/nologin', 'bash'],
  ],
  [
    'rule of sudo',
    scalars.sudoRule,
    [
      'ALL=(ALL) NOPASSWD:ALL',
      'ALL=(ALL:ALL) ALL',
      'ALL = NOPASSWD: SETENV: /usr/bin/apt, !/usr/bin/su',
      'ALL=(root) SERVICES, sudoedit /etc/motd',
      'web=(www) /bin/ls : db=(dba) ALL',
      'ALL=(ALL) CWD=/srv NOPASSWD: ALL',
      'ALL=(ALL) ALL : web = NOPASSWD: ALL',
      'ALL=(ALL) ALL # until spring',
    ],
    [
      'ALL=(ALL) NOPASWD:ALL',
      'ALL=(ALL) NOPASSWD',
      'ALL=(ALL)',
      'ALL=ALL) ALL',
      'ALL=(ALL ALL',
      'ALL',
      'ALL=NOPASSWD:',
    ],
  ],
  [
    'kernel argument',
    scalars.kernelArgument,
    ['quiet', 'console=ttyS0,115200n8', 'dyndbg="file a +p"'],
    ['a b', '', '=a', 'ü'],
  ],
  [
    'sysctl key',
    scalars.sysctlKey,
    ['net.ipv4.ip_forward', 'net/ipv4/conf/bond0.100/rp_filter'],
    ['net', 'net..a', 'net.a b'],
  ],
  [
    'path',
    scalars.absolutePath,
    ['/etc/motd', '/a b', '/..a'],
    ['etc', '/', '/etc/', '//a', '/a/../b', '/./a', '/a/..'],
  ],
  [
    'path with a pattern',
    scalars.absolutePathPattern,
    ['/boot/System.map-*', '/etc/a?', "/srv/it's"],
    ['/etc/[ab]', '/etc/a\\*', 'etc/*', '/etc/*/../b'],
  ],
  ['mode', scalars.octalMode, ['0644', '755', '4755'], ['0999', '44', 'rw']],
  ['size', scalars.byteSize, ['1MiB', '512 KiB', '4096'], ['1MB', '0MiB', '-1', '1.5GiB']],
  [
    'package',
    scalars.packageName,
    ['ethtool', 'g++', 'libc6:amd64', 'nginx=1.22.1-9', 'linux-perf/bookworm-backports'],
    ['A', 'a', 'a b', 'a;b'],
  ],
  ['unit', scalars.unitName, ['ssh.service', 'getty@ttyS0.service'], ['ssh', 'a b.service', '../a.service']],
  [
    'time zone',
    scalars.timeZone,
    ['UTC', 'Europe/Berlin', 'America/Argentina/Salta', 'Etc/GMT+1'],
    ['Berlin/', 'europe/berlin', '../etc'],
  ],
  ['locale', scalars.locale, ['C.UTF-8', 'en_GB.UTF-8', 'de_DE'], ['english', 'en-GB', '']],
  ['mirror', scalars.httpUrl, ['http://mirror.edge.example/debian'], ['ftp://a', 'mirror', '']],
  [
    'BMC',
    scalars.bmcUrl,
    [
      'ipmi://10.0.9.1',
      'irmc://10.0.9.1',
      'libvirt://10.0.9.1:6230',
      'redfish-uefihttp+https://10.0.9.1/redfish/v1/Systems/1',
      'redfish-virtualmedia+https://10.0.9.1/redfish/v1/Systems/1',
    ],
    ['10.0.9.1', 'http://a'],
  ],
];

describe.each(cases)('%s', (_name, schema, good, bad) => {
  test.each(good)('accepts %j', (value) => expect(schema.safeParse(value).success).toBe(true));
  test.each(bad)('refuses %j', (value) => expect(schema.safeParse(value).success).toBe(false));
});

describe('SSH public key', () => {
  test.each([
    ed25519,
    `${ed25519} alice@laptop`,
    `from="10.0.0.0/8",command="echo no" ${ed25519} comment with spaces`,
  ])('accepts %s', (key) => expect(sshPublicKeyProblem(key)).toBeUndefined());

  test.each([
    ['cut short in base64', ed25519.slice(0, -3), /cut short or damaged/],
    ['cut short on a base64 boundary', ed25519.slice(0, -4), /inner lengths/],
    [
      'of another type than it says',
      ed25519.replace('ssh-ed25519', 'ssh-rsa'),
      /inside it is a key of the type ssh-ed25519/,
    ],
    ['without its type', ed25519.split(' ')[1] ?? '', /starts with its type/],
    ['placeholder', 'ssh-rsa xyz...', /cut short or damaged/],
    ['private', '-----BEGIN OPENSSH PRIVATE KEY-----\nabc', /private key/],
    ['folded into two lines', ed25519.replace('AAAAI', '\nAAAAI'), /one line/],
    ['DSA', 'ssh-dss AAAA', /DSA/],
  ])('refuses a key that is %s', (_name, key, problem) => expect(sshPublicKeyProblem(key)).toMatch(problem));
});

describe('certificate', () => {
  const der = [0x30, 4, 1, 2, 3, 4];
  const pem = (bytes: number[], type = 'CERTIFICATE') =>
    `-----BEGIN ${type}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${type}-----\n`;

  test('accepts a block and a chain of blocks', () => {
    expect(pemCertificateProblem(pem(der))).toBeUndefined();
    expect(pemCertificateProblem(pem(der) + pem(der))).toBeUndefined();
  });

  test.each([
    ['cut short', pem(der.slice(0, -1)), /cut short/],
    ['of another type', pem(der, 'CERTIFICATE REQUEST'), /CERTIFICATE REQUEST/],
    ['private', pem(der, 'RSA PRIVATE KEY'), /private key/],
    ['without its end', pem(der).slice(0, 40), /PEM block/],
    ['with words around', `hello ${pem(der)}`, /text beside/],
  ])('refuses what is %s', (_name, text, problem) => expect(pemCertificateProblem(text)).toMatch(problem));
});

test.each([
  ['1MiB', 1048576],
  ['512 KiB', 524288],
  ['4096', 4096],
  ['1MB', undefined],
])('%s are %s bytes', (size, bytes) => expect(scalars.bytesOfSize(size)).toBe(bytes));

test('a MAC address in another spelling brings the one that is meant', () => {
  const issues = (mac: string) => scalars.macAddress.safeParse(mac).error?.issues;
  expect(issues('52:54:00:20:21:2')).toMatchObject([{ params: { candidates: ['52:54:00:20:21:02'] } }]);
  expect(issues('52:54:00:20:21')).toMatchObject([{ params: {} }]);
});

test('an address of a BMC that is no URL is told as that alone', () => {
  expect(scalars.bmcUrl.safeParse('10.10.0.300').error?.issues).toMatchObject([
    { message: expect.stringContaining('a URL with its protocol') },
  ]);
});
