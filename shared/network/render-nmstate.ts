import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../source/source-node.ts';
import { formatIpAddress, formatIpInterface } from './addresses.ts';
import type { NameServers, NetworkLink, NetworkModel, PlainValue, Route, RoutingRule } from './model.ts';
import { nmstateKeys } from './nmstate-keys.ts';
import { entryKindOf, pathOf } from './nmstate-passed-through.ts';
import { nmstateRouteKeys, nmstateRuleKeys, uninterpretedRouteKeys } from './nmstate-route-keys.ts';
import { placeGlobalRoutes } from './place-routes.ts';
import { assign, assignNameServers, asWritten, define, inOrder, type PlainMap } from './plain-document.ts';
import { nmstateNamesOf, renderNmstateInterface } from './render-nmstate-interface.ts';

/**
 * The model as the plain value of an NMState document. Interfaces come in the order of the source. What NMState cannot
 * say is reported where it was written and left out.
 */
export function renderNmstate(model: NetworkModel, sink: DiagnosticSink): PlainMap {
  return new NmstateRenderer(model, sink).document();
}

/** netplan's words for what the model does not interpret of a route. */
const routeKeyOfVersion2: Readonly<Record<string, string>> = {
  'congestion-window': 'initcwnd',
  'advertised-receive-window': 'initrwnd',
  'advertised-mss': 'advmss',
};

const droppingTypes: ReadonlySet<string> = new Set(['blackhole', 'unreachable', 'prohibit']);

class NmstateRenderer {
  readonly #model: NetworkModel;
  readonly #sink: DiagnosticSink;
  readonly #names: ReadonlyMap<string, string>;
  readonly #kept = { interface: [] as PlainValue[], route: [] as PlainValue[], rule: [] as PlainValue[] };

  constructor(model: NetworkModel, sink: DiagnosticSink) {
    this.#model = model;
    this.#sink = sink;
    this.#names = nmstateNamesOf(model);
  }

  document(): PlainMap {
    const document: Record<string, PlainValue> = {};
    const resolver: Record<string, PlainValue> = { ...renderNameServers(this.#nameServers()) };
    this.#passThrough(document, resolver);
    const interfaces = this.#model.links.flatMap((link) =>
      renderNmstateInterface(link, this.#model, this.#names, this.#sink),
    );
    const known = new Set(interfaces.map(({ name }) => name));
    const routes = this.#routes(known);
    const rules = this.#model.links.flatMap(({ routingPolicy }) =>
      routingPolicy.map((rule) => this.#rule(rule)),
    );
    document.interfaces = [...interfaces, ...this.#kept.interface];
    if (Object.keys(resolver).length > 0) document['dns-resolver'] = { config: resolver };
    this.#assignConfig(document, 'routes', [...routes, ...this.#kept.route]);
    this.#assignConfig(document, 'route-rules', [...rules, ...this.#kept.rule]);
    return inOrder(document, ['hostname', 'interfaces', 'dns-resolver', 'routes', 'route-rules']);
  }

  #assignConfig(document: Record<string, PlainValue>, key: string, config: readonly PlainValue[]): void {
    if (config.length > 0) document[key] = { config };
  }

  /** What the document says beside its links. */
  #passThrough(document: Record<string, PlainValue>, resolver: Record<string, PlainValue>): void {
    for (const entry of this.#model.passedThrough) {
      const name = String(entry.key.value);
      const kind = entryKindOf(entry);
      if (this.#model.format !== 'nmstate') {
        this.#unsupported(entry.key, `NMState has no word for “${name}”; it is left out.`);
      } else if (kind !== undefined) this.#kept[kind].push(asWritten(entry.value));
      else if (name === 'dns-resolver.server') {
        const servers = resolver.server;
        resolver.server = [...(Array.isArray(servers) ? servers : []), asWritten(entry.value)];
      } else {
        const path = pathOf(entry);
        const target = path.length > 1 ? resolver : document;
        if (path.length > 1 || Object.hasOwn(nmstateKeys, name))
          define(target, path.at(-1) ?? '', asWritten(entry.value));
      }
    }
  }

  /** NMState has one list for the host: first what the source gives to the host, then that of each link. */
  #nameServers(): NameServers {
    const lists = [this.#model.nameServers, ...this.#model.links.map(({ nameServers }) => nameServers)];
    const said = lists.filter(({ addresses, search }) => addresses.length + search.length > 0);
    const different = said.find((list) => textOf(list) !== textOf(said[0]));
    const place = different?.addresses[0]?.node ?? different?.search[0]?.node;
    if (place !== undefined) {
      this.#unsupported(
        place,
        'NMState has one list of name servers for the host, so these are asked for all names.',
      );
    }
    return {
      addresses: unique(
        said.flatMap(({ addresses }) => addresses),
        ({ value }) => formatIpAddress(value),
      ),
      search: unique(
        said.flatMap(({ search }) => search),
        ({ value }) => value,
      ),
    };
  }

