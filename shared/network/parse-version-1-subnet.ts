import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import {
  formatIpAddress,
  type IpAddress,
  type IpInterface,
  lastAddress,
  parseIpAddress,
} from './addresses.ts';
import type { LinkAddress, Located, NameServers, PassedThrough, Route } from './model.ts';
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
  ...['ipv4', 'ipv6'],
]);

export function parseSubnet(node: SourceNode, sink: DiagnosticSink): Subnet {
  const of = (key: string) => childOf(node, key);
  const type = textOf(of('type')) ?? '';
  const address =
    type.startsWith('static') || type === 'loopback' ? parseSubnetAddress(node, type, sink) : undefined;
  const metric = readInteger(of('metric'), metricShape);
  const isIpv6 = address?.value.address.family === 6 || ipv6Dynamic.has(type);
  const mtu = readInteger(of('mtu'), mtuShape);
  const flag = (isOn: boolean) => (isOn ? { value: true, node: of('type') ?? node } : undefined);
  return withoutUndefined({
    address,
    routes: present([
      parseSubnetGateway(of('gateway'), metric),
      ...itemsOf(of('routes')).map((item) => parseVersion1Route(item, sink)),
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

function parseSubnetAddress(node: SourceNode, type: string, sink: DiagnosticSink): LinkAddress | undefined {
  const written = childOf(node, 'address');
  if (written === undefined) {
    if (type !== 'loopback') sink.at(node, 'error', 'key-missing', 'A static subnet needs an “address”.');
    return undefined;
  }
  const value = parseNetwork(written, node, 'network-address', sink);
  if (value === undefined) return undefined;
  if (type === 'static6' && value.address.family === 4) {
    sink.at(
      written,
      'error',
      'network-address',
      'static6 is for IPv6, but the address is IPv4; write “type: static”.',
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
export function parseVersion1Route(node: SourceNode, sink: DiagnosticSink): Route | undefined {
  if (node.type !== 'map') return undefined;
  const destination = readText(childOf(node, 'destination') ?? childOf(node, 'network'));
  if (destination === undefined) {
    const isSubnetRoute = textOf(childOf(node, 'type')) !== 'route';
    if (isSubnetRoute)
      sink.at(node, 'error', 'network-route', 'The route has no destination; add “destination”.');
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
  const mask = textOf(childOf(node, 'prefix')) ?? textOf(childOf(node, 'netmask'));
  const masked = parseMasked(text, mask);
  if (masked !== undefined) return masked;
  const address: IpAddress | undefined = parseIpAddress(text);
  if (address === undefined || mask !== undefined) return undefined;
  const prefix = assumedPrefix(address);
  const message = `${text} has no prefix length, and no netmask stands beside it; cloud-init assumes /${prefix}. Write ${text}/${prefix}.`;
  sink.at(written, 'warning', code, message);
  return { address, prefix };
}

function assumedPrefix(address: IpAddress): number {
  if (address.bits === 0n) return 0;
  return address.family === 4 ? 24 : 64;
}
