import type { PathSegment } from '../source-node.ts';
import { Refusal } from './refusal.ts';

export type PlainScalar = string | number | boolean | null;
export type PlainValue = PlainScalar | readonly PlainValue[] | { readonly [key: string]: PlainValue };
export type PlainMap = Readonly<Record<string, PlainValue>>;
export type Path = readonly PathSegment[];

export function isList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value);
}

export function isMap(value: PlainValue | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isScalar(value: PlainValue): value is PlainScalar {
  return typeof value !== 'object' || value === null;
}

export function isEmpty(value: PlainValue): boolean {
  return isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}

/** Equal whatever the order of keys. Not-a-number is equal to itself. */
export function isEqual(one: PlainValue | undefined, other: PlainValue | undefined): boolean {
  if (Object.is(one, other)) return true;
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  if (!isMap(one) || !isMap(other)) return one === 0 && other === 0;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key], other[key]));
}

/** One step of a change; `to` is the index that the item has afterwards. */
export type Step =
  | {
      readonly type: 'put';
      readonly path: Path;
      readonly value: PlainValue;
      readonly order?: readonly string[];
    }
  | { readonly type: 'insert'; readonly path: Path; readonly value: PlainValue }
  | { readonly type: 'remove'; readonly path: Path }
  | { readonly type: 'move'; readonly path: Path; readonly to: number }
  | { readonly type: 'rename'; readonly path: Path; readonly key: string };

/** The value below a key or index; undefined where there is none. */
export function childOfPlain(value: PlainValue | undefined, segment: PathSegment): PlainValue | undefined {
  if (isList(value)) return value[indexOf(segment)];
  return isMap(value) && Object.hasOwn(value, String(segment)) ? value[String(segment)] : undefined;
}

export function indexOf(segment: PathSegment | undefined): number {
  const index = typeof segment === 'number' ? segment : Number.NaN;
  return Number.isInteger(index) && index >= 0 ? index : Number.NaN;
}

/** What the tree is after a step: every edit of a text is held against it. */
export function afterStep(value: PlainValue, step: Step, depth = 0): PlainValue {
  const segment = step.path[depth];
  if (segment === undefined) {
    if (step.type === 'put') return step.value;
    throw new Refusal('no-such-place');
  }
  const isLast = depth === step.path.length - 1;
  if (isList(value)) {
    const index = indexOf(segment);
    if (!isLast)
      return value.with(within(index, value.length), afterStep(value[index] ?? null, step, depth + 1));
    return listAfter(value, index, step);
  }
  if (isMap(value)) return mapAfter(value, segment, step, depth, isLast);
  throw new Refusal('no-such-place');
}

function within(index: number, length: number): number {
  if (!(index < length)) throw new Refusal('no-such-place');
  return index;
}

function listAfter(list: readonly PlainValue[], index: number, step: Step): PlainValue {
  const length = step.type === 'put' || step.type === 'insert' ? list.length + 1 : list.length;
  within(index, length);
  if (step.type === 'put')
    return index === list.length ? [...list, step.value] : list.with(index, step.value);
  if (step.type === 'insert') return list.toSpliced(index, 0, step.value);
  if (step.type === 'remove') return list.toSpliced(index, 1);
  if (step.type === 'rename') throw new Refusal('no-such-place');
  within(step.to, list.length);
  return list.toSpliced(index, 1).toSpliced(step.to, 0, list[index] ?? null);
}

function mapAfter(
  map: PlainMap,
  segment: PathSegment,
  step: Step,
  depth: number,
  isLast: boolean,
): PlainValue {
  const key = String(segment);
  const has = Object.hasOwn(map, key);
  if (!isLast) return withKey(map, key, afterStep(has ? (map[key] ?? null) : null, step, depth + 1));
  if (step.type === 'put') return withKey(map, key, step.value);
  if (!has || step.type === 'insert' || step.type === 'move') throw new Refusal('no-such-place');
  if (step.type === 'remove') return fromEntries(Object.entries(map).filter(([name]) => name !== key));
  if (step.key !== key && Object.hasOwn(map, step.key)) throw new Refusal('not-writable');
  return fromEntries(Object.entries(map).map(([name, value]) => [name === key ? step.key : name, value]));
}

function withKey(map: PlainMap, key: string, value: PlainValue): PlainMap {
  const entries = Object.entries(map);
  if (!Object.hasOwn(map, key)) return fromEntries([...entries, [key, value]]);
  return fromEntries(entries.map(([name, before]) => [name, name === key ? value : before]));
}

/** Keys become own properties, also `__proto__`. */
function fromEntries(entries: readonly (readonly [string, PlainValue])[]): PlainMap {
  return Object.fromEntries(entries);
}
