import type { SequenceNode, SourceNode } from '../../source/source-node.ts';
import type { Span } from '../../source/source-text.ts';
import { nodesAt } from './find-node.ts';
import { type Finding, type Fix, fixAt } from './fix.ts';

/** Takes an entry of a list out that stands there before. */
export function repeatedItemFixes({ document, span }: Finding): Fix[] {
  return nodesAt(document.root, span).flatMap(({ node, parent }): Fix[] => {
    if (parent?.type !== 'sequence' || node.type !== 'scalar') return [];
    const isFirst = parent.items.find((item) => sameText(item, node)) === node;
    if (isFirst) return [];
    return [fixAt('Remove this entry', node.source, withItsPlace(parent, node), '', true)];
  });
}

function sameText(item: SourceNode, other: SourceNode): boolean {
  return item.type === 'scalar' && other.type === 'scalar' && item.value === other.value;
}

/** With the comma before it, or with the whole line that it has to itself. */
function withItsPlace(list: SequenceNode, node: SourceNode): Span {
  const { text } = node.source;
  const index = list.items.indexOf(node);
  if (text[list.span.start] === '[') {
    const before = list.items[index - 1];
    return { start: before?.span.end ?? node.span.start, end: node.span.end };
  }
  const lineEnd = text.slice(node.span.end).search(/[\r\n]/);
  const end = lineEnd < 0 ? text.length : node.span.end + lineEnd;
  const before = text.slice(0, node.span.start).replace(/\r?\n[ \t]*-[ \t]*$/, '');
  return { start: before.length, end };
}
