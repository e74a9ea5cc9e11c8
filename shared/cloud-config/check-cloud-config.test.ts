import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { validateText } from '../site/validate-text.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkShape } from './check-shape.ts';
import { cloudInitRootSchema, ownRootSchema, rootSchemaOf } from './cloud-init-schema.ts';

const header = '#cloud-config\n';
const found = (text: string) => validateText('user-data/a.yaml', header + text, { as: 'cloud-config' });

function told(text: string): string[] {
  return found(text).map(
    ({ severity, code, range, message }) =>
      `${range.start.line}:${range.start.column} ${severity} ${code} ${message}`,
  );
}

/** The text after the first fix of the first finding that has one. */
function mended(text: string): string | undefined {
  const fix = found(text).flatMap(({ fixes }) => fixes ?? [])[0];
  if (fix === undefined) return undefined;
  const lines = (header + text).split('\n');
  const { start, end } = fix.range;
  if (start.line !== end.line) throw new Error('the test knows fixes in one line only');
  const line = lines[start.line - 1] ?? '';
  lines[start.line - 1] = line.slice(0, start.column - 1) + fix.newText + line.slice(end.column - 1);
  return lines.join('\n').slice(header.length);
}

test.each([
  [
    'merge_how: list(apend)+dict(recurse_list)+str()\na: 1\n',
    '2:17 warning cloud-config-merge list() has no option “apend”, and cloud-init passes over it. Its options are append, prepend, no_replace, replace, recurse_dict, recurse_list, recurse_array, recurse_str. Did you mean “append”?',
  ],
  [
    'merge_type:\n- {name: dict, settings: [no_replace, recurse-lists]}\n',
    '3:39 warning cloud-config-merge dict() has no option “recurse-lists”, and cloud-init passes over it.',
  ],
])('tells of merge options that do nothing in %j', (text, finding) => {
  expect(told(text).filter((each) => each.includes('cloud-config-merge'))).toEqual([
    expect.stringContaining(finding),
  ]);
});

test('tells of a template that nothing fills in', () => {
  expect(told('runcmd:\n- echo {{ ds.meta_data.instance_id }}\n')).toEqual([
    expect.stringMatching(/^3:3 warning cloud-config-template .*\{\{ ds.meta_data.instance_id \}\}/),
  ]);
  expect(told("runcmd:\n- echo {{ v1.local_hostname }}\n- docker ps --format '{{.Names}}'\n")).toEqual([
    expect.stringMatching(/^3:3 warning cloud-config-template .*\{\{ v1.local_hostname \}\}/),
  ]);
});

test.each([
  ['write_files:\n- path: /etc/tls.key\n  content: |\n    -----BEGIN PRIVATE KEY-----\n    MIIE\n', '4:12'],
  ['ssh_keys:\n  rsa_private: "-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n"\n', '3:16'],
  ['runcmd:\n- [sh, -c, "echo \'-----BEGIN OPENSSH PRIVATE KEY-----\\nb3Bl\' > /k"]\n', '3:12'],
])('tells of a private key that stands in the document in %j', (text, place) => {
  expect(told(text)).toEqual([expect.stringContaining(`${place} warning cloud-config-private-key`)]);
});

test('takes a private key that is a secret, and a search for one', () => {
  const written = 'write_files:\n- {path: /etc/tls.key, content: ((secret.tls))}\n';
  const sought = 'runcmd:\n- grep -l -e "-----BEGIN PRIVATE KEY-----" -r /etc\n';
  expect([...told(written), ...told(sought)]).toEqual([]);
});

test('knows a file under two spellings of its path', () => {
  const text = 'write_files:\n- {path: /etc/a, content: x}\n- {path: /etc/.//a, content: y}\n';
  expect(told(text)).toEqual([expect.stringContaining('4:10 warning cloud-config-type')]);
});

