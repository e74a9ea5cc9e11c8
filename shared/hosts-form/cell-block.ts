import { cellOfValue, valueOfCell } from '../fleet/cell-text.ts';

/** Blocks of cells as spreadsheets exchange them: tabs between cells, a line for each row, quotes after RFC 4180. */

export type Block = readonly (readonly string[])[];

/** Text that a spreadsheet takes for a formula is marked as a text, as in a file of hosts. */
export function writeBlock(rows: Block): string {
  return rows.map((row) => row.map((value) => quoted(cellOfValue(value))).join('\t')).join('\n');
}

function quoted(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const cellEnd = /[\t\r\n]|$/g;

/** Rows may have different lengths. Quotes that are never closed belong to the text. */
export function readBlock(text: string): string[][] {
  const body = text.replace(/(?:\r\n|\r|\n)$/, '');
  const rows: string[][] = [[]];
  for (let at = 0; at <= body.length; ) {
    const { value, end } = readCell(body, at);
    rows.at(-1)?.push(valueOfCell(value.trim()));
    if (end < body.length && body[end] !== '\t') rows.push([]);
    at = end + (body.startsWith('\r\n', end) ? 2 : 1);
  }
  return rows;
}

function readCell(text: string, from: number): { readonly value: string; readonly end: number } {
  const isQuoted = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)/y;
  isQuoted.lastIndex = from;
  const match = isQuoted.exec(text);
  if (match !== null) return { value: (match[1] ?? '').replaceAll('""', '"'), end: isQuoted.lastIndex };
  cellEnd.lastIndex = from;
  const end = cellEnd.exec(text)?.index ?? text.length;
  return { value: text.slice(from, end), end };
}

/** Rows and columns from 0, both ends inclusive. */
export interface CellRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface PlacedCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/**
 * Where the cells of a block go: it fills a selection that is a multiple of it, and otherwise stands at the upper left
 * corner. What would lie outside of the table is left out.
 */
export function placeBlock(
  block: Block,
  selected: CellRange,
  size: { readonly rows: number; readonly columns: number },
): PlacedCell[] {
  const height = block.length;
  const width = Math.max(1, ...block.map((row) => row.length));
  const rows = selected.bottom - selected.top + 1;
  const columns = selected.right - selected.left + 1;
  const isFilled = rows % height === 0 && columns % width === 0;
  const bottom = Math.min(size.rows, selected.top + (isFilled ? rows : height));
  const right = Math.min(size.columns, selected.left + (isFilled ? columns : width));
  const placed: PlacedCell[] = [];
  for (let row = selected.top; row < bottom; row++) {
    for (let column = selected.left; column < right; column++) {
      const text = block[(row - selected.top) % height]?.[(column - selected.left) % width];
      if (text !== undefined) placed.push({ row, column, text });
    }
  }
  return placed;
}
