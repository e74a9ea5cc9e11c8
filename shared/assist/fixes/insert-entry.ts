import type { TextEdit } from '../../refactor/rename.ts';
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
  const indent = columnOf(source, entries[0]?.key.span.start ?? span.start);
  const end = lineEndBehind(source, last?.key.span.end ?? span.start, span.end);
  return editOf(source, { start: end, end }, `${lineEndOf(source)}${entryText(key, value, indent, source)}`);
}

/** Gives a key without a value its first entry, on the line below. */
export function insertFirstEntry({ key: parent }: MapEntry, key: string, value: ValueText): TextEdit {
  const { source, span } = parent;
  const indent = columnOf(source, span.start) + 2;
  const end = lineEndBehind(source, span.end, span.end);
  return editOf(source, { start: end, end }, `${lineEndOf(source)}${entryText(key, value, indent, source)}`);
}

function entryText(key: string, value: ValueText, indent: number, source: SourceText): string {
  const margin = ' '.repeat(indent);
  if (value.type === 'line') return `${margin}${key}: ${value.text}`;
  const lines = value.lines.map((line) => `${margin}  ${line}`);
  return [`${margin}${key}:`, ...lines].join(lineEndOf(source));
}

export function lineEndOf({ text }: SourceText): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Columns count from 0; an entry of a list counts from behind its dash. */
export function columnOf({ text }: SourceText, offset: number): number {
  return offset - (Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1);
}

/** The end of the line on which the text of a span ends; a comment on that line stays in front. */
function lineEndBehind(source: SourceText, start: number, end: number): number {
  const last = endOfText(source, start, end);
  const rest = source.text.slice(last).search(/[\r\n]/);
  return rest < 0 ? source.text.length : last + rest;
}

function endOfText({ text }: SourceText, start: number, end: number): number {
  let last = Math.max(start, end);
  while (last > start && /\s/.test(text[last - 1] ?? '')) last -= 1;
  return last;
}
