import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { MapNode, SourceNode } from '../source/source-node.ts';
import { childOf } from '../source/source-node.ts';
import { type IpInterface, parseIpInterface, parseMaskedInterface } from './addresses.ts';
import { version2BondKeys } from './bond-parameters.ts';
import { version2BridgeKeys } from './bridge-parameters.ts';
import { checkShape } from './check-shape.ts';
import type {
  LinkAddress,
  LinkMatch,
  Located,
  NetworkLink,
  NetworkModel,
  Route,
  RoutingRule,
} from './model.ts';
import {
  parseDestination,
  present,
  readAddress,
  readAddresses,
  readBoolean,
  readInteger,
  readMac,
  readParameters,
  readPassedThrough,
  readSearchDomains,
  readText,
  readTexts,
} from './parse-link-values.ts';
import { itemsOf, located, textOf } from './read-value.ts';
import type { KeyTable } from './value-shape.ts';
import { type LinkSection, linkSections, sectionKeys, version2Keys } from './version-2-keys.ts';
import {
  dhcpOverrideKeys,
  ipv6MtuShape,
  metricShape,
  mtuShape,
  routeKeys,
  tableShape,
  vlanIdShape,
} from './version-2-link-keys.ts';

/** The keys of links that the model interprets; `id`, `link`, `interfaces` and `parameters` only where they mean it. */
const interpretedLinkKeys = new Set([
  ...[
    'match',
    'set-name',
    'macaddress',
    'mtu',
    'ipv6-mtu',
    'wakeonlan',
    'optional',
    'critical',
    'dhcp4',
    'dhcp6',
    'accept-ra',
    'link-local',
  ],
  ...[
    'dhcp4-overrides',
    'dhcp6-overrides',
    'addresses',
    'gateway4',
    'gateway6',
    'routes',
    'routing-policy',
    'nameservers',
  ],
]);
const interpretedBySection: Partial<Record<LinkSection, readonly string[]>> = {
  bonds: ['interfaces', 'parameters'],
  bridges: ['interfaces', 'parameters'],
  vlans: ['id', 'link'],
  vrfs: ['interfaces'],
};
const interpretedKeysOf = Object.fromEntries<ReadonlySet<string>>(
  (Object.keys(linkSections) as LinkSection[]).map((section) => [
    section,
    new Set([...interpretedLinkKeys, ...(interpretedBySection[section] ?? [])]),
  ]),
) as Record<LinkSection, ReadonlySet<string>>;
const interpretedRouteKeys = new Set([
  'to',
  'via',
  'from',
  'metric',
  'on-link',
  'table',
  'mtu',
  'type',
  'scope',
]);

/**
 * Reads a version 2 document (netplan's), given without the `network:` around it. What does not fit the format is
 * reported; the model holds everything that is well-formed.
 */
export function parseVersion2(node: MapNode, sink: DiagnosticSink): NetworkModel {
  checkShape(node, { type: 'table', keys: version2Keys }, 'the network configuration', sink);
  const sections = Object.keys(linkSections) as LinkSection[];
  return {
    format: 'network-config-v2' as const,
    node,
    renderer: readText(childOf(node, 'renderer')),
    links: sections.flatMap((section) => parseSection(section, childOf(node, section))),
    nameServers: { addresses: [], search: [] },
    routes: [],
    passedThrough: readPassedThrough(node, version2Keys, new Set(['version', 'renderer', ...sections])),
  };
}

function parseSection(section: LinkSection, node: SourceNode | undefined): NetworkLink[] {
  if (node?.type !== 'map') return [];
  const renderer = childOf(node, 'renderer');
  return node.entries
    .filter(({ key, value }) => value.type === 'map' && !Object.hasOwn(sectionKeys, String(key.value)))
    .map(({ key, value }) => parseLink(section, { value: String(key.value), node: key }, value, renderer));
}

