import { expect, test } from 'vitest';
import { lineStartOf } from './lines.ts';

test.each([
  ['the first line', 'a\nb', 1, 0],
  ['a line behind a line feed', 'a\nbc', 3, 2],
  ['a line behind both', 'a\r\nbc', 4, 3],
  ['a line behind a carriage return', 'a\nb\rcd', 5, 4],
  ['the end of an empty line', 'a\n\nb', 2, 2],
  ['an empty first line', '\na', 0, 0],
])('finds the start of %s', (_what, text, offset, start) => {
  expect(lineStartOf(text, offset)).toBe(start);
});

test('looks at one line alone, however long the text in front of it is', { timeout: 10_000 }, () => {
  const text = `${'a'.repeat(100)}\n`.repeat(50_000);
  let sum = 0;
  for (let offset = text.length; offset > 0; offset -= 101) sum += lineStartOf(text, offset);
  expect(sum).toBe((101 * 50_000 * 50_001) / 2);
});
