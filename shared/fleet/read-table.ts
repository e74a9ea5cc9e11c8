import type { Span } from '../source/source-text.ts';

/** A cell as it was written; `quoted` cells keep their blanks. */
export interface TableCell {
  readonly text: string;
  readonly quoted: boolean;
  /** Where it stands in the text, its quotes among it. */
  readonly span: Span;
}

export interface ReadTable {
  /** Cells of each line that is not blank. */
  readonly rows: readonly (readonly TableCell[])[];
  /** The number of each of them as a spreadsheet shows it: from 1, blank rows among them. */
  readonly numbers: readonly number[];
  readonly separator: Separator;
  /** Undefined when the text is whole. */
  readonly problem: string | undefined;
}

export type Separator = ',' | ';' | '\t';

/** Characters; 2,000 hosts with 40 columns are about 2 MiB. No cell reaches the length at which V8's patterns throw. */
export const longestTable = 4_000_000;
export const mostRows = 2000;
export const mostColumns = 200;

/**
 * Reads what a spreadsheet gives: tabs when its cells are pasted, commas or semicolons (where the comma is the decimal
 * sign) in a file; quotes after RFC 4180, with line ends inside; a byte order mark and any line end.
 */
export function readTable(text: string): ReadTable {
  const body = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(body);
  const mark = text.length - body.length;
  if (text.length > longestTable) return { ...noRows, separator, problem: 'The table is larger than 4 MB.' };
  const rows: TableCell[][] = [];
  let row: TableCell[] = [];
  let at = 0;
  while (at <= body.length) {
    const cell = readCell(body, at, separator);
    if (cell === undefined) {
      const line = body.slice(0, at).split(/\r\n|\r|\n/).length;
      return {
        ...withoutBlanks(rows),
        separator,
        problem: `The quotes that open on line ${line} are never closed.`,
      };
    }
    const written = body.slice(at, cell.end);
    const start = mark + at + written.length - written.trimStart().length;
    const span = { start, end: Math.max(start, mark + at + written.trimEnd().length) };
    row.push({ text: cell.quoted ? cell.text : cell.text.trim(), quoted: cell.quoted, span });
    at = cell.end;
    if (body[at] === separator) {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    if (at >= body.length) break;
    at += body.startsWith('\r\n', at) ? 2 : 1;
  }
  const { rows: filled, numbers } = withoutBlanks(rows);
  const width = filled.reduce((most, { length }) => Math.max(most, length), 0);
  const problem = tooLargeProblem(filled.length - 1, width);
  return { ...(problem === undefined ? { rows: filled, numbers } : noRows), separator, problem };
}

/** Rows without the header. */
export function tooLargeProblem(rows: number, columns: number): string | undefined {
  if (rows > mostRows) return `The table has ${rows} rows; at most ${mostRows} are taken at once.`;
  if (columns > mostColumns) return `The table has ${columns} columns; at most ${mostColumns} are taken.`;
  return undefined;
}

const noRows: Pick<ReadTable, 'rows' | 'numbers'> = { rows: [], numbers: [] };

function withoutBlanks(rows: readonly TableCell[][]): Pick<ReadTable, 'rows' | 'numbers'> {
  const kept = [...rows.entries()].filter(([, row]) => row.some(({ text }) => text.trim() !== ''));
  return { rows: kept.map(([, row]) => row), numbers: kept.map(([index]) => index + 1) };
}

/** The one that the first line has most of, outside of quotes. */
function separatorOf(text: string): Separator {
  const counts = { '\t': 0, ';': 0, ',': 0 };
  let quoted = false;
  for (const character of text.slice(0, 65_536)) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '\n' || character === '\r') {
      if (counts['\t'] + counts[';'] + counts[','] > 0) break;
    } else if (character === '\t' || character === ';' || character === ',') counts[character] += 1;
  }
  if (counts['\t'] > 0) return '\t';
  return counts[';'] > counts[','] ? ';' : ',';
}

function readCell(
  text: string,
  from: number,
  separator: Separator,
): { text: string; quoted: boolean; end: number } | undefined {
  let start = from;
  // Blanks before quotes are none of the cell; a tab may be the separator.
  while (text[start] === ' ') start += 1;
  if (text[start] !== '"') {
    const end = endOfPlain(text, from, separator);
    return { text: text.slice(from, end), quoted: false, end };
  }
  const parts: string[] = [];
  let at = start + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return undefined;
    parts.push(text.slice(at, close));
    if (text[close + 1] !== '"') {
      // What stands between the quotes and the separator belongs to the cell: people mistype quotes.
      const end = endOfPlain(text, close + 1, separator);
      return { text: parts.join('') + text.slice(close + 1, end).trim(), quoted: true, end };
    }
    parts.push('"');
    at = close + 2;
  }
}

function endOfPlain(text: string, from: number, separator: Separator): number {
  let end = from;
  while (end < text.length) {
    const character = text[end];
    if (character === separator || character === '\n' || character === '\r') break;
    end += 1;
  }
  return end;
}

/** The text of a table. Quotes stand only where they are needed; lines end as RFC 4180 has them. */
export function writeTable(rows: readonly (readonly string[])[], separator: Separator = ','): string {
  const needsQuotes = /["\r\n\t,;]|^\s|\s$|^\uFEFF/;
  return rows
    .map((row) => row.map((cell) => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)))
    .map((row) => `${row.length === 1 && row[0] === '' ? '""' : row.join(separator)}\r\n`)
    .join('');
}
