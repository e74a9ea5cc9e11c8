import { mostRows } from './read-table.ts';

/** `{01..12}`: not one that further braces make a text of. */
const sequence = /(?<!\{)\{([0-9A-Fa-f]+)\.\.([0-9A-Fa-f]+)\}(?!\})/g;

export interface ExpandedCells {
  /** Undefined when there is a problem. */
  readonly rows: readonly (readonly string[])[] | undefined;
  readonly problem?: {
    readonly column: number;
    readonly message: string;
    /** The cell as it is most likely meant. */
    readonly meant?: string;
  };
}

/**
 * The rows that a row with sequences stands for: `rack1-node{01..12}` beside `10.0.0.{11..22}` are twelve. All sequences
 * of a row count together and have the same length. Numbers keep the width of their start; in columns of MAC addresses
 * they are hexadecimal. A row without a sequence stands for itself.
 */
export function expandRow(
  cells: readonly string[],
  isHexadecimal: (column: number) => boolean,
): ExpandedCells {
  let length: { of: number; column: number; text: string } | undefined;
  for (const [column, cell] of cells.entries()) {
    for (const [text, from = '', to = ''] of cell.matchAll(sequence)) {
      const range = rangeOf(from, to, isHexadecimal(column));
      if (typeof range === 'string')
        return { rows: undefined, problem: { column, message: `${text}: ${range}` } };
      const count = range.last - range.first + 1;
      if (count > mostRows)
        return {
          rows: undefined,
          problem: { column, message: `${text} are ${count} hosts; at most ${mostRows} are made at once.` },
        };
      if (length !== undefined && length.of !== count) {
        const message = `${text} counts ${count}, but ${length.text} counts ${length.of}: the sequences of a row go together.`;
        if (!isHexadecimal(column)) return { rows: undefined, problem: { column, message } };
        // {01..30} in a MAC address was written by someone who counted to 30: it ends at 1e.
        const meant = `{${from}..${numberText(range.first + length.of - 1, from, true)}}`;
        const hint = `MAC addresses count in hexadecimal: ${meant} counts ${length.of}.`;
        return {
          rows: undefined,
          problem: { column, message: `${message} ${hint}`, meant: cell.replace(text, meant) },
        };
      }
      length ??= { of: count, column, text };
    }
  }
  if (length === undefined) return { rows: [cells] };
  const rows = Array.from({ length: length.of }, (_each, index) =>
    cells.map((cell, column) =>
      cell.replace(sequence, (text, from: string, to: string) => {
        const range = rangeOf(from, to, isHexadecimal(column));
        return typeof range === 'string'
          ? text
          : numberText(range.first + index, from, isHexadecimal(column));
      }),
    ),
  );
  return { rows };
}

function rangeOf(from: string, to: string, isHexadecimal: boolean): { first: number; last: number } | string {
  if (!isHexadecimal && !/^\d+$/.test(from + to))
    return 'a sequence counts in numbers, for example {01..12}.';
  if (from.length > 9 || to.length > 9) return 'these numbers are too large to count.';
  const radix = isHexadecimal ? 16 : 10;
  const first = Number.parseInt(from, radix);
  const last = Number.parseInt(to, radix);
  return last < first ? 'a sequence counts up.' : { first, last };
}

function numberText(value: number, like: string, isHexadecimal: boolean): string {
  const text = value.toString(isHexadecimal ? 16 : 10).padStart(like.length, '0');
  return /[A-F]/.test(like) ? text.toUpperCase() : text;
}
