import { isMap } from 'yaml';
import { lineEndBehind, lineStartOf } from './lines.ts';
import type { Place } from './place.ts';
import type { PlainValue } from './plain-value.ts';
import { Refusal } from './refusal.ts';
import type { TextReplacement } from './replacement.ts';
import { keyText, onOneLine, type ValueStyle } from './value-text.ts';
import { startOf, type WrittenChild } from './written-tree.ts';

/** The children of a collection in braces or brackets, on one line or on one each. */

export function insertInBrackets(
  place: Place,
  index: number,
  key: string | undefined,
  value: PlainValue,
  style: ValueStyle,
): TextReplacement[] {
  const { text, lineEnd, children, node } = place;
  const one = onOneLine(value, style, true);
  const written = isMap(node) ? `${keyText(key ?? '', style, true)}: ${one}` : one;
  const next = children[index];
  const before = children[index - 1];
  const separator = next === undefined ? onOwnLine(place, before) : onOwnLine(place, next);
  if (next !== undefined) {
    const newText = separator === undefined ? `${written}, ` : `${written},${lineEnd}${separator}`;
    return [{ start: next.start, end: next.start, newText }];
  }
  if (before === undefined) {
    const at = startOf(node) + 1;
    return [{ start: at, end: at, newText: written }];
  }
  if (separator === undefined) return [{ start: before.end, end: before.end, newText: `, ${written}` }];
  // A comment behind the last one stays with it.
  const at = lineEndBehind(text, before.end);
  const hasComma = /^\s*,/.test(text.slice(before.end, at));
  const added = { start: at, end: at, newText: `${lineEnd}${separator}${written}${hasComma ? ',' : ''}` };
  if (hasComma) return [added];
  const isTogether = at === before.end;
  if (isTogether) return [{ ...added, newText: `,${added.newText}` }];
  return [{ start: before.end, end: before.end, newText: ',' }, added];
}

/** The white space in front of a child that starts a line and ends one; undefined where others share the line. */
function onOwnLine({ text, node }: Place, child: WrittenChild | undefined): string | undefined {
  if (child === undefined) return undefined;
  const lineStart = lineStartOf(text, child.start);
  const margin = text.slice(lineStart, child.start);
  const behind = text.slice(child.end, lineEndBehind(text, child.end));
  const closing = (node.range?.[1] ?? 0) - 1;
  const isOwn = margin.trim() === '' && /^\s*,?\s*(#.*)?$/.test(behind) && lineStart > startOf(node);
  return isOwn && closing > child.end ? margin : undefined;
}

export function removeFromBrackets(place: Place, index: number): TextReplacement[] {
  const { text, children } = place;
  const child = children[index];
  if (child === undefined) throw new Refusal('no-such-place');
  const next = children[index + 1];
  const before = children[index - 1];
  if (onOwnLine(place, child) !== undefined) {
    const start = lineStartOf(text, child.start);
    const lineBehind = lineEndBehind(text, child.end);
    const end = lineBehind + (text.startsWith('\r\n', lineBehind) ? 2 : 1);
    const lines = { start, end, newText: '' };
    const hasLastComma = /^\s*,/.test(text.slice(child.end, lineBehind));
    const isLast = next === undefined && before !== undefined && child.comma !== undefined && !hasLastComma;
    return isLast ? [{ start: child.comma ?? 0, end: (child.comma ?? 0) + 1, newText: '' }, lines] : [lines];
  }
  if (next !== undefined) return [{ start: child.start, end: next.start, newText: '' }];
  return [{ start: before?.end ?? child.start, end: child.end, newText: '' }];
}

/** The texts of the items trade places; commas and comments stay. */
export function moveInBrackets({ text, children }: Place, from: number, to: number): TextReplacement[] {
  const moved = children.toSpliced(from, 1).toSpliced(to, 0, ...children.slice(from, from + 1));
  return children.flatMap((slot, index): TextReplacement[] => {
    const item = moved[index];
    if (item === undefined || item === slot) return [];
    return [{ start: slot.start, end: slot.end, newText: text.slice(item.start, item.end) }];
  });
}
