/** Counted from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStartOf(text, offset);
}

export function lineStartOf(text: string, offset: number): number {
  if (offset === 0) return 0;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  // In this line alone: most texts have none, and would be searched to their start for each of their lines.
  return start + text.slice(start, offset).lastIndexOf('\r') + 1;
}

/** Before the line end of the line that holds `offset`. */
export function lineEndBehind(text: string, offset: number): number {
  const rest = text.slice(offset).search(/[\r\n]/);
  return rest < 0 ? text.length : offset + rest;
}

/** The start of the next line, or the end of the text. */
export function nextLineOf(text: string, offset: number): number {
  const end = lineEndBehind(text, offset);
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
}

/** The line end that a document uses. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Lines below each other at a column; empty ones stay empty. */
export function linesAt(column: number, lines: readonly string[], lineEnd: string): string {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(column)}${line}`)).join(lineEnd);
}

/** Where the line above the one that starts at an offset starts; the offset itself for the first. */
export function startOfLineAbove(text: string, lineStart: number): number {
  const end = lineStart - (text.slice(Math.max(0, lineStart - 2), lineStart) === '\r\n' ? 2 : 1);
  return end < 0 ? lineStart : lineStartOf(text, end);
}
