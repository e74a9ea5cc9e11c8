import type { MapEntry, MapNode, SourceNode } from './source-node.ts';

/**
 * The tree with the keys that `<<` brings in, as PyYAML reads it (YAML 1.1, https://yaml.org/type/merge.html): own keys
 * count before them, and of several mappings the first. Parts without `<<` are shared with the tree given.
 */
export function withMergedKeys(node: SourceNode): SourceNode {
  return node.source.text.includes('<<') ? merged(node) : node;
}

function merged(node: SourceNode): SourceNode {
  if (node.type === 'scalar') return node;
  if (node.type === 'sequence') {
    const items = node.items.map(merged);
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  const entries = node.entries.map((entry) => {
    const value = merged(entry.value);
    return value === entry.value ? entry : { ...entry, value };
  });
  if (entries.some(isMerge)) return withBroughtIn({ ...node, entries });
  return entries.every((entry, index) => entry === node.entries[index]) ? node : { ...node, entries };
}

/** A `<<` in quotes is a key like any other. */
function isMerge({ key: { value, source, span } }: MapEntry): boolean {
  return value === '<<' && source.text.slice(span.start, span.end) === '<<';
}

function withBroughtIn(node: MapNode): MapNode {
  const own = node.entries.filter((entry) => !isMerge(entry));
  const present = new Set(own.map(({ key }) => key.value));
  const brought: MapEntry[] = [];
  for (const { value } of node.entries.filter(isMerge)) {
    for (const mapping of value.type === 'sequence' ? value.items : [value]) {
      if (mapping.type !== 'map') continue;
      for (const entry of mapping.entries) {
        if (present.has(entry.key.value)) continue;
        present.add(entry.key.value);
        brought.push(entry);
      }
    }
  }
  return { ...node, entries: [...own, ...brought] };
}
