import type { MapEntry, PathSegment, SourceNode } from '../../source/source-node.ts';
import type { Span } from '../../source/source-text.ts';

/** A node of a tree with the way to it. */
export interface FoundNode {
  readonly node: SourceNode;
  readonly path: readonly PathSegment[];
  readonly parent: SourceNode | undefined;
  /** The entry whose key or value the node is. */
  readonly entry: MapEntry | undefined;
  readonly isKey: boolean;
}

/** Every key and value of a tree, parents before their children. */
export function* nodesOf(root: SourceNode): Generator<FoundNode> {
  const stack: FoundNode[] = [{ node: root, path: [], parent: undefined, entry: undefined, isKey: false }];
  for (let found = stack.pop(); found !== undefined; found = stack.pop()) {
    yield found;
    const { node, path } = found;
    if (found.isKey) continue;
    if (node.type === 'map') {
      for (const entry of node.entries.toReversed()) {
        const below = { path: [...path, String(entry.key.value)], parent: node, entry };
        stack.push({ node: entry.value, isKey: false, ...below });
        stack.push({ node: entry.key, isKey: true, ...below });
      }
    } else if (node.type === 'sequence') {
      for (const [index, item] of [...node.items.entries()].toReversed())
        stack.push({ node: item, path: [...path, index], parent: node, entry: undefined, isKey: false });
    }
  }
}

/** The keys and values that stand at exactly this place. */
export function nodesAt(root: SourceNode | undefined, { start, end }: Span): FoundNode[] {
  if (root === undefined) return [];
  return [...nodesOf(root)].filter(({ node }) => node.span.start === start && node.span.end === end);
}
