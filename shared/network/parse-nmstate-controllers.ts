import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { childOf, entryOf, type SourceNode } from '../source/source-node.ts';
import type { LinkParameter, Located, PassedThrough, PlainValue } from './model.ts';
import {
  bondParameterOfOption,
  linkAggregationKeys,
  nmstateBondOptions,
  uninterpretedBondOptions,
  vrfKeys,
} from './nmstate-bond-keys.ts';
import {
  bridgeKeys,
  bridgeOptionKeys,
  bridgeParameterOfPortKey,
  bridgeParameterOfStpKey,
  uninterpretedBridgeOptions,
} from './nmstate-bridge-keys.ts';
import { passedAt, passedOfPort, passedUnder } from './nmstate-passed-through.ts';
import { present, readBoolean, readText, readTexts } from './parse-link-values.ts';
import { entryIn, integerOf, itemsOf, readValue } from './read-value.ts';
import type { KeyTable } from './value-shape.ts';

/** What makes an interface a controller of others, in the terms of the model. */
export interface NmstateController {
  readonly members: readonly Located<string>[];
  readonly parameters: readonly LinkParameter[];
  readonly passedThrough: readonly PassedThrough[];
}

export const noController: NmstateController = { members: [], parameters: [], passedThrough: [] };

/** `link-aggregation`, or `bond`, of a bond. */
export function parseLinkAggregation(node: SourceNode | undefined, sink: DiagnosticSink): NmstateController {
  if (node?.type !== 'map') return noController;
  reportOldName(node, sink);
  const options = childOf(node, 'options');
  const ports = entryIn(node, linkAggregationKeys, 'port')?.value;
  const configured = childOf(node, 'ports-config');
  const members = readTexts(ports);
  const ofPorts = present(itemsOf(configured).map((item) => readText(childOf(item, 'name'))));
  if (ports !== undefined && configured !== undefined) reportPortMismatch(members, ofPorts, sink);
  reportQueues(configured, sink);
  reportAnnouncements(options, sink);
  const mode = readParameter(node, 'mode', linkAggregationKeys, 'mode');
  return {
    members: ports === undefined ? ofPorts : members,
    parameters: [...mode, ...readBondOptions(options)],
    passedThrough: [
      ...passedUnder(options, [...uninterpretedBondOptions], 'link-aggregation.options'),
      ...filterOptions(options),
      ...passedUnder(node, ['ports-config'], 'link-aggregation'),
    ],
  };
}

function reportOldName(node: SourceNode, sink: DiagnosticSink): void {
  const key = entryOf(node, 'slaves')?.key;
  if (key === undefined) return;
  const message = '“slaves” is what nmstate 1 called the ports; nmstate 2 wants “port”.';
  sink.at(key, 'warning', 'key-unknown', message, [replacementFix(key, 'port')]);
}

/** netplan has four ways of validating ARP; the kernel’s other three filter. */
const filters: ReadonlySet<unknown> = new Set(['filter', 'filter_active', 'filter_backup']);

function filterOptions(options: SourceNode | undefined): PassedThrough[] {
  const key = 'arp_validate';
  const isFilter = readParameter(options, key, nmstateBondOptions, key).some(({ value }) =>
    filters.has(value),
  );
  return isFilter ? passedAt(options, key, `link-aggregation.options.${key}`) : [];
}

function readBondOptions(options: SourceNode | undefined): LinkParameter[] {
  if (options?.type !== 'map') return [];
  // The kernel has one number for both protocols (Documentation/networking/bonding.rst).
  const isRepeated = (option: string) =>
    option === 'num_unsol_na' && childOf(options, 'num_grat_arp') !== undefined;
  return options.entries.flatMap(({ key }) => {
    const option = String(key.value);
    const name = bondParameterOfOption.get(option);
    if (name === undefined || name === 'mode' || isRepeated(option)) return [];
    return readParameter(options, option, nmstateBondOptions, name)
      .filter(({ value }) => !filters.has(value))
      .map((parameter) => ({ ...parameter, value: inTheModel(name, parameter.value) }));
  });
}

