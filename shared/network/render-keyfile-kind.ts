import { lookUp } from '../source/look-up.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import { formatIpAddress, parseIpAddress } from './addresses.ts';
import type { Keyfile, KeyfileValue } from './keyfile.ts';
import { type KeyfileLink, passedOf } from './keyfile-links.ts';
import { type NetworkLink, type PassedThrough, parameterOf } from './model.ts';
import { optionOfBondParameter, uninterpretedBondOptions } from './nmstate-bond-keys.ts';
import { portOf } from './nmstate-passed-through.ts';
import { booleanOf, integerOf, itemsOf, textOf } from './read-value.ts';
import type { Report } from './render-keyfile-ip.ts';
import { bondOptionValue, bridgeSeconds } from './render-nmstate-controllers.ts';

/** How other links are named in a keyfile. */
export type ReferenceOf = (id: string) => string;

/** The section that makes a connection what it is. */
export function renderKeyfileKind(
  file: Keyfile,
  { link, type }: KeyfileLink,
  referenceOf: ReferenceOf,
  report: Report,
): void {
  if (type === 'bond') renderBond(file, link, referenceOf);
  else if (type === 'bridge') renderBridge(file, link);
  else if (type === 'vlan') renderVlan(file, link, referenceOf);
  else if (type === 'vrf') {
    const table = passedOf(link, 'table') ?? passedOf(link, 'vrf.route-table-id');
    file.set('vrf', 'table', integerOf(table?.value));
  } else if (type === 'veth') {
    const peer = passedOf(link, 'peer')?.value ?? childOf(passedOf(link, 'veth')?.value, 'peer');
    file.set('veth', 'peer', textOf(peer));
  } else if (type === 'vxlan') renderVxlan(file, link, referenceOf, report);
  else if (type === 'dummy' || type === 'loopback') file.section(type);
}

function renderBond(file: Keyfile, link: NetworkLink, referenceOf: ReferenceOf): void {
  file.set('bond', 'mode', String(parameterOf(link, 'mode')?.value ?? 'balance-rr'));
  for (const { name, value } of link.parameters) {
    const option = optionOfBondParameter.get(name);
    if (option === undefined || name === 'mode') continue;
    const inKernelUnits = bondOptionValue(name, value);
    const text = name === 'primary' ? referenceOf(String(value)) : String(inKernelUnits);
    const spoken: Readonly<Record<string, string>> = { delivered: '1', dropped: '0' };
    file.set('bond', option, lookUp(spoken, text) ?? text);
    // NetworkManager refuses a bond in which the two names of this number differ.
    if (option === 'num_grat_arp') file.set('bond', 'num_unsol_na', text);
  }
  for (const entry of link.passedThrough) {
    const option = kernelOption(String(entry.key.value));
    if (option !== undefined)
      file.set('bond', option === 'balance_slb' ? 'balance-slb' : option, optionText(entry));
  }
}

/** A kernel option that the model only carries: from NMState by its path, from version 1 with `bond-` before it. */
export function kernelOption(name: string): string | undefined {
  const option = name.replace(/^link-aggregation\.options\.|^bond[-_]/, '');
  if (option === name) return undefined;
  const plain = option.replaceAll('-', '_');
  return uninterpretedBondOptions.includes(plain) || plain === 'arp_validate' ? plain : undefined;
}

const flags: ReadonlySet<string> = new Set(['balance_slb', 'lacp_active', 'tlb_dynamic_lb', 'use_carrier']);

function optionText({ key, value }: PassedThrough): string {
  if (value.type === 'sequence') return value.items.map(textOf).join(',');
  const option = kernelOption(String(key.value)) ?? '';
  if (flags.has(option)) return booleanOf(value, true) === true ? '1' : '0';
  return textOf(value) ?? '';
}

/** NetworkManager’s names of NMState’s options, where they are others. */
const bridgeKeyOfOption: Readonly<Record<string, string>> = {
  'group-fwd-mask': 'group-forward-mask',
  'group-addr': 'group-address',
  'hash-max': 'multicast-hash-max',
};
const bridgeFlags: ReadonlySet<string> = new Set([
  ...['multicast-querier', 'multicast-query-use-ifaddr', 'multicast-snooping'],
]);

function renderBridge(file: Keyfile, link: NetworkLink): void {
  file.section('bridge');
  const seconds: [string, string][] = [
    ...(['ageing-time', 'forward-delay', 'hello-time', 'max-age'] as const).map((name): [string, string] => [
      name,
      name,
    ]),
  ];
  for (const [name, key] of seconds) {
    const value = parameterOf(link, name)?.value;
    if (value !== undefined) file.set('bridge', key, bridgeSeconds(value));
  }
  const priority = parameterOf(link, 'priority')?.value;
  if (typeof priority === 'number') file.set('bridge', 'priority', priority);
  const stp = parameterOf(link, 'stp')?.value;
  if (typeof stp === 'boolean') file.set('bridge', 'stp', stp);
  for (const { key, value } of link.passedThrough) {
    const name = String(key.value);
    if (!name.startsWith('bridge.options.')) continue;
    const option = name.slice('bridge.options.'.length);
    file.set('bridge', lookUp(bridgeKeyOfOption, option) ?? option, bridgeOption(option, value));
  }
  if (link.passedThrough.some((entry) => portOf(entry)?.key === 'vlan' && isFilled(entry.value)))
    file.set('bridge', 'vlan-filtering', true);
}

