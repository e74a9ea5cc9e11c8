import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import type { PassedThrough, PlainValue } from './model.ts';
import { asWritten, define, type PlainMap } from './plain-document.ts';

/**
 * NMState nests deeper than the model, and has entries that are no link. What the model does not interpret goes by a
 * path such as `ipv4.auto-gateway`, so that whoever cannot say it can name it.
 */
const nestingKeys: ReadonlySet<string> = new Set([
  ...['ipv4', 'ipv6', 'link-aggregation', 'bridge', 'vlan', 'vrf', 'dns-resolver'],
]);

/** The setting under a key of a mapping, by its path. Nothing when the mapping does not say it. */
export function passedAt(node: SourceNode | undefined, key: string, path: string): PassedThrough[] {
  if (node?.type !== 'map') return [];
  return node.entries
    .filter((entry) => String(entry.key.value) === key)
    .map((entry) => named(entry.key, path, entry.value));
}

/** The settings of a mapping under the given keys, each with its path. */
export function passedUnder(
  node: SourceNode | undefined,
  keys: readonly string[],
  prefix: string,
): PassedThrough[] {
  if (node?.type !== 'map') return [];
  return keys.flatMap((key) =>
    childOf(node, key) === undefined ? [] : passedAt(node, key, `${prefix}.${key}`),
  );
}

export function named(place: SourceNode, name: string, value: SourceNode): PassedThrough {
  const { source, span } = place;
  const key: ScalarNode = { type: 'scalar', source, span, value: name };
  return { key, value };
}

/** The keys that lead to a setting: one for most, several for what NMState nests. */
export function pathOf({ key }: PassedThrough): readonly string[] {
  const name = String(key.value);
  const segments = name.split('.');
  return nestingKeys.has(segments[0] ?? '') ? segments : [name];
}

/** Puts settings that the model only carries at their place in the mapping that their path starts with. */
export function withNested(map: Record<string, PlainValue>, entries: readonly PassedThrough[]): PlainMap {
  for (const entry of entries) {
    const [, ...keys] = pathOf(entry);
    const last = keys.pop();
    let target = map;
    for (const key of keys) {
      const inner = { ...(target[key] as PlainMap | undefined) };
      define(target, key, inner);
      target = inner;
    }
    if (last !== undefined) define(target, last, asWritten(entry.value));
  }
  return map;
}

const entryPattern = /^(interface|route|rule) /;

/** An interface that is no link, or a route or rule that is to vanish: kept whole. */
export function entryKindOf({ key }: PassedThrough): 'interface' | 'route' | 'rule' | undefined {
  const kind = entryPattern.exec(String(key.value))?.[1];
  return kind as 'interface' | 'route' | 'rule' | undefined;
}

const portPattern = /^port (\S+): (\S+)$/;

export function passedOfPort(port: string, entry: PassedThrough): PassedThrough {
  return named(entry.key, `port ${port}: ${String(entry.key.value)}`, entry.value);
}

/** The port of a bridge, and the key of the port, that a setting is for. */
export function portOf({ key }: PassedThrough): { port: string; key: string } | undefined {
  const match = portPattern.exec(String(key.value));
  return match === null ? undefined : { port: match[1] ?? '', key: match[2] ?? '' };
}