function inTheModel(name: string, value: PlainValue): PlainValue {
  if (name === 'all-members-active') return value === 'delivered';
  if (name === 'arp-ip-targets') {
    return String(value)
      .split(',')
      .map((target) => target.trim())
      .filter((target) => target !== '');
  }
  return value;
}

function readParameter(
  node: SourceNode | undefined,
  key: string,
  keys: KeyTable,
  name: string,
): LinkParameter[] {
  const entry = entryIn(node, keys, key);
  const shape = keys[key]?.shape;
  if (entry === undefined || shape === undefined) return [];
  const value = readValue(shape, entry.value);
  return value === undefined ? [] : [{ name, value, key: entry.key, node: entry.value }];
}

function reportPortMismatch(
  members: readonly Located<string>[],
  configured: readonly Located<string>[],
  sink: DiagnosticSink,
): void {
  const names = new Set(members.map(({ value }) => value));
  const configuredNames = new Set(configured.map(({ value }) => value));
  for (const { value, node } of configured) {
    if (names.has(value)) continue;
    const message = `“${value}” stands in “ports-config” and not in “port”; nmstate refuses lists that differ.`;
    sink.at(node, 'error', 'network-bond', message);
  }
  for (const { value, node } of members) {
    if (configuredNames.has(value)) continue;
    const message = `“${value}” stands in “port” and not in “ports-config”; nmstate refuses lists that differ.`;
    sink.at(node, 'error', 'network-bond', message);
  }
}

/** The kernel gives each queue to one port (`bond_option_queue_id_set`). */
function reportQueues(configured: SourceNode | undefined, sink: DiagnosticSink): void {
  const used = new Set<number>();
  for (const item of itemsOf(configured)) {
    const node = childOf(item, 'queue-id');
    const queue = integerOf(node);
    if (node === undefined || queue === undefined || queue === 0) continue;
    if (used.has(queue))
      sink.at(node, 'error', 'network-bond', `The queue ${queue} belongs to another port already.`);
    used.add(queue);
  }
}

/** Two names of the kernel for one number. */
function reportAnnouncements(options: SourceNode | undefined, sink: DiagnosticSink): void {
  const arp = integerOf(childOf(options, 'num_grat_arp'));
  const node = childOf(options, 'num_unsol_na');
  const neighbour = integerOf(node);
  if (node === undefined || arp === undefined || neighbour === undefined || arp === neighbour) return;
  const message = `num_unsol_na and num_grat_arp are one number in the kernel, but here they are ${neighbour} and ${arp}.`;
  sink.at(node, 'error', 'network-bond', message);
}

/** `bridge` of a linux-bridge. */
export function parseLinuxBridge(node: SourceNode | undefined, sink: DiagnosticSink): NmstateController {
  if (node?.type !== 'map') return noController;
  reportOldName(node, sink);
  const options = childOf(node, 'options');
  const stp = childOf(options, 'stp');
  const stpKeys = tableOf(bridgeOptionKeys, 'stp');
  const ports = itemsOf(entryIn(node, bridgeKeys, 'port')?.value);
  reportDefaultVlan(options, ports, sink);
  for (const port of ports) reportRanges(childOf(port, 'vlan'), sink);
  return {
    members: present(ports.map((port) => readText(childOf(port, 'name')))),
    parameters: [
      ...Object.entries(bridgeParameterOfStpKey).flatMap(([key, name]) =>
        readParameter(stp, key, stpKeys, name),
      ),
      ...readParameter(options, 'mac-ageing-time', bridgeOptionKeys, 'ageing-time'),
      ...perPortParameters(ports),
    ],
    passedThrough: [
      ...passedUnder(options, uninterpretedBridgeOptions, 'bridge.options'),
      ...ports.flatMap(passedThroughOfPort),
    ],
  };
}

