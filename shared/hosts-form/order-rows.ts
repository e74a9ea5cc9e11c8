import type { HostColumn } from './host-columns.ts';
import type { HostRow } from './host-row.ts';

export interface HostSort {
  readonly column: string;
  readonly isDescending: boolean;
}

const compare = new Intl.Collator('en', { numeric: true }).compare;

/** The paths of the rows that a filter leaves, sorted: node-9 before node-10, empty cells last, ties by path. */
export function orderRows(
  rows: readonly HostRow[],
  columns: readonly HostColumn[],
  sort: HostSort,
  filter: string,
): string[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const column = columns.find(({ id }) => id === sort.column) ?? columns[0];
  const kept = words.length === 0 ? [...rows] : rows.filter((row) => holdsAll(row, columns, words));
  if (column === undefined) return kept.map(({ path }) => path);
  const sign = sort.isDescending ? -1 : 1;
  return kept
    .map((row) => ({ path: row.path, text: row.cell(column).text }))
    .sort((a, b) => {
      if ((a.text === '') !== (b.text === '')) return a.text === '' ? 1 : -1;
      return sign * compare(a.text, b.text) || compare(a.path, b.path);
    })
    .map(({ path }) => path);
}

function holdsAll(row: HostRow, columns: readonly HostColumn[], words: readonly string[]): boolean {
  const text = `${row.path} ${columns.map((column) => row.cell(column).text).join(' ')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
