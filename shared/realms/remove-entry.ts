import { lineEndBehind } from '../source/edit/lines.ts';
import type { SourceNode } from '../source/source-node.ts';
import type { Misplaced } from './misplaced.ts';

type From = NonNullable<Misplaced['move']>['from'];

/**
 * The text of a document without an entry of a mapping or an item of a list, with the lines that it has to itself.
 * Undefined inside braces and brackets, where lines are shared.
 */
export function removeEntry(text: string, from: From): string | undefined {
  const { parent } = from;
  if (/[{[]/.test(text[parent.span.start] ?? '')) return undefined;
  const [start, node] =
    'key' in from ? [from.key.span.start, valueUnder(parent, from.key)] : [from.item.span.start, from.item];
  if (node === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  // In front of it on its line stands nothing, or its dash.
  if (!/^[ \t]*(-[ \t]+)?$/.test(text.slice(lineStart, start))) return undefined;
  if ('key' in from && text.slice(lineStart, start).includes('-')) return undefined;
  const last = Math.max(start, node.span.start + text.slice(node.span.start, node.span.end).trimEnd().length);
  // Only a comment may follow on the last line.
  const end = lineEndBehind(text, last);
  if (!/^[ \t]*(#.*)?$/.test(text.slice(last, end))) return undefined;
  const behind = text.slice(end).replace(/^\r?\n/, '');
  return `${text.slice(0, lineStart)}${behind}`;
}

function valueUnder(parent: SourceNode, key: SourceNode): SourceNode | undefined {
  return parent.type === 'map' ? parent.entries.find((entry) => entry.key === key)?.value : undefined;
}
