import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { checkAgainstSchema } from './check-against-schema.ts';
import { jsonSchemaOfKind } from './json-schema.ts';
import { type DocumentKind, documentKinds } from './metadata.ts';
import { schemaOfKind } from './schema-of-kind.ts';

function check(kind: DocumentKind, text: string) {
  const sink = new DiagnosticSink();
  const node = parseYaml(createSourceText('a.yaml', text), sink);
  if (node === undefined) throw new Error('the test document holds no value');
  return { value: checkAgainstSchema(node, schemaOfKind(kind), sink), diagnostics: sink.list() };
}

const header = (kind: DocumentKind) =>
  `apiVersion: siteforge/v1\nkind: ${kind}\nmetadata:\n  name: a\nspec:\n`;
const host = (...lines: string[]) =>
  check('Host', [header('Host').trimEnd(), ...lines.map((line) => `  ${line}`), ''].join('\n'));
const profile = (...lines: string[]) =>
  check('HostProfile', [header('HostProfile').trimEnd(), ...lines.map((line) => `  ${line}`), ''].join('\n'));
const fullHost = ['role: worker', 'profile: p', 'macs: {eno1: "52:54:00:12:34:56"}', 'network: {ref: n}'];

function firstOf({ diagnostics }: ReturnType<typeof check>) {
  const [first] = diagnostics;
  if (first === undefined) throw new Error('nothing was reported');
  const { code, message, range, fixes } = first;
  return { code, message, start: range.start, end: range.end, fix: fixes?.[0]?.newText };
}

test('gives the value with defaults filled in', () => {
  const { value, diagnostics } = profile('files:', '- {path: /etc/a, content: hello}');
  expect(diagnostics).toEqual([]);
  expect(value).toMatchObject({
    spec: {
      kernel: { package: 'linux-image-amd64', arguments: [] },
      files: [{ owner: 'root', group: 'root', mode: '0644' }],
    },
  });
});

test('reports an unknown key at the key, with the key that was meant', () => {
  expect(firstOf(host(...fullHost, 'kernelArgments: [quiet]'))).toMatchObject({
    code: 'key-unknown',
    message: 'The key “kernelArgments” does not exist in “spec”. Did you mean “kernelArguments”?',
    start: { line: 10, column: 3 },
    end: { line: 10, column: 17 },
    fix: 'kernelArguments',
  });
});

test('lists the keys when none is near', () => {
  expect(
    firstOf(host('role: worker', 'profile: p', 'macs: {}', 'network: {zzzzzz: n, ref: n}')).message,
  ).toBe('The key “zzzzzz” does not exist in “network”. Known are “ref” and “inline”.');
});

test('reports a missing key at the key of its mapping, with what it is for', () => {
  const { code, message, start, end } = firstOf(host(...fullHost.slice(1)));
  expect(code).toBe('key-missing');
  expect(message).toMatch(/^“role” is missing in “spec”\. What the host does\./);
  expect([start, end]).toEqual([
    { line: 5, column: 1 },
    { line: 5, column: 5 },
  ]);
});

test('reports a missing key of a list entry at the entry', () => {
  const { message, start } = firstOf(profile('files:', '- {path: /etc/a, content: x}', '- path: /etc/b'));
  expect(message).toMatch(/^“content” is missing in entry 2 of “files”/);
  expect(start).toEqual({ line: 8, column: 5 });
});

test('proposes the nearest of the allowed values', () => {
  expect(firstOf(host('role: controlplane', ...fullHost.slice(1)))).toMatchObject({
    code: 'value-invalid',
    fix: 'control-plane',
    start: { line: 6, column: 9 },
  });
});

test('offers quotes where a number is meant as text', () => {
  expect(firstOf(profile('files:', '- {path: /etc/a, mode: 0644, content: x}'))).toMatchObject({
    code: 'value-type',
    message: '“mode” must be text, but “0644” is written here. Put it in quotes.',
    fix: '"0644"',
  });
});

