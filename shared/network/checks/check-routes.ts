import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { wordFix } from '../../diagnostics/suggest.ts';
import { childOf, type SourceNode } from '../../source/source-node.ts';
import {
  formatIpAddress,
  type IpAddress,
  type IpInterface,
  isLinkLocalIpv6,
  isUnspecified,
  lastAddress,
  networkAddress,
  parseIpAddress,
  sameAddress,
  subnetContains,
  widthOf,
} from '../addresses.ts';
import {
  isDefaultRoute,
  type LinkAddress,
  type NetworkFormat,
  type NetworkLink,
  type NetworkModel,
  type Route,
  type RoutingRule,
} from '../model.ts';
import { usesNetworkManager } from '../network-service.ts';
import { integerOf } from '../read-value.ts';
import { type LinkIndex, routingDomainOf } from './link-index.ts';

/** Route types that send packets somewhere and therefore need a next hop. */
const forwardingTypes = new Set(['unicast', 'anycast']);

/** For a hint only: a document of thousands of links must not cost their square. */
const mostLinksSearched = 200;

/**
 * Routes and gateways: complete, reachable, and unambiguous. `alone` takes what a route or rule says by itself. `isOfHost`:
 * the network is made for a host with systemd-networkd, whatever reads the document elsewhere.
 */
export function checkRoutes(
  model: NetworkModel,
  index: LinkIndex,
  isOfHost: boolean,
  sink: DiagnosticSink,
  alone: DiagnosticSink,
): void {
  for (const link of model.links) {
    for (const route of link.routes) {
      checkDestination(route, alone);
      if (route.via === undefined) checkMissingGateway(route, model, alone);
      else checkGateway(route, link, model, index, isOfHost, sink);
      checkSource(route, model, sink);
    }
  }
  for (const { routingPolicy } of model.links) for (const rule of routingPolicy) checkRule(rule, alone);
  for (const route of model.routes) {
    checkDestination(route, alone);
    if (route.via === undefined)
      alone.at(route.node, 'error', 'network-route', 'The route has no gateway; add “gateway”.');
    else checkGlobalGateway(route, model, sink);
  }
  reportAmbiguousRoutes(model, index, sink);
  reportEmptyTables(model, sink);
}

/** Tables that the kernel fills by itself, or that a rule without a table means. */
const systemTables: ReadonlySet<number> = new Set([0, 253, 254, 255]);

/** A rule that sends packets to a table in which no route is: they go on to the next rule, as if there were none. */
function reportEmptyTables(model: NetworkModel, sink: DiagnosticSink): void {
  const rules = model.links.flatMap(({ routingPolicy }) => routingPolicy);
  // Other formats describe a part of what a host has already.
  if (rules.length === 0 || model.format !== 'network-config-v2') return;
  const filled = new Set<unknown>(
    model.links.flatMap(({ routes }) => routes.map(({ table }) => table?.value)),
  );
  for (const { node, section } of model.links) {
    if (section === 'vrfs') filled.add(integerOf(childOf(node, 'table')));
    filled.add(integerOf(childOf(childOf(node, 'ra-overrides'), 'table')));
  }
  for (const { table, from, to } of rules) {
    // A rule for no packets at all is told as that.
    if (
      table === undefined ||
      (from ?? to) === undefined ||
      systemTables.has(table.value) ||
      filled.has(table.value)
    )
      continue;
    const message = `No route of this document is in table ${table.value}, so the rule changes nothing; give routes “table: ${table.value}”.`;
    sink.at(table.node, 'warning', 'network-route', message);
  }
}

function checkRule({ node, from, to }: RoutingRule, sink: DiagnosticSink): void {
  // One that is written, and is no network, is told as that.
  const isWritten = ['from', 'to', 'ip-from', 'ip-to'].some((key) => childOf(node, key) !== undefined);
  if (from === undefined && to === undefined && !isWritten) {
    const message = 'The rule says for which packets it is neither by “from” nor by “to”.';
    sink.at(node, 'error', 'network-route', message);
  }
  const families = [from, to].map((end) => end?.value.address.family);
  if (from === undefined || to === undefined || families[0] === families[1]) return;
  const message = `The rule is from IPv${families[0]} to IPv${families[1]}, which no packet is. Write a rule for each.`;
  sink.at(to.node, 'error', 'network-route', message, undefined, [from.node]);
}