/** What is not written stays undefined in its place: links of one shape cost half the time of links of all shapes. */
function parseLink(
  section: LinkSection,
  id: Located<string>,
  node: SourceNode,
  sectionRenderer: SourceNode | undefined,
): NetworkLink {
  const { kind, keys } = linkSections[section];
  const interpreted = interpretedKeysOf[section];
  const of = (key: string) => childOf(node, key);
  const isLoopback = section === 'ethernets' && id.value === 'lo' && of('match') === undefined;
  const passedThrough = readPassedThrough(node, keys, interpreted);
  if (sectionRenderer?.type === 'scalar' && of('renderer') === undefined) {
    // Said once for the section, it is kept with each link: the model has no sections.
    const key = { ...sectionRenderer, value: 'renderer' };
    passedThrough.push({ key, value: sectionRenderer });
  }
  return {
    id,
    kind: isLoopback ? ('loopback' as const) : kind,
    node,
    section: kind === 'other' ? section : undefined,
    match: parseMatch(of('match')),
    setName: readText(of('set-name')),
    macAddress: readMac(of('macaddress')),
    mtu: readInteger(of('mtu'), mtuShape),
    ipv6Mtu: readInteger(of('ipv6-mtu'), ipv6MtuShape),
    wakeOnLan: readBoolean(of('wakeonlan')),
    optional: readBoolean(of('optional')),
    critical: readBoolean(of('critical')),
    dhcp4: readBoolean(of('dhcp4')),
    dhcp6: readBoolean(of('dhcp6')),
    dhcp4Overrides: readParameters(of('dhcp4-overrides'), dhcpOverrideKeys),
    dhcp6Overrides: readParameters(of('dhcp6-overrides'), dhcpOverrideKeys),
    acceptRa: readBoolean(of('accept-ra')),
    linkLocal: readLinkLocal(of('link-local')),
    addresses: present(itemsOf(of('addresses')).flatMap(parseAddress)),
    routes: present([
      parseGateway(of('gateway4'), 4),
      parseGateway(of('gateway6'), 6),
      ...itemsOf(of('routes')).map(parseRoute),
    ]),
    routingPolicy: itemsOf(of('routing-policy')).map(parseRule),
    nameServers: {
      addresses: readAddresses(childOf(of('nameservers'), 'addresses'), 'scalar'),
      search: readSearchDomains(childOf(of('nameservers'), 'search'), 'scalar'),
    },
    members: interpreted.has('interfaces') ? readTexts(of('interfaces')) : [],
    parameters: parametersOf(kind, of('parameters')),
    vlan:
      kind === 'vlan' ? { id: readInteger(of('id'), vlanIdShape), link: readText(of('link')) } : undefined,
    passedThrough,
  };
}

function readLinkLocal(node: SourceNode | undefined): NetworkLink['linkLocal'] {
  if (node?.type !== 'sequence') return undefined;
  const words = node.items.map(textOf);
  return { value: words.filter((word) => word === 'ipv4' || word === 'ipv6'), node };
}

function parametersOf(kind: string, node: SourceNode | undefined) {
  const keys: KeyTable = kind === 'bond' ? version2BondKeys : kind === 'bridge' ? version2BridgeKeys : {};
  return readParameters(node, keys);
}

function parseMatch(node: SourceNode | undefined): LinkMatch | undefined {
  if (node?.type !== 'map') return undefined;
  return {
    node,
    macAddress: readMac(childOf(node, 'macaddress')),
    name: readText(childOf(node, 'name')),
    drivers: readTexts(childOf(node, 'driver'), 'scalar'),
  };
}

function parseAddress(node: SourceNode): (LinkAddress | undefined)[] {
  if (node.type !== 'map') {
    const value = parseInterface(textOf(node));
    return [value === undefined ? undefined : { value, node }];
  }
  return node.entries.map(({ key, value: options }) => {
    const value = parseInterface(textOf(key));
    if (value === undefined) return undefined;
    const lifetime = readText(childOf(options, 'lifetime'));
    return { value, node: key, lifetime, label: readText(childOf(options, 'label')) };
  });
}

function parseInterface(text = ''): IpInterface | undefined {
  return parseIpInterface(text) ?? parseMaskedInterface(text);
}

/** A `gateway4` or `gateway6` as the default route that it stands for. */
function parseGateway(node: SourceNode | undefined, family: 4 | 6): Route | undefined {
  const via = readAddress(node);
  if (via?.value.family !== family) return undefined;
  const to = { value: { address: { family, bits: 0n }, prefix: 0 }, node: via.node };
  return { node: via.node, to, via, passedThrough: [] };
}

function parseRoute(node: SourceNode): Route | undefined {
  const via = readAddress(childOf(node, 'via'));
  const destination = readText(childOf(node, 'to'));
  const from = readText(childOf(node, 'from'));
  if (destination === undefined) return undefined;
  const sourceAddress =
    from === undefined ? undefined : parseDestination(from.value, undefined, undefined)?.address;
  const to = parseDestination(destination.value, undefined, via?.value ?? sourceAddress);
  if (to === undefined) return undefined;
  return {
    node,
    to: { value: to, node: destination.node },
    via,
    from,
    metric: readInteger(childOf(node, 'metric'), metricShape),
    onLink: readBoolean(childOf(node, 'on-link')),
    table: readInteger(childOf(node, 'table'), tableShape),
    mtu: readInteger(childOf(node, 'mtu'), mtuShape),
    type: readText(childOf(node, 'type')),
    scope: readText(childOf(node, 'scope')),
    passedThrough: readPassedThrough(node, routeKeys, interpretedRouteKeys),
  };
}

function parseRule(node: SourceNode): RoutingRule {
  const network = (key: string) =>
    located(childOf(node, key), (place) => parseDestination(textOf(place) ?? '', undefined, undefined));
  const whole = (key: string, minimum: number, maximum: number) =>
    readInteger(childOf(node, key), { type: 'integer', minimum, maximum });
  return {
    node,
    from: network('from'),
    to: network('to'),
    table: whole('table', 1, 0xffff_ffff),
    priority: whole('priority', 0, 0xffff_ffff),
    mark: whole('mark', 1, 0xffff_ffff),
    typeOfService: whole('type-of-service', 0, 255),
  };
}