function isFilled(node: SourceNode): boolean {
  return node.type === 'map' && node.entries.length > 0;
}

const multicastRouters = ['disabled', 'auto', 'enabled'];

function bridgeOption(option: string, value: SourceNode): KeyfileValue | undefined {
  if (bridgeFlags.has(option)) return booleanOf(value, true);
  const text = textOf(value);
  if (option === 'vlan-protocol') return text === '802.1ad' ? '802.1ad' : '802.1Q';
  if (option === 'multicast-router' && text !== undefined) return multicastRouters[Number(text)] ?? text;
  return integerOf(value) ?? text;
}

/** `[bridge-port]` of a port, from what its bridge says of it. */
export function renderBridgePort(file: Keyfile, bridge: NetworkLink, port: NetworkLink): void {
  const id = port.id.value;
  file.section('bridge-port');
  for (const [parameter, key] of [
    ['path-cost', 'path-cost'],
    ['port-priority', 'priority'],
  ] as const) {
    const values = parameterOf(bridge, parameter)?.value;
    if (typeof values !== 'object' || values === null || Array.isArray(values)) continue;
    const value = Object.hasOwn(values, id) ? (values as Readonly<Record<string, unknown>>)[id] : undefined;
    if (typeof value === 'number') file.set('bridge-port', key, value);
  }
  const hairpin = booleanOf(passedOf(port, 'hairpin')?.value);
  if (hairpin !== undefined) file.set('bridge-port', 'hairpin-mode', hairpin);
  for (const entry of bridge.passedThrough) {
    const own = portOf(entry);
    if (own?.port !== id) continue;
    if (own.key === 'stp-hairpin-mode') file.set('bridge-port', 'hairpin-mode', booleanOf(entry.value, true));
    if (own.key === 'vlan') {
      const vlans = portVlans(entry.value);
      if (vlans !== '') file.set('bridge-port', 'vlans', vlans);
    }
  }
}

/** NetworkManager’s list: `100 pvid untagged,200-299`. */
function portVlans(node: SourceNode): string {
  const ranges =
    textOf(childOf(node, 'mode')) === 'trunk'
      ? itemsOf(childOf(node, 'trunk-tags')).flatMap((item) => {
          const range = childOf(item, 'id-range');
          const first = integerOf(childOf(item, 'id') ?? childOf(range, 'min'));
          const last = integerOf(childOf(range, 'max')) ?? first;
          return first === undefined ? [] : [first === last ? `${first}` : `${first}-${last}`];
        })
      : [];
  const tag = integerOf(childOf(node, 'tag'));
  return [...(tag === undefined ? [] : [`${tag} pvid untagged`]), ...ranges].join(',');
}

/** NM_VLAN_FLAGS: reorder headers, GVRP, loose binding, MVRP. */
function vlanFlags(link: NetworkLink): number {
  const of = (key: string) => passedOf(link, `vlan.${key}`)?.value;
  const protocol = textOf(of('registration-protocol'));
  return (
    (booleanOf(of('reorder-headers'), true) === false ? 0 : 1) |
    (protocol === 'gvrp' ? 2 : 0) |
    (booleanOf(of('loose-binding'), true) === true ? 4 : 0) |
    (protocol === 'mvrp' ? 8 : 0)
  );
}

function renderVlan(file: Keyfile, link: NetworkLink, referenceOf: ReferenceOf): void {
  const { id, link: parent } = link.vlan ?? {};
  file.set('vlan', 'id', id?.value);
  if (parent !== undefined) file.set('vlan', 'parent', referenceOf(parent.value));
  const flags = vlanFlags(link);
  if (flags !== 1) file.set('vlan', 'flags', flags);
  if (textOf(passedOf(link, 'vlan.protocol')?.value) === '802.1ad') file.set('vlan', 'protocol', '802.1ad');
}

function renderVxlan(file: Keyfile, link: NetworkLink, referenceOf: ReferenceOf, report: Report): void {
  const settings = passedOf(link, 'vxlan')?.value;
  if (settings?.type !== 'map') {
    report(link.id.node, `“${link.id.value}” has no “vxlan”, so it has no identifier.`);
    return;
  }
  const address = (key: string) => {
    const parsed = parseIpAddress(textOf(childOf(settings, key)) ?? '');
    return parsed === undefined ? undefined : formatIpAddress(parsed);
  };
  file.set('vxlan', 'id', integerOf(childOf(settings, 'id')));
  const parent = textOf(childOf(settings, 'base-iface'));
  if (parent !== undefined) file.set('vxlan', 'parent', referenceOf(parent));
  file.set('vxlan', 'remote', address('remote'));
  file.set('vxlan', 'local', address('local'));
  file.set('vxlan', 'destination-port', integerOf(childOf(settings, 'destination-port')));
  file.set('vxlan', 'learning', booleanOf(childOf(settings, 'learning'), true));
}
