import type { z } from 'zod';
import {
  childOf,
  type MapNode,
  nodeAt,
  type PathSegment,
  type SequenceNode,
  type SourceNode,
  toPlain,
} from '../source/source-node.ts';

/** What a schema makes of a tree, or of what is left of it without the places that break the schema. */
export interface ReadablePart<Value> {
  readonly value: Value;
  /** The tree of the value. What is left keeps its places in the text; lists may be shorter than they are written. */
  readonly node: SourceNode;
  /**
   * Whether everything was read that stands at a path. An unknown key may have been meant for any key that its mapping
   * lacks, so that none of these counts as read.
   */
  readonly isRead: (...path: readonly PathSegment[]) => boolean;
  /**
   * The path in the text of a path in the value. Undefined where something stands there that could not be read, which
   * a change would write over.
   */
  readonly writtenPath: (path: readonly PathSegment[]) => readonly PathSegment[] | undefined;
}

/** The part that is everything. */
export function wholePart<Value>(value: Value, node: SourceNode): ReadablePart<Value> {
  return { value, node, isRead: () => true, writtenPath: (path) => path };
}

/** Leaving one value out may leave a mapping without a key that it needs, which then goes as well, and so on. */
const mostRounds = 8;

/**
 * Reads what can be read of a tree: places that break the schema are left out, with the mapping around them where that
 * needs them. Undefined when nothing is left. It reports nothing: `checkAgainstSchema` has told of each place.
 */
export function readablePart<Schema extends z.ZodType>(
  node: SourceNode,
  schema: Schema,
): ReadablePart<z.output<Schema>> | undefined {
  let rest: Rest = { node, left: new Map() };
  for (let round = 0; round < mostRounds; round++) {
    const result = schema.safeParse(toPlain(rest.node));
    if (result.success) return partOf(result.data, rest);
    const faults = faultsOf(result.error.issues, rest.node);
    if (faults.isWhole) return undefined;
    const left = new Map<SourceNode, Remains>();
    rest = { node: without(rest.node, faults, rest.left, left), left };
  }
  return undefined;
}

/** What is known of a mapping or list of which something was left out, there or further inside. */
interface Remains {
  readonly keys: ReadonlySet<string>;
  /** Whether one of these keys is unknown, and may have been meant for another one. */
  readonly hasUnknown: boolean;
  /** Of a list: the indices that its items have in the text. */
  readonly indices: readonly number[];
  /** Of a list: how many items it has in the text. */
  readonly length: number;
}

interface Rest {
  readonly node: SourceNode;
  readonly left: ReadonlyMap<SourceNode, Remains>;
}

/** Places to leave out, as a tree of their paths. */
class Faults {
  isWhole = false;
  hasUnknown = false;
  readonly inside = new Map<string, Faults>();

  at(segment: PathSegment): Faults {
    const known = this.inside.get(String(segment));
    if (known !== undefined) return known;
    const made = new Faults();
    this.inside.set(String(segment), made);
    return made;
  }
}

function faultsOf(issues: readonly z.core.$ZodIssue[], root: SourceNode): Faults {
  const faults = new Faults();
  for (const issue of issues) {
    const path = issue.path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment));
    // What is missing stands nowhere: the mapping that lacks it is what cannot be read.
    while (path.length > 0 && !exists(root, path)) path.pop();
    let place = faults;
    for (const segment of path) place = place.at(segment);
    if (issue.code !== 'unrecognized_keys') {
      place.isWhole = true;
      continue;
    }
    place.hasUnknown = true;
    for (const key of issue.keys) place.at(key).isWhole = true;
  }
  return faults;
}

function exists(root: SourceNode, path: readonly PathSegment[]): boolean {
  const parent = nodeAt(root, path.slice(0, -1));
  return childAt(parent, path.at(-1) ?? '') !== undefined;
}

function childAt(node: SourceNode | undefined, segment: PathSegment): SourceNode | undefined {
  return node?.type === 'sequence' ? node.items[Number(segment)] : childOf(node, String(segment));
}

/** The tree without its faults. `before`: what earlier rounds left out; `after` gets what is out now. */
function without(
  node: SourceNode,
  faults: Faults | undefined,
  before: Rest['left'],
  after: Map<SourceNode, Remains>,
): SourceNode {
  const known = before.get(node);
  if (node.type === 'scalar' || (faults === undefined && known === undefined)) return node;
  const each = (child: SourceNode, segment: PathSegment) =>
    without(child, faults?.inside.get(String(segment)), before, after);
  const isLeft = (segment: PathSegment) => faults?.inside.get(String(segment))?.isWhole !== true;
  const hasUnknown = (known?.hasUnknown ?? false) || (faults?.hasUnknown ?? false);
  if (node.type === 'map') {
    const entries = node.entries
      .filter(({ key }) => isLeft(String(key.value)))
      .map(({ key, value }) => ({ key, value: each(value, String(key.value)) }));
    const gone = node.entries.map(({ key }) => String(key.value)).filter((key) => !isLeft(key));
    const rest: MapNode = { ...node, entries };
    const keys = new Set([...(known?.keys ?? []), ...gone]);
    after.set(rest, { keys, hasUnknown, indices: [], length: 0 });
    return rest;
  }
  const kept = node.items.flatMap((item, index) => (isLeft(index) ? [{ item, index }] : []));
  const rest: SequenceNode = { ...node, items: kept.map(({ item, index }) => each(item, index)) };
  const indices = kept.map(({ index }) => known?.indices[index] ?? index);
  after.set(rest, { keys: new Set(), hasUnknown, indices, length: known?.length ?? node.items.length });
  return rest;
}

function partOf<Value>(value: Value, { node, left }: Rest): ReadablePart<Value> {
  const isRead = (...path: readonly PathSegment[]) => {
    let place: SourceNode | undefined = node;
    for (const segment of path) {
      const remains = left.get(place);
      const child = childAt(place, segment);
      if (child === undefined)
        return remains === undefined || !(remains.hasUnknown || remains.keys.has(String(segment)));
      place = child;
    }
    return !left.has(place);
  };
  const writtenPath = (path: readonly PathSegment[]) => {
    const written: PathSegment[] = [];
    let place: SourceNode | undefined = node;
    for (const segment of path) {
      const remains: Remains | undefined = place && left.get(place);
      const child = childAt(place, segment);
      if (child === undefined && remains?.keys.has(String(segment))) return undefined;
      written.push(place?.type === 'sequence' ? writtenIndex(Number(segment), remains) : segment);
      place = child;
    }
    return written;
  };
  return { value, node, isRead, writtenPath };
}

function writtenIndex(index: number, remains: Remains | undefined): number {
  if (remains === undefined) return index;
  return remains.indices[index] ?? remains.length + index - remains.indices.length;
}