test('knows all options that cloud-init’s documentation names', () => {
  const text =
    'merge_how: list(append,recurse-list)+dict(no_replace, recurse_array, allow_delete)+str(append)\n';
  expect(told(text).filter((each) => each.includes('cloud-config-merge'))).toEqual([]);
});

test('has the schema of cloud-init where the build could get it', () => {
  expect(cloudInitRootSchema().isOfCloudInit).toBe(process.env.SITEFORGE_CLOUD_INIT_PACKAGE !== '');
  expect(cloudInitRootSchema().keys.size).toBeGreaterThan(60);
});

test.each([
  // At what cloud-init fails, or what it leaves out.
  ['runcmd: reboot\n', '2:9 error cloud-config-type “runcmd” must be a list, but “reboot” is written here.'],
  ['runcmd:\n', '2:1 error cloud-config-type “runcmd” is empty. Write a list, or remove the key.'],
  [
    'runcmd:\n- !foo b\n',
    '3:3 error cloud-config-type cloud-init knows no tag “!foo” and leaves out the whole text.',
  ],
  ['runcmd:\n- echo: a\n', '3:3 error cloud-config-type Entry 1 of “runcmd” must be a list, text or nothing'],
  ['bootcmd:\n- 5\n', '3:3 error cloud-config-type Entry 1 of “bootcmd” must be a list or text'],
  [
    'write_files:\n- path: /a\n  content: yes\n',
    '4:12 error cloud-config-type “content” must be text, but “yes” is written here. cloud-init reads it as True (YAML 1.1). Put it in quotes.',
  ],
  [
    'write_files:\n- {path: /a, encoding: gz+b64, content: aGVsbG8gd29ybGQ=}\n',
    '3:41 error cloud-config-type This base64 holds nothing that gzip has packed',
  ],
  [
    'write_files:\n- {path: /a, encoding: gzip, content: plain}\n',
    '3:39 error cloud-config-type Text is nothing that gzip has packed',
  ],
  ['write_files:\n- path: /a\n  encoding: base32\n', '4:13 error cloud-config-type “encoding” must be “gz”'],
  [
    'write_files:\n- {path: /a, permissions: rw}\n',
    '3:27 error cloud-config-type Permissions are octal digits',
  ],
  ['write_files:\n- {path: /etc/}\n', '3:10 error cloud-config-type A path names a file'],
  [
    'hostname: 0123\n',
    '2:11 error cloud-config-type “hostname” must be text, but “0123” is written here. cloud-init reads it as 83 (YAML 1.1).',
  ],
  [
    'timezone: Europe/Berln\n',
    '2:11 error cloud-config-type There is no time zone “Europe/Berln”. It is UTC, or a region and a city, for example Europe/Berlin. Did you mean “Europe/Berlin”?',
  ],
  [
    'power_state: {mode: restart}\n',
    '2:21 error cloud-config-type “mode” must be “poweroff”, “reboot” or “halt”',
  ],
  [
    'power_state: {mode: reboot, delay: soon}\n',
    '2:36 error cloud-config-type “delay” must be a whole number or “now”',
  ],
  [
    'power_state: {mode: reboot, timeout: long}\n',
    '2:38 error cloud-config-type “timeout” must be a number of seconds',
  ],
  ['ssh_pwauth: maybe\n', '2:13 error cloud-config-type “ssh_pwauth” must be true or false'],
  [
    'ssh_authorized_keys: ssh-ed25519 AAAA\n',
    '2:22 error cloud-config-type “ssh_authorized_keys” must be a list',
  ],
  ['mounts:\n- /dev/sdb\n', '3:3 error cloud-config-type Entry 1 of “mounts” must be a list'],
  [
    'swap: {size: big}\n',
    '2:14 error cloud-config-type “size” must be “auto”, a whole number or text of the right form',
  ],
  ['phone_home: {tries: 3}\n', '2:1 error key-missing “url” is missing in “phone_home”.'],
  [
    'packages:\n- [a, b, c]\n',
    '3:3 error cloud-config-type Entry 1 of “packages” must have at most 2 entries.',
  ],
  ['users:\n- 5\n', '3:3 error cloud-config-type Entry 1 of “users” must be text, a list or a mapping'],
  [
    'chpasswd: {users: [{name: a, type: foo, password: x}]}\n',
    '2:36 error cloud-config-type “type” must be “hash” or “text”',
  ],
  // What cloud-init takes, or ignores without a word.
  [
    'runccmd: [a]\n',
    '2:1 warning key-unknown The key “runccmd” does not exist in this document; cloud-init ignores it. Did you mean “runcmd”?',
  ],
  [
    'write_files: [{path: /a, contents: b}]\n',
    '2:26 warning key-unknown The key “contents” does not exist in entry 1 of “write_files”; cloud-init ignores it. Did you mean “content”?',
  ],
  [
    'users: [{nam: bob}]\n',
    '2:10 warning key-unknown The key “nam” does not exist in entry 1 of “users”; cloud-init ignores it. Did you mean “name”?',
  ],
  [
    'users:\n- name: a\n  lock-passwd: true\n',
    '4:3 warning cloud-config-deprecated “lock-passwd” is deprecated. Dropped after April 2027. Use “lock_passwd”.',
  ],
  [
    'users:\n- name: a\n  sudo: false\n',
    '4:9 warning cloud-config-deprecated This form of “sudo” is deprecated. The value “false” will be dropped',
  ],
  ['growpart: {mode: off}\n', '2:18 warning cloud-config-deprecated This form of “mode” is deprecated.'],
  [
    'users:\n- name: a\n  expiredate: 2030-12-31\n',
    '4:15 warning cloud-config-type “expiredate” must be text, but “2030-12-31” is written here. cloud-init reads it as a date, not as text. Put it in quotes.',
  ],
  [
    'runcmd:\n- [chmod, 0644, /a]\n',
    '3:11 warning cloud-config-type Entry 2 of “runcmd” must be text, but “0644” is written here. cloud-init reads it as 420 (YAML 1.1). Put it in quotes.',
  ],
  [
    'runcmd:\n- [at, 12:30]\n',
    '3:8 warning cloud-config-type Entry 2 of “runcmd” must be text, but “12:30” is written here. cloud-init reads it as 750 (YAML 1.1). Put it in quotes.',
  ],
  [
    'runcmd:\n- [echo, yes]\n',
    '3:10 warning cloud-config-type Entry 2 of “runcmd” must be text, but “yes” is written here. cloud-init reads it as True (YAML 1.1). Put it in quotes.',
  ],
  [
    'runcmd: [a]\nruncmd: [b]\n',
    '3:1 warning yaml-duplicate-key “runcmd” stands in line 2 already. cloud-init keeps this value, the last',
  ],
  ['runcmd: [a]\non: true\n', '3:1 warning cloud-config-type cloud-init reads the key on as True'],
  [
    'apt: {sources: {yes: {source: deb http://a b c}}}\n',
    '2:17 warning cloud-config-type cloud-init reads the key yes as True (YAML 1.1). Put it in quotes.',
  ],
  ['network: {version: 2}\n', '2:1 warning cloud-config-ignored A network in user-data has no effect'],
  [
    'snap: {commands: [a]}\n',
    '2:1 warning cloud-config-ignored “snap” is for Ubuntu: cloud-init leaves it out on Debian.',
  ],
  ['users:\n- name: a\n- name: a\n', '4:9 warning cloud-config-user The user “a” stands twice'],
  ['users:\n- groups: a\n', '3:3 warning cloud-config-user A user has a name.'],
  [
    'users:\n- {name: a, snapuser: b}\n',
    '3:4 warning cloud-config-type Only one of “name” and “snapuser” may be written in entry 1 of “users”.',
  ],
  ['users:\n- {name: a, passwd: secret}\n', '3:21 warning cloud-config-password “passwd” takes a hash'],
  [
    'users:\n- {name: a, plain_text_passwd: secret}\n',
    '3:32 warning cloud-config-password The password stands in plain text',
  ],
  [
    'chpasswd: {users: [{name: a, password: secret}]}\n',
    '2:40 warning cloud-config-password “password” takes a hash',
  ],
  ['password: secret\n', '2:11 warning cloud-config-password The password stands in plain text'],
  ['ssh_authorized_keys: [ssh-ed25519 AAAA]\n', '2:23 warning cloud-config-ssh-key'],
  [
    'write_files:\n- content: a\n',
    '3:3 warning key-missing “path” is missing in entry 1 of “write_files”. cloud-init passes over the entry, and this file',
  ],
  // A dash too many before “path”, as a well-known example has it.
  [
    'write_files:\n- owner: root:root\n- path: /a\n',
    '3:3 warning key-missing “path” is missing in entry 1 of “write_files”. cloud-init passes over the entry;',
  ],
  ['packages:\n- [a]\n', '3:3 warning cloud-config-type Entry 1 of “packages” must have at least 2 entries.'],
  ['locale: false\n', '2:9 info cloud-config-type cloud-init leaves the “locale” as the image has it.'],
  ['write_files: [{path: etc/a}]\n', '2:22 warning cloud-config-type A path starts with /.'],
  ['phone_home: {url: server}\n', '2:19 warning cloud-config-type A URL to report to starts with'],
  ['ntp: {servers: [a, a]}\n', '2:20 warning cloud-config-type “a” stands twice in this list.'],
  [
    'ntp: {servers: a}\n',
    '2:16 warning cloud-config-type “servers” must be a list, but “a” is written here.',
  ],
  // What works although cloud-init's own check would complain.
  [
    'write_files:\n- {path: /a, permissions: 0644}\n',
    '3:27 info cloud-config-type “permissions” is a number here.',
  ],
  ['runcmd:\n- !!python/unicode a\n', '3:3 info yaml-syntax cloud-init knows this tag, others may not'],
  ['runcmd:\n- [sleep, 1]\n', '3:11 info cloud-config-type Entry 2 of “runcmd” is a number here.'],
])('tells of %j once, at its place', (text, expected) => {
  const all = told(text);
  expect(all).toHaveLength(1);
  expect(all[0]?.slice(0, expected.length)).toBe(expected);
});

