import { expect, test } from 'vitest';
import { createSourceText, offsetAt, positionAt, rangeOf } from './source-text.ts';

test('CR, LF and CRLF each end a line', () => {
  const source = createSourceText('a.yaml', 'a\rb\nc\r\nd');
  expect([0, 2, 4, 7].map((offset) => positionAt(source, offset).line)).toEqual([1, 2, 3, 4]);
});

test('LF alone ends lines, empty ones and the last as well', () => {
  expect(createSourceText('a.yaml', '\na\n\nb\n').lineStarts).toEqual([0, 1, 3, 4, 6]);
  expect(createSourceText('a.yaml', '').lineStarts).toEqual([0]);
});

test('an offset between CR and LF is the end of its line, no place behind it', () => {
  const source = createSourceText('a.yaml', 'key:\r\nb');
  expect(rangeOf(source, { start: 4, end: 5 })).toEqual({
    start: { line: 1, column: 5 },
    end: { line: 1, column: 5 },
  });
  expect(positionAt(source, 6)).toEqual({ line: 2, column: 1 });
});

test('what lies outside the text is moved to its nearest end', () => {
  const source = createSourceText('a.yaml', 'a\nb');
  expect([positionAt(source, -1), positionAt(source, 9)]).toEqual([
    { line: 1, column: 1 },
    { line: 2, column: 2 },
  ]);
  expect([offsetAt(source, { line: 0, column: 1 }), offsetAt(source, { line: 9, column: 9 })]).toEqual([
    0, 3,
  ]);
});
