import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { linesOfText } from './line-of-text.ts';
import { parseYaml } from './parse-yaml.ts';
import { childOf } from './source-node.ts';
import { createSourceText } from './source-text.ts';

const written = (value: string, lineEnd = '\n') => {
  const text = `a: 1\nscript: ${value}\nb: 2\n`.replaceAll('\n', lineEnd);
  const node = childOf(parseYaml(createSourceText('x.yaml', text), new DiagnosticSink()), 'script');
  if (node === undefined) throw new Error('no script');
  const at = linesOfText(node);
  return [0, 1, 2, 3].map((index) => {
    const { span } = at(index);
    return text.slice(span.start, span.end);
  });
};

test.each(['\n', '\r\n'])('finds the lines of a literal text with the line end %j', (lineEnd) => {
  const [first, second, third, none] = written('|- # why\n  one\n\n    three x', lineEnd);
  expect([first, second, third]).toEqual(['one', '', 'three x']);
  expect(none).toContain('three x');
});

test.each(['"one\\ntwo"', '>\n  one\n  two'])('gives the whole of %j', (value) => {
  const [first, second] = written(value);
  expect(first).toContain('two');
  expect(second).toBe(first);
});
