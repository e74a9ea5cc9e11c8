import { expect, test } from 'vitest';
import { lookUp } from './look-up.ts';

test('finds what stands in a table, and nothing of what every object answers to', () => {
  const table: Readonly<Record<string, number>> = { one: 1 };
  expect(lookUp(table, 'one')).toBe(1);
  for (const word of ['constructor', '__proto__', 'toString', 'two'])
    expect(lookUp(table, word)).toBeUndefined();
});