function checkMissingGateway(route: Route, model: NetworkModel, sink: DiagnosticSink): void {
  // One that is written, and is no address, is told as that.
  if (['via', 'gateway', 'next-hop-address'].some((key) => childOf(route.node, key) !== undefined)) return;
  if (route.scope !== undefined && route.scope.value !== 'global') return;
  if (!forwardingTypes.has(route.type?.value ?? 'unicast') || route.onLink?.value === true) return;
  if (isPlainlyOnLink(route)) {
    const how = model.format === 'network-config-v2' ? ' “scope: link” says so.' : '';
    const message = `The route has no gateway, so that its destination is looked for on this very link.${how}`;
    sink.at(route.node, 'warning', 'network-route', message);
    return;
  }
  const message =
    model.format === 'network-config-v2'
      ? 'The route has no gateway; add “via”, or “scope: link” if the destination is on this very link.'
      : 'The route has no gateway; add “gateway”.';
  sink.at(route.node, 'error', 'network-route', message);
}

/**
 * A route without a gateway that is hardly a slip: to link-local addresses, to one address (often the gateway of the
 * others), or in a table of its own, as clouds write them. netplan takes all routes without a gateway for such ones.
 */
function isPlainlyOnLink({ to, table }: Route): boolean {
  const { address, prefix } = to.value;
  if (prefix === 0) return false;
  if (table !== undefined || prefix === widthOf(address.family)) return true;
  return address.family === 6 ? isLinkLocalIpv6(address) : address.bits >> 16n === 0xa9fen;
}

function checkDestination(route: Route, sink: DiagnosticSink): void {
  const { value, node } = route.to;
  const network = networkAddress(value);
  if (!sameAddress(network, value.address)) {
    const written = formatIpAddress(value.address);
    const message = `${written}/${value.prefix} is not a network: ${written} has host bits set. Write ${formatIpAddress(network)}/${value.prefix}.`;
    // networkd clears the bits by itself; other services refuse the route.
    sink.at(node, 'warning', 'network-route', message);
  }
  if (isUnspecified(value.address) && value.prefix === widthOf(value.address.family)) {
    const written = formatIpAddress(value.address);
    const message = `Without a prefix length ${written} is a single address that nobody has, and no default route; write ${written}/0.`;
    sink.at(node, 'warning', 'network-route', message);
  }
  checkSingleDestination(route, sink);
  if (route.via !== undefined && route.via.value.family !== value.address.family) {
    const message = `The destination is IPv${value.address.family}, but the gateway ${formatIpAddress(route.via.value)} is IPv${route.via.value.family}.`;
    // IPv4 through an IPv6 gateway exists (RFC 5549), but netplan cannot write it.
    sink.at(route.via.node, 'error', 'network-route', message, undefined, [node]);
  }
  const source = route.from === undefined ? undefined : parseIpAddress(route.from.value);
  if (route.from === undefined || source === undefined || source.family === value.address.family) return;
  const message = `The destination is IPv${value.address.family}, but the address to send from, ${formatIpAddress(source)}, is IPv${source.family}.`;
  sink.at(route.from.node, 'error', 'network-route', message, undefined, [node]);
}

/** The kernel refuses a route with an address to send from that the host does not have (`fib_valid_prefsrc`). */
function checkSource({ from }: Route, model: NetworkModel, sink: DiagnosticSink): void {
  const source = from === undefined ? undefined : parseIpAddress(from.value);
  // Routers may give IPv6 addresses to any link, and NMState describes a part of what the host has.
  if (from === undefined || source?.family !== 4 || model.format !== 'network-config-v2') return;
  const addresses = model.links.flatMap((link) => link.addresses);
  if (addresses.some(({ value }) => sameAddress(value.address, source))) return;
  const isLearnt = ({ dhcp4, linkLocal, section }: NetworkLink) =>
    dhcp4?.value === true || linkLocal?.value.includes('ipv4') === true || section === 'modems';
  if (model.links.some(isLearnt)) return;
  const message = `No link of this host has ${formatIpAddress(source)}, so the kernel refuses the route that shall send from it.`;
  sink.at(from.node, 'warning', 'network-route', message, undefined, nodesOfFamily(addresses, 4));
}

/** Without a prefix length a destination is one address; nobody has one that ends in zeros. */
function checkSingleDestination({ to: { value, node } }: Route, sink: DiagnosticSink): void {
  const { address, prefix } = value;
  if (
    address.family !== 4 ||
    prefix !== widthOf(4) ||
    isUnspecified(address) ||
    (address.bits & 0xffn) !== 0n
  )
    return;
  if (node.type !== 'scalar' || String(node.value).includes('/')) return;
  const written = formatIpAddress(address);
  const length = (address.bits & 0xff_ffffn) === 0n ? 8 : (address.bits & 0xffffn) === 0n ? 16 : 24;
  const message = `Without a prefix length the route is to the single address ${written}. Write ${written}/${length} for the network, or ${written}/32.`;
  sink.at(node, 'warning', 'network-route', message, [wordFix(node, `${written}/${length}`)]);
}