test.each([
  [
    'partitions: {disk: 100, entries: [{name: a, size: 1g}]}',
    / “100” is written here\. A size is a number with m, g/,
  ],
  ['machine: {memory: 512}', / “512” is written here\. An amount of memory is a number with a unit/],
  ['kdump: {memory: 512}', /is written here\. Memory for the crash kernel is written as 512M/],
  ['systemd: {units: [{name: 7, content: x}]}', /is written here\. A systemd unit is written with its type/],
  ['users: [{name: joe, shell: 5}]', /is written here\. A path starts with \//],
])('offers no quotes where the text would be refused as well: %s', (spec, message) => {
  const found = firstOf(profile(spec));
  expect(found.message).toMatch(message);
  expect(found.fix).toBeUndefined();
});

test.each([
  ['488', ' In octal this is "0750".', '"0750"'],
  ['0o755', ' In octal this is "0755".', '"0755"'],
  ['420', ' Put it in quotes; if it is no octal number yet, it is "0644".', '"0644"'],
  ['755', ' Put it in quotes.', '"755"'],
  ['1777', ' Put it in quotes.', '"1777"'],
  ['99', ' A mode is three or four octal digits in quotes, for example "0644".', undefined],
])('reads the number %s as the mode that it is', (written, advice, fix) => {
  const found = firstOf(profile(`files: [{path: /etc/a, mode: ${written}, content: x}]`));
  expect(found.message).toBe(`“mode” must be text, but “${written}” is written here.${advice}`);
  expect(found.fix).toBe(fix);
});

test('offers true for the yes of older YAML', () => {
  expect(firstOf(profile('cpu: {iommu: yes}'))).toMatchObject({ code: 'value-type', fix: 'true' });
});

test('offers a list for a single entry', () => {
  expect(firstOf(host(...fullHost, 'userData: base'))).toMatchObject({ code: 'value-type', fix: '[base]' });
});

test('says that a key has no value', () => {
  expect(firstOf(host(...fullHost, 'domain:'))).toMatchObject({
    message: '“domain” is empty. Write text, or remove the key.',
    start: { line: 10, column: 3 },
  });
});

test.each([
  [
    'cpu: {nohz: "true"}',
    '“nohz” must be true or false, but “true” is written here. Remove the quotes.',
    'true',
  ],
  [
    'hugepages: {pages: [{size: 2M, count: "64"}]}',
    '“count” must be a number, but “64” is written here. Remove the quotes.',
    '64',
  ],
  [
    'console: {serial: {baud: "115200"}}',
    '“baud” must be a number, but “115200” is written here. Remove the quotes.',
    '115200',
  ],
])('tells quotes that are one too many: %s', (line, message, fix) => {
  expect(firstOf(profile(line))).toMatchObject({ code: 'value-type', message, fix });
});

test('does not miss the key that an unknown one was meant to be', () => {
  const { diagnostics } = host('role: worker', 'profil: p', ...fullHost.slice(2));
  expect(diagnostics.map(({ code }) => code)).toEqual(['key-unknown']);
});

test('says one thing of a value of the wrong type', () => {
  const long = 'a text of more than sixteen letters';
  const { diagnostics } = check('Site', `${header('Site')}  ntp: {servers: ${long}}\n`);
  expect(diagnostics.map(({ code }) => code)).toEqual(['value-type']);
});

test('says how an argument is written to whom writes a mapping', () => {
  expect(firstOf(profile('kernel: {arguments: [{panic: 60}]}')).message).toMatch(/name=value/);
});

test('gives the range of a number', () => {
  const document = `${header('Image')}  profile: p\n  outputs: [{format: iso}]\n  bootMenu: {timeout: 4000}\n`;
  expect(firstOf(check('Image', document)).message).toBe(
    '“timeout” must be from 0 to 3600, but “4000” is written here.',
  );
});

test('reports a malformed key of a mapping at that key', () => {
  expect(
    firstOf(host('role: worker', 'profile: p', 'macs: {"a b": "52:54:00:12:34:56"}', 'network: {ref: n}')),
  ).toMatchObject({
    code: 'value-invalid',
    start: { line: 8, column: 10 },
    message: expect.stringContaining('interface name'),
  });
});

test.each([
  ['network: {}', 'neither of ref and inline'],
  ['network: {ref: a, inline: {version: 2}}', 'both'],
])('refuses %s: %s', (line) => {
  expect(firstOf(host(...fullHost.slice(0, 3), line)).message).toMatch(/^Give either ref/);
});

test('looks into the alternative that fits the type', () => {
  expect(firstOf(profile('kernel: {arguments: [quiet, {nam: iommu}]}')).message).toMatch(
    /“name” is missing|“nam” does not exist/,
  );
  expect(firstOf(profile('kernel: {arguments: ["a b"]}')).message).toMatch(/^A kernel argument is one word/);
});

test.each([
  ['HostProfile', 'cpu: {isolated: 2..7}', 'A CPU list has'],
  ['HostProfile', 'limits: [{domain: a, type: soft, item: core, value: lots}]', 'A limit is'],
  ['HostProfile', 'console: {serial: {baud: 9601}}', 'Did you mean “9600”'],
  ['HostProfile', 'systemd: {enable: [ssh]}', 'A systemd unit is written with its type'],
  ['Image', 'profile: a\n  outputs: []', '“outputs” must have at least 1 entry.'],
  ['Site', 'dns: {servers: [dns.example]}', 'An IP address is written as'],
  ['Site', 'mirror: mirror.example', 'A URL starts with'],
  ['Site', 'mirror: "http://mirror.example/ debian"', 'A URL starts with'],
  ['Site', 'dns: {servers: [0.0.0.0]}', 'none of a machine'],
  ['Site', 'keyboard: germn', 'A keyboard layout is'],
  ['Site', 'keyboard: dee', 'Did you mean “de”?'],
  ['Site', 'adminUser: {sudo: no}', 'ALL=(ALL) NOPASSWD:ALL'],
  ['Site', 'adminUser: {shell: /bin/bsah}', 'Did you mean “/bin/bash”?'],
  ['Host', 'macs: {e: "53:54:00:00:00:01"}', 'No card has this address'],
  ['Host', 'macs: {e: "00:00:00:00:00:00"}', 'No card has this address'],
  ['Host', 'bmc: {address: "ipmi://10.10.0.300"}', 'is no host name and no IP address'],
  ['Host', 'bmc: {address: "ipmi://10.10.0.3:99999"}', 'is no host name and no IP address'],
  ['Host', 'bmc: {address: "ipmi://admin:secret@10.10.0.3"}', 'is no host name and no IP address'],
  ['Site', 'release: bookwrm', 'Did you mean “bookworm”?'],
  ['Image', 'profile: a\n  release: trixe\n  outputs: [{format: iso}]', 'Did you mean “trixie”?'],
  ['Site', 'components: [main, nonfree-firmware]', 'Did you mean “non-free-firmware”?'],
] as const)('a %s with %s is refused in our words', (kind, line, expected) => {
  const { diagnostics } = check(kind, `${header(kind)}  ${line}\n`);
  expect(diagnostics.map(({ message }) => message)).toContainEqual(expect.stringContaining(expected));
});

test.each([
  ['Site', 'keyboard: de-nodeadkeys'],
  ['Site', 'adminUser: {shell: /opt/own/shell, sudo: "ALL=(root) /usr/bin/systemctl restart *"}'],
  ['Site', 'mirror: "http://[2001:db8::1]:8080/debian"'],
  ['Site', 'dns: {servers: ["2001:db8::1", 127.0.0.1]}'],
])('a %s with %s is accepted', (kind, line) => {
  expect(check(kind as DocumentKind, `${header('Site')}  ${line}\n`).diagnostics).toEqual([]);
});

describe('every field', () => {
  test.each(documentKinds)('of a %s document has a description', (kind) => {
    const bare: string[] = [];
    const walk = (schema: ReturnType<typeof jsonSchemaOfKind>, path: string): void => {
      for (const [key, child] of Object.entries(schema.properties ?? {})) {
        if (!child.description) bare.push(`${path}.${key}`);
        walk(child, `${path}.${key}`);
      }
      for (const next of [schema.items, ...(schema.anyOf ?? [])]) if (next) walk(next, `${path}[]`);
    };
    walk(jsonSchemaOfKind(kind), kind);
    expect(bare).toEqual([]);
  });
});

test('never throws and never talks like the checker, whatever the document holds', () => {
  const sink = new DiagnosticSink();
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...documentKinds), (value, kind) => {
      const document = { apiVersion: 'siteforge/v1', kind, metadata: { name: 'a' }, spec: value };
      const node = parseYaml(createSourceText('a.yaml', JSON.stringify(document)), sink);
      const found = new DiagnosticSink();
      if (node !== undefined) checkAgainstSchema(node, schemaOfKind(kind), found);
      for (const { message } of found.list()) expect(message).not.toMatch(/^Invalid|expected|pattern/);
    }),
  );
});
