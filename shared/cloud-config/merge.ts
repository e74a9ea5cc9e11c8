import { withMergedKeys } from '../source/merge-keys.ts';
import type { MapEntry, MapNode, ScalarNode, SequenceNode, SourceNode } from '../source/source-node.ts';
import { MergeFailure, type Merger, mergeSetting, readMergers } from './mergers.ts';

/** A value that is in one fragment and not in the result. */
export interface DroppedValue {
  readonly key: string;
  readonly earlier: SourceNode;
  readonly later: SourceNode;
  /** Which of the two is not in the result. */
  readonly lost: 'earlier' | 'later';
  /** Where the later fragment writes it: its key. */
  readonly place: SourceNode;
}

export interface MergeObserver {
  dropped(value: DroppedValue): void;
  /** cloud-init leaves the whole fragment out. */
  failed(fragment: SourceNode, failure: MergeFailure): void;
}

/**
 * Merges cloud-config fragments as cloud-init 22.4 does with the parts of user-data (handlers/cloud_config.py,
 * mergers/m_dict.py, m_list.py, m_str.py). The values of the result are those of the fragments, with their places.
 * The result is undefined when there is nothing to merge.
 */
export function mergeCloudConfig(
  fragments: readonly SourceNode[],
  observer?: MergeObserver,
): MapNode | undefined {
  let merged: MapNode | undefined;
  for (const written of fragments) {
    // cloud-init has read each part, and with it its `<<`, before it merges them.
    const fragment = withMergedKeys(written);
    if (fragment.type !== 'map') continue;
    const buffer: MapNode = merged ?? { ...fragment, entries: [] };
    try {
      const next = new FragmentMerge(readMergers(fragment), observer).merge(
        buffer,
        withoutMergeSetting(fragment),
      );
      merged = next.type === 'map' ? next : buffer;
    } catch (thrown) {
      if (!(thrown instanceof MergeFailure)) throw thrown;
      observer?.failed(fragment, thrown);
    }
  }
  return merged;
}

/** cloud-init takes `merge_how` out of the fragment, and `merge_type` only when there is no `merge_how`. */
function withoutMergeSetting(fragment: MapNode): MapNode {
  const taken = mergeSetting(fragment)?.key;
  const entries = fragment.entries.filter(({ key, value }) => {
    const isNull = value.type === 'scalar' && value.value === null;
    return key.value !== taken && !(isNull && (key.value === 'merge_how' || key.value === 'merge_type'));
  });
  return { ...fragment, entries };
}

class FragmentMerge {
  readonly #mergers: readonly Merger[];
  readonly #observer: MergeObserver | undefined;

  constructor(mergers: readonly Merger[], observer: MergeObserver | undefined) {
    this.#mergers = mergers;
    this.#observer = observer;
  }

  /** The first merger for the type of the earlier value decides; without one the earlier value stays. */
  merge(earlier: SourceNode, later: SourceNode): SourceNode {
    const type = mergerTypeOf(earlier);
    const merger = this.#mergers.find((candidate) => candidate.type === type);
    if (merger === undefined) return earlier;
    if (earlier.type === 'map') return this.#mergeMaps(merger, earlier, later);
    if (earlier.type === 'sequence') return this.#mergeLists(merger, earlier, later);
    return mergeTexts(merger, earlier, later);
  }

