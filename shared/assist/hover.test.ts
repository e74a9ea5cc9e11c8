import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkHelp } from '../network/network-help.ts';
import { cloudConfigSchema } from '../schema/cloud-config.ts';
import { alternativesOf, type JsonSchema, jsonSchemaOf, jsonSchemaOfKind } from '../schema/json-schema.ts';
import { createSourceText, offsetAt } from '../source/source-text.ts';
import { describeSchemas } from './describe-schema.ts';
import { hoverAt } from './hover.ts';
import { noSiteNames } from './site-names.ts';

const mark = '¦';
const site = { ...noSiteNames, interfaces: ['eno1'], variables: ['oam-address'] };

function hover(path: string, marked: string) {
  const text = marked.replace(mark, '');
  const found = hoverAt({ path, text, offset: marked.indexOf(mark), site });
  if (found === undefined) return undefined;
  const source = createSourceText(path, text);
  return {
    markdown: found.markdown,
    secret: found.secret,
    word: text.slice(offsetAt(source, found.range.start), offsetAt(source, found.range.end)),
  };
}

test('tells of a key what it is for, its unit, range, default and realm', () => {
  const { markdown, word } = hover('images/a.yaml', `spec:\n  bootMenu:\n    time${mark}out: 3\n`) ?? {};
  expect(word).toBe('timeout');
  for (const part of [
    '**timeout**',
    'How long the boot menu waits',
    'Unit: seconds',
    'Range: 0 to 3600',
    'Default: `3`',
    'Realm: baked',
  ])
    expect(markdown).toContain(part);
});

test('tells of a value what its key allows', () => {
  const { markdown, word } = hover('hosts/a.yaml', `kind: Host\nspec:\n  role: wor${mark}ker\n`) ?? {};
  expect(word).toBe('worker');
  expect(markdown).toContain('Allowed: `ephemeral`, `control-plane`');
});

test.each([
  ['the first character', `spec:\n  ${mark}role: worker`],
  ['the last character', `spec:\n  role${mark}: worker`],
])('answers at %s of a key', (_name, text) => expect(hover('hosts/a.yaml', text)?.word).toBe('role'));

test.each([
  [
    'a kernel parameter',
    'profiles/a.yaml',
    `spec:\n  sysctl:\n    vm.swap${mark}piness: 1\n`,
    'Kernel parameters',
  ],
  [
    'a card of a host',
    'hosts/a.yaml',
    `spec:\n  macs:\n    en${mark}o1: "52:54:00:00:00:01"\n`,
    '((mac.NAME))',
  ],
  ['a link', 'networks/a.yaml', `version: 2\nbonds:\n  bo${mark}nd0: {interfaces: [a, b]}\n`, 'Links joined'],
])('tells of the name of %s what it is the name of', (_what, path, text, part) => {
  const { markdown, word } = hover(path, text) ?? {};
  expect(markdown).toContain(`**${word}**`);
  expect(markdown).toContain(part);
});

test.each([
  [`vm.swap${mark}piness: 1`, 'Range: 0 to 200'],
  [`vm.swappiness: 1${mark}0`, 'Range: 0 to 200'],
  [`net.ipv4.tcp_r${mark}mem: 1 2 3`, 'Numbers: min, default, max'],
])('tells what the kernel takes for %s', (entry, fact) => {
  expect(hover('profiles/a.yaml', `spec:\n  sysctl:\n    ${entry}\n`)?.markdown).toContain(fact);
});

test('says nothing of a key that is not known where names are no free choice', () => {
  expect(hover('hosts/a.yaml', `spec:\n  rol${mark}l: worker\n`)).toBeUndefined();
});

test('knows parameters of version 1 in both spellings', () => {
  const text = `version: 1\nconfig:\n- {type: bond, name: b, params: {bond_mi${mark}imon: 100}}\n`;
  expect(hover('networks/a.yaml', text)?.markdown).toContain('Milliseconds');
});

test('tells what the settings of merging do', () => {
  const text = `merge_how:\n- name: list\n  sett${mark}ings: [append]\n`;
  expect(hover('user-data/a.yaml', text)?.markdown).toContain('keeps both values');
});

