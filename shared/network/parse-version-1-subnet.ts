import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import {
  formatIpAddress,
  type IpAddress,
  type IpInterface,
  lastAddress,
  parseIpAddress,
  widthOf,
} from './addresses.ts';
import type {
  LinkAddress,
  LinkParameter,
  Located,
  NameServers,
  NetworkLink,
  PassedThrough,
  Route,
} from './model.ts';
import {
  parseMasked,
  present,
  readAddress,
  readAddresses,
  readInteger,
  readPassedThrough,
  readSearchDomains,
  readText,
  withoutUndefined,
} from './parse-link-values.ts';
import { itemsOf, textOf } from './read-value.ts';
import { subnetKeys } from './version-1-keys.ts';
import { metricShape, mtuShape } from './version-2-link-keys.ts';

/** One entry of `subnets`, in the terms of the model. */
export interface Subnet {
  readonly address?: LinkAddress;
  readonly routes: readonly Route[];
  readonly nameServers: NameServers;
  readonly dhcp4?: Located<boolean>;
  readonly dhcp6?: Located<boolean>;
  readonly metric?: Located<number>;
  readonly mtu?: Located<number>;
  readonly ipv6Mtu?: Located<number>;
  readonly passedThrough: readonly PassedThrough[];
}

const ipv4Dhcp = new Set(['dhcp', 'dhcp4']);
/** cloud-init turns each of these into `dhcp6: true` for netplan (`IPV6_DYNAMIC_TYPES` of cloudinit/net). */
const ipv6Dynamic = new Set(['dhcp6', 'ipv6_dhcpv6-stateful', 'ipv6_dhcpv6-stateless', 'ipv6_slaac']);
/** What the subnets of a link say together, in the terms of the model. */
export function addressingOf(
  subnets: readonly Subnet[],
): Pick<
  NetworkLink,
  'dhcp4' | 'dhcp6' | 'ipv6Mtu' | 'dhcp4Overrides' | 'dhcp6Overrides' | 'addresses' | 'routes'
> {
  return withoutUndefined({
    ipv6Mtu: first(subnets, 'ipv6Mtu'),
    dhcp4: first(subnets, 'dhcp4'),
    dhcp6: first(subnets, 'dhcp6'),
    dhcp4Overrides: subnets.flatMap((subnet) => overridesOf(subnet, 'dhcp4')),
    dhcp6Overrides: subnets.flatMap((subnet) => overridesOf(subnet, 'dhcp6')),
    addresses: present(subnets.map(({ address }) => address)),
    routes: subnets.flatMap(({ routes }) => routes),
  });
}

/** The first subnet that says something says it for the link. */
export function first<K extends 'mtu' | 'ipv6Mtu' | 'dhcp4' | 'dhcp6'>(
  subnets: readonly Subnet[],
  key: K,
): Subnet[K] | undefined {
  return subnets.find((subnet) => subnet[key] !== undefined)?.[key];
}

function overridesOf(subnet: Subnet, protocol: 'dhcp4' | 'dhcp6'): LinkParameter[] {
  if (subnet[protocol] === undefined || subnet.metric === undefined || subnet.metric.node.type !== 'scalar')
    return [];
  const { node, value } = subnet.metric;
  return [{ name: 'route-metric', value, key: node, node }];
}

export function joined(all: readonly NameServers[]): NameServers {
  return {
    addresses: all.flatMap(({ addresses }) => addresses),
    search: all.flatMap(({ search }) => search),
  };
}

/** What the model says, or what follows from the rest. */
const interpreted = new Set([
  ...[
    'type',
    'address',
    'netmask',
    'prefix',
    'gateway',
    'dns_nameservers',
    'dns_search',
    'routes',
    'metric',
    'mtu',
  ],
  ...['ipv4', 'ipv6', 'interface'],
]);

/** What the formats that share subnets call the same things. */
export interface SubnetWords {
  readonly address: string;
  readonly destination: string;
  /** The type of a static IPv4 subnet. */
  readonly static4: string;
}

