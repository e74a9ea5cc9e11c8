import { isMap } from 'yaml';
import { columnOf, lineEndBehind, lineStartOf, linesAt, nextLineOf } from './lines.ts';
import type { Place } from './place.ts';
import type { PlainValue } from './plain-value.ts';
import { Refusal } from './refusal.ts';
import type { TextReplacement } from './replacement.ts';
import { entryLines, itemLines, type ValueStyle } from './value-text.ts';
import type { WrittenChild } from './written-tree.ts';

/** The children of a block collection, which have lines to themselves. */
export type Lines = Pick<Place, 'text' | 'column'> & {
  readonly children: readonly Pick<WrittenChild, 'start' | 'end'>[];
};

/** A new child in front of the one that has `index` now, or behind all. A place without children has no lines. */
export function insertLines(
  { text, lineEnd, children, column, node }: Place,
  index: number,
  key: string | undefined,
  value: PlainValue,
  style: ValueStyle,
): TextReplacement[] {
  const lines = isMap(node) ? entryLines(key ?? '', value, style) : itemLines(value, style);
  const next = children[index];
  const before = children[index - 1];
  const written = linesAt(column, lines, lineEnd);
  if (before !== undefined) {
    const at = lineEndBehind(text, before.end);
    return [{ start: at, end: at, newText: `${lineEnd}${written}` }];
  }
  if (next === undefined) throw new Refusal('not-writable');
  // The first child may stand behind the dash of what it belongs to.
  const newText = `${written.slice(column)}${lineEnd}${' '.repeat(column)}`;
  return [{ start: next.start, end: next.start, newText }];
}

/**
 * Takes a child out with its lines, the comment on them and the comment that belongs to it: left behind, that would
 * speak of the next one.
 */
export function removeLines(place: Place, index: number): TextReplacement[] {
  const { text, children } = place;
  const child = children[index];
  if (child === undefined) throw new Refusal('no-such-place');
  const lineStart = lineStartOf(text, child.start);
  if (text.slice(lineStart, child.start).trim() === '') {
    const start = leadsOf(place)[index] ?? child.start;
    return [withoutGap(text, wholeLines(text, { start, end: child.end }))];
  }
  const next = children[index + 1];
  if (next === undefined) throw new Refusal('not-writable');
  const nextLine = lineStartOf(text, next.start);
  // The next one moves up behind the dash, unless comments stand between.
  if (nextLine === nextLineOf(text, child.end)) return [{ start: child.start, end: next.start, newText: '' }];
  const start = child.start - (/[ \t]*$/.exec(text.slice(lineStart, child.start))?.[0].length ?? 0);
  return [{ start, end: lineEndBehind(text, child.end), newText: '' }];
}

/** Of the blank lines around a paragraph that goes, those above it stay: they may be a part of the text before. */
function withoutGap(text: string, lines: TextReplacement): TextReplacement {
  const above = text.slice(lineStartOf(text, lines.start - 1), lines.start);
  const next = nextLineOf(text, lines.end);
  const isBetweenBlanks = above.trim() === '' && text.slice(lines.end, next).trim() === '';
  return isBetweenBlanks ? { ...lines, end: next } : lines;
}

/** The lines of a child with one of the line ends around them. */
export function wholeLines(
  text: string,
  { start, end }: Pick<WrittenChild, 'start' | 'end'>,
): TextReplacement {
  const first = lineStartOf(text, start);
  const last = nextLineOf(text, end);
  const isAtEnd = last === text.length && lineEndBehind(text, end) === text.length;
  if (!isAtEnd || first === 0) return { start: first, end: last, newText: '' };
  return { start: first - (text.startsWith('\r\n', first - 2) ? 2 : 1), end: last, newText: '' };
}

/** Items trade places with the comments that belong to them; what stands between them stays where it is. */
export function moveLines(place: Place, from: number, to: number): TextReplacement[] {
  const { text, children } = place;
  const leads = leadsOf(place);
  const blocks = children.map((child, index) => {
    const start = leads[index] ?? child.start;
    return { start, end: lineEndBehind(text, child.end) };
  });
  const moved = blocks.toSpliced(from, 1).toSpliced(to, 0, ...blocks.slice(from, from + 1));
  return blocks.flatMap((slot, index): TextReplacement[] => {
    const block = moved[index];
    if (block === undefined || block === slot) return [];
    return [{ ...slot, newText: text.slice(block.start, block.end) }];
  });
}

/** Where each child starts with the comment that belongs to it. */
export function leadsOf(place: Lines): number[] {
  const { children, column } = place;
  const leads = children.map((child, index) => leadOf(place, child, index));
  // What is written above the first alone is a heading of all, and so is what a document begins with.
  const isHeading = leads.every((lead, index) => index === 0 || lead === children[index]?.start);
  if (isHeading || (column === 0 && leads[0] === 0)) leads[0] = children[0]?.start ?? 0;
  return leads;
}

/** Where the comment lines directly above a child start, at its own column; its own start where there are none. */
export function leadOf(
  { text, column, children }: Lines,
  { start }: Lines['children'][number],
  index: number,
): number {
  let lead = start;
  const above = children[index - 1]?.end ?? 0;
  while (columnOf(text, lead) === column) {
    const lineStart = lineStartOf(text, lead);
    const previous = lineStartOf(text, lineStart - 1);
    if (lineStart === 0 || (previous <= above && index > 0 && previous <= lineStartOf(text, above))) break;
    const line = text.slice(previous, lineStart);
    if (text.slice(lineStart, lead).trim() !== '' || line.search(/\S/) !== column || line[column] !== '#')
      break;
    lead = previous + column;
  }
  return lead;
}
