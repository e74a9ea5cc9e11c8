import { describe, expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

function found(body: string) {
  return validateText('user-data/a.yaml', `#cloud-config\n${body}\n`);
}

function findings(body: string): string[] {
  return found(body)
    .filter(({ code }) => code !== 'realm-other')
    .map(({ range, severity, code }) => `${range.start.line} ${severity} ${code}`);
}

describe('packages', () => {
  test('finds two names in one item and takes them apart', () => {
    const [first] = found('packages:\n  - curl\n  - git jq');
    expect(first).toMatchObject({ severity: 'warning', code: 'cloud-config-type' });
    expect(first?.fixes?.[0]?.newText).toBe('git\n  - jq');
  });

  test('finds a dash that was lost between two lines', () => {
    expect(findings('packages:\n  - curl\n    git')).toEqual(['3 warning cloud-config-type']);
  });

  test('takes versions, releases and paths', () => {
    const body = 'packages: [curl=7.88.1-10, linux-image-amd64/bookworm-backports, [git, "1:2.39"], "php8*"]';
    expect(findings(body)).toEqual([]);
  });
});

describe('servers', () => {
  test.each(['192.256.23.2', '192.168.23', '192.168,23.2', '192.168.O.2', '10.0.0.1/24', '2001:db8::1::2'])(
    'warns of %s as a time server and a name server',
    (server) => {
      expect(findings(`ntp:\n  servers: ["${server}"]`)).toEqual(['3 warning network-dns']);
      expect(
        findings(`manage_resolv_conf: true\nresolv_conf:\n  nameservers: ["${server}"]`).filter(
          (each) => each === '4 warning network-dns',
        ),
      ).toHaveLength(1);
    },
  );

  test.each(['ntp.example.org', '0.pool.ntp.example', '192.0.2.1', '2001:db8::1', 'time', '((site.name))'])(
    'takes the time server %s',
    (server) => expect(findings(`ntp:\n  servers: ["${server}"]`)).toEqual([]),
  );
});

describe('names of users', () => {
  test('warns of a name that useradd refuses', () => {
    expect(findings(`users: [{name: ${'a'.repeat(33)}}, {name: "a b"}, {name: "-x"}]`)).toEqual([
      '2 warning cloud-config-user',
      '2 warning cloud-config-user',
      '2 warning cloud-config-user',
    ]);
  });

  test('takes those that it makes', () => {
    expect(
      findings(`users: [default, ${'a'.repeat(32)}, {name: svc_backup.1}, {name: ((var.user))}]`),
    ).toEqual([]);
  });

  test('finds a lost dash before a name', () => {
    expect(findings('users:\n  name: alice\n  shell: /bin/bash')[0]).toBe('3 warning cloud-config-user');
    expect(findings('users:\n  alice: {shell: /bin/bash}')).toEqual([]);
  });
});

describe('values that other programs refuse', () => {
  test.each([
    ['hostname: web_01', '2 warning cloud-config-type', 'web-01'],
    ['hostname: -web', '2 warning cloud-config-type', undefined],
    ['fqdn: host..example.org', '2 warning cloud-config-type', undefined],
    ['users: [{name: a, shell: bash}]', '2 warning cloud-config-type', '/bin/bash'],
    ['users: [{name: a, sudo: NOPASSWD ALL}]', '2 warning cloud-config-type', undefined],
    ['write_files: [{path: /a, content: b, owner: root.root}]', '2 warning cloud-config-type', 'root:root'],
    ['mounts: [[/dev/sdb, data]]', '2 warning cloud-config-type', '/data'],
    ['apt: {proxy: "192.0.2.1:3128"}', '2 warning cloud-config-type', '"http://192.0.2.1:3128"'],
    ['ntp: {pools: ["http://time.example"]}', '2 warning network-dns', '"time.example"'],
    ['ntp: {servers: ["a b"]}', '2 warning network-dns', undefined],
    ['ntp: {pools: [""]}', '2 warning network-dns', undefined],
    ['packages: [""]', '2 warning cloud-config-type', undefined],
    ['packages: ["vim nano"]', '2 warning cloud-config-type', '"vim", "nano"'],
    [
      'users: [{name: a, sudo: "ALL=(ALL) NOPASSWD"}]',
      '2 warning cloud-config-type',
      '"ALL=(ALL) NOPASSWD:ALL"',
    ],
    [
      'users: [{name: a, sudo: "ALL=(ALL) NOPASSWD:"}]',
      '2 warning cloud-config-type',
      '"ALL=(ALL) NOPASSWD:ALL"',
    ],
    ['users: [{name: a, groups: "adm;sudo"}]', '2 warning cloud-config-user', '"adm, sudo"'],
    ['users: [{name: a, groups: "adm/sudo,"}]', '2 warning cloud-config-user', '"adm, sudo"'],
    ['users: [{name: a, uid: -1}]', '2 warning cloud-config-user', undefined],
    ['write_files: [{path: "", content: b}]', '2 warning cloud-config-type', undefined],
    ['write_files: [{path: /a, content: b, owner: root adm}]', '2 warning cloud-config-type', 'root:adm'],
    ['chpasswd: {users: [{name: "", type: RANDOM}]}', '2 warning cloud-config-type', undefined],
    ['ssh_keys: {rsa_private: ssh-rsa}', '2 warning cloud-config-type', undefined],
    ['growpart: {devices: [sda1]}', '2 warning cloud-config-type', '/dev/sda1'],
    ['fs_setup: [{device: /dev/sdb1, filesystem: etx4}]', '2 warning cloud-config-type', 'ext4'],
    ['apt: {sources: {a: {source: deb http//a b c}}}', '2 warning cloud-config-type', undefined],
    ['apt: {sources: {a: {source: "deb http://a.example"}}}', '2 warning cloud-config-type', undefined],
    [
      'apt: {sources: {a: {source: "deb http://a.example bookworm"}}}',
      '2 warning cloud-config-type',
      undefined,
    ],
    [
      'users: [{name: a, ssh-authorized-keys: []}]',
      '2 warning cloud-config-deprecated',
      'ssh_authorized_keys',
    ],
  ])('%s', (body, finding, instead) => {
    expect(findings(body)).toEqual([finding]);
    expect(found(body)[0]?.fixes?.[0]?.newText).toBe(instead);
  });

  test.each([
    'hostname: WEB-01.example.org',
    'hostname: ((host.name))',
    'users: [{name: a, shell: /bin/sh, sudo: "ALL = (ALL) NOPASSWD: /usr/bin/apt"}]',
    'write_files: [{path: /a, content: b, owner: "root:root"}, {path: /c, content: d, owner: svc}]',
    'mounts: [[/dev/sdb, /data], [swap, none, swap]]',
    'users: [{name: a, sudo: "ALL=(ALL:ALL) NOPASSWD: SETENV: ALL", groups: "adm, sudo", uid: 0}]',
    'chpasswd: {users: [{name: ((var.user)), type: RANDOM}]}',
    'apt: {sources: {a: {source: "deb [arch=amd64 signed-by=/a.asc] https://a.example/b stable main"}}}',
    'apt: {sources: {a: {source: "deb https://a.example/b ./"}, b: {source: "deb $MIRROR $RELEASE multiverse"}}}',
    'apt: {sources: {a: {source: "deb cdrom:[Debian 12]/ bookworm main"}}}',
    'apt: {http_proxy: DIRECT, https_proxy: "https://proxy.example:3128/"}',
  ])('takes %s', (body) => expect(findings(body)).toEqual([]));
});

test('tells that a host would keep the name of the image', () => {
  expect(findings('preserve_hostname: true')).toEqual(['2 warning cloud-config-ignored']);
  expect(findings('preserve_hostname: false')).toEqual([]);
});

test('takes what is appended to a file that an entry before it writes', () => {
  const twice = (more: string) =>
    findings(`write_files:\n  - {path: /srv/a, content: a}\n  - {path: /srv/a, content: b${more}}`);
  expect(twice('')).toEqual(['4 warning cloud-config-type']);
  expect(twice(', append: true')).toEqual([]);
});

test('tells that no password is set when a line of the list has no colon', () => {
  const errors = (list: string) =>
    findings(`chpasswd:\n  list: ${list}`).filter((each) => each.includes('error'));
  expect(errors('[root]')).toEqual(['3 error cloud-config-type']);
  expect(errors('"root:R\\nops"')).toEqual(['3 error cloud-config-type']);
  expect(errors('"root:R\\n\\nops:R\\n"')).toEqual([]);
});

describe('data sources', () => {
  const messages = (body: string) =>
    validateText('user-data/a.yaml', `#cloud-config\n${body}\n`).map(
      ({ severity, message }) => `${severity} ${message}`,
    );
  const noEffect = expect.stringMatching(/^info cloud-init has found its data source before/);

  test.each([
    ['datasource_list: [NoClowd, None]', /no data source “NoClowd”. Did you mean “NoCloud”/],
    ['datasource: {EC2: {timeout: 5}}', /no data source “EC2”. Did you mean “Ec2”/],
  ])('are looked for by their names in %s', (body, unknown) => {
    expect(messages(body)).toEqual([noEffect, expect.stringMatching(unknown)]);
  });

  test.each([
    'datasource_list: [DataSourceNoCloud, SmartOS, ((var.source))]',
    'datasource: {NoCloud: {}, WSL: {}}',
  ])('are told to have no effect alone in %s', (body) => expect(messages(body)).toEqual([noEffect]));
});
