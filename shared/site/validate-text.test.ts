import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertText } from './convert-text.ts';
import { type Kind, kinds } from './document-kinds.ts';
import { validateText } from './validate-text.ts';

const checked = (text: string) =>
  validateText('a.yaml', text, { as: 'cloud-config' }).map(
    ({ severity, code, range }) => `${range.start.line} ${severity} ${code}`,
  );

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT a@b';

test('tells of a gateway that is no address once', () => {
  const text =
    'version: 2\nethernets:\n  a: {addresses: [192.0.2.5/24], routes: [{to: default, via: gw.example}]}\n';
  const codes = validateText('a.yaml', text, { as: 'network-config' }).map(({ code }) => code);
  expect(codes).toEqual(['network-gateway']);
});

test('says of a document of Airship how it becomes one of a site', () => {
  const [finding, ...others] = validateText(
    'a.yaml',
    'apiVersion: metal3.io/v1alpha1\nkind: BareMetalHost\n',
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    code: 'document-kind',
    message: expect.stringMatching(/^This is a BareMetalHost of .*import airship/),
  });
  expect(validateText('a.yaml', 'kind: Deployment\n')[0]?.message).toMatch(/^It cannot be told/);
});

test.each([
  ['a missing header', 'runcmd: [a]\n', ['1 error cloud-config-header']],
  ['a script', '#!/bin/sh\nexit: [\n', ['1 warning cloud-config-header']],
  [
    'a Jinja template',
    '## template: jinja\n#cloud-config\nhostname: {{ v1.region }}\n',
    ['1 warning cloud-config-header'],
  ],
  ['a list instead of a mapping', '#cloud-config\n- a\n', ['2 error cloud-config-type']],
  ['runcmd that is no list', '#cloud-config\nruncmd: reboot\n', ['2 error cloud-config-type']],
  ['write_files without a path', '#cloud-config\nwrite_files:\n  - content: x\n', ['3 warning key-missing']],
  [
    'permissions as a decimal number',
    '#cloud-config\nwrite_files:\n  - {path: /a, permissions: 644}\n',
    ['3 warning cloud-config-type'],
  ],
  [
    'octal permissions without quotes, which cloud-init takes, as an information',
    '#cloud-config\nwrite_files:\n  - {path: /a, permissions: 0644}\n',
    ['3 info cloud-config-type'],
  ],
  [
    'permissions that are not octal',
    '#cloud-config\nwrite_files:\n  - {path: /a, permissions: "rw-"}\n',
    ['3 error cloud-config-type'],
  ],
  [
    'content that is no base64',
    '#cloud-config\nwrite_files:\n  - {path: /a, encoding: b64, content: "site of mine"}\n',
    ['3 error cloud-config-type'],
  ],
  [
    'base64 that is cut short',
    '#cloud-config\nwrite_files:\n  - {path: /a, encoding: gz+b64, content: c2l0ZQ=}\n',
    ['3 error cloud-config-type'],
  ],
  [
    'a file that is written twice',
    '#cloud-config\nwrite_files:\n  - {path: /a, content: x}\n  - {path: /a, content: y}\n  - {path: /a, content: z, append: true}\n',
    ['4 warning cloud-config-type'],
  ],
  ['an unknown module', '#cloud-config\nrunccmd: [a]\n', ['2 warning key-unknown']],
  [
    'a user that stands twice',
    '#cloud-config\nusers:\n  - name: a\n  - name: a\n',
    ['4 warning cloud-config-user'],
  ],
  [
    'a plain password',
    '#cloud-config\nusers:\n  - {name: a, plain_text_passwd: x}\n',
    ['3 warning cloud-config-password'],
  ],
  [
    'a plain text where a hash belongs',
    '#cloud-config\nusers:\n  - {name: a, passwd: x}\n',
    ['3 warning cloud-config-password'],
  ],
  [
    'a plain password of chpasswd',
    '#cloud-config\nchpasswd: {users: [{name: a, type: text, password: x}]}\n',
    ['2 warning cloud-config-password'],
  ],
  [
    'a damaged SSH key',
    '#cloud-config\nssh_authorized_keys:\n  - ssh-ed25519 AAAA\n',
    ['3 warning cloud-config-ssh-key'],
  ],
  ['a damaged certificate', '#cloud-config\nca_certs: {trusted: [x]}\n', ['2 warning cloud-config-type']],
  [
    'a merge setting that cannot be read',
    '#cloud-config\nmerge_how: append\n',
    ['2 error cloud-config-merge'],
  ],
  [
    'a merge setting without dict()',
    '#cloud-config\nmerge_how: list(append)\n',
    ['2 warning cloud-config-merge'],
  ],
  [
    'a byte order mark before the header',
    '\uFEFF#cloud-config\r\nruncmd: [a]\r\n',
    ['1 warning document-encoding'],
  ],
])('reports %s', (_what, text, expected) => {
  expect(checked(text)).toEqual(expected);
});

