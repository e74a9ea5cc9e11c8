import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { childOf, type SourceNode } from '../../source/source-node.ts';
import {
  formatIpAddress,
  type IpAddress,
  type IpInterface,
  isLinkLocalIpv6,
  isUnspecified,
  lastAddress,
  networkAddress,
  sameAddress,
  subnetContains,
  widthOf,
} from '../addresses.ts';
import {
  isDefaultRoute,
  type LinkAddress,
  type NetworkLink,
  type NetworkModel,
  type Route,
} from '../model.ts';
import { usesNetworkManager } from '../network-service.ts';
import type { LinkIndex } from './link-index.ts';

/** For a hint only: a document of thousands of links must not cost their square. */
const mostLinksSearched = 200;

/** Route types that send packets somewhere and therefore need a next hop. */
export const forwardingTypes: ReadonlySet<string> = new Set(['unicast', 'anycast']);

/** Whether a gateway is written, be it one or not. */
export function hasGatewayKey(route: SourceNode): boolean {
  return ['via', 'gateway', 'next-hop-address'].some((key) => childOf(route, key) !== undefined);
}

function codeOf(route: Route): 'network-gateway' | 'network-route' {
  return isDefaultRoute(route) ? 'network-gateway' : 'network-route';
}

/** The gateway of a route of a link: another host, in a subnet that the link is in. */
export function checkGateway(
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
    sink.comparing(via.node, 'error', code, `The gateway ${text} is this host’s own address.`, own);
    return;
  }
  if (route.onLink?.value === true || isLinkLocalIpv6(via.value)) return;
  const subnets = links.flatMap(onLinkSubnets);
  const subnet = subnets.find((candidate) => subnetContains(candidate, via.value));
  if (subnet !== undefined) {
    const ofSubnet = addresses.filter(({ value }) => value === subnet).map(({ node }) => node);
    checkGatewayIsHost(route, subnet, ofSubnet, sink);
    reportOwnSubnet(route, addresses, 'this very link', sink);
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
    sink.comparing(via.node, 'warning', code, message, compared);
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
  sink.comparing(via.node, severity, code, message, compared);
}

/** A detour to what the kernel reaches by itself; in a table of its own it is the way to say so there. */
function reportOwnSubnet(
  route: Route,
  addresses: readonly LinkAddress[],
  link: string,
  sink: DiagnosticSink,
): void {
  const { value: to, node } = route.to;
  if (to.prefix === 0 || to.prefix === widthOf(to.address.family)) return;
  if ((route.table?.value ?? 254) !== 254 || !forwardingTypes.has(route.type?.value ?? 'unicast')) return;
  const own = addresses.find(
    ({ value }) => value.prefix === to.prefix && sameAddress(networkAddress(value), networkAddress(to)),
  );
  if (own === undefined) return;
  const message = `${formatIpAddress(to.address)}/${to.prefix} is the subnet of ${link}, and reached without a gateway. Remove the route, or write the network that is meant.`;
  sink.comparing(node, 'warning', 'network-route', message, [own.node]);
}

export function nodesOfFamily(addresses: readonly LinkAddress[], family: 4 | 6): SourceNode[] {
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
  sink.comparing(
    via.node,
    'error',
    codeOf(route),
    `${formatIpAddress(via.value)} is ${what}; a gateway cannot have it.`,
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

const onLink = new WeakMap<NetworkLink, readonly IpInterface[]>();

/** The subnets of a link's addresses, and what its routes without gateway declare to be on the link. */
function onLinkSubnets(link: NetworkLink): readonly IpInterface[] {
  const known = onLink.get(link);
  if (known !== undefined) return known;
  const declared = link.routes
    .filter(({ node, via, to }) => via === undefined && to.value.prefix > 0 && !hasGatewayKey(node))
    .map(({ to }) => to.value);
  const subnets = [...link.addresses.map(({ value }) => value), ...declared];
  onLink.set(link, subnets);
  return subnets;
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

function checkGlobalGatewayOn(
  { id, addresses }: NetworkLink,
  route: Route,
  via: NonNullable<Route['via']>,
  sink: DiagnosticSink,
): void {
  const own = addresses.filter(({ value }) => sameAddress(value.address, via.value)).map(({ node }) => node);
  if (own.length > 0) {
    const message = `The gateway ${formatIpAddress(via.value)} is this host’s own address.`;
    sink.comparing(via.node, 'error', codeOf(route), message, own);
    return;
  }
  const subnet = addresses.find(({ value }) => subnetContains(value, via.value));
  if (subnet !== undefined) checkGatewayIsHost(route, subnet.value, [subnet.node], sink);
  reportOwnSubnet(route, addresses, `“${id.value}”`, sink);
}

/** The gateway of a route that is of no link. */
export function checkGlobalGateway(route: Route, model: NetworkModel, sink: DiagnosticSink): void {
  const via = route.via;
  if (via === undefined || isLinkLocalIpv6(via.value)) return;
  const isOn = (link: NetworkLink) => onLinkSubnets(link).some((subnet) => subnetContains(subnet, via.value));
  const link = model.links.find(isOn);
  if (link !== undefined) checkGlobalGatewayOn(link, route, via, sink);
  else if (!model.links.some((each) => learnsSubnets(each, via.value.family))) {
    const message = `The gateway ${formatIpAddress(via.value)} is in no subnet of any link, so nothing reaches it.`;
    // cloud-init's own example has such a route; ours goes to no link then, which is reported too.
    const addresses = model.links.flatMap((link) => nodesOfFamily(link.addresses, via.value.family));
    sink.comparing(via.node, 'warning', codeOf(route), message, addresses);
  }
}