  #mergeMaps(merger: Merger, earlier: MapNode, later: SourceNode): SourceNode {
    if (later.type !== 'map') return earlier;
    const replace = merger.has('replace');
    const entries = new Map<unknown, MapEntry>(earlier.entries.map((entry) => [entry.key.value, entry]));
    for (const { key, value } of later.entries) {
      const present = entries.get(key.value);
      if (present === undefined) {
        entries.set(key.value, { key, value });
      } else if (value.type === 'scalar' && value.value === null && merger.has('allow_delete')) {
        entries.delete(key.value);
      } else {
        const result = replace ? value : this.#recurse(merger, present.value, value, present.value);
        this.#observe(key, present.value, value, result);
        entries.set(key.value, { key: result === value ? key : present.key, value: result });
      }
    }
    return { ...earlier, entries: [...entries.values()] };
  }

  #mergeLists(merger: Merger, earlier: SequenceNode, later: SourceNode): SourceNode {
    const method = ['append', 'prepend', 'replace', 'no_replace'].find(merger.has) ?? 'replace';
    if (method === 'replace' && later.type !== 'sequence') return later;
    const added = itemsOf(later);
    if (method === 'append') return { ...earlier, items: [...earlier.items, ...added] };
    if (method === 'prepend') return { ...earlier, items: [...added, ...earlier.items] };
    if (method === 'no_replace') {
      // Python indexes a mapping by position here, which fails: the fragment is lost.
      if (later.type === 'map' && added.length > 0 && earlier.items.length > 0) {
        throw new MergeFailure(later, 'A mapping cannot be merged into a list.');
      }
      return earlier;
    }
    const items = earlier.items.map((item, index) => {
      const replacement = added[index];
      return replacement === undefined ? item : this.#recurse(merger, item, replacement, replacement);
    });
    return { ...earlier, items };
  }

  #recurse(merger: Merger, earlier: SourceNode, later: SourceNode, otherwise: SourceNode): SourceNode {
    const recurses =
      later.type === 'sequence'
        ? merger.has('recurse_array') || merger.has('recurse_list')
        : later.type === 'map'
          ? merger.type === 'dict' || merger.has('recurse_dict')
          : typeof later.value === 'string' && merger.has('recurse_str');
    return recurses ? this.merge(earlier, later) : otherwise;
  }

  #observe(key: ScalarNode, earlier: SourceNode, later: SourceNode, result: SourceNode): void {
    if (this.#observer === undefined || (result !== earlier && result !== later)) return;
    if (sameValue(earlier, later)) return;
    const lost = result === later ? 'earlier' : 'later';
    this.#observer.dropped({ key: String(key.value), earlier, later, lost, place: key });
  }
}

function mergerTypeOf(node: SourceNode): Merger['type'] | undefined {
  if (node.type === 'map') return 'dict';
  if (node.type === 'sequence') return 'list';
  return typeof node.value === 'string' ? 'str' : undefined;
}

function mergeTexts(merger: Merger, earlier: ScalarNode, later: SourceNode): SourceNode {
  if (!merger.has('append')) return later;
  if (later.type !== 'scalar' || typeof later.value !== 'string') {
    throw new MergeFailure(later, 'Only text can be appended to text.');
  }
  return { ...later, value: `${String(earlier.value)}${later.value}` };
}

/** What Python's `list.extend` makes of a value: the characters of a text, the keys of a mapping. */
function itemsOf(node: SourceNode): readonly SourceNode[] {
  if (node.type === 'sequence') return node.items;
  if (node.type === 'map') return node.entries.map(({ key }) => key);
  return [...String(node.value)].map((character) => ({ ...node, value: character }));
}

export function sameValue(a: SourceNode, b: SourceNode): boolean {
  if (a.type === 'scalar' || b.type === 'scalar') {
    return a.type === 'scalar' && b.type === 'scalar' && a.value === b.value;
  }
  if (a.type === 'sequence' && b.type === 'sequence') {
    return (
      a.items.length === b.items.length &&
      a.items.every((item, index) => sameValue(item, b.items[index] ?? a))
    );
  }
  if (a.type === 'map' && b.type === 'map') {
    if (a.entries.length !== b.entries.length) return false;
    const others = new Map(b.entries.map(({ key, value }) => [key.value, value]));
    return a.entries.every(({ key, value }) => {
      const other = others.get(key.value);
      return other !== undefined && sameValue(value, other);
    });
  }
  return false;
}
