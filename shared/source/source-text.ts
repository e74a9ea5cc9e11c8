/** A document's text with its name and line starts: what every range refers to. */
export interface SourceText {
  /** Path inside the site, with forward slashes. */
  readonly file: string;
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
}

/** Lines and columns count from 1; columns count UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A range of characters: `start` inclusive, `end` exclusive, counted from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** CR, LF and CRLF each end a line, as in YAML 1.2 section 5.4. */
export function createSourceText(file: string, text: string): SourceText {
  const lineStarts = [0];
  if (text.includes('\r')) {
    for (let offset = 0; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === 10 || (code === 13 && text.charCodeAt(offset + 1) !== 10)) lineStarts.push(offset + 1);
    }
  } else {
    // V8 searches without a step of ours for each character: a tenth of the time, for every document at every edit.
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lineStarts.push(end + 1);
  }
  return { file, text, lineStarts };
}

/** The same text for readers to which a CR alone is no line end; every character keeps its offset. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/** Offsets outside the text are moved to its nearest end, those in a CRLF in front of it: a position lies on its line. */
export function positionAt(source: SourceText, offset: number): Position {
  const { text } = source;
  let bounded = Math.max(0, Math.min(offset, text.length));
  if (text.charCodeAt(bounded) === 10 && text.charCodeAt(bounded - 1) === 13) bounded--;
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= bounded) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: bounded - (source.lineStarts[low] ?? 0) + 1 };
}

export function rangeOf(source: SourceText, span: Span): Range {
  return { start: positionAt(source, span.start), end: positionAt(source, span.end) };
}

/** The offset of a position; positions outside the text are moved to its nearest end. */
export function offsetAt(source: SourceText, position: Position): number {
  const line = Math.max(1, Math.min(position.line, source.lineStarts.length));
  const start = source.lineStarts[line - 1] ?? 0;
  const end = source.lineStarts[line] ?? source.text.length;
  return Math.max(start, Math.min(start + position.column - 1, end));
}
