import { expect, it } from 'vitest';
import { findTyped } from './find-typed.ts';

const texts = ['alpha', 'beta', 'bravo', 'charlie'];

it('goes to the next row that starts with the letter, around the end', () => {
  expect(findTyped(texts, 0, 'b')).toBe(1);
  expect(findTyped(texts, 1, 'b')).toBe(2);
  expect(findTyped(texts, 2, 'b')).toBe(1);
});

it('stays while more letters still fit the row', () => {
  expect(findTyped(texts, 1, 'be')).toBe(1);
  expect(findTyped(texts, 1, 'br')).toBe(2);
  expect(findTyped(texts, 0, 'x')).toBeUndefined();
});
