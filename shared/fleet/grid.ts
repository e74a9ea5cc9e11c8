import type { Span } from '../source/source-text.ts';
import { readTable, type TableCell } from './read-table.ts';

/** A table as it is edited: the first line names the columns. */
export interface Grid {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReadGrid {
  readonly grid: Grid;
  readonly problem: string | undefined;
  /** Where a cell was read; the header is row -1. */
  readonly placeOf: (row: number, column: number) => CellPlace;
}

export interface CellPlace {
  /** Of the row, as a spreadsheet shows it. */
  readonly number: number;
  readonly span: Span;
}

/** Light enough for the window itself: what judges the cells is loaded where documents are checked. */
export function gridOf(text: string): ReadGrid {
  const { rows, numbers, problem } = readTable(text);
  const [header = [], ...others] = rows.map((row) => row.map((cell) => cell.text));
  // Spreadsheets write columns that were used once and are empty now.
  const width = [header, ...others].reduce(
    (most, row) => Math.max(most, row.findLastIndex((cell) => cell !== '') + 1),
    0,
  );
  const padded = (row: readonly string[]) => Array.from({ length: width }, (_each, at) => row[at] ?? '');
  const nothing = problem === undefined && rows.length === 0 ? 'The table is empty.' : undefined;
  return {
    grid: { header: padded(header), rows: others.map(padded) },
    problem: problem ?? nothing,
    placeOf: (row, column) => ({
      number: numbers[row + 1] ?? row + 2,
      // A row that ends before the column lacks the cell there.
      span: rows[row + 1]?.[column]?.span ?? endOf(rows[row + 1]),
    }),
  };
}

function endOf(row: readonly TableCell[] | undefined): Span {
  const end = row?.at(-1)?.span.end ?? 0;
  return { start: end, end };
}
