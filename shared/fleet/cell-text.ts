/**
 * A spreadsheet takes a cell that starts like this for a formula, and runs it. An apostrophe before it makes it a text,
 * there and here.
 */
const formula = /^'*[=+\-@]/;
const marked = /^'+[=+\-@]/;

/** Braces with two dots are a sequence; further braces around it make it a text. */
const sequenceLike = /(\{+)([0-9A-Za-z]+\.\.[0-9A-Za-z]+)(\}+)/g;

/** The text of a value as a cell, such that `valueOfCell` gives the value back. */
export function cellOfValue(value: string): string {
  const text = value.replace(sequenceLike, (_all, open, range, close) => `{${open}${range}${close}}`);
  return formula.test(text) ? `'${text}` : text;
}

export function valueOfCell(cell: string): string {
  return withoutMark(cell).replace(sequenceLike, (all, open: string, range, close: string) =>
    open.length > 1 && close.length > 1 ? `${open.slice(1)}${range}${close.slice(1)}` : all,
  );
}

export function withoutMark(cell: string): string {
  return marked.test(cell) ? cell.slice(1) : cell;
}
