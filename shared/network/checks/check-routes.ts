import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { wordFix } from '../../diagnostics/suggest.ts';
import {
  formatIpAddress,
  isLinkLocalIpv6,
  isUnspecified,
  networkAddress,
  parseIpAddress,
  sameAddress,
  widthOf,
} from '../addresses.ts';
import {
  isDefaultRoute,
  type NetworkFormat,
  type NetworkLink,
  type NetworkModel,
  type Route,
} from '../model.ts';
import {
  checkGateway,
  checkGlobalGateway,
  forwardingTypes,
  hasGatewayKey,
  nodesOfFamily,
} from './check-gateways.ts';
import { type LinkIndex, routingDomainOf } from './link-index.ts';

/**
 * Routes and gateways: complete, reachable, and unambiguous. `alone` takes what a route says by itself. `isOfHost`:
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
  for (const route of model.routes) {
    checkDestination(route, alone);
    if (route.via === undefined)
      alone.at(route.node, 'error', 'network-route', 'The route has no gateway; add “gateway”.');
    else checkGlobalGateway(route, model, sink);
  }
  reportAmbiguousRoutes(model, index, sink);
}

function checkMissingGateway(route: Route, model: NetworkModel, sink: DiagnosticSink): void {
  // One that is written, and is no address, is told as that.
  if (hasGatewayKey(route.node)) return;
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
    sink.comparing(route.via.node, 'error', 'network-route', message, [node]);
  }
  const source = route.from === undefined ? undefined : parseIpAddress(route.from.value);
  if (route.from === undefined || source === undefined || source.family === value.address.family) return;
  const message = `The destination is IPv${value.address.family}, but the address to send from, ${formatIpAddress(source)}, is IPv${source.family}.`;
  sink.comparing(route.from.node, 'error', 'network-route', message, [node]);
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
  const message = `No link of this host has ${formatIpAddress(source)}, so the kernel refuses the route that is to send from it.`;
  sink.comparing(from.node, 'warning', 'network-route', message, nodesOfFamily(addresses, 4));
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
      sink.comparing(route.node, 'warning', 'network-route', message, compared);
    }
    seen.set(identity, other ?? { where, route });
  }
}
