import { isAlias, isMap, isScalar, type Node } from 'yaml';
import { columnOf } from './lines.ts';
import { indexOf, type Path } from './plain-value.ts';
import { Refusal } from './refusal.ts';
import type { Quotes, ValueStyle } from './value-text.ts';
import {
  type Collection,
  childrenOf,
  isCollection,
  isFlow,
  type WrittenChild,
  writtenRoot,
} from './written-tree.ts';

/** A collection with its children, as a text holds them, and how values are written in it. */
export interface Place {
  readonly text: string;
  readonly lineEnd: string;
  readonly isJson: boolean;
  readonly hasBlocks: boolean;
  readonly node: Collection;
  readonly children: readonly WrittenChild[];
  readonly isFlow: boolean;
  /** Of keys or dashes, counted from 0. */
  readonly column: number;
  /** The place that holds this one; undefined for the root. */
  readonly holder: Holder | undefined;
}

export interface Holder {
  readonly place: Place;
  readonly index: number;
}

/** The collection at a path. */
export function placeAt(text: string, path: Path, lineEnd: string, hasBlocks: boolean): Place {
  const root = writtenRoot(text);
  if (!isCollection(root)) throw new Refusal('no-such-place');
  let place = placeOf({ text, lineEnd, isJson: isJsonText(text), hasBlocks }, root, undefined);
  for (const segment of path) {
    const index = childIndex(place, segment);
    const node = place.children[index]?.node ?? null;
    if (node !== null && isAlias(node)) throw new Refusal('shared-value');
    if (!isCollection(node)) throw new Refusal('no-such-place');
    place = placeOf(place, node, { place, index });
  }
  return place;
}

export function isJsonText(text: string): boolean {
  return /^\s*(?:\{\s*["}]|\[\s*[[{"\]])/.test(text);
}

export function childIndex(place: Place, segment: Path[number] | undefined): number {
  const index = isMap(place.node)
    ? place.children.findIndex(({ key }) => key === String(segment))
    : indexOf(segment);
  if (place.children[index] === undefined) throw new Refusal('no-such-place');
  return index;
}

function placeOf(
  { text, lineEnd, isJson, hasBlocks }: Pick<Place, 'text' | 'lineEnd' | 'isJson' | 'hasBlocks'>,
  node: Collection,
  holder: Holder | undefined,
): Place {
  const children = childrenOf(text, node);
  const column = columnOf(text, children[0]?.start ?? node.range?.[0] ?? 0);
  return { text, lineEnd, isJson, hasBlocks, node, children, isFlow: isFlow(node), column, holder };
}

/** How a value that replaces another is written: in the same quotes. */
export function styleOf(place: Place, replaced: Node | null): ValueStyle {
  const { isJson, hasBlocks } = place;
  return { quotes: quotesOf(replaced) ?? 'none', isJson, hasBlocks };
}

/** How a new value is written: in the quotes that all texts beside it have. */
export function styleOfNew({ children, isJson, hasBlocks }: Place): ValueStyle {
  const all = new Set(children.flatMap(({ node }) => quotesOf(node) ?? []));
  const [only = 'none'] = all;
  return { quotes: all.size === 1 ? only : 'none', isJson, hasBlocks };
}

function quotesOf(node: Node | null): Quotes | undefined {
  if (!isScalar(node) || typeof node.value !== 'string') return undefined;
  if (node.type === 'QUOTE_DOUBLE') return 'double';
  return node.type === 'QUOTE_SINGLE' ? 'single' : 'none';
}
