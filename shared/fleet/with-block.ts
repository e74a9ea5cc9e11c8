import type { Block } from '../hosts-form/cell-block.ts';
import type { Grid } from './grid.ts';
import { tooLargeProblem } from './read-table.ts';

/**
 * A grid with the cells of a block from a cell on; the row -1 is the header. It grows by what lies outside of it: the
 * rows become hosts, and of columns without a name the check tells.
 */
export function withBlock(
  grid: Grid,
  block: Block,
  row: number,
  column: number,
): { grid: Grid; problem: string | undefined } {
  const lines = [grid.header, ...grid.rows].map((cells) => [...cells]);
  const width = Math.max(grid.header.length, ...block.map((cells) => column + cells.length));
  const height = Math.max(lines.length, row + 1 + block.length);
  const problem = tooLargeProblem(height - 1, width);
  if (problem !== undefined) return { grid, problem };
  while (lines.length < height) lines.push([]);
  for (const cells of lines) while (cells.length < width) cells.push('');
  for (const [down, cells] of block.entries())
    for (const [right, text] of cells.entries()) lines[row + 1 + down]?.splice(column + right, 1, text);
  const [header = [], ...rows] = lines;
  return { grid: { header, rows }, problem: undefined };
}
