import type { Node } from 'yaml';
import { columnOf, lineEndBehind, lineStartOf, linesAt } from './lines.ts';
import { type Place, styleOf } from './place.ts';
import { isEmpty, isScalar, type PlainValue } from './plain-value.ts';
import { Refusal } from './refusal.ts';
import type { TextReplacement } from './replacement.ts';
import { blockLines, collectionLines, isText, onOneLine } from './value-text.ts';
import {
  childrenOf,
  isBlockScalar,
  isCollection,
  isFlow,
  startOf,
  type WrittenChild,
} from './written-tree.ts';

/** Writes another value where a child of a collection has one, or none yet. */
export function replaceValue(place: Place, index: number, value: PlainValue): TextReplacement[] {
  const child = place.children[index];
  if (child === undefined) throw new Refusal('no-such-place');
  const style = styleOf(place, child.node);
  const isPlainScalar = isScalar(value);
  if (isPlainScalar && isText(value) && style.hasBlocks && !place.isFlow && !isBlock(child.node))
    return replaceByLines(place, child, blockLines(value));
  const staysFlow =
    child.node !== null && isCollection(child.node) && isFlow(child.node) && !isEmptyNode(child.node);
  if (isPlainScalar || isEmpty(value) || place.isFlow || staysFlow)
    return replaceOnLine(place, child, onOneLine(value, style, place.isFlow || staysFlow));
  if (child.hasProperties) throw new Refusal('not-writable');
  return replaceByCollection(place, child, collectionLines(value, style));
}

function isEmptyNode(node: Node): boolean {
  return isCollection(node) && node.items.length === 0;
}

function isBlock(node: Node | null): boolean {
  return isCollection(node) && !isFlow(node);
}

function replaceOnLine({ text }: Place, child: WrittenChild, written: string): TextReplacement[] {
  const { node, after, end } = child;
  if (node === null)
    return [{ start: after, end: after, newText: `${child.hasColon ? '' : ':'} ${written}` }];
  const start = startOf(node);
  if (isBlockScalar(node)) {
    const comment = headerComment(text, node);
    return [{ start, end, newText: comment === '' ? written : `${written} ${comment}` }];
  }
  if (!isBlock(node)) return [{ start, end, newText: written }];
  if (lineStartOf(text, start) === lineStartOf(text, after)) return [{ start, end, newText: written }];
  return [{ start: after, end: after, newText: ` ${written}` }, ...linesOf(text, start, end)];
}

/** The lines of a block, with the line end in front of them; comments on lines of their own around it stay. */
function linesOf(text: string, start: number, end: number): TextReplacement[] {
  const first = lineStartOf(text, start);
  const from = first - (text.startsWith('\r\n', first - 2) ? 2 : 1);
  return [{ start: from, end: lineEndBehind(text, end), newText: '' }];
}

/** A text of several lines: its header stands behind the key, where a value on one line would. */
function replaceByLines(
  place: Place,
  child: WrittenChild,
  [header = '', ...body]: string[],
): TextReplacement[] {
  const { text, lineEnd, column } = place;
  const { node, after, end } = child;
  const below = `${lineEnd}${linesAt(column, body, lineEnd)}`;
  if (node === null) {
    const at = lineEndBehind(text, after);
    if (at === after) return [{ start: after, end: after, newText: ` ${header}${below}` }];
    return [
      { start: after, end: after, newText: ` ${header}` },
      { start: at, end: at, newText: below },
    ];
  }
  const start = startOf(node);
  if (isBlockScalar(node)) {
    const comment = headerComment(text, node);
    return [{ start, end, newText: `${header}${comment === '' ? '' : ` ${comment}`}${below}` }];
  }
  // The comment of a line stays behind the header.
  const lineBehind = lineEndBehind(text, end);
  const comment = text.slice(end, lineBehind).trim();
  return [{ start, end: lineBehind, newText: `${header}${comment === '' ? '' : ` ${comment}`}${below}` }];
}

function headerComment(text: string, node: Node): string {
  const start = startOf(node);
  return /#.*$/.exec(text.slice(start, lineEndBehind(text, start)))?.[0] ?? '';
}

/** A mapping or list below its key, or behind its dash. */
function replaceByCollection(place: Place, child: WrittenChild, lines: readonly string[]): TextReplacement[] {
  const { text, lineEnd, column } = place;
  const { node, after, end } = child;
  const inner = column + 2;
  const below = `${lineEnd}${linesAt(inner, lines, lineEnd)}`;
  const behind = linesAt(inner, lines, lineEnd).slice(inner);
  const isItem = child.key === undefined && child.keySpan === undefined;
  if (node === null) {
    const at = lineEndBehind(text, after);
    if (isItem && text.slice(after, at).trim() === '')
      return [{ start: after, end: at, newText: ` ${behind}` }];
    return [{ start: at, end: at, newText: below }];
  }
  const start = startOf(node);
  const isOnLine = lineStartOf(text, start) === lineStartOf(text, after);
  const comment = isBlockScalar(node) ? headerComment(text, node) : '';
  if (!isOnLine || isItem || isBlock(node)) {
    return [inPlace(text, start, end, lines, lineEnd, isItem ? 0 : inner, comment)];
  }
  const lineBehind = isBlockScalar(node) ? end : lineEndBehind(text, end);
  const kept = comment === '' ? text.slice(end, lineBehind) : ` ${comment}`;
  return [{ start: after, end: lineBehind, newText: `${kept.trimEnd()}${below}` }];
}

/** Lines where a value stood. A comment behind it goes to a line of its own: the last line may be part of a text. */
function inPlace(
  text: string,
  start: number,
  end: number,
  lines: readonly string[],
  lineEnd: string,
  least: number,
  header = '',
): TextReplacement {
  const column = columnOf(text, start);
  const at = Math.max(column, least);
  // A list may stand as deep as its key (YAML 1.2.2, section 8.2.1), a mapping may not.
  const written = linesAt(at, lines, lineEnd).slice(column);
  const lineBehind = lineEndBehind(text, end);
  const comment = header === '' ? text.slice(end, lineBehind).trim() : header;
  if (comment === '' || (header === '' && lines.length === 1)) return { start, end, newText: written };
  return { start, end: lineBehind, newText: `${comment}${lineEnd}${' '.repeat(column)}${written}` };
}

/** Writes the value of a whole document. */
export function replaceRoot(
  text: string,
  root: Node | null,
  value: PlainValue,
  { lineEnd, hasBlocks }: Pick<Place, 'lineEnd' | 'hasBlocks'>,
): TextReplacement[] {
  // Without quotes a text that stands alone could be the marker of a document's end.
  const style = { quotes: isScalar(value) ? 'double' : 'none', isJson: false, hasBlocks } as const;
  const lines =
    isScalar(value) || isEmpty(value) ? [onOneLine(value, style, false)] : collectionLines(value, style);
  const written = lines.join(lineEnd);
  if (root !== null) {
    const end =
      isCollection(root) && !isFlow(root)
        ? (childrenOf(text, root).at(-1)?.end ?? 0)
        : (root.range?.[1] ?? 0);
    return [inPlace(text, startOf(root), end, lines, lineEnd, 0)];
  }
  const isAtLineStart = text === '' || /[\r\n]$/.test(text);
  return [
    { start: text.length, end: text.length, newText: `${isAtLineStart ? '' : lineEnd}${written}${lineEnd}` },
  ];
}
