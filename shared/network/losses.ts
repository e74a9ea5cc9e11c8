import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../source/source-node.ts';
import type {
  Located,
  NetworkLink,
  NetworkModel,
  PassedThrough,
  PlainValue,
  Route,
  RoutingRule,
} from './model.ts';

/** Reports, at the place where it was written, what a target format cannot say. */
export class Losses {
  readonly #target: string;
  readonly #sink: DiagnosticSink;

  /** `target` starts a sentence: “Version 1”. */
  constructor(target: string, sink: DiagnosticSink) {
    this.#target = target;
    this.#sink = sink;
  }

  at(node: SourceNode, message: string): void {
    this.#sink.at(node, 'warning', 'network-unsupported', message);
  }

  /** `what` is a key of netplan, or a few words. */
  no(what: string, located: { readonly node: SourceNode } | undefined): void {
    if (located !== undefined) this.at(located.node, `${this.#target} cannot say “${what}”; it is left out.`);
  }

  passedThrough(entries: readonly PassedThrough[]): void {
    for (const { key } of entries) this.no(String(key.value), { node: key });
  }

  /** Only what is not the default is lost. */
  flag(what: string, located: Located<boolean> | undefined, usual: boolean): void {
    if (located?.value !== usual) this.no(what, located);
  }

  /** What neither version 1 nor network_data says of a link. */
  ofLink(link: NetworkLink): void {
    this.flag('optional', link.optional, false);
    // Every link has an address of this kind for IPv6 unless somebody says otherwise.
    if (link.linkLocal?.value.join() !== 'ipv6') this.no('link-local', link.linkLocal);
    for (const override of [...link.dhcp4Overrides, ...link.dhcp6Overrides])
      if (override.name !== 'route-metric') this.no(override.name, { node: override.key });
    for (const [overrides, dhcp] of [
      [link.dhcp4Overrides, link.dhcp4],
      [link.dhcp6Overrides, link.dhcp6],
    ] as const) {
      if (dhcp?.value === true) continue;
      for (const { name, key } of overrides) if (name === 'route-metric') this.no(name, { node: key });
    }
    for (const { lifetime, label } of link.addresses) {
      if (lifetime?.value !== 'forever') this.no('lifetime', lifetime);
      this.no('label', label);
    }
    for (const rule of link.routingPolicy) this.rule(rule);
  }

  rule(rule: RoutingRule): void {
    this.no('routing-policy', rule);
  }

  /** Attributes that only netplan's routes have. The route itself is kept. */
  ofRoute(route: Route): void {
    this.flag('on-link', route.onLink, false);
    if (route.table?.value !== 254) this.no('table', route.table);
    this.no('mtu', route.mtu);
    if (route.type?.value !== 'unicast') this.no('type', route.type);
    if (route.scope?.value !== 'global') this.no('scope', route.scope);
    this.no('from', route.from);
    this.passedThrough(route.passedThrough);
  }
}

/** Whether a route does something else when what only netplan says of it is left out. */
export function isOnlyForNetplan(route: Route): boolean {
  const { via, table, type } = route;
  return (
    via === undefined ||
    (table !== undefined && table.value !== 254) ||
    (type !== undefined && type.value !== 'unicast')
  );
}

/** The interface that another link means, by the name that it has on the machine. */
export function interfaceNamesOf(
  model: NetworkModel,
  nameOf: (link: NetworkLink) => string,
): (reference: Located<string>) => string {
  const names = new Map(model.links.map((link) => [link.id.value, nameOf(link)]));
  return ({ value }) => names.get(value) ?? value;
}

/**
 * The links, by their ids, that a target leaves out: those that it has no word for, and the VLANs on them. A reader
 * refuses a document with a VLAN on what is not there.
 */
export function linksLeftOut(
  { links }: NetworkModel,
  hasNoWord: (link: NetworkLink) => boolean,
): ReadonlySet<string> {
  const above = new Map<string, string[]>();
  for (const { id, vlan } of links) {
    if (vlan?.link === undefined) continue;
    const others = above.get(vlan.link.value);
    if (others === undefined) above.set(vlan.link.value, [id.value]);
    else others.push(id.value);
  }
  const leftOut = new Set(links.filter(hasNoWord).map(({ id }) => id.value));
  // A set hands out what is added while it is walked.
  for (const id of leftOut) for (const vlan of above.get(id) ?? []) leftOut.add(vlan);
  return leftOut;
}

export type Rendered = Record<string, PlainValue>;