  #routes(known: ReadonlySet<unknown>): PlainMap[] {
    const global = placeGlobalRoutes(this.#model, 'NMState', this.#sink);
    return this.#model.links.flatMap((link) => {
      const name = this.#names.get(link.id.value) ?? link.id.value;
      if (!known.has(name)) return [];
      return [...link.routes, ...(global.get(link) ?? [])].flatMap((route) => this.#route(route, link, name));
    });
  }

  #route(route: Route, link: NetworkLink, name: string): PlainMap[] {
    const type = route.type?.value ?? 'unicast';
    const drops = droppingTypes.has(type);
    if (type !== 'unicast' && !drops) {
      this.#unsupported(
        route.type?.node ?? route.node,
        `NMState has no routes of the type ${type}; it is left out.`,
      );
      return [];
    }
    if (route.onLink?.value === true) {
      this.#unsupported(
        route.onLink.node,
        'NMState has no word for “on-link”; the gateway must be in a subnet of the interface.',
      );
    }
    const scope = route.scope?.value ?? 'global';
    if (route.scope !== undefined && scope !== (route.via === undefined ? 'link' : 'global')) {
      this.#unsupported(route.scope.node, `NMState has no word for the scope “${scope}”; it is left out.`);
    }
    const rendered: Record<string, PlainValue> = { destination: formatIpInterface(route.to.value) };
    if (!drops || link.kind !== 'loopback') rendered['next-hop-interface'] = name;
    if (drops) {
      rendered['route-type'] = type;
      delete rendered['next-hop-interface'];
    }
    if (route.via !== undefined && !drops) rendered['next-hop-address'] = formatIpAddress(route.via.value);
    assign(rendered, 'metric', route.metric);
    assign(rendered, 'table-id', route.table);
    assign(rendered, 'source', route.from);
    assign(rendered, 'mtu', route.mtu);
    for (const { key, value } of route.passedThrough) {
      const written = String(key.value);
      const own = this.#model.format === 'nmstate' ? written : routeKeyOfVersion2[written];
      if (own === undefined || !uninterpretedRouteKeys.includes(own)) {
        this.#unsupported(key, `NMState has no word for “${written}” of a route; it is left out.`);
      } else define(rendered, own, asWritten(value));
    }
    return [inOrder(rendered, Object.keys(nmstateRouteKeys))];
  }

  #rule(rule: RoutingRule): PlainMap {
    const rendered: Record<string, PlainValue> = {};
    if (rule.from !== undefined) rendered['ip-from'] = formatIpInterface(rule.from.value);
    if (rule.to !== undefined) rendered['ip-to'] = formatIpInterface(rule.to.value);
    assign(rendered, 'priority', rule.priority);
    assign(rendered, 'route-table', rule.table);
    assign(rendered, 'fwmark', rule.mark);
    if (rule.typeOfService !== undefined) {
      this.#unsupported(
        rule.typeOfService.node,
        'NMState has no word for “type-of-service”, so the rule is for all packets.',
      );
    }
    for (const { key, value } of rule.passedThrough ?? [])
      define(rendered, String(key.value), asWritten(value));
    return inOrder(rendered, Object.keys(nmstateRuleKeys));
  }

  #unsupported(node: SourceNode, message: string): void {
    this.#sink.at(node, 'warning', 'network-unsupported', message);
  }
}

function renderNameServers(nameServers: NameServers): PlainMap {
  const rendered: Record<string, PlainValue> = {};
  assignNameServers(rendered, { addresses: 'server', search: 'search' }, nameServers);
  return rendered;
}

function textOf(list: NameServers | undefined): string {
  return JSON.stringify([
    list?.addresses.map(({ value }) => formatIpAddress(value)),
    list?.search.map(({ value }) => value),
  ]);
}

function unique<T>(values: readonly T[], identity: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [identity(value), value] as const).reverse()).values()].reverse();
}
