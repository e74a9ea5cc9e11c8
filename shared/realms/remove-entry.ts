import { type Lines, leadOf, leadsOf } from '../source/edit/edit-lines.ts';
import { columnOf, lineEndBehind, lineStartOf, startOfLineAbove } from '../source/edit/lines.ts';
import type { SourceNode } from '../source/source-node.ts';
import type { Span } from '../source/source-text.ts';
import type { From } from './misplaced.ts';

type Entry = Extract<From, { readonly parent: SourceNode }>;

export interface InnerComment {
  readonly text: string;
  readonly offset: number;
  /** Whether something stands in front of it on its line, which it speaks of then. */
  readonly isBehind: boolean;
}

export interface Removed {
  /** The document without the entry. */
  readonly text: string;
  /** The comment lines that belong to it: left behind, they would speak of what comes next. */
  readonly above: readonly string[];
  /** The comments between its parts and behind them. */
  readonly within: readonly InnerComment[];
}

/**
 * Takes an entry of a mapping or an item of a list out of a document, with the lines that it has to itself, or with the
 * comma that it has inside braces and brackets. Undefined where something else of its own stands beside it.
 */
export function removeEntry(text: string, from: From): Removed | undefined {
  if ('line' in from) return removeLine(text, from.line.span);
  const { parent } = from;
  if (/[{[]/.test(text[parent.span.start] ?? '')) return removeFromFlow(text, from);
  const lines = linesOfEntry(text, from);
  if (lines === undefined) return undefined;
  const { start, lineStart, end, node } = lines;
  const behind = text.slice(end).replace(/^\r?\n/, '');
  const lead = lineStartOf(text, startOfLead(text, parent, start));
  const isLast =
    parent.type === 'map' && parent.entries.length === 1 && columnOf(text, parent.span.start) > 0;
  return {
    text: `${isLast ? emptied(text.slice(0, lead)) : text.slice(0, lead)}${behind}`,
    above: linesIn(text.slice(lead, lineStart)),
    within: commentsBetween(text, { start, end }, node),
  };
}

/** A mapping that loses its last entry would have no value any more. */
function emptied(head: string): string {
  return head.replace(/:([ \t]*(?:#[^\r\n]*)?\r?\n)$/, ': {}$1');
}

/** Whether it can be taken out: what removing costs is not paid for each of many. */
export function isRemovable(text: string, from: From): boolean {
  if ('line' in from) return true;
  const isFlow = /[{[]/.test(text[from.parent.span.start] ?? '');
  return (isFlow ? removeFromFlow(text, from) : linesOfEntry(text, from)) !== undefined;
}

interface EntryLines {
  readonly start: number;
  readonly lineStart: number;
  readonly end: number;
  readonly node: SourceNode;
}

/** The lines that an entry of a block has to itself. */
function linesOfEntry(text: string, from: Entry): EntryLines | undefined {
  const { parent } = from;
  const [start, node] =
    'key' in from ? [from.key.span.start, valueUnder(parent, from.key)] : [from.item.span.start, from.item];
  if (node === undefined) return undefined;
  const lineStart = lineStartOf(text, start);
  // In front of it on its line stands nothing, or its dash.
  if (!/^[ \t]*(-[ \t]+)?$/.test(text.slice(lineStart, start))) return undefined;
  if ('key' in from && text.slice(lineStart, start).includes('-')) return undefined;
  const last = Math.max(start, node.span.start + text.slice(node.span.start, node.span.end).trimEnd().length);
  // Only a comment may follow on the last line.
  const end = lineEndBehind(text, last);
  if (!/^[ \t]*(#.*)?$/.test(text.slice(last, end))) return undefined;
  return { start, lineStart, end, node };
}

/** With the comment above it, unless more than this line stands below that. */
function removeLine(text: string, { start, end }: Span): Removed {
  const lineStart = lineStartOf(text, start);
  const lineEnd = lineEndBehind(text, end);
  const behind = text.slice(lineEnd).replace(/^\r?\n/, '');
  const indent = behind.search(/[^ \t]|$/);
  const isLast = indent < columnOf(text, start) || /^[#\r\n]/.test(behind.slice(indent));
  let lead = lineStart;
  while (isLast && /^[ \t]*#(?!!)/.test(text.slice(startOfLineAbove(text, lead), lead)))
    lead = startOfLineAbove(text, lead);
  return {
    text: `${text.slice(0, lead)}${behind}`,
    above: linesIn(text.slice(lead, lineStart)),
    within: [],
  };
}

/** Beside it stand its commas and white space alone: of a comment there it is not to be seen what it speaks of. */
function removeFromFlow(text: string, from: Entry): Removed | undefined {
  const { parent } = from;
  const spans = spansOfChildren(text, parent);
  const node = 'key' in from ? valueUnder(parent, from.key) : from.item;
  const own = 'key' in from ? from.key.span.start : from.item.span.start;
  const index = spans.findIndex(({ start }) => start === own);
  const span = spans[index];
  if (span === undefined || node === undefined) return undefined;
  const before = spans[index - 1]?.end ?? parent.span.start + 1;
  const next = spans[index + 1]?.start;
  const behind = next ?? endOf(text, parent.span) - 1;
  // What an alias stands for is elsewhere in the text.
  if (before > span.start || span.end > behind) return undefined;
  const isAlone = [text.slice(before, span.start), text.slice(span.end, behind)].every((between) =>
    /^\s*,?\s*$/.test(between),
  );
  if (!isAlone) return undefined;
  const [start, end] = next === undefined ? [before, span.end] : [span.start, next];
  return {
    text: `${text.slice(0, start)}${text.slice(end)}`,
    above: [],
    within: commentsBetween(text, span, node),
  };
}

function spansOfChildren(text: string, parent: SourceNode): Span[] {
  if (parent.type === 'map')
    return parent.entries.map(({ key, value }) => ({
      start: key.span.start,
      end: endOf(text, value.span),
    }));
  return parent.type === 'sequence'
    ? parent.items.map(({ span }) => ({ start: span.start, end: endOf(text, span) }))
    : [];
}

function valueUnder(parent: SourceNode, key: SourceNode): SourceNode | undefined {
  return parent.type === 'map' ? parent.entries.find((entry) => entry.key === key)?.value : undefined;
}

/** Where the comment starts that belongs to the child of a block at `start`. */
function startOfLead(text: string, parent: SourceNode, start: number): number {
  const leadOfChild = (at: number) => (parent.type === 'sequence' ? dashOf(text, at) : at);
  const children = spansOfChildren(text, parent).map((span) => ({ ...span, start: leadOfChild(span.start) }));
  const own = leadOfChild(start);
  const index = children.findIndex((child) => child.start === own);
  const lines: Lines = { text, column: columnOf(text, own), children };
  const first = children[0];
  // The heading of a whole list stands above its key, or a blank line apart: what touches the first item is its own.
  if (parent.type === 'sequence' && index === 0 && first !== undefined) return leadOf(lines, first, index);
  return leadsOf(lines)[index] ?? own;
}

function dashOf(text: string, start: number): number {
  return text.lastIndexOf('-', start - 1);
}

function endOf(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}

function linesIn(text: string): string[] {
  return text.split(/[\r\n]+/).flatMap((line) => line.trim() || []);
}

/** YAML 1.2.2, 6.6: a comment starts a line or stands behind white space, and never within a scalar. */
function commentsBetween(text: string, { start, end }: Span, node: SourceNode): InnerComment[] {
  const scalars = scalarsIn(node);
  return [...text.slice(start, end).matchAll(/(?<=\s)#[^\r\n]*/g)].flatMap((match) => {
    const offset = start + match.index;
    if (scalars.some(({ span }) => span.start <= offset && offset < span.end)) return [];
    const isBehind = text.slice(lineStartOf(text, offset), offset).trim() !== '';
    return { text: match[0].trimEnd(), offset, isBehind };
  });
}

function scalarsIn(node: SourceNode): SourceNode[] {
  if (node.type === 'map') return node.entries.flatMap(({ key, value }) => [key, ...scalarsIn(value)]);
  return node.type === 'sequence' ? node.items.flatMap(scalarsIn) : [node];
}