test.each([
  ['"yes"', 'warning cloud-config-type cloud-init takes “yes” for !!bool, and here it stays a text.'],
  ['off', 'warning cloud-config-type cloud-init takes “off” for !!bool'],
  ['maybe', 'error cloud-config-type cloud-init knows no tag'],
])('judges the tag of !!bool %s by what PyYAML makes of it', (value, expected) => {
  const [first] = told(`package_update: !!bool ${value}\n`);
  expect(first?.slice(0, '2:17 '.length + expected.length)).toBe(`2:17 ${expected}`);
});

test('takes a list in “list” for what cloud-init 22.4 takes it for', () => {
  const text = 'chpasswd:\n  list:\n  - a:$6$salt$hash\n  - b:$y$j9T$salt$hash\n';
  expect(told(text).filter((each) => each.includes('password'))).toEqual([
    '5:5 warning cloud-config-password In “list” cloud-init knows the hashes $1$, $2a$, $2y$, $5$ and $6$ only and takes others for plain text. Use “users” with “type: hash”.',
  ]);
});

test.each([
  ['users:\n- name: a\n  lock-passwd: true\n', 'users:\n- name: a\n  lock_passwd: true\n'],
  ['apt_update: true\n', 'package_update: true\n'],
  ['runccmd: [a]\n', 'runcmd: [a]\n'],
  ['runcmd: reboot\n', 'runcmd: [reboot]\n'],
  ['runcmd:\n- [at, 12:30]\n', "runcmd:\n- [at, '12:30']\n"],
  ['write_files: [{path: etc/a}]\n', 'write_files: [{path: /etc/a}]\n'],
  ['write_files:\n- {path: /a, permissions: 644}\n', "write_files:\n- {path: /a, permissions: '0644'}\n"],
  ['timezone: Europe/Berln\n', 'timezone: Europe/Berlin\n'],
])('mends %j', (text, expected) => expect(mended(text)).toBe(expected));

