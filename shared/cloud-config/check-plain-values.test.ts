import { describe, expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

function found(body: string) {
  return validateText('user-data/a.yaml', `#cloud-config\n${body}\n`);
}

function findings(body: string): string[] {
  return found(body).map(({ range, severity, code }) => `${range.start.line} ${severity} ${code}`);
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
