import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSourceText, offsetAt } from '../source/source-text.ts';
import { createSiteAnalyser } from './analyser.ts';
import { validateText } from './validate-text.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const files = new Map(
  readdirSync(example, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => [path, readFileSync(new URL(path, example), 'utf8')]),
);

/** `file:line code` of the example after one replacement in one of its documents. */
function found(path: string, ...edits: readonly (readonly [from: string | RegExp, to: string])[]): string[] {
  const analyser = createSiteAnalyser();
  for (const [each, text] of files) {
    let edited = text;
    if (each === path) for (const [from, to] of edits) edited = edited.replace(from, to);
    if (each === path) expect(edited).not.toBe(text);
    analyser.update(each, edited);
  }
  return analyser.analyse().diagnostics.map(({ file, range, code }) => `${file}:${range.start.line} ${code}`);
}

describe('one mistake of the syntax is one finding', () => {
  test.each([
    ['a tab before a key', 'hosts/wk-1.yaml', [/^ {2}domain:/m, '\tdomain:'], '7 yaml-tab'],
    ['a tab before a variable', 'hosts/wk-1.yaml', [/^ {4}oam-address/m, '\toam-address'], '30 yaml-tab'],
    ['a key too far left', 'hosts/wk-1.yaml', [/^ {2}profile:/m, ' profile:'], '10 yaml-syntax'],
    ['a key too far right', 'hosts/wk-1.yaml', [/^ {2}role:/m, '   role:'], '7 yaml-syntax'],
    ['a bracket left open', 'hosts/wk-1.yaml', ['kubernetes-node]', 'kubernetes-node'], '26 yaml-syntax'],
    ['a quote left open', 'hosts/wk-1.yaml', ['21:01"', '21:01'], '14 yaml-syntax'],
    ['a colon forgotten', 'profiles/edge-node.yaml', ['  sysctl:', '  sysctl'], '40 yaml-syntax'],
    ['a colon forgotten at the top', 'site.yaml', ['spec:', 'spec'], '11 yaml-syntax'],
    ['a network', 'networks/bonded.yaml', [/^ {6}mode:/m, '       mode:'], '32 yaml-syntax'],
    ['a tab in a network', 'networks/bonded.yaml', [/^ {6}mode:/m, '\tmode:'], '31 yaml-tab'],
    ['an image', 'images/edge-node.yaml', [/^ {2}profile:/m, ' profile:'], '11 yaml-syntax'],
  ] as const)('%s', (_what, path, edit, expected) => {
    expect(found(path, edit)).toEqual([`${path}:${expected}`]);
  });

  test('a bomb of aliases', () => {
    const levels = ['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => {
      const before = String.fromCharCode(97 + index);
      return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`;
    });
    const text = ['version: 2', 'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]', ...levels, ''].join('\n');
    const codes = validateText('a.yaml', text, { as: 'network-config' }).map(({ code }) => code);
    expect(codes).toEqual(['key-unknown', 'yaml-alias-limit']);
  });
});

test('what stands before the mistake keeps its findings', () => {
  const edits = [
    ['role: worker', 'role: wroker'],
    ['profile: edge-node', 'profile: edge-nod'],
    [/^ {4}storage-address/m, '\tstorage-address'],
  ] as const;
  expect(found('hosts/wk-1.yaml', ...edits)).toEqual([
    'hosts/wk-1.yaml:8 value-invalid',
    'hosts/wk-1.yaml:10 reference-unknown',
    'hosts/wk-1.yaml:31 yaml-tab',
  ]);
});

test('what a mapping lacks is said when it ends before the mistake', () => {
  const edits = [
    ['      - size: 2M\n        count: 64\n', '      - size: 2M\n'],
    ['  limits:', '  limits'],
  ] as const;
  expect(found('profiles/edge-node.yaml', ...edits)).toEqual([
    'profiles/edge-node.yaml:36 key-missing',
    'profiles/edge-node.yaml:52 yaml-syntax',
  ]);
});

test.each([
  ['network:\n\u00a0 - version\n', 'only looks like a blank'],
  ['network:\n  version: 2\n  renderer: “a: b”\n', 'typographic'],
])('tells characters that only look right: %j', (text, message) => {
  const found = validateText('networks/a.yaml', text).filter(({ code }) => code === 'yaml-syntax');
  expect(found).toMatchObject([{ message: expect.stringContaining(message) }]);
});

test('a finding at the line that is wrong, not at the comment above it', () => {
  const text =
    'version: 2\nethernets:\n  eno1:\n    dhcp4: true\n\n  # The second.\n   eno2:\n    dhcp4: true\n';
  expect(validateText('networks/a.yaml', text)).toMatchObject([
    { range: { start: { line: 7, column: 4 } }, message: expect.stringContaining('not indented') },
  ]);
});

describe('what is not closed is wrong where it opens', () => {
  const ethernets = 'version: 2\nethernets:\n  eno1:\n';
  test.each([
    [
      'a list over lines',
      '    addresses: [10.0.0.1/24,\n      10.0.0.2/24\n    mtu: 1500\n',
      '4:16',
      '10.0.0.2/24]\n',
    ],
    ['a mapping on one line', '    match: {name: a\n    set-name: b\n', '4:12', '{name: a}\n'],
    ['the outer of two', '    nameservers: {addresses: [10.0.0.1]\n    mtu: 1500\n', '4:18', '[10.0.0.1]}\n'],
    ['the inner of two', '    nameservers: {addresses: [10.0.0.1\n    mtu: 1500\n', '4:30', '[10.0.0.1]\n'],
    ['a quote', '    set-name: "eno1\n    mtu: 1500\n', '4:15', '"eno1"\n'],
    ['a quote before quotes', "    set-name: 'eno1\n    match: {name: 'a'}\n", '4:15', "'eno1'\n"],
    ['a quote within brackets', '    match: {name: "a}\n    mtu: 1500\n', '4:19', '{name: "a"}\n'],
    ['at the end of the text', '    match: {name: a', '4:12', '{name: a}'],
    ['with a comment behind it', '    match: {name: a # b\n    mtu: 1500\n', '4:12', undefined],
  ])('%s', (_what, lines, place, mended) => {
    const text = `${ethernets}${lines}`;
    const [first, second] = validateText('networks/a.yaml', text);
    expect(second).toBeUndefined();
    expect(`${first?.range.start.line}:${first?.range.start.column}`).toBe(place);
    expect(first?.message).toContain('that opens here is not closed');
    const [fix] = first?.fixes ?? [];
    if (mended === undefined || fix === undefined) return;
    const at = offsetAt(createSourceText('', text), fix.range.start);
    expect(text.slice(0, at) + fix.newText + text.slice(at)).toContain(mended);
  });

  test('no fix where another bracket comes first', () => {
    const [found] = validateText('networks/a.json', '{"links": [{"id": "a"}\n, "networks": []}\n');
    expect(found).toMatchObject({ code: 'yaml-syntax', range: { start: { line: 1, column: 11 } } });
    expect(found?.fixes).toBeUndefined();
  });
});

test.each([
  [
    'a block that is not indented',
    'write_files:\n- path: /a\n  content: |\n  abc\n  ghi\n',
    '5:3 The text of the block in line 4',
  ],
  [
    'the same where its lines look like keys',
    'write_files:\n- path: /a\n  content: |\n\n  abc: d\n  ghi\n',
    '6:3 The text of the block in line 4',
  ],
  ['two closing brackets', 'runcmd: [[a]]]\n', '2:14 This bracket closes nothing'],
  ['more behind a quote', 'runcmd:\n  - "a" b\n', '3:9 Behind a closing quote'],
  [
    'an entry too far left, where it starts',
    'hostname: a\nchef:\n  directories: [a]\nvalidation_name: b # c\n  environment: d\n',
    '5:1 This line is not indented like the one below, line 6',
  ],
  [
    'the first entry below its key',
    'ntp:\nservers: [a]\n  pools: [b]\n',
    '3:1 This line is not indented like the one below, line 4',
  ],
  ['an item too far left', 'runcmd:\n    - a\n   - b\n', '4:4 This line is not indented'],
])('%s is one finding in words of the documents', (_what, text, expected) => {
  const found = validateText('user-data/a.yaml', `#cloud-config\n${text}`);
  expect(found.map(({ range, message }) => `${range.start.line}:${range.start.column} ${message}`)).toEqual([
    expect.stringContaining(expected),
  ]);
});

test('any mistake of indentation in a document is one finding of the syntax at most', () => {
  const text = files.get('networks/bonded.yaml') ?? '';
  const lines = text.split('\n');
  const at = fc.nat({ max: lines.length - 1 });
  fc.assert(
    fc.property(at, fc.integer({ min: -3, max: 3 }), (line, blanks) => {
      const written = lines[line] ?? '';
      const moved =
        blanks < 0 ? written.replace(new RegExp(`^ {0,${-blanks}}`), '') : ' '.repeat(blanks) + written;
      const found = validateText('networks/bonded.yaml', lines.with(line, moved).join('\n'));
      expect(found.filter(({ code }) => code === 'yaml-syntax').length).toBeLessThan(2);
    }),
    { numRuns: 150 },
  );
});
