import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { childOf, entryOf, type MapNode, type SourceNode } from '../source/source-node.ts';
import { checkShape } from './check-shape.ts';
import {
  isVirtualFunctionName,
  type LinkKind,
  type Located,
  type NetworkLink,
  type PassedThrough,
  virtualFunctions,
} from './model.ts';
import {
  interfaceVariants,
  interpretedInterfaceKeys,
  type NmstateType,
  ownTypeKeys,
  typeOfKey,
} from './nmstate-keys.ts';
import { named } from './nmstate-passed-through.ts';
import { readInteger, readMac, readPassedThrough, readText, withoutUndefined } from './parse-link-values.ts';
import {
  type NmstateController,
  noController,
  parseLinkAggregation,
  parseLinuxBridge,
  parseVrf,
  passedThroughOfVlan,
} from './parse-nmstate-controllers.ts';
import { type NmstateIp, parseNmstateIp } from './parse-nmstate-ip.ts';
import { entryIn, integerOf, itemsOf, textOf } from './read-value.ts';
import { vlanIdShape } from './version-2-link-keys.ts';

/** An interface as it is read: a link, or something that is kept as it was written. */
export type NmstateInterface =
  | { readonly link: NetworkLink; readonly controller?: Located<string> }
  | { readonly kept: PassedThrough; readonly name: string; readonly why: string };

const kinds: Partial<Record<NmstateType, LinkKind>> = {
  ethernet: 'physical',
  infiniband: 'physical',
  bond: 'bond',
  vlan: 'vlan',
  'linux-bridge': 'bridge',
  dummy: 'dummy',
  loopback: 'loopback',
};

/** Interfaces without an entry of their own in the kernel: another may have the same name. */
const keptTypes: ReadonlySet<string> = new Set(['ovs-bridge', 'ipsec', 'tun']);

/** The type of an interface that says none: what its keys are for, a card otherwise. */
function typeOf(item: MapNode): NmstateType | undefined {
  const written = textOf(childOf(item, 'type'));
  if (written !== undefined && written !== 'unknown') {
    return Object.hasOwn(interfaceVariants.variants, written) ? (written as NmstateType) : undefined;
  }
  const telling = item.entries.find(({ key }) => Object.hasOwn(typeOfKey, String(key.value)));
  return telling === undefined ? 'ethernet' : typeOfKey[String(telling.key.value)];
}

export function parseNmstateInterface(
  item: SourceNode,
  ownTypes: ReadonlySet<string>,
  sink: DiagnosticSink,
): NmstateInterface | undefined {
  if (item.type !== 'map') {
    sink.at(item, 'error', 'value-type', 'An interface is a mapping that starts with “name:”.');
    return undefined;
  }
  const type = typeOf(item);
  const own = textOf(childOf(item, 'type')) ?? '';
  if (type === undefined && ownTypes.has(own)) return parseOfOwnType(item, own, sink);
  if (type === undefined) {
    reportType(childOf(item, 'type') ?? item, sink);
    return undefined;
  }
  const keys = interfaceVariants.variants[type] ?? {};
  const name = readText(childOf(item, 'name'));
  const state = childOf(item, 'state');
  const read = textOf(state) === 'absent' ? readOfAbsent(item) : item;
  checkShape(read, { type: 'table', keys }, name === undefined ? 'the interface' : `“${name.value}”`, sink);
  if (name === undefined) return undefined;
  const word = textOf(state) ?? 'up';
  if (state !== undefined && word !== 'up') {
    const kept = named(state, `interface ${name.value} with “state: ${word}”`, item);
    return { kept, name: name.value, why: `has the state ${word}` };
  }
  if (keptTypes.has(type)) {
    const kept = named(childOf(item, 'type') ?? item, `interface ${name.value} of the type ${type}`, item);
    return { kept, name: name.value, why: `is of the type ${type}` };
  }
  reportMissing(item, type, name, sink);
  const controller = readText(childOf(item, 'controller'));
  const link = parseLink(item, type, name, sink);
  return controller === undefined || controller.value === '' ? { link } : { link, controller };
}

/** nmstate looks at nothing else of an interface that is to vanish (its rust/src/lib/iface.rs). */
function readOfAbsent(item: MapNode): MapNode {
  const keys = ['name', 'type', 'state'];
  return { ...item, entries: item.entries.filter(({ key }) => keys.includes(String(key.value))) };
}

