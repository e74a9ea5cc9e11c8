import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from './parse-yaml.ts';
import { toPlain } from './source-node.ts';
import { createSourceText } from './source-text.ts';

function parse(text: string) {
  const sink = new DiagnosticSink();
  const node = parseYaml(createSourceText('a.yaml', text), sink);
  return { plain: node && toPlain(node), diagnostics: sink.list() };
}

const codesOf = (text: string) => parse(text).diagnostics.map(({ code }) => code);

test('gives the plain values of a document', () => {
  expect(parse('a: 1\nb: [x, true, null]\n')).toEqual({
    plain: { a: 1, b: ['x', true, null] },
    diagnostics: [],
  });
});

test('reads a document with a byte order mark and CRLF line ends', () => {
  expect(parse('\uFEFFa: 1\r\nb: 2\r\n')).toEqual({ plain: { a: 1, b: 2 }, diagnostics: [] });
});

test('reports a duplicate key at the second one', () => {
  const [diagnostic] = parse('a: 1\nb: 2\na: 3\n').diagnostics;
  expect(diagnostic?.code).toBe('yaml-duplicate-key');
  expect(diagnostic?.range).toEqual({ start: { line: 3, column: 1 }, end: { line: 3, column: 2 } });
  expect(diagnostic?.message).toContain('“a” stands here a second time; the first is in line 1.');
});

test('reports a tab used for indentation', () => {
  expect(codesOf('a:\n\tb: 1\n')).toContain('yaml-tab');
});

test('stops an alias bomb without expanding it', () => {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`,
  );
  expect(codesOf(`a0: &a0 [x]\n${levels.join('\n')}\n`)).toContain('yaml-alias-limit');
});

test('stops at an alias inside its own anchor', () => {
  expect(codesOf('a: &a [*a]\n')).toContain('yaml-syntax');
});

test('refuses nesting that would exhaust the stack', () => {
  expect(codesOf('['.repeat(100_000))).toEqual(['yaml-depth']);
  expect(codesOf(`a: ${'['.repeat(100)}${']'.repeat(100)}`)).toContain('yaml-depth');
});

test('tells nesting at the first bracket that is too deep, also far above what the library could read', () => {
  for (const levels of [100, 1000]) {
    const [found] = parse(`first: 1\nsecond:\n  - ${'['.repeat(levels)}${']'.repeat(levels)}\n`).diagnostics;
    expect(found).toMatchObject({ code: 'yaml-depth', range: { start: { line: 3 } } });
    expect(found?.range.start.column).toBeGreaterThan(60);
    expect(found?.range.start.column).toBeLessThan(75);
  }
});

test.each([
  ['between entries', 'a: 1\rb: [2, 3]\r', { a: 1, b: [2, 3] }],
  ['behind a comment', '# one\ra: 1\n', { a: 1 }],
  ['before that of Windows', 'a: 1\r\r\nb: 2\r\r\n', { a: 1, b: 2 }],
  ['in a block', 'a: |\n  one\r  two\n', { a: 'one\ntwo\n' }],
  ['in quotes', 'a: "one\r  two"\n', { a: 'one two' }],
])('reads a carriage return alone as the end of a line: %s', (_where, text, value) => {
  expect(parse(text)).toMatchObject({ plain: value, diagnostics: [] });
});

test('tells a mistake behind carriage returns alone at its line', () => {
  const [found] = parse('a: 1\rb: 2\ra: 3\r').diagnostics;
  expect(found).toMatchObject({ code: 'yaml-duplicate-key', range: { start: { line: 3, column: 1 } } });
});

test('refuses a document larger than 2 MiB', () => {
  expect(codesOf('#'.repeat(2 * 1024 * 1024 + 1))).toEqual(['document-too-large']);
});

test('reports a second document in a file', () => {
  expect(codesOf('a: 1\n---\nb: 2\n')).toEqual(['yaml-multiple-documents']);
});

test('keeps __proto__ as data', () => {
  const { plain } = parse('__proto__: {polluted: true}\n');
  expect(Object.keys(plain as object)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('answers every text, with ranges inside it', () => {
  const piece = fc.constantFrom(
    'a: ',
    '- ',
    '\n',
    '  ',
    '&x ',
    '*x',
    '"',
    "'",
    '|',
    '>',
    '[',
    ']',
    '{',
    '}',
    '? ',
    '!!binary ',
    '\t',
    '#',
    '---\n',
    '%',
    'é',
    '\u0000',
    '<<: ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const lines = text.split(/\r\n|\r|\n/);
        for (const { range } of parse(text).diagnostics) {
          for (const { line, column } of [range.start, range.end]) {
            expect(line).toBeLessThanOrEqual(lines.length);
            expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 2);
          }
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  // PyYAML: “found unhashable key”, and cloud-init drops the whole text.
  ['a: {{ x }}\n', 'mapping', '1:5'],
  ['a: [b, "{{ x }}", {{ y.z }}]\n', 'mapping', '1:20'],
  ['b: &b {c: 1}\n? *b\n: d\n', 'mapping', '2:3'],
  ['? [a, b]\n: c\n', 'list', '1:3'],
])('refuses a collection as a key in %j', (text, kind, place) => {
  const [{ code, message, range }, ...others] = parse(text).diagnostics as [Diagnostic, ...Diagnostic[]];
  expect(code).toBe('yaml-syntax');
  expect(message).toContain(`A ${kind} stands where a key belongs`);
  expect(message.includes('put the whole value in quotes')).toBe(text.includes('{{'));
  expect(`${range.start.line}:${range.start.column}`).toBe(place);
  expect(others).toEqual([]);
});

test.each([
  ['a: [su, -, ops]', { a: ['su', '-', 'ops'] }],
  ['a: 1\nb:\n  - [tar, -xf, -]\n  - {c: -, d: 2}\n', { a: 1, b: [['tar', '-xf', '-'], { c: '-', d: 2 }] }],
])('takes a hyphen alone for a text in brackets, as hosts do: %j', (text, plain) => {
  expect(parse(text)).toEqual({ plain, diagnostics: [] });
});

test('tells of a list inside brackets, and of a hyphen with a blank behind it', () => {
  expect(codesOf('a: [x, - ]')).toContain('yaml-syntax');
  expect(codesOf('a: [x, -, - b]')).toContain('yaml-syntax');
});