test('answers in flow mappings and lists', () => {
  expect(
    hover('profiles/a.yaml', `spec:\n  hugepages: {pages: [{size: 2M, co${mark}unt: 4}]}`)?.markdown,
  ).toContain('Unit: pages');
  expect(
    hover('profiles/a.yaml', `spec:\n  hugepages: {pages: [{size: 2${mark}M, count: 4}]}`)?.markdown,
  ).toContain('`1G`');
  expect(
    hover('profiles/a.yaml', `spec:\n  files:\n  - path: /a\n    mo${mark}de: "0644"`)?.markdown,
  ).toContain('octal');
});

test('answers for cloud-config and networks', () => {
  expect(hover('user-data/a.yaml', `#cloud-config\nrun${mark}cmd: []`)?.markdown).toContain('Realm: stamped');
  expect(hover('networks/a.yaml', `version: 2\nbonds:\n  bond0:\n    mt${mark}u: 9000`)?.markdown).toMatch(
    /\*\*mtu\*\*/,
  );
});

test('says what a reference is filled in with', () => {
  const text = `version: 2\nethernets:\n  a:\n    addresses: [((var.oam${mark}-address))/24]`;
  expect(hover('networks/a.yaml', text)).toEqual({
    markdown: '**((var.oam-address))**\n\nFilled in per host: variable of the host.',
    word: '((var.oam-address))',
  });
  expect(hover('networks/a.yaml', text.replace('oam', 'oma'))?.markdown).toContain('No host defines it');
});

test.each([
  ['a comment', `spec:\n  # ro${mark}le`],
  ['an unknown key', `spec:\n  unkn${mark}own: 1`],
  ['an empty line', `spec:\n  ${mark}\n`],
  ['a block of text', `spec:\n  domain: |\n    ro${mark}le: x`],
])('says nothing in %s', (_name, text) => expect(hover('hosts/a.yaml', text)).toBeUndefined());

test('never throws', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.nat(70), (text, offset) => {
      hoverAt({ path: 'hosts/a.yaml', text, offset, site });
    }),
  );
});

test.each([
  ['hosts/a.yaml', `kind: Host\nspec:\n  dom${mark}ain: a`, 'Source: Siteforge, kind Host'],
  ['networks/a.yaml', `version: 2\nethernets:\n  a:\n    mt${mark}u: 9000`, 'Source: netplan'],
  ['networks/a.yaml', `version: 1\nconf${mark}ig: []`, 'Source: cloud-init, network-config version 1'],
  ['networks/a.yaml', `version: 2\nethernets:\n  a:\n    mt${mark}u: 9000`, 'Realm: stamped'],
  ['user-data/a.yaml', `#cloud-config\nrun${mark}cmd: []`, 'Source: cloud-init'],
])('tells which tool gives a key its meaning: %s %s', (path, text, expected) => {
  const { markdown = '' } = hover(path, text) ?? {};
  expect(markdown).toContain(expected);
  expect(markdown.match(/Realm:/g) ?? []).toHaveLength(path.startsWith('hosts/') ? 1 : 1);
});

/** Every key that a schema knows, by its path. */
function* keysBelow(
  schema: JsonSchema,
  path: readonly string[] = [],
): Generator<readonly [string, JsonSchema]> {
  if (path.length > 8) return;
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    yield [[...path, key].join('.'), child];
    yield* keysBelow(child, [...path, key]);
  }
  const inner = [
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
  ];
  for (const each of inner) yield* keysBelow(each, [...path, '']);
}

test.each([
  ['Site', jsonSchemaOfKind('Site')],
  ['Host', jsonSchemaOfKind('Host')],
  ['HostProfile', jsonSchemaOfKind('HostProfile')],
  ['Image', jsonSchemaOfKind('Image')],
  ['cloud-config', jsonSchemaOf(cloudConfigSchema)],
  ['network-config version 1', networkHelp['network-config-v1'] as JsonSchema],
  ['network-config version 2', networkHelp['network-config-v2'] as JsonSchema],
])('every key of %s has a sentence of help', (_name, schema) => {
  const silent = [...keysBelow(schema)]
    .filter(([, each]) => describeSchemas(alternativesOf(each, schema)) === '')
    .map(([key]) => key);
  expect([...new Set(silent)]).toEqual([]);
});

test('says of a secret that its value is put in later', () => {
  const { markdown, word, secret } =
    hover('user-data/a.yaml', `#cloud-config\nruncmd: ["((secret.jo${mark}in))"]\n`) ?? {};
  expect(word).toBe('((secret.join))');
  expect(markdown).toContain('put in when a host is stamped');
  expect(secret).toBe('join');
});
