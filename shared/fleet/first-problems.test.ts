import { expect, test } from 'vitest';
import type { CellProblem } from './check-table.ts';
import { firstProblems } from './first-problems.ts';

const problems = (severity: 'error' | 'warning', from: number, count: number): CellProblem[] =>
  Array.from({ length: count }, (_, index) => ({ row: from + index, column: 0, severity, message: 'No.' }));

test('errors of the last rows stand before warnings of the first', () => {
  const { shown, more } = firstProblems([...problems('warning', 0, 60), ...problems('error', 60, 2)]);
  expect(shown).toHaveLength(50);
  expect(shown.slice(0, 3).map(({ row }) => row)).toEqual([60, 61, 0]);
  expect(more).toBe('12 warnings');
});

test('what is not shown is counted by how bad it is', () => {
  expect(firstProblems([...problems('error', 0, 51), ...problems('warning', 51, 3)]).more).toBe(
    '1 error and 3 warnings',
  );
});

test('a few are all shown, in the order of the rows', () => {
  const few = problems('warning', 0, 50);
  expect(firstProblems(few)).toEqual({ shown: few, more: undefined });
});