test.each([
  [
    'base64 in lines',
    '#cloud-config\nwrite_files:\n  - path: /a\n    encoding: b64\n    content: |\n      c2l0\n      ZQ==\n',
  ],
  ['an empty fragment', '#cloud-config\n'],
  ['an empty mapping', '#cloud-config\n{}\n'],
  ['CRLF', '#cloud-config\r\nruncmd: [a]\r\n'],
  [
    'a hashed password',
    `#cloud-config\nusers:\n  - {name: a, lock_passwd: false, passwd: '$6$saltsalt$${'a'.repeat(86)}'}\n`,
  ],
  ['a random password', '#cloud-config\nchpasswd: {users: [{name: a, type: RANDOM}]}\n'],
  ['a key', `#cloud-config\nssh_authorized_keys: ['${key}']\n`],
  ['a reference in the place of a key', '#cloud-config\nssh_authorized_keys: [((var.key))]\n'],
  ['a reference in the place of another type', '#cloud-config\nntp: {enabled: ((var.ntp))}\n'],
])('accepts %s', (_what, text) => {
  expect(checked(text)).toEqual([]);
});

test('checks a network alone', () => {
  const text = 'version: 2\nethernets:\n  e0:\n    adresses: [10.0.0.1/24]\n';
  const [diagnostic] = validateText('a.yaml', text);
  expect(diagnostic).toMatchObject({ code: 'key-unknown', range: { start: { line: 4, column: 5 } } });
});

test.each([
  ['version: 2\nethernets: {a: {}}\nbonds:\n  b:\n    interfaces: {a: {}}\n', '5:17'],
  ['version: 1\nconfig:\n- {type: bond, name: b, bond_interfaces: {a: {}}}\n', '3:42'],
])('tells members of a bond that are no list once: %j', (text, place) => {
  const found = validateText('a.yaml', text).map(
    ({ range, code }) => `${range.start.line}:${range.start.column} ${code}`,
  );
  expect(found).toEqual([`${place} value-type`]);
});

test('says so when it cannot tell the kind', () => {
  expect(validateText('a.yaml', 'foo: 1\n')).toMatchObject([{ code: 'document-kind', severity: 'error' }]);
});

test.each([
  '',
  '\t',
  '\uFEFF',
  'a: [',
  'a: 1\na: 2\n',
  'a:\n\tb: 1\n',
  '\r\n\r\n',
  '&a [*a]',
  '\u0000',
  '\uFFFD',
])('survives %j as every kind', (text) => {
  for (const as of kinds) expect(Array.isArray(validateText('a.yaml', text, { as }))).toBe(true);
});

test('reports a character that is not UTF-8', () => {
  expect(checked('#cloud-config\nfinal_message: \uFFFD\n')).toEqual(['2 error document-encoding']);
});

test('refuses five megabytes quickly', () => {
  const text = `#cloud-config\n${'a: 1\n'.repeat(1_100_000)}`;
  expect(checked(text)).toEqual(['1 error document-too-large']);
});

