import type { MapNode, ScalarNode, SequenceNode, SourceNode } from '../source/source-node.ts';

/** A value of one of two trees, and the key that it stands under. */
export interface Side {
  readonly key: ScalarNode | undefined;
  readonly value: SourceNode;
}

export interface TreeDifference {
  /** Keys, and for items of lists what identifies them. An item that is only in one of the lists has the path of its list. */
  readonly path: readonly string[];
  readonly here: Side | undefined;
  readonly there: Side | undefined;
  /** The same items in another order. */
  readonly isOrder: boolean;
}

/** By these keys the items of lists are told apart: accounts, files, routes, units. */
const identities = ['name', 'path', 'to', 'id'] as const;

/** What differs between two trees, by the smallest parts that have a name. Empty exactly when their values are the same. */
export function compareTrees(here: SourceNode | undefined, there: SourceNode | undefined): TreeDifference[] {
  const found: TreeDifference[] = [];
  const side = (value: SourceNode | undefined) =>
    value === undefined ? undefined : { key: undefined, value };
  compare(side(here), side(there), [], found);
  return found;
}

function compare(
  here: Side | undefined,
  there: Side | undefined,
  path: readonly string[],
  found: TreeDifference[],
): void {
  const [a, b] = [here?.value, there?.value];
  if (a?.type === 'map' && b?.type === 'map') compareMaps(a, b, path, found);
  else if (a?.type === 'sequence' && b?.type === 'sequence') {
    compareLists({ key: here?.key, value: a }, { key: there?.key, value: b }, path, found);
  } else if (a === undefined || b === undefined || canonicalText(a) !== canonicalText(b)) {
    if (a !== b) found.push({ path, here, there, isOrder: false });
  }
}

function compareMaps(here: MapNode, there: MapNode, path: readonly string[], found: TreeDifference[]): void {
  const others = new Map(there.entries.map((entry) => [String(entry.key.value), entry]));
  const seen = new Set<string>();
  for (const entry of here.entries) {
    const name = String(entry.key.value);
    if (seen.has(name)) continue;
    seen.add(name);
    compare(entry, others.get(name), [...path, name], found);
  }
  for (const [name, entry] of others) if (!seen.has(name)) compare(undefined, entry, [...path, name], found);
}

interface ListSide {
  readonly key: ScalarNode | undefined;
  readonly value: SequenceNode;
}

/** Items with an identity are compared with each other; of the others, those that only one list has are told. */
function compareLists(
  here: ListSide,
  there: ListSide,
  path: readonly string[],
  found: TreeDifference[],
): void {
  const before = found.length;
  const others = identified(there.value);
  const own = identified(here.value);
  for (const [identity, value] of own.named) {
    const other = others.named.get(identity);
    compare({ key: undefined, value }, other && { key: undefined, value: other }, [...path, identity], found);
  }
  for (const [identity, value] of others.named) {
    if (!own.named.has(identity)) compare(undefined, { key: undefined, value }, [...path, identity], found);
  }
  const added = without(own.rest, others.rest);
  const removed = without(others.rest, own.rest);
  const isPaired = added.length === removed.length;
  const side = (value: SourceNode | undefined) =>
    value === undefined ? undefined : { key: undefined, value };
  for (let index = 0; index < Math.max(added.length, removed.length); index++) {
    const [a, b] = [added[index], removed[index]];
    if (isPaired) compare(side(a), side(b), path, found);
    else {
      if (a !== undefined) found.push({ path, here: side(a), there: undefined, isOrder: false });
      if (b !== undefined) found.push({ path, here: undefined, there: side(b), isOrder: false });
    }
  }
  if (found.length === before && canonicalText(here.value) !== canonicalText(there.value))
    found.push({ path, here, there, isOrder: true });
}

/** Items that are mappings with a name of their own, and the rest; a name that comes twice tells nothing apart. */
function identified({ items }: SequenceNode): {
  readonly named: ReadonlyMap<string, SourceNode>;
  readonly rest: readonly SourceNode[];
} {
  const named = new Map<string, SourceNode>();
  const rest: SourceNode[] = [];
  for (const item of items) {
    const identity = identityOf(item);
    if (identity === undefined || named.has(identity)) rest.push(item);
    else named.set(identity, item);
  }
  return { named, rest };
}

function identityOf(item: SourceNode): string | undefined {
  if (item.type !== 'map') return undefined;
  for (const name of identities) {
    const value = item.entries.find(({ key }) => key.value === name)?.value;
    if (value?.type === 'scalar' && value.value !== null) return String(value.value);
  }
  return undefined;
}

/** The items that the other list does not have, as often as they come. */
function without(items: readonly SourceNode[], others: readonly SourceNode[]): SourceNode[] {
  const counts = new Map<string, number>();
  for (const other of others) {
    const text = canonicalText(other);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return items.filter((item) => {
    const text = canonicalText(item);
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count <= 0;
  });
}

/** The same for equal values, whatever the order of keys. */
function canonicalText(node: SourceNode): string {
  if (node.type === 'scalar') {
    return typeof node.value === 'number' ? `n${String(node.value)}` : JSON.stringify(node.value);
  }
  if (node.type === 'sequence') return `[${node.items.map(canonicalText).join()}]`;
  const entries = node.entries.map(({ key, value }) => `${canonicalText(key)}:${canonicalText(value)}`);
  return `{${entries.sort().join()}}`;
}
