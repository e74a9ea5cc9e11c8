import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { wordFix } from '../diagnostics/suggest.ts';
import { childOf, entryOf, type MapNode, type SourceNode } from '../source/source-node.ts';
import { type IpInterface, parseIpAddress } from './addresses.ts';
import type { Located, NetworkLink, PassedThrough, Route, RoutingRule } from './model.ts';
import { named, passedAt } from './nmstate-passed-through.ts';
import { uninterpretedRouteKeys, uninterpretedRuleKeys } from './nmstate-route-keys.ts';
import { parseDestination, readInteger, readText, withoutUndefined } from './parse-link-values.ts';
import { itemsOf, located, textOf } from './read-value.ts';
import type { IntegerShape } from './value-shape.ts';
import { mtuShape } from './version-2-link-keys.ts';

/** A route, and the interface through which it goes. */
export interface PlacedRoute {
  readonly route: Route;
  readonly link: Located<string>;
}

const atLeast = (minimum: number): IntegerShape => ({ type: 'integer', minimum, maximum: 0xffff_ffff });

/** `nmstatectl show` prints what a host has beside what it was given, and only the latter is applied. */
export function reportOnlyRunning(node: SourceNode, sink: DiagnosticSink): void {
  for (const section of ['routes', 'dns-resolver', 'hostname']) {
    const parent = childOf(node, section);
    const running = entryOf(parent, 'running');
    if (running === undefined || childOf(parent, 'config') !== undefined || isEmpty(running.value)) continue;
    const message = `Nothing applies this: “running” under “${section}” shows what a host has. What it shall have stands under “config”.`;
    sink.at(running.key, 'warning', 'network-unsupported', message, [wordFix(running.key, 'config')]);
  }
}

function isEmpty(node: SourceNode): boolean {
  if (node.type === 'scalar') return node.value === null;
  return (node.type === 'map' ? node.entries : node.items).length === 0;
}

/** The routes of `routes`; those with a state, which are to vanish, are kept whole. */
export function parseNmstateRoutes(
  node: SourceNode | undefined,
  sink: DiagnosticSink,
): { routes: PlacedRoute[]; passedThrough: PassedThrough[] } {
  const routes: PlacedRoute[] = [];
  const passedThrough: PassedThrough[] = [];
  for (const item of itemsOf(childOf(node, 'config'))) {
    if (item.type !== 'map') continue;
    const state = childOf(item, 'state');
    if (state !== undefined) {
      passedThrough.push(named(state, `route with “state: ${textOf(state)}”`, item));
      continue;
    }
    const placed = parseRoute(item, sink);
    if (placed !== undefined) routes.push(placed);
  }
  return { routes, passedThrough };
}

function parseRoute(item: MapNode, sink: DiagnosticSink): PlacedRoute | undefined {
  const type = readText(childOf(item, 'route-type'));
  const link = readText(childOf(item, 'next-hop-interface'));
  const via = located(childOf(item, 'next-hop-address'), (place) => parseIpAddress(textOf(place) ?? ''));
  const to = readNetwork(childOf(item, 'destination'));
  if (childOf(item, 'destination') === undefined) {
    sink.at(item, 'error', 'network-route', 'The route has no destination; add “destination”.');
  }
  if (type !== undefined && (via !== undefined || (link !== undefined && link.value !== 'lo'))) {
    const message = `A route of the type ${type.value} drops packets, so it has no next hop; nmstate refuses it with one.`;
    sink.at(via?.node ?? link?.node ?? item, 'error', 'network-route', message);
  }
  if (type === undefined && link === undefined) {
    const message = 'The route does not say through which interface it goes; add “next-hop-interface”.';
    sink.at(item, 'error', 'network-route', message);
    return undefined;
  }
  if (to === undefined) return undefined;
  const route = withoutUndefined({
    node: item,
    to,
    via,
    from: readText(childOf(item, 'source')),
    metric: readInteger(childOf(item, 'metric'), atLeast(0)),
    table: readInteger(childOf(item, 'table-id'), atLeast(1)),
    mtu: readInteger(childOf(item, 'mtu'), mtuShape),
    type,
    // As netplan says that a destination is on the link itself.
    scope: type === undefined && via === undefined ? { value: 'link', node: item } : undefined,
    passedThrough: uninterpretedRouteKeys.flatMap((key) => passedAt(item, key, key)),
  });
  // nmstate puts routes without next hop on the loopback interface.
  return { route, link: type === undefined && link !== undefined ? link : { value: 'lo', node: item } };
}