/** What the script of the type makes is known to the script alone. */
function parseOfOwnType(item: MapNode, type: string, sink: DiagnosticSink): NmstateInterface | undefined {
  const name = readText(childOf(item, 'name'));
  checkShape(item, { type: 'table', keys: ownTypeKeys }, `“${name?.value ?? type}”`, sink);
  if (name === undefined) return undefined;
  const kept = named(childOf(item, 'type') ?? item, `interface ${name.value} of the type ${type}`, item);
  return { kept, name: name.value, why: `is of the type ${type}` };
}

/** Types that people look for in nmstate, and what to write in their place. */
const insteadOf: Readonly<Record<string, string>> = {
  team: 'nmstate 2 has no teams, which NetworkManager has given up too: write a bond',
  'user-defined': 'The type is the name that “interface-types” gives it, beside its “handler-script”',
  wifi: 'nmstate does not set up wireless cards',
};

function reportType(node: SourceNode, sink: DiagnosticSink): void {
  const written = textOf(node) ?? 'nothing';
  const instead = Object.hasOwn(insteadOf, written) ? insteadOf[written] : undefined;
  if (instead !== undefined) {
    const message = `nmstate does not know an interface of the type “${written}”. ${instead}.`;
    sink.at(node, 'error', 'value-invalid', message);
    return;
  }
  const types = Object.keys(interfaceVariants.variants);
  const { hint, fixes } = didYouMean(node, written, types);
  const message = `nmstate does not know an interface of the type “${written.slice(0, 80)}”; there are ${types.join(', ')}.${hint}`;
  sink.at(node, 'error', 'value-invalid', message, fixes);
}

/** What nmstate wants of an interface that is new to the host. */
function reportMissing(item: MapNode, type: NmstateType, name: Located<string>, sink: DiagnosticSink): void {
  const written = textOf(childOf(item, 'type'));
  if (written === undefined || written === 'unknown') {
    const message = `“${name.value}” says no type: nmstate takes that of the running system, which is not known beforehand. Add “type: ${type}”.`;
    sink.at(name.node, 'warning', 'key-missing', message);
  }
  if (type === 'bond' && modeOf(item) === undefined) {
    const message = `The bond “${name.value}” has no mode; add “link-aggregation” with “mode”.`;
    sink.at(name.node, 'error', 'network-bond', message);
  }
  if (type === 'vlan' && childOf(item, 'vlan') === undefined) {
    const message = `The VLAN “${name.value}” says neither its ID nor its interface; add “vlan” with “base-iface” and “id”.`;
    sink.at(name.node, 'error', 'network-vlan', message);
  }
  reportIdentifier(item, name, sink);
  reportFunctions(item, sink);
  reportWaiting(item, sink);
}

function linkAggregationOf(item: MapNode): SourceNode | undefined {
  return entryIn(item, interfaceVariants.variants.bond ?? {}, 'link-aggregation')?.value;
}

function modeOf(item: MapNode): SourceNode | undefined {
  return childOf(linkAggregationOf(item), 'mode');
}

function reportIdentifier(item: MapNode, name: Located<string>, sink: DiagnosticSink): void {
  const identifier = childOf(item, 'identifier');
  const word = textOf(identifier);
  if (identifier === undefined || (word !== 'mac-address' && word !== 'pci-address')) return;
  if (childOf(item, word) !== undefined) return;
  const message = `“${name.value}” is found by its ${word === 'mac-address' ? 'MAC address' : 'place on the PCI bus'}, but does not say which; add “${word}”.`;
  sink.at(identifier, 'error', 'network-match', message);
}

/** A virtual function that the card is not told to have. */
function reportFunctions(item: MapNode, sink: DiagnosticSink): void {
  const settings = childOf(childOf(item, 'ethernet'), 'sr-iov');
  const total = integerOf(childOf(settings, 'total-vfs'));
  if (total === undefined) return;
  for (const each of itemsOf(childOf(settings, 'vfs'))) {
    const id = childOf(each, 'id');
    const number = integerOf(id);
    if (id === undefined || number === undefined || number < total) continue;
    const message = `The card has ${total} virtual functions, from 0 to ${total - 1}; there is none with the number ${number}.`;
    sink.at(id, 'warning', 'value-range', message);
  }
}

