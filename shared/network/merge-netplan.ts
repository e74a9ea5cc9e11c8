import { withMergedKeys } from '../source/merge-keys.ts';
import { entryOf, type MapEntry, type MapNode, type SourceNode, toPlain } from '../source/source-node.ts';

/**
 * The network of several files of /etc/netplan, in the order given, as netplan reads them together (netplan-generate(8),
 * “Handling multiple files”): mappings are merged key by key, later scalars take the place of earlier ones, lists are
 * joined, and what stands in a list already is not added again (`handle_addresses` and others of its parser). Every node
 * keeps the file that it was written in.
 */
export function mergeNetplan(documents: readonly SourceNode[]): SourceNode | undefined {
  const [first, ...others] = documents.map(withMergedKeys).map(wrapped);
  return first === undefined ? undefined : others.reduce(merged, first);
}

/** With the key that netplan wants around it; cloud-init’s network-config may go without. */
function wrapped(document: SourceNode): SourceNode {
  if (document.type !== 'map' || entryOf(document, 'network') !== undefined) return document;
  const { source, span } = document;
  const key = { type: 'scalar', source, span: { start: span.start, end: span.start } } as const;
  return { ...document, entries: [{ key: { ...key, value: 'network' }, value: document }] };
}

function merged(earlier: SourceNode, later: SourceNode): SourceNode {
  if (earlier.type === 'map' && later.type === 'map') return mergedMaps(earlier, later);
  if (earlier.type === 'sequence' && later.type === 'sequence') {
    const known = new Set(earlier.items.map(identityOf));
    const added = later.items.filter((item) => !known.has(identityOf(item)));
    return { ...earlier, items: [...earlier.items, ...added] };
  }
  return isNothing(later) ? earlier : later;
}

function mergedMaps(earlier: MapNode, later: MapNode): MapNode {
  const entries = new Map(earlier.entries.map((entry) => [String(entry.key.value), entry]));
  for (const { key, value } of later.entries) {
    const known = entries.get(String(key.value));
    entries.set(String(key.value), known === undefined ? { key, value } : mergedEntry(known, { key, value }));
  }
  return { ...earlier, entries: [...entries.values()] };
}

/** A finding at the key is about the value: it stands where that does. */
function mergedEntry(earlier: MapEntry, later: MapEntry): MapEntry {
  const value = merged(earlier.value, later.value);
  return { key: value === later.value ? later.key : earlier.key, value };
}

function isNothing(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

function identityOf(node: SourceNode): string {
  return JSON.stringify(toPlain(node));
}
