import type { SourceText, Span } from './source-text.ts';

/**
 * A value together with the place where it was written. Every check of the core works on this tree, so that every
 * diagnostic points at the text that has to change, in whichever file it stands.
 */
export type SourceNode = ScalarNode | MapNode | SequenceNode;

interface NodeBase {
  readonly source: SourceText;
  readonly span: Span;
}

export type ScalarValue = string | number | boolean | null;

export interface ScalarNode extends NodeBase {
  readonly type: 'scalar';
  readonly value: ScalarValue;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: SourceNode;
}

export interface MapNode extends NodeBase {
  readonly type: 'map';
  readonly entries: readonly MapEntry[];
}

export interface SequenceNode extends NodeBase {
  readonly type: 'sequence';
  readonly items: readonly SourceNode[];
}

export type PathSegment = string | number;

export function entryOf(node: SourceNode | undefined, key: string): MapEntry | undefined {
  if (node?.type !== 'map') return undefined;
  if (node.entries.length > mostSearched) return indexOf(node).get(key);
  // A loop: every check and parser looks keys up, a million times for a site of 500 hosts.
  for (const entry of node.entries) {
    const { value } = entry.key;
    if (value === key || (typeof value !== 'string' && String(value) === key)) return entry;
  }
  return undefined;
}

/** Entries: about where an index is as quick as going through them; a pasted mapping of 100,000 is looked up as often. */
const mostSearched = 64;
const indexes = new WeakMap<MapNode, ReadonlyMap<string, MapEntry>>();

function indexOf(node: MapNode): ReadonlyMap<string, MapEntry> {
  const known = indexes.get(node);
  if (known !== undefined) return known;
  // Backwards, so that the first of equal keys stays.
  const index = new Map(node.entries.toReversed().map((entry) => [String(entry.key.value), entry]));
  indexes.set(node, index);
  return index;
}

export function childOf(node: SourceNode | undefined, key: string): SourceNode | undefined {
  return entryOf(node, key)?.value;
}

/** The scalar string under a key, or undefined when it is absent or not a string. */
export function stringOf(node: SourceNode | undefined, key: string): string | undefined {
  const value = childOf(node, key);
  return value?.type === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** The node at a path, or the nearest existing ancestor: a missing key is reported at the mapping that lacks it. */
export function nodeAt(root: SourceNode, path: readonly PathSegment[]): SourceNode {
  let node = root;
  for (const segment of path) {
    const next = node.type === 'sequence' ? node.items[Number(segment)] : childOf(node, String(segment));
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/**
 * Plain data of a tree. Keys are set as own properties, so that `__proto__` is data like any other. Of a key that stands
 * twice the first counts, as in `entryOf`: what is told of a value stands at the place where it was written.
 */
export function toPlain(node: SourceNode): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'sequence') return node.items.map(toPlain);
  const plain: Record<string, unknown> = {};
  for (const { key, value } of node.entries) {
    const name = String(key.value);
    if (Object.hasOwn(plain, name)) continue;
    const each = toPlain(value);
    if (name !== '__proto__') plain[name] = each;
    else
      Object.defineProperty(plain, name, {
        value: each,
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return plain;
}
