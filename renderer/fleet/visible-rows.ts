import type { CellProblem } from '#shared/fleet/check-table.ts';

/** Fields that a page holds without being felt: 200 rows of a dozen columns. */
export const mostVisible = 200;

/** The rows that are shown: all of a small table; of a large one those with a problem first, in the order of the table. */
export function visibleRows(count: number, problems: readonly CellProblem[]): number[] {
  const all = Array.from({ length: count }, (_each, row) => row);
  if (count <= mostVisible) return all;
  const wrong = new Set(problems.map(({ row }) => row));
  const first = all.filter((row) => wrong.has(row)).slice(0, mostVisible);
  const others = all.filter((row) => !wrong.has(row)).slice(0, mostVisible - first.length);
  return [...first, ...others].sort((a, b) => a - b);
}
