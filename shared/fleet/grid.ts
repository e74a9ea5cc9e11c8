import { readTable } from './read-table.ts';

/** A table as it is edited: the first line names the columns. */
export interface Grid {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Light enough for the window itself: what judges the cells is loaded where documents are checked. */
export function gridOf(text: string): { readonly grid: Grid; readonly problem: string | undefined } {
  const { rows, problem } = readTable(text);
  const [header = [], ...others] = rows.map((row) => row.map((cell) => cell.text));
  const width = Math.max(header.length, ...others.map(({ length }) => length));
  const padded = (row: readonly string[]) => [...row, ...Array<string>(width - row.length).fill('')];
  const nothing = problem === undefined && rows.length === 0 ? 'The table is empty.' : undefined;
  return { grid: { header: padded(header), rows: others.map(padded) }, problem: problem ?? nothing };
}