const version1Words: SubnetWords = { address: 'address', destination: 'destination', static4: 'static' };

export function parseSubnet(
  node: SourceNode,
  sink: DiagnosticSink,
  words: SubnetWords = version1Words,
): Subnet {
  const of = (key: string) => childOf(node, key);
  const type = textOf(of('type')) ?? '';
  const address =
    type.startsWith('static') || type === 'loopback'
      ? parseSubnetAddress(node, type, words, sink)
      : undefined;
  if (words === version1Words) reportUnusedAddress(node, type, sink);
  const metric = readInteger(of('metric'), metricShape);
  const isIpv6 = address?.value.address.family === 6 || ipv6Dynamic.has(type);
  const mtu = readInteger(of('mtu'), mtuShape);
  const flag = (isOn: boolean) => (isOn ? { value: true, node: of('type') ?? node } : undefined);
  return withoutUndefined({
    address,
    routes: present([
      parseSubnetGateway(of('gateway'), metric),
      ...itemsOf(of('routes')).map((item) => parseVersion1Route(item, sink, words)),
    ]),
    nameServers: {
      addresses: readAddresses(of('dns_nameservers'), 'words'),
      search: readSearchDomains(of('dns_search'), 'words'),
    },
    dhcp4: flag(ipv4Dhcp.has(type)),
    dhcp6: flag(ipv6Dynamic.has(type)),
    metric,
    mtu: isIpv6 ? undefined : mtu,
    ipv6Mtu: isIpv6 ? mtu : undefined,
    passedThrough: readPassedThrough(node, subnetKeys, interpreted).filter(({ key, value }) =>
      isWorthKeeping(String(key.value), value, address?.value),
    ),
  });
}

/** The default of `control`, and the broadcast address that the subnet has anyway, say nothing. */
function isWorthKeeping(key: string, value: SourceNode, address: IpInterface | undefined): boolean {
  const written = textOf(value);
  if (key === 'control') return written !== 'auto';
  return !(key === 'broadcast' && address !== undefined && written === formatIpAddress(lastAddress(address)));
}

function parseSubnetAddress(
  node: SourceNode,
  type: string,
  words: SubnetWords,
  sink: DiagnosticSink,
): LinkAddress | undefined {
  const written = childOf(node, 'address');
  if (written === undefined || isEmpty(written)) {
    if (type !== 'loopback')
      sink.at(node, 'error', 'key-missing', `A static subnet needs an “${words.address}”.`);
    return undefined;
  }
  const value = parseNetwork(written, node, 'network-address', sink);
  if (value === undefined) return undefined;
  if (type === 'static6' && value.address.family === 4) {
    sink.at(
      written,
      'error',
      'network-address',
      `This type is for IPv6, but the address is IPv4; write “type: ${words.static4}”.`,
    );
  }
  return { value, node: written };
}

function parseSubnetGateway(
  node: SourceNode | undefined,
  metric: Located<number> | undefined,
): Route | undefined {
  const via = readAddress(node);
  if (via === undefined) return undefined;
  const to = { value: { address: { family: via.value.family, bits: 0n }, prefix: 0 }, node: via.node };
  return withoutUndefined({ node: via.node, to, via, metric, passedThrough: [] });
}

/** A route of a subnet (`network` or `destination`), or an entry of the type `route`. */
export function parseVersion1Route(
  node: SourceNode,
  sink: DiagnosticSink,
  words: SubnetWords = version1Words,
): Route | undefined {
  if (node.type !== 'map') return undefined;
  const destination = readText(childOf(node, 'destination') ?? childOf(node, 'network'));
  if (destination === undefined) {
    const isSubnetRoute = textOf(childOf(node, 'type')) !== 'route';
    if (isSubnetRoute) {
      const message = `The route has no destination; add “${words.destination}”.`;
      sink.at(node, 'error', 'network-route', message);
    }
    return undefined;
  }
  const via = readAddress(childOf(node, 'gateway'));
  const to = parseNetwork(destination.node, node, 'network-route', sink);
  if (to === undefined) return undefined;
  const metric = readInteger(childOf(node, 'metric'), metricShape);
  return withoutUndefined({
    node,
    to: { value: to, node: destination.node },
    via,
    metric,
    passedThrough: [],
  });
}