function codeOf(route: Route): 'network-gateway' | 'network-route' {
  return isDefaultRoute(route) ? 'network-gateway' : 'network-route';
}

function checkGateway(
  route: Route,
  link: NetworkLink,
  model: NetworkModel,
  index: LinkIndex,
  isOfHost: boolean,
  sink: DiagnosticSink,
): void {
  const via = route.via;
  if (via === undefined) return;
  // What NMState does not describe stays as the host has it, with addresses that stand nowhere.
  if (link.node === link.id.node) return;
  const text = formatIpAddress(via.value);
  const code = codeOf(route);
  const links = sharedBy(link, index);
  const addresses = links.flatMap((each) => each.addresses);
  const own = addresses.filter(({ value }) => sameAddress(value.address, via.value)).map(({ node }) => node);
  if (own.length > 0) {
    sink.at(via.node, 'error', code, `The gateway ${text} is this host’s own address.`, undefined, own);
    return;
  }
  if (route.onLink?.value === true || isLinkLocalIpv6(via.value)) return;
  const subnets = links.flatMap(onLinkSubnets);
  const subnet = subnets.find((candidate) => subnetContains(candidate, via.value));
  if (subnet !== undefined) {
    const ofSubnet = addresses.filter(({ value }) => value === subnet).map(({ node }) => node);
    checkGatewayIsHost(route, subnet, ofSubnet, sink);
    return;
  }
  if (links.some((candidate) => learnsSubnets(candidate, via.value.family))) return;
  const elsewhere = model.links
    .slice(0, mostLinksSearched)
    .find((other) => onLinkSubnets(other).some((candidate) => subnetContains(candidate, via.value)));
  const hint =
    elsewhere === undefined
      ? describeSubnets(subnets, via.value.family)
      : ` It is on “${elsewhere.id.value}”.`;
  const place = `The gateway ${text} is in no subnet of “${link.id.value}”`;
  const compared = nodesOfFamily(addresses, via.value.family);
  if ((model.format === 'nmstate' && !isOfHost) || usesNetworkManager(link, model)) {
    // nm_l3_config_data_add_dependent_routes and nm_platform_ip_route_sync of NetworkManager, since 1.12.
    const message = `${place}.${hint} NetworkManager then adds a route to the gateway itself; systemd-networkd, which images have, does not, and the kernel refuses this one.`;
    sink.at(via.node, 'warning', code, message, undefined, compared);
    return;
  }
  const message = `${place}, so nothing reaches it.${hint}`;
  // Router advertisements may bring the subnet unless they are turned off.
  const mayBeAdvertised = via.value.family === 6 && link.acceptRa === undefined;
  // Of version 1, cloud-init's renderer for ifupdown gives such a route to the kernel without its link.
  const isReachedByIfupdown = model.format === 'network-config-v1' && elsewhere !== undefined;
  const mayBeMeant =
    isOnLinkByItself(via.value, subnets) ||
    isVrfOfOthers(link, subnets) ||
    isReachedByIfupdown ||
    model.format === 'network-data';
  const severity = mayBeAdvertised || mayBeMeant ? 'warning' : 'error';
  sink.at(via.node, severity, code, message, undefined, compared);
}

function nodesOfFamily(addresses: readonly LinkAddress[], family: 4 | 6): SourceNode[] {
  return addresses.filter(({ value }) => value.address.family === family).map(({ node }) => node);
}

function checkGatewayIsHost(
  route: Route,
  subnet: IpInterface,
  addresses: readonly SourceNode[],
  sink: DiagnosticSink,
): void {
  const via = route.via;
  if (via === undefined || via.value.family === 6 || widthOf(4) - subnet.prefix < 2) return;
  const end = [networkAddress(subnet), lastAddress(subnet)].findIndex((address) =>
    sameAddress(address, via.value),
  );
  if (end < 0) return;
  const what = end === 0 ? 'the network’s own address' : 'the broadcast address of the subnet';
  sink.at(
    via.node,
    'error',
    codeOf(route),
    `${formatIpAddress(via.value)} is ${what}; a gateway cannot have it.`,
    undefined,
    addresses,
  );
}

/**
 * A gateway that clouds write on purpose: beside an address that is a subnet by itself, or none at all (0.0.0.0) for what
 * is on the link. OpenStack's documents, which nobody writes by hand, have stranger ones.
 */
