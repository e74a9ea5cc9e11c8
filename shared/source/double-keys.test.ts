import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from './parse-yaml.ts';
import { toPlain } from './source-node.ts';
import { createSourceText, offsetAt } from './source-text.ts';

function read(text: string, lastKeyCounts: boolean) {
  const source = createSourceText('a.yaml', text);
  const sink = new DiagnosticSink();
  const root = parseYaml(source, sink, { lastKeyCounts: () => lastKeyCounts });
  const found = sink.list();
  const mended = found.flatMap(({ fixes = [] }) =>
    fixes.map(
      ({ range, newText }) =>
        text.slice(0, offsetAt(source, range.start)) + newText + text.slice(offsetAt(source, range.end)),
    ),
  );
  const lines = found.map(({ range, severity, message }) => `${range.start.line} ${severity} ${message}`);
  return { plain: root && toPlain(root), keys: JSON.stringify(root && toPlain(root)), lines, mended };
}

describe('where the last key counts', () => {
  // Each expectation is what Python's yaml.safe_load (6.0) gives for the text.
  test.each([
    ['a: 1\nb: 2\na: 3\n', '{"a":3,"b":2}', ['3 warning']],
    ['a: 1\na: 2\na: 3\nb: 4\n', '{"a":3,"b":4}', ['2 warning', '3 warning']],
    ['x:\n  - {a: 1, a: 2}\n', '{"x":[{"a":2}]}', ['2 warning']],
    ['x:\n  y: {a: 1}\n  y: {b: 1}\nz: 1\n', '{"x":{"y":{"b":1}},"z":1}', ['3 warning']],
    [
      'x:\n  y: {a: 1, a: 2}\n  y: {b: 1, b: 3}\n',
      '{"x":{"y":{"b":3}}}',
      ['2 warning', '3 warning', '3 warning'],
    ],
    ['{"a": 1, "a": {"b": 2}}\n', '{"a":{"b":2}}', ['1 warning']],
    ['a: {b: 1}\nc: 1\na:\n', '{"a":null,"c":1}', ['3 warning']],
  ])('%j is %s', (text, plain, lines) => {
    const found = read(text, true);
    expect(found.keys).toBe(plain);
    expect(found.lines).toEqual(lines.map((line) => expect.stringContaining(line)));
  });

  test('several merge keys are no double key', () => {
    const text = 'a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n';
    expect(read(text, true).lines).toEqual([]);
  });

  test('the one that is lost can be taken out, with its lines and its comment', () => {
    const text = 'a: 0\nb: # lost\n  - 1\n  - 2 # two\nc: 1\nb: [3]\n';
    expect(read(text, true).mended).toEqual(['a: 0\nc: 1\nb: [3]\n']);
  });

  test('what shares its line is left to the engineer', () => {
    expect(read('- a: 1\n  a: 2\n', true).mended).toEqual([]);
    expect(read('{a: 1, a: 2}\n', true).mended).toEqual([]);
    expect(read('{\n"a": 1,\n"a": 2\n}\n', true).mended).toEqual([]);
  });
});

test('elsewhere the second is an error that names the line of the first', () => {
  expect(read('a:\n  b: 1\n  c: 2\n  b: 3\n', false).lines).toEqual([
    '4 error “b” stands here a second time; the first is in line 2. Keep one of both.',
  ]);
});

test('two that say the same are one too many', () => {
  expect(read('a: 1\r\nb: [x]\r\nb: [x] # again\r\nc: 1\r\n', false).mended).toEqual([
    'a: 1\r\nb: [x]\r\nc: 1\r\n',
  ]);
});