test('does not offer a new name that stands there already', () => {
  expect(mended('apt_update: true\npackage_update: true\n')).toBeUndefined();
});

test.each([
  ['YAML 1.1 booleans', 'ssh_pwauth: yes\ndisable_root: off\n'],
  ['commands as texts and lists', 'runcmd:\n- set -x\n- [ip, link, set, lo, up]\n'],
  ['octal in the new notation', 'write_files: [{path: /a, permissions: 0o644}]\n'],
  ['binary content', 'write_files: [{path: /a, content: !!binary aGVsbG8=}]\n'],
  ['an owner without a group', 'write_files: [{path: /a, owner: root}]\n'],
  ['the default user beside a mapping', 'users: [default, {name: bob, groups: sudo}]\n'],
  ['accounts as text', 'users: a,b\n'],
  ['keys that are merged in', 'users:\n- &a {name: a, groups: sudo}\n- {<<: *a, name: b}\n'],
  ['an empty ntp module', 'ntp:\n'],
  ['settings of cloud-init itself', 'no_ssh_fingerprints: true\nmanual_cache_clean: true\n'],
  ['a reference where another type belongs', 'ntp: {enabled: ((var.ntp)), servers: ((var.servers))}\n'],
  ['an empty document', '{}\n'],
  ['a document of nothing', '~\n'],
])('accepts %s', (_what, text) => {
  expect(told(text).filter((each) => !each.includes('variable-unknown'))).toEqual([]);
});