test('never throws, whatever is written, and every range lies in the text', () => {
  const token = fc.constantFrom(
    'version: 2',
    'ethernets:',
    'network:',
    'config:',
    '#cloud-config',
    'users:',
    '- ',
    '  ',
    '\n',
    ': ',
    '[',
    '{',
    '((var.x))',
    'spec:',
    'kind: Host',
    'metadata:',
    'null',
    '1',
    '"',
    '*a',
    '&a ',
    '<<: ',
    '|\n',
    '!!binary ',
    '? ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(token, { maxLength: 40 }).map((all) => all.join('')),
      ),
      fc.constantFrom(...kinds),
      (text, as) => {
        for (const { range } of validateText('a.yaml', text, { as })) {
          const lines = text.split(/\r\n|\r|\n/);
          expect(range.end.line).toBeLessThanOrEqual(lines.length);
          expect(range.start.line * 1e6 + range.start.column).toBeLessThanOrEqual(
            range.end.line * 1e6 + range.end.column,
          );
        }
      },
    ),
    { numRuns: 1500 },
  );
}, 60_000);

describe('a key that stands twice', () => {
  const twice = (as: Kind, text: string) =>
    validateText('a.yaml', text, { as })
      .filter(({ code }) => code === 'yaml-duplicate-key')
      .map(({ severity, range }) => `${range.start.line} ${severity}`);

  test.each<[Kind, string, string]>([
    ['site', 'kind: Site\nkind: Site\n', '2 error'],
    ['host-profile', 'spec:\n  sysctl: {a.b: 1}\n  sysctl: {}\n', '3 error'],
    ['isogen', 'container: {}\ncontainer: {}\n', '2 error'],
    ['nmstate', 'interfaces: []\ninterfaces: []\n', '2 error'],
    ['network-config', 'interfaces: []\ninterfaces: []\n', '2 error'],
    ['network-config', 'version: 2\nethernets: {}\nethernets: {}\n', '3 warning'],
    ['network-config', 'version: 1\nconfig: []\nconfig: []\n', '3 warning'],
    ['network-data', '{"links": [],\n"links": []}\n', '2 warning'],
    ['cloud-config', '#cloud-config\nruncmd: [a]\nruncmd: [b]\n', '3 warning'],
  ])('in %s, %j: %s', (kind, text, expected) => {
    expect(twice(kind, text)).toEqual([expected]);
  });

  test('of two addresses of a network the last is rendered, as cloud-init does', () => {
    const text =
      'version: 2\nethernets:\n  eno1:\n    addresses: [192.0.2.1/24]\n    mtu: 1400\n    addresses: [192.0.2.2/24]\n';
    const { result } = convertText('a.yaml', text, { to: 'network-config-v2' });
    expect(JSON.stringify(result)).toContain('192.0.2.2/24');
    expect(JSON.stringify(result)).not.toContain('192.0.2.1/24');
  });
});

test.each([
  ['cloud-config', '#cloud-config\npakages: [tmux]\npackages: [htop]\n', 'packages'],
  ['cloud-config', '#cloud-config\nusers:\n  - {name: a, shel: /bin/sh, shell: /bin/bash}\n', 'shell'],
  [
    'site',
    'apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: a}\nspec: {timzone: UTC, timezone: UTC}\n',
    'timezone',
  ],
] as const)(
  'names the key that stands beside its misspelling in a %s, and offers nothing',
  (as, text, key) => {
    const found = validateText('a.yaml', text, { as }).filter(({ code }) => code === 'key-unknown');
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain(`Did you mean “${key}”, which stands there already?`);
    expect(found[0]?.fixes ?? []).toEqual([]);
  },
);

test('judges of a key that stands twice the one that it points at', () => {
  const text =
    'apiVersion: siteforge/v1\nkind: HostProfile\nmetadata: {name: a}\nspec:\n  transparentHugepages: madvise\n  transparentHugepages: nevr\n';
  const found = validateText('profiles/a.yaml', text, { as: 'host-profile' });
  expect(found.map(({ code, range }) => `${range.start.line} ${code}`)).toEqual(['6 yaml-duplicate-key']);
});
