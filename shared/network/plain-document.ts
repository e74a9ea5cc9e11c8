import type { SourceNode } from '../source/source-node.ts';
import { formatIpAddress } from './addresses.ts';
import type { Located, NameServers, PlainValue } from './model.ts';

/** A mapping of a rendered document. */
export interface PlainMap {
  readonly [key: string]: PlainValue;
}

export function assign(
  target: Record<string, PlainValue>,
  key: string,
  located: Located<PlainValue> | undefined,
): void {
  if (located !== undefined) target[key] = located.value;
}

export function assignFilled(
  target: Record<string, PlainValue>,
  key: string,
  value: readonly PlainValue[] | PlainMap,
): void {
  const isEmpty = Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
  if (!isEmpty) target[key] = value;
}

/** What a format calls the addresses of name servers, and the domains that are searched. */
interface NameServerKeys {
  readonly addresses: string;
  readonly search: string;
}

export function assignNameServers(
  target: Record<string, PlainValue>,
  keys: NameServerKeys,
  { addresses, search }: NameServers,
): void {
  assignFilled(
    target,
    keys.addresses,
    addresses.map(({ value }) => formatIpAddress(value)),
  );
  assignFilled(
    target,
    keys.search,
    search.map(({ value }) => value),
  );
}

/**
 * Plain data of a tree in which a number keeps its spelling where that says more: netplan reads scalars as text, and
 * the 20 digits of a SIM's ID or a version such as 1.10 do not survive as numbers.
 */
export function asWritten(node: SourceNode): PlainValue {
  if (node.type === 'sequence') return node.items.map(asWritten);
  if (node.type === 'map') {
    const plain: Record<string, PlainValue> = {};
    for (const { key, value } of node.entries) define(plain, String(asWritten(key)), asWritten(value));
    return plain;
  }
  if (typeof node.value !== 'number') return node.value;
  const written = node.source.text.slice(node.span.start, node.span.end);
  return written === String(node.value) || !/^[\w.+-]+$/.test(written) ? node.value : written;
}

/** Sets an own property also for the key `__proto__`, which an assignment would take for the prototype. */
export function define(target: Record<string, PlainValue>, key: string, value: PlainValue): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** The same entries: first those of `order`, then all others as they come. */
export function inOrder(map: Readonly<Record<string, PlainValue>>, order: readonly string[]): PlainMap {
  const sorted: Record<string, PlainValue> = {};
  // By the few keys that are there, not by the sixty that there could be.
  const keys = Object.keys(map).map((key) => ({ key, rank: rankIn(order, key) }));
  keys.sort((one, other) => one.rank - other.rank);
  for (const { key } of keys) define(sorted, key, map[key] ?? null);
  return sorted;
}

function rankIn(order: readonly string[], key: string): number {
  const index = order.indexOf(key);
  return index < 0 ? order.length : index;
}
