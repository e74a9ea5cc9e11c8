import { expect, test } from 'vitest';
import { mostVisible, visibleRows } from './visible-rows.ts';

const problem = (row: number) => ({ row, column: 0, severity: 'error', message: '' }) as const;

test('a small table is shown as it is', () => {
  expect(visibleRows(3, [problem(2)])).toEqual([0, 1, 2]);
});

test('of a large one every row with a problem is shown, in the order of the table', () => {
  const rows = visibleRows(2000, [problem(1999), problem(-1), problem(5)]);
  expect([rows.length, rows.at(-1), rows.slice(0, 2)]).toEqual([mostVisible, 1999, [0, 1]]);
  expect(
    visibleRows(
      2000,
      Array.from({ length: 2000 }, (_each, row) => problem(row)),
    ),
  ).toHaveLength(mostVisible);
});