function shapeOf(text: string, schema = ownRootSchema()): string[] {
  const sink = new DiagnosticSink();
  const root = parseYaml(createSourceText('a.yaml', text), sink);
  if (root?.type === 'map') checkShape(root, sink, { isOpen: () => false, isTold: () => false, schema });
  return sink.list().map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}

test.each([
  ['runcmd: reboot', /^error cloud-config-type “runcmd” must be a list/],
  ['runccmd: []', /^warning key-unknown .*Did you mean “runcmd”/],
  ['users: [{nam: bob}]', /^warning key-unknown .*Did you mean “name”/],
  ['write_files: [{content: a}]', /^warning key-missing “path” is missing/],
  ['power_state: {mode: restart}', /^error cloud-config-type “mode” must be “poweroff”/],
  ['ntp: {servers: a}', /^warning cloud-config-type “servers” must be a list/],
  ['wireguard: {interfaces: []}', /^$/],
  ['ssh_pwauth: yes', /^$/],
])('judges %j by our own description where cloud-init’s schema is not at hand', (text, expected) => {
  expect(shapeOf(text).join('\n')).toMatch(expected);
});

test('understands what newer versions of the schema say', () => {
  const schema = rootSchemaOf(
    {
      allOf: [{ $ref: '#/$defs/cc_a' }],
      properties: { old_key: {} },
      $defs: {
        cc_a: {
          type: 'object',
          properties: {
            old_key: {
              type: 'boolean',
              deprecated: true,
              deprecated_version: '22.2',
              deprecated_description: 'Use **new_key** instead.',
            },
            new_key: { type: 'boolean' },
          },
        },
      },
    },
    true,
  );
  expect(shapeOf('old_key: true', schema)).toEqual([
    'warning cloud-config-deprecated “old_key” is deprecated since cloud-init 22.2. Use “new_key” instead.',
  ]);
});

test('does not follow a schema that refers to itself for ever', () => {
  const schema = rootSchemaOf(
    { properties: { a: { $ref: '#/$defs/b' } }, $defs: { b: { $ref: '#/$defs/b', type: 'string' } } },
    true,
  );
  expect(shapeOf('a: 1', schema).length).toBeGreaterThan(0);
});
