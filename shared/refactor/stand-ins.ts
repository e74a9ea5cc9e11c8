import { formatIpAddress, parseIpAddress } from '../network/addresses.ts';
import { parseMacAddress } from '../network/mac-address.ts';
import { replaceMasks } from '../secrets/mask.ts';
import type { Reference } from '../site/references.ts';
import type { ReferenceValues } from '../site/substitute.ts';
import type { ScalarNode, ScalarValue } from '../source/source-node.ts';

/**
 * Values in place of references, for a text that is going to be written anew: each of the kind that hosts give and near
 * one of them, so that an address stays in its subnet. It stands nowhere else in the text, so that the reference can be
 * put back, and is none that a host has, so that one that stays behind is noticed. References without a value are left
 * out, and so are those of secrets, which have masks.
 */
export function standInsFor(
  references: readonly Reference[],
  hosts: readonly ReferenceValues[],
  text: string,
): ReferenceValues {
  const taken = new Set(text.match(/[0-9A-Za-z.:_-]+/g) ?? []);
  for (const values of hosts)
    for (const { value } of values.values())
      taken.add(typeof value === 'string' ? canonical(value) : String(value));
  const standIns = new Map<string, ScalarNode>();
  for (const { key, place } of references) {
    const value = hosts.find((values) => values.has(key))?.get(key)?.value;
    if (value === undefined || standIns.has(key)) continue;
    const standIn = unused(value, taken);
    taken.add(String(standIn));
    standIns.set(key, { ...place, value: standIn });
  }
  return standIns;
}

/** Tries to find one that is not there, before whoever asked has to be told. */
const attempts = 250;

function unused(value: ScalarValue, taken: ReadonlySet<string>): ScalarValue {
  if (typeof value === 'boolean' || value === null) return value;
  let candidate = typeof value === 'number' ? value : canonical(value);
  for (let attempt = 0; attempt < attempts && taken.has(String(candidate)); attempt++)
    candidate = typeof candidate === 'number' ? candidate + 1 : next(candidate);
  return candidate;
}

/** As renderers write it. */
function canonical(value: string): string {
  const address = parseIpAddress(value);
  return address === undefined ? (parseMacAddress(value) ?? value) : formatIpAddress(address);
}

/** The neighbour of an address, with its prefix, or a name with another number. */
function next(value: string): string {
  const [address = '', prefix] = value.split('/', 2);
  if (prefix !== undefined && parseIpAddress(address) !== undefined) return `${next(address)}/${prefix}`;
  if (parseMacAddress(value) !== undefined || value.includes(':'))
    return value.replace(/[0-9a-f]*$/, (last) => increased(last, 16).padStart(last.length, '0'));
  if (parseIpAddress(value) !== undefined) return value.replace(/\d+$/, (last) => increased(last, 10));
  return value.replace(/\d*$/, (last) => `${Number(last) + 1}`);
}

/** Within a byte, of which 0 and 255 may have a meaning. */
function increased(digits: string, radix: number): string {
  return ((Number.parseInt(digits || '0', radix) % 254) + 1).toString(radix);
}

/** The data with references, and those of secrets, where their stand-ins are. */
export function withReferences(data: unknown, standIns: ReferenceValues): unknown {
  const found = [...standIns].map(([key, { value }]) => ({
    value,
    reference: `((${key}))`,
    pattern: new RegExp(`(?<![0-9A-Za-z:.-])${escaped(String(value))}(?![0-9A-Za-z:-])`, 'g'),
  }));
  const inText = (text: string) =>
    found.reduce(
      (each, { pattern, reference }) => each.replace(pattern, () => reference),
      replaceMasks(text, (name) => `((secret.${name}))`),
    );
  const restored = (each: unknown): unknown => {
    if (typeof each === 'string') return inText(each);
    if (typeof each === 'number') return found.find(({ value }) => value === each)?.reference ?? each;
    if (Array.isArray(each)) return each.map(restored);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, value]) => [inText(key), restored(value)]));
  };
  return restored(data);
}

function escaped(text: string): string {
  return text.replace(/[^0-9A-Za-z]/g, '\\$&');
}
