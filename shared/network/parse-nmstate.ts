import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import { checkShape } from './check-shape.ts';
import {
  isVirtualFunctionName,
  type Located,
  type NameServers,
  type NetworkLink,
  type NetworkModel,
  type PassedThrough,
  type Route,
  type RoutingRule,
  virtualFunctions,
} from './model.ts';
import { nmstateKeys } from './nmstate-keys.ts';
import { withoutNulls } from './nmstate-nulls.ts';
import { named, passedAt, passedUnder } from './nmstate-passed-through.ts';
import { present, readAddress, readSearchDomains } from './parse-link-values.ts';
import { parseNmstateInterface } from './parse-nmstate-interface.ts';
import {
  linkOfRule,
  type PlacedRoute,
  parseNmstateRoutes,
  parseNmstateRules,
  reportOnlyRunning,
} from './parse-nmstate-routes.ts';
import { itemsOf, textOf } from './read-value.ts';
import { anything, type KeyTable } from './value-shape.ts';

/** Interfaces are checked one by one: which keys they have depends on what they are. */
const outerKeys: KeyTable = {
  ...nmstateKeys,
  interfaces: { shape: { type: 'list', items: anything }, description: '' },
};

/**
 * Reads an NMState document as nmstate 2 does when it writes the connections of a host that is yet to start
 * (`nmstatectl gc`). Everything that is wrong goes to the sink; the model holds everything that is well-formed.
 */
export function parseNmstate(written: SourceNode, sink: DiagnosticSink): NetworkModel {
  const node = withoutNulls(written, sink);
  checkShape(node, { type: 'table', keys: outerKeys }, 'the NMState document', sink);
  const interfaces = present(
    itemsOf(childOf(node, 'interfaces')).map((item) => parseNmstateInterface(item, ownTypesOf(node), sink)),
  );
  reportOnlyRunning(node, sink);
  const links = new Links(sink);
  const kept: PassedThrough[] = [];
  for (const each of interfaces) {
    if ('link' in each) links.add(each.link, each.controller);
    else {
      links.notConfigured.set(each.name, each.why);
      kept.push(each.kept);
    }
  }
  links.describeReferences();
  const { routes, passedThrough: keptRoutes } = parseNmstateRoutes(childOf(node, 'routes'), sink);
  for (const placed of routes) links.addRoute(placed);
  const { rules, passedThrough: keptRules } = parseNmstateRules(childOf(node, 'route-rules'), sink);
  const config = childOf(childOf(node, 'dns-resolver'), 'config');
  const finished = links.finished(rules);
  return {
    format: 'nmstate',
    node,
    links: finished,
    nameServers: readNameServers(config),
    routes: [],
    passedThrough: [
      ...['hostname', 'ovs-db', 'ovn', 'interface-types'].flatMap((key) => passedAt(node, key, key)),
      ...passedUnder(config, ['options'], 'dns-resolver'),
      ...zonedServers(config),
      ...kept,
      ...keptRoutes,
      ...keptRules,
      ...links.unplacedRules,
    ],
  };
}

/** Types that the document itself defines, by a script that makes such an interface (`interface-types`). */
function ownTypesOf(node: SourceNode): ReadonlySet<string> {
  const names = itemsOf(childOf(node, 'interface-types')).map((item) => textOf(childOf(item, 'name')));
  return new Set(names.filter((name) => name !== undefined));
}

function readNameServers(config: SourceNode | undefined): NameServers {
  return {
    addresses: present(itemsOf(childOf(config, 'server')).map((item) => readAddress(item))),
    search: readSearchDomains(childOf(config, 'search'), 'words'),
  };
}

/** A server such as fe80::1%eth1: the model’s addresses have no zone. */
function zonedServers(config: SourceNode | undefined): PassedThrough[] {
  return itemsOf(childOf(config, 'server'))
    .filter((item) => textOf(item)?.includes('%') === true)
    .flatMap((item) =>
      item.type === 'scalar' ? [{ key: { ...item, value: 'dns-resolver.server' }, value: item }] : [],
    );
}

/** Names are compared with every free one for this many only: thousands of cards that only bonds name are no slip. */
const mostHints = 20;

/** The links while they gather what the document says of them elsewhere. */
class Links {
  /** Interfaces of the document that are no links, and why. */
  readonly notConfigured = new Map<string, string>();
  readonly unplacedRules: PassedThrough[] = [];
  #unknownNextHops = 0;
  readonly #sink: DiagnosticSink;
  readonly #links: NetworkLink[] = [];
  readonly #names = new Set<string>();
  readonly #controllers: { readonly port: Located<string>; readonly controller: Located<string> }[] = [];
  readonly #routes = new Map<string, Route[]>();

  constructor(sink: DiagnosticSink) {
    this.#sink = sink;
  }

  add(link: NetworkLink, controller: Located<string> | undefined): void {
    this.#links.push(link);
    this.#names.add(link.id.value);
    if (controller !== undefined) {
      this.#controllers.push({ port: { value: link.id.value, node: controller.node }, controller });
    }
  }

