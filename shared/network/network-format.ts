import { childOf, entryOf, type SourceNode } from '../source/source-node.ts';
import type { NetworkFormat } from './model.ts';

/** What stands at the top of an NMState document, and nowhere at the top of the others. */
const nmstateKeys = ['interfaces', 'dns-resolver', 'route-rules', 'routes', 'ovs-db'] as const;
/** A policy of nmpolicy, which is told as such by the reader of NMState. */
const policyKey = 'capture';
/** At least one of these stands at the top of every network_data.json. */
const networkDataKeys = ['links', 'networks'] as const;
/** With one of these it is cloud-init's own, whatever else is written beside it. */
const cloudInitKeys = ['version', 'config', 'ethernets', 'network'] as const;

/**
 * The format of a network document by its keys; cloud-init's own, of whichever version, when nothing says otherwise.
 */
export function formatOfTree(node: SourceNode): 'network-config' | 'nmstate' | 'network-data' {
  if (node.type !== 'map' || cloudInitKeys.some((key) => entryOf(node, key) !== undefined))
    return 'network-config';
  // A mapping of networks is Docker Compose's.
  if (networkDataKeys.some((key) => childOf(node, key)?.type === 'sequence')) return 'network-data';
  if (childOf(node, policyKey)?.type === 'map') return 'nmstate';
  // `routes` of NMState is a mapping; a list is a slip in one of cloud-init's.
  const isNmstate = nmstateKeys.some((key) => {
    const value = childOf(node, key);
    return value !== undefined && (key !== 'routes' || value.type === 'map');
  });
  return isNmstate ? 'nmstate' : 'network-config';
}

/** The keys by which a document is known. */
export function topKeysOf(format: ReturnType<typeof formatOfTree>): readonly string[] {
  if (format === 'nmstate') return nmstateKeys;
  return format === 'network-data' ? networkDataKeys : cloudInitKeys;
}

const linesOf = (keys: readonly string[]) => new RegExp(`^["']?(?:${keys.join('|')})["']?[ \\t]*:`, 'm');
const jsonKeysOf = (keys: readonly string[]) => new RegExp(`"(?:${keys.join('|')})"\\s*:`);

const cloudInitLine = linesOf(cloudInitKeys);
const networkDataLine =
  /^["']?(?:links|networks)["']?[ \t]*:[ \t]*(?:\[|(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*-)/m;
const nmstateLine = linesOf([...nmstateKeys, policyKey]);
const version1Line = /^[ \t]*["']?version["']?:[ \t]*["']?1\b/m;

/** A text all of which is indented, without the margin that its first line has: YAML takes the one for the other. */
export function withoutMargin(text: string): string {
  const margin = /^(?:[ \t]*(?:#.*)?\r?\n|---[ \t]*\r?\n)*( +)[^\s#]/.exec(text)?.[1]?.length ?? 0;
  return margin === 0 ? text : text.replace(new RegExp(`^ {1,${margin}}`, 'gm'), '');
}

/** The same for text that need not be complete, as it is while somebody types. Looks at the first 64 KiB. */
export function formatOfText(text: string): NetworkFormat | undefined {
  const head = withoutMargin(text.slice(0, 65_536));
  if (/^\s*\{/.test(head)) return formatOfJson(head);
  if (version1Line.test(head) || /^config:/m.test(head)) return 'network-config-v1';
  if (cloudInitLine.test(head)) return 'network-config-v2';
  if (networkDataLine.test(head)) return 'network-data';
  return nmstateLine.test(head) ? 'nmstate' : undefined;
}

function formatOfJson(head: string): NetworkFormat | undefined {
  if (/["']?version["']?\s*:\s*["']?1\b/.test(head)) return 'network-config-v1';
  if (jsonKeysOf(['version', 'ethernets']).test(head)) return 'network-config-v2';
  if (/"(?:links|networks)"\s*:\s*\[/.test(head)) return 'network-data';
  return jsonKeysOf(nmstateKeys).test(head) ? 'nmstate' : undefined;
}
