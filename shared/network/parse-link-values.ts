import type { SourceNode } from '../source/source-node.ts';
import {
  type IpAddress,
  type IpInterface,
  parseIpAddress,
  parseIpInterface,
  parsePrefix,
  prefixOfNetmask,
  widthOf,
} from './addresses.ts';
import { parseMacAddress } from './mac-address.ts';
import type { LinkParameter, Located, PassedThrough } from './model.ts';
import {
  booleanOf,
  formattedText,
  integerInRange,
  itemsOf,
  located,
  readValue,
  textOf,
} from './read-value.ts';
import { macWords } from './text-formats.ts';
import { canonicalKey, type IntegerShape, type KeyTable } from './value-shape.ts';

/** Readers of single values. Each returns undefined for what `checkShape` has reported already. */

export function readBoolean(node: SourceNode | undefined, digits = false): Located<boolean> | undefined {
  return located(node, (place) => booleanOf(place, digits));
}

export function readInteger(node: SourceNode | undefined, shape: IntegerShape): Located<number> | undefined {
  return located(node, (place) => integerInRange(place, shape));
}

export function readMac(node: SourceNode | undefined): Located<string> | undefined {
  return located(node, (place) => {
    const written = textOf(place) ?? '';
    return macWords.includes(written) ? written : parseMacAddress(written);
  });
}

export function readAddress(node: SourceNode | undefined): Located<IpAddress> | undefined {
  return located(node, (place) => parseIpAddress(textOf(place) ?? ''));
}

export function readText(node: SourceNode | undefined): Located<string> | undefined {
  return located(node, textOf);
}

export function readTexts(node: SourceNode | undefined, single?: 'scalar' | 'words'): Located<string>[] {
  return present(itemsOf(node, single).map((item) => readText(item)));
}

export function readAddresses(
  node: SourceNode | undefined,
  single: 'scalar' | 'words',
): Located<IpAddress>[] {
  return present(itemsOf(node, single).map((item) => readAddress(item)));
}

export function readSearchDomains(
  node: SourceNode | undefined,
  single: 'scalar' | 'words',
): Located<string>[] {
  return present(
    itemsOf(node, single).map((item) => located(item, (place) => formattedText(place, 'search-domain'))),
  );
}

/**
 * A network of a route: `default` (IPv6 when the gateway is), `address/prefix`, `address/netmask`, or an address
 * whose mask stands elsewhere; without any mask it is one host.
 */
export function parseDestination(
  written: string,
  mask: string | undefined,
  gateway: IpAddress | undefined,
): IpInterface | undefined {
  if (written === 'default') {
    const family = gateway?.family ?? 4;
    return { address: { family, bits: 0n }, prefix: 0 };
  }
  return parseMasked(written, mask) ?? hostNetwork(written);
}

/** An address whose prefix length or netmask follows a slash or is given beside it. */
export function parseMasked(written: string, mask: string | undefined): IpInterface | undefined {
  const whole = parseIpInterface(written);
  if (whole !== undefined) return whole;
  const slash = written.indexOf('/');
  const address = parseIpAddress(slash < 0 ? written : written.slice(0, slash));
  const maskText = slash < 0 ? mask : written.slice(slash + 1);
  if (address === undefined || maskText === undefined) return undefined;
  const netmask = parseIpAddress(maskText);
  const prefix = netmask === undefined ? parsePrefix(maskText, address.family) : prefixOfNetmask(netmask);
  if (prefix === undefined || (netmask !== undefined && netmask.family !== address.family)) return undefined;
  return { address, prefix };
}

function hostNetwork(written: string): IpInterface | undefined {
  const address = parseIpAddress(written);
  return address === undefined ? undefined : { address, prefix: widthOf(address.family) };
}

/** The well-formed parameters of a mapping, under their canonical names. */
export function readParameters(node: SourceNode | undefined, keys: KeyTable): LinkParameter[] {
  if (node?.type !== 'map') return [];
  const found: LinkParameter[] = [];
  for (const { key, value: valueNode } of node.entries) {
    const name = canonicalKey(keys, String(key.value));
    const shape = name === undefined ? undefined : keys[name]?.shape;
    const value = shape === undefined ? undefined : readValue(shape, valueNode);
    if (name !== undefined && value !== undefined) found.push({ name, value, key, node: valueNode });
  }
  return found;
}

/** The known keys of a mapping that the model does not interpret. */
export function readPassedThrough(
  node: SourceNode,
  keys: KeyTable,
  interpreted: ReadonlySet<string>,
): PassedThrough[] {
  if (node.type !== 'map') return [];
  return node.entries.filter(({ key }) => {
    const written = String(key.value);
    return Object.hasOwn(keys, written) && !interpreted.has(written);
  });
}

export function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}

/** An object without its undefined members, so that optional properties are absent rather than undefined. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // A loop, since this runs for every part of every link after a keystroke.
  const kept: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) kept[key] = value[key];
  return kept as { [K in keyof T]: Exclude<T[K], undefined> };
}
