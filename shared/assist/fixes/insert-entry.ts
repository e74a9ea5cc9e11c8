import type { TextEdit } from '../../refactor/rename.ts';
import { columnOf, lineEndBehind, lineEndOf } from '../../source/edit/lines.ts';
import type { MapEntry, MapNode } from '../../source/source-node.ts';
import type { SourceText } from '../../source/source-text.ts';
import { editOf } from './fix.ts';

/** A value as YAML: on the line of its key, or on the lines below it, indented from 0. */
export type ValueText =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'lines'; readonly lines: readonly string[]; readonly flow: string };

export const onLine = (text: string): ValueText => ({ type: 'line', text });

/** Adds an entry behind the others of a mapping, in the style of that mapping: its indentation, or inside its braces. */
export function insertEntry(map: MapNode, key: string, value: ValueText): TextEdit {
  const { source, span, entries } = map;
  const last = entries.at(-1);
  if (source.text[span.start] === '{') {
    const closing = span.end - 1;
    const at = endOfText(source, span.start + 1, closing);
    const written = `${key}: ${value.type === 'line' ? value.text : value.flow}`;
    return editOf(source, { start: at, end: at }, last === undefined ? written : `, ${written}`);
  }
  const indent = columnOf(source.text, entries[0]?.key.span.start ?? span.start);
  const end = endOfLastLine(source, last?.key.span.end ?? span.start, span.end);
  return editOf(
    source,
    { start: end, end },
    `${lineEndOf(source.text)}${entryText(key, value, indent, source)}`,
  );
}

/** Gives a key without a value its first entry, on the line below. */
export function insertFirstEntry({ key: parent }: MapEntry, key: string, value: ValueText): TextEdit {
  const { source, span } = parent;
  const indent = columnOf(source.text, span.start) + 2;
  const end = endOfLastLine(source, span.end, span.end);
  return editOf(
    source,
    { start: end, end },
    `${lineEndOf(source.text)}${entryText(key, value, indent, source)}`,
  );
}

function entryText(key: string, value: ValueText, indent: number, source: SourceText): string {
  const margin = ' '.repeat(indent);
  if (value.type === 'line') return `${margin}${key}: ${value.text}`;
  const lines = value.lines.map((line) => `${margin}  ${line}`);
  return [`${margin}${key}:`, ...lines].join(lineEndOf(source.text));
}

/** A comment on the line on which the text of a span ends stays in front. */
function endOfLastLine(source: SourceText, start: number, end: number): number {
  return lineEndBehind(source.text, endOfText(source, start, end));
}

function endOfText({ text }: SourceText, start: number, end: number): number {
  let last = Math.max(start, end);
  while (last > start && /\s/.test(text[last - 1] ?? '')) last -= 1;
  return last;
}