/** nmstate refuses to wait for a protocol that is off. */
function reportWaiting(item: MapNode, sink: DiagnosticSink): void {
  const node = childOf(item, 'wait-ip');
  const word = textOf(node) ?? '';
  for (const protocol of ['ipv4', 'ipv6']) {
    const enabled = textOf(childOf(childOf(item, protocol), 'enabled'));
    if (node === undefined || !word.split('+').includes(protocol) || enabled !== 'false') continue;
    sink.at(node, 'error', 'value-invalid', `wait-ip waits for ${protocol}, which is off on this interface.`);
  }
}

function parseLink(item: MapNode, type: NmstateType, id: Located<string>, sink: DiagnosticSink): NetworkLink {
  const of = (key: string) => childOf(item, key);
  const keys = interfaceVariants.variants[type] ?? {};
  const isFunction = type === 'ethernet' && isVirtualFunctionName(id.value);
  const kind = isFunction ? 'other' : (kinds[type] ?? 'other');
  const mtu = readInteger(of('mtu'), { type: 'integer', minimum: 68, maximum: 65575 });
  const ipv4 = parseNmstateIp(of('ipv4'), 4, sink);
  const ipv6 = parseNmstateIp(of('ipv6'), 6, sink);
  reportSmallMtu(mtu, ipv6, sink);
  const mac = readMac(of('mac-address'));
  const isMatched = textOf(of('identifier')) === 'mac-address' && mac !== undefined;
  const controller = parseController(item, type, sink);
  const vlan = of('vlan');
  return withoutUndefined({
    id,
    kind,
    node: item,
    section: isFunction ? virtualFunctions : sectionOf(type, kind),
    match: isMatched ? { node: mac.node, macAddress: mac, drivers: [] } : undefined,
    macAddress: isMatched ? undefined : mac,
    mtu,
    dhcp4: ipv4.dhcp,
    dhcp6: ipv6.dhcp,
    dhcp4Overrides: ipv4.overrides,
    dhcp6Overrides: ipv6.overrides,
    acceptRa: ipv6.autoconf,
    linkLocal: ipv6.linkLocal,
    addresses: [...ipv4.addresses, ...ipv6.addresses],
    routes: [],
    routingPolicy: [],
    nameServers: { addresses: [], search: [] },
    members: controller.members,
    parameters: controller.parameters,
    vlan:
      kind === 'vlan'
        ? withoutUndefined({
            id: readInteger(childOf(vlan, 'id'), vlanIdShape),
            link: readText(childOf(vlan, 'base-iface')),
          })
        : undefined,
    passedThrough: [
      ...readPassedThrough(item, keys, interpretedInterfaceKeys),
      ...(textOf(of('identifier')) === 'pci-address' ? keptIdentifier(item) : []),
      ...ipv4.passedThrough,
      ...ipv6.passedThrough,
      ...controller.passedThrough,
      ...(type === 'vlan' ? passedThroughOfVlan(vlan) : []),
    ],
  });
}

function keptIdentifier(item: MapNode): PassedThrough[] {
  const entry = entryOf(item, 'identifier');
  return entry === undefined ? [] : [entry];
}

function sectionOf(type: NmstateType, kind: LinkKind): string | undefined {
  // The checks know a VRF by netplan's name of it.
  if (type === 'vrf') return 'vrfs';
  return kind === 'other' || type === 'infiniband' ? type : undefined;
}

function parseController(item: MapNode, type: NmstateType, sink: DiagnosticSink): NmstateController {
  if (type === 'bond') return parseLinkAggregation(linkAggregationOf(item), sink);
  if (type === 'linux-bridge') return parseLinuxBridge(childOf(item, 'bridge'), sink);
  return type === 'vrf' ? parseVrf(childOf(item, 'vrf')) : noController;
}

/** nmstate refuses what the kernel would do: turn IPv6 off. */
function reportSmallMtu(mtu: Located<number> | undefined, ipv6: NmstateIp, sink: DiagnosticSink): void {
  if (mtu === undefined || mtu.value >= 1280 || !ipv6.isOn || ipv6.addresses.length > 0) return;
  const message = `IPv6 needs an MTU of at least 1280 bytes; nmstate refuses ${mtu.value} while it is on.`;
  sink.at(mtu.node, 'error', 'network-mtu', message);
}