  addRoute({ route, link }: PlacedRoute): void {
    if (!this.#names.has(link.value)) {
      if (link.value !== 'lo') this.#reportUnknownNextHop(link);
      this.#describe(link, link.value === 'lo' ? 'loopback' : 'physical');
    }
    const routes = this.#routes.get(link.value);
    if (routes === undefined) this.#routes.set(link.value, [route]);
    else routes.push(route);
  }

  /** nmstate lets a bond name cards that the document says nothing else of. */
  describeReferences(): void {
    const used = new Set(this.#links.flatMap(referencesOf).map(({ value }) => value));
    const free = this.#links
      .filter(({ id, kind }) => kind !== 'loopback' && !used.has(id.value))
      .map(({ id }) => id.value);
    const controllers = new Set(
      this.#links.filter(({ kind }) => kind !== 'physical').map(({ id }) => id.value),
    );
    for (const { controller } of this.#controllers) {
      if (controllers.has(controller.value) || this.#isKept(controller.value)) continue;
      const { hint, fixes } = didYouMean(controller.node, controller.value, free);
      const message = `The controller “${controller.value}” is no bond, bridge or VRF of this document; nmstate refuses that for a host that has none of that name.${hint}`;
      this.#sink.at(controller.node, 'warning', 'network-link-unknown', message, fixes);
    }
    let unknown = 0;
    for (const reference of [...this.#links].flatMap(referencesOf)) {
      if (this.#names.has(reference.value)) continue;
      unknown++;
      const isFunction = isVirtualFunctionName(reference.value);
      this.#reportUnknownReference(reference, unknown > mostHints || isFunction ? [] : free);
      this.#describe(reference, 'physical');
    }
  }

  /** Open vSwitch's bridges have ports too, although they are no links here. */
  #isKept(name: string): boolean {
    return this.notConfigured.get(name)?.startsWith('is of the type') === true;
  }

  /** The links with their ports, routes and rules. */
  finished(rules: readonly RoutingRule[]): NetworkLink[] {
    const ports = new Map<string, Located<string>[]>();
    for (const { port, controller } of this.#controllers) {
      ports.set(controller.value, [...(ports.get(controller.value) ?? []), port]);
    }
    const links = this.#links.map((link) => {
      const written = new Set(link.members.map(({ value }) => value));
      const added = (ports.get(link.id.value) ?? []).filter(({ value }) => !written.has(value));
      const routes = this.#routes.get(link.id.value) ?? [];
      return { ...link, members: [...link.members, ...added], routes };
    });
    return this.#withRules(links, rules);
  }

  #withRules(links: readonly NetworkLink[], rules: readonly RoutingRule[]): NetworkLink[] {
    const placed = new Map<NetworkLink, RoutingRule[]>();
    for (const rule of rules) {
      const link = linkOfRule(rule, links);
      if (link === undefined) {
        const message = 'No interface has an address of this protocol, so nothing carries the rule.';
        this.#sink.at(rule.node, 'warning', 'network-route', message);
        this.unplacedRules.push(named(rule.node, 'rule that no interface carries', rule.node));
      } else placed.set(link, [...(placed.get(link) ?? []), rule]);
    }
    return links.map((link) => ({ ...link, routingPolicy: placed.get(link) ?? [] }));
  }

  #describe(id: Located<string>, kind: 'physical' | 'loopback'): void {
    this.#names.add(id.value);
    const isFunction = isVirtualFunctionName(id.value);
    this.#links.push({
      ...undescribed,
      id,
      node: id.node,
      ...(isFunction ? { kind: 'other', section: virtualFunctions } : { kind }),
    });
  }

  #reportUnknownReference(reference: Located<string>, free: readonly string[]): void {
    const why = this.notConfigured.get(reference.value);
    if (why !== undefined) {
      const message = `“${reference.value}” cannot be used here: it ${why} in this document.`;
      this.#sink.at(reference.node, 'error', 'network-link-unknown', message);
      return;
    }
    const { hint, fixes } = didYouMean(reference.node, reference.value, free);
    if (fixes === undefined) return;
    const message = `“${reference.value}” is not described in this document; nmstate takes a card of that name.${hint}`;
    this.#sink.at(reference.node, 'warning', 'network-link-unknown', message, fixes);
  }

  #reportUnknownNextHop(link: Located<string>): void {
    const why = this.notConfigured.get(link.value);
    this.#unknownNextHops++;
    const names = this.#unknownNextHops > mostHints ? [] : this.#names;
    const { hint, fixes } = didYouMean(link.node, link.value, names);
    const message =
      why === undefined
        ? `The route goes through “${link.value}”, which this document does not describe; nmstate refuses that for a host that has no such interface.${hint}`
        : `The route goes through “${link.value}”, which ${why} in this document.`;
    const severity = why === undefined ? 'warning' : 'error';
    this.#sink.at(link.node, severity, 'network-link-unknown', message, fixes);
  }
}

function referencesOf({ members, vlan }: NetworkLink): Located<string>[] {
  return vlan?.link === undefined ? [...members] : [...members, vlan.link];
}

const undescribed = {
  dhcp4Overrides: [],
  dhcp6Overrides: [],
  addresses: [],
  routes: [],
  routingPolicy: [],
  nameServers: { addresses: [], search: [] },
  members: [],
  parameters: [],
  passedThrough: [],
} as const;