function readNetwork(node: SourceNode | undefined): Located<IpInterface> | undefined {
  return located(node, (place) => {
    const written = textOf(place) ?? '';
    return written === 'default' ? undefined : parseDestination(written, undefined, undefined);
  });
}

/** The rules of `route-rules`; those that are to vanish are kept whole. */
export function parseNmstateRules(
  node: SourceNode | undefined,
  sink: DiagnosticSink,
): { rules: RoutingRule[]; passedThrough: PassedThrough[] } {
  const rules: RoutingRule[] = [];
  const passedThrough: PassedThrough[] = [];
  for (const item of itemsOf(childOf(node, 'config'))) {
    if (item.type !== 'map') continue;
    const state = childOf(item, 'state');
    if (state === undefined) rules.push(parseRule(item, sink));
    else passedThrough.push(named(state, `rule with “state: ${textOf(state)}”`, item));
  }
  return { rules, passedThrough };
}

function parseRule(item: MapNode, sink: DiagnosticSink): RoutingRule {
  const mask = childOf(item, 'fwmask');
  if (mask !== undefined && childOf(item, 'fwmark') === undefined) {
    sink.at(mask, 'error', 'network-route', 'fwmask needs “fwmark”; nmstate refuses the rule without it.');
  }
  const from = readNetwork(childOf(item, 'ip-from'));
  const to = readNetwork(childOf(item, 'ip-to'));
  const family = childOf(item, 'family');
  reportFamily(family, from ?? to, sink);
  return withoutUndefined({
    node: item,
    from: from ?? (to === undefined ? everything(family) : undefined),
    to,
    table: readInteger(childOf(item, 'route-table'), atLeast(1)),
    priority: readInteger(childOf(item, 'priority'), atLeast(0)),
    mark: readInteger(childOf(item, 'fwmark'), atLeast(1)),
    passedThrough: uninterpretedRuleKeys.flatMap((key) => passedAt(item, key, key)),
  });
}

/** A rule for a whole protocol is one for all its addresses. */
function everything(family: SourceNode | undefined): Located<IpInterface> | undefined {
  const word = textOf(family);
  if (family === undefined || (word !== 'ipv4' && word !== 'ipv6')) return undefined;
  return { value: { address: { family: word === 'ipv4' ? 4 : 6, bits: 0n }, prefix: 0 }, node: family };
}

function reportFamily(
  family: SourceNode | undefined,
  network: Located<IpInterface> | undefined,
  sink: DiagnosticSink,
): void {
  const word = textOf(family);
  if (family === undefined || network === undefined || word === `ipv${network.value.address.family}`) return;
  const message = `The family is ${word}, but the rule is for an IPv${network.value.address.family} network.`;
  sink.at(family, 'error', 'network-route', message);
}

/**
 * NMState's rules belong to no interface, NetworkManager's do. nmstate puts a rule on an interface with a route in the
 * table that the rule chooses, and on any that has the protocol when there is none.
 */
export function linkOfRule(rule: RoutingRule, links: readonly NetworkLink[]): NetworkLink | undefined {
  const family = (rule.from ?? rule.to)?.value.address.family ?? 4;
  const table = rule.table?.value ?? 254;
  const hasProtocol = (link: NetworkLink) =>
    link.addresses.some(({ value }) => value.address.family === family) ||
    (family === 4 ? link.dhcp4 : link.dhcp6)?.value === true;
  const hasRoute = (link: NetworkLink) =>
    link.routes.some(
      (route) => (route.table?.value ?? 254) === table && route.to.value.address.family === family,
    );
  return (
    links.find((link) => hasProtocol(link) && hasRoute(link)) ??
    links.find(hasRoute) ??
    links.find(hasProtocol)
  );
}
