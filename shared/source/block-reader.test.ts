import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { readBlocks } from './block-reader.ts';
import { parseFragment } from './parse-fragment.ts';
import { parseWhole } from './parse-whole.ts';
import { parseYaml } from './parse-yaml.ts';
import { createSourceText } from './source-text.ts';

function read(text: string, by: typeof parseYaml) {
  const source = createSourceText('a.yaml', text);
  const sink = new DiagnosticSink();
  const root = by(source, sink);
  return { root, found: sink.list() };
}

/** What is right is read alike, in value and place; what is wrong is wrong to both. */
function expectSameVerdict(text: string): void {
  // The library lets a quote that does not end pass when its last two characters are the quote doubled.
  if (/''\s*$/.test(text)) return;
  const whole = read(text, parseWhole);
  const ours = read(text, parseYaml);
  // A NUL is refused as an encoding before anybody asks; behind an empty block the library takes it for nothing.
  if (text.includes('\0')) return;
  const isWrong = ({ found }: typeof whole) => found.some(({ severity }) => severity === 'error');
  expect(isWrong(ours)).toBe(isWrong(whole));
  if (!isWrong(whole)) expect(ours).toEqual(whole);
}

/** Fragments that were handed on, or undefined when the whole document was. */
function fragmentsOf(text: string): string[] | undefined {
  const source = createSourceText('a.yaml', text);
  const fragments: string[] = [];
  const sink = new DiagnosticSink();
  const root = readBlocks(source, sink, (fragment) => {
    fragments.push(text.slice(fragment.start, fragment.end));
    return parseFragment(source, fragment, sink);
  });
  return root && fragments;
}

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const documents = readdirSync(example, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
  .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'));

test('reads the example as the library does, with little left to it', () => {
  expect(documents.length).toBeGreaterThan(10);
  for (const text of documents) {
    expectSameVerdict(text);
    expect(fragmentsOf(text)?.join('').length ?? text.length).toBeLessThan(text.length / 4);
  }
});

describe('reads without the library', () => {
  const texts = {
    'mappings and sequences': 'a:\n  b: 1\n  c:\n    - x\n    - y: 2\n      z: 3\nd:\n- 1\n- - 2\n  - 3\n',
    'quoted scalars': `a: "b: c" # d\n"e f": 'it''s'\n'g': ""\n`,
    'values of the core schema':
      'a: [~, null, True, FALSE, 0o17, 0x1F, -12, +3, 1.5, .5, 1e3, -.inf, .nan, 012, 1_000, no, 12:30]\n',
    'plain scalars with colons and hashes':
      'a: http://b:80/c#d\nb: 2001:db8::1/64\nc: x # y\nd: it is: no\n'.replace(': no', ':no'),
    'literal blocks': 'a: |\n  one\n    two\n\n  # three\nb: |-\n  four\n\n\nc: 1\n',
    'a literal block at the end without a line end': 'a: |\n  one',
    'empty values': 'a:\nb: # none\n  # at all\nc:\n  -\n  - # none\nd:',
    'collections on one line': 'a: []\nb: {}\nc: [x, [1, 2], {d: e, f: "g"}]\nd: { h: i j, k: l }\n',
    'comments anywhere': '# a\nb: 1\n   # c\n\n# d\ne:\n# f\n  - g\n # h\n  - i\n',
    'a start marker': '---\na: 1\n',
    'CRLF line ends': 'a: 1\r\nb: |\r\n  c\r\n\r\n  d\r\ne: [f]\r\n',
    'white space at line ends': 'a: 1  \nb:   \n  - c   \n  - "d"  \n',
  };
  test.each(Object.entries(texts))('%s', (_, text) => {
    expectSameVerdict(text);
    expect(fragmentsOf(text)).toEqual([]);
  });
});

describe('hands on only the entry that needs the library', () => {
  const texts = {
    'a folded block': 'a: 1\nb: >\n  c\n  d\ne: 2\n',
    'a scalar over lines': 'a: 1\nb: c\n  d\ne: 2\n',
    'a collection over lines': 'a: 1\nb: [\n  c,\n  d\n]\ne: 2\n',
    'an escape': 'a: 1\nb: "c\\n"\ne: 2\n',
    'a tag': 'a: 1\nb: !!str 2\ne: 2\n',
    'a colon too much': 'a: 1\nb: c: d\ne: 2\n',
    'a quote that does not end': 'a: 1\nb: "c\ne: 2\n',
    'a key that is being typed': 'a: 1\nb\ne: 2\n',
    'an item within a sequence': 'a:\n  - b\n  - >-\n    c\n  - e\n',
  };
  test.each(Object.entries(texts))('%s', (_, text) => {
    expectSameVerdict(text);
    expect(fragmentsOf(text)).toHaveLength(1);
  });
});

test('keeps the entries after one that is wrong', () => {
  const { root, found } = read('a: 1\nb: "c\ne: 2\nb: 3\n', parseYaml);
  expect(root?.type === 'map' && root.entries.map(({ key }) => key.value)).toEqual(['a', 'b', 'e', 'b']);
  expect(found.map(({ range, code }) => [range.start.line, code])).toEqual([
    [2, 'yaml-syntax'],
    [4, 'yaml-duplicate-key'],
  ]);
});

test('leaves a document with anchors, or more than one document, to the library', () => {
  for (const text of [
    'a: &b 1\nc: *b\n',
    'a: 1\n---\nb: 2\n',
    '%YAML 1.2\n---\na: 1\n',
    '{"a": 1}\n',
    '? a\n: b\n',
  ]) {
    expect(fragmentsOf(text)).toBeUndefined();
    expectSameVerdict(text);
  }
});

const pieces = [
  ...[
    'a: ',
    'bc: ',
    '"d": ',
    '- ',
    '-',
    ': ',
    '? ',
    '# e',
    ' # f',
    'g',
    '1',
    '~',
    '0x1f',
    'true',
    '-1',
    'é',
    'h:i',
  ],
  ...['\n', '\n', '\n', '\n  ', '\n  ', '\n    ', '\n- ', '\n  - ', '\n   ', ' ', '  ', '\r\n', '\t'],
  ...[
    '|',
    '>',
    '|-\n',
    '|+\n',
    '|2\n',
    '"',
    "'",
    "''",
    '\\n',
    '[',
    ']',
    '{',
    '}',
    ', ',
    ',',
    '[x, y]',
    '{z: 1}',
  ],
  ...['&x ', '*x', '!!str ', '---\n', '...\n', '%', '@', '`', '<<: ', '\u0000', '\u2028'],
];

test('gives the verdict of the library on texts of hostile pieces', () => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''));
  fc.assert(fc.property(text, expectSameVerdict), { numRuns: 4000 });
}, 60_000);

test('gives the verdict of the library on real documents with a piece put in, taken out or doubled', () => {
  const change = fc.record({
    document: fc.nat(documents.length - 1),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(6),
    piece: fc.oneof(fc.constantFrom('', ...pieces), fc.string({ maxLength: 3 })),
  });
  fc.assert(
    fc.property(change, ({ document, at, removed, piece }) => {
      const text = documents[document] ?? '';
      const offset = Math.floor(at * text.length);
      expectSameVerdict(text.slice(0, offset) + piece + text.slice(offset + removed));
    }),
    { numRuns: 1000 },
  );
}, 60_000);
