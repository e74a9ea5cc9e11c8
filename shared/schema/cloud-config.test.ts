import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkAgainstSchema } from './check-against-schema.ts';
import { cloudConfigSchema } from './cloud-config.ts';

function check(text: string) {
  const sink = new DiagnosticSink();
  const node = parseYaml(createSourceText('user-data/a.yaml', text), sink);
  if (node !== undefined)
    checkAgainstSchema(node, cloudConfigSchema, sink, { unknownKeys: 'warning', code: 'cloud-config-type' });
  return sink.list().map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}

test.each([
  ['booleans of YAML 1.1', 'ssh_pwauth: yes\ndisable_root: "off"'],
  ['commands as texts and lists', 'runcmd:\n- set -x\n- [ip, link, set, lo, up]\n- [sleep, 1]'],
  ['permissions as a number', 'write_files: [{path: /etc/a, permissions: 0644, content: x}]'],
  ['the default user beside a mapping', 'users: [default, {name: bob, groups: sudo}]'],
  ['a module that is known by name only', 'wireguard: {interfaces: []}'],
  ['an empty ntp module', 'ntp:'],
  [
    'both spellings of CA certificates',
    'ca_certs: {remove_defaults: false}\nca-certs: {remove-defaults: true}',
  ],
  ['file system rows with numbers', 'mounts: [[/dev/sdb, /data, ext4, defaults, 0, 2]]'],
])('accepts %s', (_name, text) => expect(check(text)).toEqual([]));

test.each([
  ['runcommand: []', /^warning key-unknown .*runcommand.* does not exist/],
  ['run_cmd: []', /^warning key-unknown .*Did you mean “runcmd”/],
  ['users: [{nam: bob}]', /“name” is missing|“nam” does not exist/],
  ['ssh_pwauth: maybe', /^error cloud-config-type Write true or false/],
  ['write_files: [{path: /a, permissions: rw}]', /^error cloud-config-type Permissions are octal/],
  ['runcmd: reboot', /^error cloud-config-type “runcmd” must be a list/],
  ['write_files: [{path: etc/a}]', /^error cloud-config-type A path starts with/],
  ['power_state: {mode: restart}', /^error cloud-config-type “mode” must be “poweroff”, “reboot” or “halt”/],
  ['ssh_authorized_keys: [ssh-rsa xyz...]', /^error cloud-config-type The SSH public key is cut short/],
  ['timezone: [UTC]', /^error cloud-config-type “timezone” must be text/],
])('reports %s', (text, expected) => expect(check(text).join('\n')).toMatch(expected));