function isOnLinkByItself(via: IpAddress, subnets: readonly IpInterface[]): boolean {
  if (isUnspecified(via)) return true;
  const own = subnets.filter(({ address }) => address.family === via.family);
  return own.length > 0 && own.every(({ address, prefix }) => prefix === widthOf(address.family));
}

/** A VRF whose members get their addresses elsewhere, as in netplan's own example. */
function isVrfOfOthers(link: NetworkLink, subnets: readonly IpInterface[]): boolean {
  return link.section === 'vrfs' && subnets.length === 0;
}

/** A link by itself; for a VRF also its members, whose subnets its routes use. */
function sharedBy(link: NetworkLink, index: LinkIndex): NetworkLink[] {
  if (link.section !== 'vrfs') return [link];
  return [link, ...link.members.flatMap(({ value }) => index.byId.get(value) ?? [])];
}

/** The subnets of a link's addresses, and what its routes without gateway declare to be on the link. */
function onLinkSubnets(link: NetworkLink): IpInterface[] {
  const declared = link.routes
    .filter(({ via, to }) => via === undefined && to.value.prefix > 0)
    .map(({ to }) => to.value);
  return [...link.addresses.map(({ value }) => value), ...declared];
}

function learnsSubnets(link: NetworkLink, family: 4 | 6): boolean {
  if (family === 4) return link.dhcp4?.value === true;
  return link.dhcp6?.value === true || link.acceptRa?.value === true;
}

function describeSubnets(subnets: readonly IpInterface[], family: 4 | 6): string {
  const own = subnets.filter(({ address }) => address.family === family).slice(0, 4);
  if (own.length === 0) return ` The link has no IPv${family} address.`;
  return ` Its subnets: ${own.map((subnet) => `${formatIpAddress(networkAddress(subnet))}/${subnet.prefix}`).join(', ')}.`;
}

function checkGlobalGateway(route: Route, model: NetworkModel, sink: DiagnosticSink): void {
  const via = route.via;
  if (via === undefined || isLinkLocalIpv6(via.value)) return;
  const reachable = model.links.some(
    (link) =>
      learnsSubnets(link, via.value.family) ||
      onLinkSubnets(link).some((subnet) => subnetContains(subnet, via.value)),
  );
  if (!reachable) {
    const message = `The gateway ${formatIpAddress(via.value)} is in no subnet of any link, so nothing reaches it.`;
    // cloud-init's own example has such a route; ours goes to no link then, which is reported too.
    const addresses = model.links.flatMap((link) => nodesOfFamily(link.addresses, via.value.family));
    sink.at(via.node, 'warning', codeOf(route), message, undefined, addresses);
  }
}

/** What tells two routes to one destination apart, in each format. */
const orderedBy: Readonly<Record<NetworkFormat, string>> = {
  'network-config-v1': '“metric”',
  'network-config-v2': '“metric” or “table”',
  nmstate: '“metric” or “table-id”',
  'network-data': '“metric”',
};

/** Two routes to one destination with one table and metric: which one is used is chance. */
function reportAmbiguousRoutes(model: NetworkModel, index: LinkIndex, sink: DiagnosticSink): void {
  const seen = new Map<string, { readonly where: string; readonly route: Route }>();
  const routes = [
    ...model.links.flatMap((link) =>
      link.routes.map((route) => ({
        route,
        domain: routingDomainOf(link, index),
        where: `on “${link.id.value}”`,
      })),
    ),
    ...model.routes.map((route) => ({ route, domain: '', where: 'for the host' })),
  ];
  for (const { route, domain, where } of routes) {
    // What is on the link itself may be on several: link-local networks are on all of them.
    if (
      (!isDefaultRoute(route) && route.via === undefined) ||
      !forwardingTypes.has(route.type?.value ?? 'unicast')
    )
      continue;
    const identity = [
      domain,
      `${formatIpAddress(networkAddress(route.to.value))}/${route.to.value.prefix}`,
      route.table?.value ?? 254,
      route.metric?.value ?? '',
    ].join(' ');
    const other = seen.get(identity);
    if (other !== undefined) {
      const what = isDefaultRoute(route)
        ? 'default route'
        : `route to ${formatIpAddress(networkAddress(route.to.value))}/${route.to.value.prefix}`;
      const message = `This is a second ${what} with the same metric; the first is ${other.where}. Give one of them another ${orderedBy[model.format]}.`;
      const written = [route, other.route].flatMap(({ to, via, metric }) => [
        to.node,
        via?.node,
        metric?.node,
      ]);
      const compared = written.filter((node) => node !== undefined);
      sink.at(route.node, 'warning', 'network-route', message, undefined, compared);
    }
    seen.set(identity, other ?? { where, route });
  }
}