function tableOf(keys: KeyTable, key: string): KeyTable {
  const shape = keys[key]?.shape;
  return shape?.type === 'table' ? shape.keys : {};
}

function portTable(): KeyTable {
  const shape = bridgeKeys.port?.shape;
  return shape?.type === 'list' && shape.items.type === 'table' ? shape.items.keys : {};
}

/** The model keeps a mapping of port and value, as netplan does; the place is that of the first port. */
function perPortParameters(ports: readonly SourceNode[]): LinkParameter[] {
  const keys = portTable();
  return Object.entries(bridgeParameterOfPortKey).flatMap(([key, name]) => {
    const found = ports.flatMap((port) => {
      const portName = readText(childOf(port, 'name'));
      const [parameter] = readParameter(port, key, keys, name);
      return portName === undefined || parameter === undefined ? [] : [{ port: portName.value, parameter }];
    });
    const [first] = found;
    if (first === undefined) return [];
    const value = Object.fromEntries(found.map(({ port, parameter }) => [port, parameter.value]));
    return [{ ...first.parameter, value }];
  });
}

function passedThroughOfPort(port: SourceNode): PassedThrough[] {
  const name = readText(childOf(port, 'name'));
  if (name === undefined) return [];
  return ['stp-hairpin-mode', 'vlan']
    .flatMap((key) => passedAt(port, key, key))
    .map((entry) => passedOfPort(name.value, entry));
}

/** nmstate refuses another default VLAN than 1 while no port filters. */
function reportDefaultVlan(
  options: SourceNode | undefined,
  ports: readonly SourceNode[],
  sink: DiagnosticSink,
): void {
  const node = childOf(options, 'vlan-default-pvid');
  const vlan = integerOf(node);
  if (node === undefined || vlan === undefined || vlan === 1) return;
  const filters = ports.some((port) => {
    const filter = childOf(port, 'vlan');
    return filter?.type === 'map' && filter.entries.length > 0;
  });
  if (!filters) {
    const message = 'vlan-default-pvid other than 1 needs VLAN filtering: a port with “vlan”.';
    sink.at(node, 'error', 'network-bridge', message);
  }
}

/** A range that ends before it starts holds no VLAN, and the kernel refuses it (`br_process_vlan_info`). */
function reportRanges(filter: SourceNode | undefined, sink: DiagnosticSink): void {
  for (const item of itemsOf(childOf(filter, 'trunk-tags'))) {
    const [first, last] = ['min', 'max'].map((key) => childOf(childOf(item, 'id-range'), key));
    const [from, to] = [integerOf(first), integerOf(last)];
    if (last === undefined || from === undefined || to === undefined || from <= to) continue;
    sink.at(last, 'error', 'network-vlan', `The range of VLANs ends at ${to}, before its start at ${from}.`);
  }
}

/** `vrf` of a VRF. */
export function parseVrf(node: SourceNode | undefined): NmstateController {
  if (node?.type !== 'map') return noController;
  return {
    members: readTexts(entryIn(node, vrfKeys, 'port')?.value),
    parameters: [],
    passedThrough: passedUnder(node, ['route-table-id', 'ports-config'], 'vrf'),
  };
}

/** `vlan` of a VLAN without what is so anyway, which nmstate shows of every VLAN. */
export function passedThroughOfVlan(node: SourceNode | undefined): PassedThrough[] {
  const isUsual: Readonly<Record<string, (value: SourceNode) => boolean>> = {
    protocol: (value) => readText(value)?.value === '802.1q',
    'registration-protocol': (value) => readText(value)?.value === 'none',
    'reorder-headers': (value) => readBoolean(value, true)?.value === true,
    'loose-binding': (value) => readBoolean(value, true)?.value === false,
  };
  return Object.entries(isUsual).flatMap(([key, usual]) =>
    passedAt(node, key, `vlan.${key}`).filter(({ value }) => !usual(value)),
  );
}