/** An address with its mask beside it; without any, cloud-init takes 24 bits for IPv4 and 64 for IPv6. */
function parseNetwork(
  written: SourceNode,
  node: SourceNode,
  code: 'network-address' | 'network-route',
  sink: DiagnosticSink,
): IpInterface | undefined {
  const text = textOf(written) ?? '';
  const mask = filledText(childOf(node, 'prefix')) ?? filledText(childOf(node, 'netmask'));
  const masked = parseMasked(text, mask);
  if (masked !== undefined) {
    if (text.includes('/')) reportOtherMask(text, mask, masked, node, code, sink);
    return masked;
  }
  const address: IpAddress | undefined = parseIpAddress(text);
  if (address !== undefined && mask !== undefined) reportUnfitMask(address, mask, node, code, sink);
  if (address === undefined || mask !== undefined) return undefined;
  const prefix = assumedPrefix(address);
  const message = `${text} has no prefix length, and no netmask stands beside it; cloud-init assumes /${prefix}. Write ${text}/${prefix}.`;
  sink.at(written, 'warning', code, message);
  return { address, prefix };
}

/** A mask that is well-formed and belongs to the other family: cloud-init ends at the subnet, or gives it another prefix. */
function reportUnfitMask(
  { family }: IpAddress,
  mask: string,
  node: SourceNode,
  code: 'network-address' | 'network-route',
  sink: DiagnosticSink,
): void {
  const isOther = mask.includes('.')
    ? family === 6
    : mask.includes(':')
      ? family === 4
      : Number(mask) > widthOf(family);
  if (!isOther) return;
  const key = filledText(childOf(node, 'prefix')) === undefined ? 'netmask' : 'prefix';
  const message =
    family === 4
      ? `${mask} is no mask of an IPv4 address; write 255.255.255.0 or 24, for example.`
      : `${mask} is no mask of an IPv6 address; write its prefix length, for example 64.`;
  sink.at(childOf(node, key) ?? node, 'error', code, message);
}

/** `_normalize_net_keys` of cloud-init takes what stands behind the slash, and drops the mask beside it. */
function reportOtherMask(
  text: string,
  mask: string | undefined,
  masked: IpInterface,
  node: SourceNode,
  code: 'network-address' | 'network-route',
  sink: DiagnosticSink,
): void {
  const beside = mask === undefined ? undefined : parseMasked(formatIpAddress(masked.address), mask);
  if (beside === undefined || beside.prefix === masked.prefix) return;
  const key = filledText(childOf(node, 'prefix')) === undefined ? 'netmask' : 'prefix';
  const message = `${mask} is /${beside.prefix}, but the address says /${masked.prefix}, and cloud-init takes that: ${text}. Remove the one that is wrong.`;
  sink.at(childOf(node, key) ?? node, 'warning', code, message);
}

/** Of cloud-init's renderers those for netplan and ifupdown leave such an address out, the one for networkd does not. */
function reportUnusedAddress(node: SourceNode, type: string, sink: DiagnosticSink): void {
  const address = childOf(node, 'address');
  if (address === undefined || isEmpty(address) || !(type === 'manual' || type.startsWith('dhcp'))) return;
  const place = type === 'manual' ? '' : ' in a subnet of its own';
  const message = `With “type: ${type}” netplan and ifupdown get nothing of this address. Write “type: static”${place} to set it.`;
  sink.at(address, 'warning', 'network-address', message);
}

/** cloud-init drops what is empty before it looks. */
function filledText(node: SourceNode | undefined): string | undefined {
  const written = textOf(node);
  return written === '' ? undefined : written;
}

function isEmpty(node: SourceNode): boolean {
  return node.type === 'scalar' && (node.value === null || node.value === '');
}

function assumedPrefix(address: IpAddress): number {
  if (address.bits === 0n) return 0;
  return address.family === 4 ? 24 : 64;
}
