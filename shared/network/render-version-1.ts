import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf } from '../source/source-node.ts';
import { formatIpAddress, formatIpInterface } from './addresses.ts';
import { bondParameters } from './bond-parameters.ts';
import { bridgeParameters } from './bridge-parameters.ts';
import { durationInMilliseconds } from './checks/durations.ts';
import { interfaceNamesOf, isOnlyForNetplan, Losses, linksLeftOut, type Rendered } from './losses.ts';
import {
  interfaceNameOf,
  isDefaultRoute,
  type LinkParameter,
  type Located,
  type NameServers,
  type NetworkLink,
  type NetworkModel,
  type PassedThrough,
  type PlainValue,
  type Route,
} from './model.ts';
import {
  assign,
  assignFilled,
  assignNameServers,
  asWritten,
  define,
  type PlainMap,
} from './plain-document.ts';
import { itemsOf, textOf } from './read-value.ts';
import { isWrittenAsGateway, type PlannedSubnet, planSubnets } from './subnet-plan.ts';
import { macWords } from './text-formats.ts';
import type { ValueShape } from './value-shape.ts';
import { subnetKeys } from './version-1-keys.ts';

/** What cloud-init calls each kind; version 1 has no word for the others. */
const types: Partial<Record<NetworkLink['kind'], string>> = {
  physical: 'physical',
  loopback: 'loopback',
  bond: 'bond',
  bridge: 'bridge',
  vlan: 'vlan',
};

/**
 * The model as the plain value of a version 1 document, without `network:` around it. What version 1 cannot say is
 * reported where it was written and left out.
 */
export function renderVersion1(model: NetworkModel, sink: DiagnosticSink): PlainMap {
  return new Version1Renderer(model, sink).document();
}

class Version1Renderer {
  readonly #model: NetworkModel;
  readonly #losses: Losses;
  readonly #nameOf: (reference: Located<string>) => string;
  readonly #leftOut: ReadonlySet<string>;

  constructor(model: NetworkModel, sink: DiagnosticSink) {
    this.#model = model;
    this.#losses = new Losses('Version 1', sink);
    this.#nameOf = interfaceNamesOf(model, nameOf);
    this.#leftOut = linksLeftOut(model, (link) => typeOf(link) === undefined);
  }

  document(): PlainMap {
    const { links, nameServers, routes, renderer, passedThrough, format } = this.#model;
    const disabled = passedThrough.find(({ key, value }) => isDisabled(key.value, value));
    if (format === 'network-config-v1' && disabled !== undefined) return { version: 1, config: 'disabled' };
    this.#losses.no('renderer', renderer);
    this.#losses.passedThrough(passedThrough);
    const config = [
      ...links.flatMap((link) => this.#link(link)),
      ...routes.flatMap((route) => this.#globalRoute(route)),
      ...renderNameServers(nameServers, undefined),
    ];
    return { version: 1, config };
  }

  #link(link: NetworkLink): PlainMap[] {
    const type = typeOf(link);
    if (type === undefined) {
      this.#losses.at(
        link.id.node,
        `Version 1 has no ${link.section ?? link.kind}; “${link.id.value}” is left out.`,
      );
      return [];
    }
    if (this.#leftOut.has(link.id.value)) {
      const message = `“${link.id.value}” is on “${link.vlan?.link?.value}”, which is left out; so is this.`;
      this.#losses.at(link.id.node, message);
      return [];
    }
    const name = nameOf(link);
    const rendered: Rendered = { type, name };
    this.#hardware(link, rendered);
    assign(rendered, 'mtu', link.mtu);
    assign(rendered, 'accept-ra', link.acceptRa);
    if (link.wakeOnLan?.value === true) assign(rendered, 'wakeonlan', link.wakeOnLan);
    if (link.critical?.value === true) assign(rendered, 'keep_configuration', link.critical);
    assign(rendered, 'vlan_id', link.vlan?.id);
    if (link.vlan?.link !== undefined) rendered.vlan_link = this.#nameOf(link.vlan.link);
    if (link.kind === 'bond' || link.kind === 'bridge')
      rendered[`${type}_interfaces`] = link.members
        .filter(({ value }) => !this.#leftOut.has(value))
        .map((member) => this.#nameOf(member));
    const { parameters, ofSubnets } = this.#split(link);
    assignFilled(rendered, 'params', { ...this.#parameters(link), ...parameters });
    this.#losses.ofLink(link);
    const plan = planSubnets(link, link.routes);
    assignFilled(rendered, 'subnets', this.#subnets(link, plan.subnets, plan.homelessRoutes, ofSubnets));
    this.#homelessNameServers(link, plan.homelessNameServers);
    return [rendered, ...renderNameServers(plan.homelessNameServers, name)];
  }

  /**
   * cloud-init 22.4 has no place for them that every renderer reads: for netplan it takes name servers of subnets with an
   * address alone (`_extract_addresses` of cloudinit/net/netplan.py). As an entry with the interface they reach
   * systemd-networkd and ifupdown. What was version 1 or network_data before has lost nothing.
   */
  #homelessNameServers({ id }: NetworkLink, servers: NameServers | undefined): void {
    const { format } = this.#model;
    const [first] = servers === undefined ? [] : [...servers.addresses, ...servers.search];
    if (first === undefined || format === 'network-config-v1' || format === 'network-data') return;
    this.#losses.at(
      first.node,
      `“${id.value}” has no address of its own, and of version 1 cloud-init 22.4 then hands name servers to systemd-networkd and ifupdown alone: netplan and NetworkManager leave these out.`,
    );
  }

  /** `mac_address` finds a card and gives it the name; for what is made of links it is the address that it gets. */
  #hardware(link: NetworkLink, rendered: Rendered): void {
    const { match, macAddress, setName, id } = link;
    if (link.kind !== 'physical') {
      if (macAddress !== undefined && macWords.includes(macAddress.value))
        this.#losses.no(macAddress.value, macAddress);
      else assign(rendered, 'mac_address', macAddress);
      return;
    }
    this.#losses.no('macaddress', macAddress);
    if (match === undefined) return;
    const { macAddress: mac, name, drivers } = match;
    if (driverOf(link) === undefined) for (const driver of drivers) this.#losses.no('driver', driver);
    if (mac !== undefined) {
      assign(rendered, 'mac_address', mac);
      if (setName === undefined && name === undefined)
        this.#losses.at(mac.node, `Version 1 renames the card that has this MAC address to “${id.value}”.`);
      else if (setName !== undefined) this.#losses.no('name', name);
      return;
    }
    if (setName !== undefined) {
      this.#losses.at(
        setName.node,
        `Version 1 renames a card by its MAC address only; “${setName.value}” is taken for the name that it has.`,
      );
    } else if (interfaceNameOf(link) === undefined) {
      this.#losses.at(
        match.node,
        `Version 1 finds a card by its MAC address or name; “${id.value}” is taken for its name.`,
      );
    }
  }

  /** What only version 1 says, apart for the link and for its subnets. */
  #split(link: NetworkLink): { parameters: PlainMap; ofSubnets: PassedThrough[] } {
    const parameters: Rendered = {};
    const ofSubnets: PassedThrough[] = [];
    for (const entry of link.passedThrough) {
      const key = String(entry.key.value);
      const isShared = this.#model.format === 'network-config-v1' || this.#model.format === 'network-data';
      if (isShared && /^((bond|bridge)[-_]|device_id$)/.test(key))
        define(parameters, key, asWritten(entry.value));
      else if (isShared && Object.hasOwn(subnetKeys, key)) ofSubnets.push(entry);
      else if (!this.#saysNothing(key, entry)) this.#losses.no(key, { node: entry.key });
    }
    return { parameters, ofSubnets };
  }

  /** The service is cloud-init's own choice when it reads version 1. */
  #saysNothing(key: string, { value }: PassedThrough): boolean {
    return key === 'renderer' && value.type === 'scalar' && value.value === 'networkd';
  }

  #parameters(link: NetworkLink): PlainMap {
    const rendered: Rendered = {};
    assign(rendered, 'driver', driverOf(link));
    for (const parameter of link.parameters) {
      const key = link.kind === 'bond' ? bondKey(parameter.name) : bridgeKey(parameter.name);
      const value = this.#parameterValue(link, parameter);
      if (key === undefined) this.#losses.no(parameter.name, { node: parameter.key });
      else if (value !== undefined) define(rendered, key, value);
    }
    return rendered;
  }

  #parameterValue({ kind }: NetworkLink, parameter: LinkParameter): PlainValue | undefined {
    const { name, value } = parameter;
    const shape = (kind === 'bond' ? bondParameters : bridgeParameters)[name]?.shape;
    if (isDuration(shape)) return this.#duration(kind, parameter);
    // ifupdown and sysfs know numbers for what is on or off in a bond.
    if (kind === 'bond' && typeof value === 'boolean') return value ? 1 : 0;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.entries(value).map(([port, number]) => `${port} ${String(number)}`);
  }

  /** netplan takes `2s`; version 1 only a number in the unit of the parameter. */
  #duration(kind: NetworkLink['kind'], parameter: LinkParameter): PlainValue | undefined {
    const { name, value, node } = parameter;
    if (typeof value === 'number') return value;
    const isSeconds = kind === 'bridge' || name === 'learn-packet-interval';
    const milliseconds = durationInMilliseconds(value, isSeconds ? 's' : 'ms');
    const number = isSeconds ? milliseconds / 1000 : milliseconds;
    if (Number.isInteger(number)) return number;
    this.#losses.at(
      node,
      `Version 1 takes whole ${isSeconds ? 'seconds' : 'milliseconds'}; “${String(value)}” is left out.`,
    );
    return undefined;
  }

  #subnets(
    link: NetworkLink,
    planned: readonly PlannedSubnet[],
    homelessRoutes: readonly Route[],
    ofSubnets: readonly PassedThrough[],
  ): PlainMap[] {
    const subnets = planned.map((subnet) => this.#subnet(subnet));
    if (homelessRoutes.length > 0)
      subnets.push(
        this.#subnet({ type: link.kind === 'loopback' ? 'loopback' : 'manual', routes: [...homelessRoutes] }),
      );
    const bare = subnets.length === 0 ? bareSubnetOf(link) : undefined;
    if (bare !== undefined) subnets.push({ type: bare });
    this.#ipv6Mtu(link, planned, subnets);
    for (const { key, value } of ofSubnets) {
      const name = String(key.value);
      // Each of several subnets may say it; which one said which is not kept.
      if (subnets.length === 0) subnets.push({ type: 'manual' });
      const home = subnets.find((subnet) => !Object.hasOwn(subnet, name));
      if (home === undefined) this.#losses.no(name, { node: key });
      else define(home, name, asWritten(value));
    }
    return subnets;
  }

  #ipv6Mtu({ ipv6Mtu }: NetworkLink, planned: readonly PlannedSubnet[], subnets: readonly Rendered[]): void {
    if (ipv6Mtu === undefined) return;
    const at = planned.findIndex(
      ({ type }) => type === 'static6' || type.startsWith('ipv6_') || type === 'dhcp6',
    );
    const home = subnets[at];
    if (home === undefined) this.#losses.no('ipv6-mtu', ipv6Mtu);
    else home.mtu = ipv6Mtu.value;
  }

  #subnet({ type, address, metric, routes, nameServers }: PlannedSubnet): Rendered {
    const rendered: Rendered = { type };
    if (address !== undefined) rendered.address = formatIpInterface(address.value);
    if (metric !== undefined) rendered.metric = metric.value;
    const gateway = routes.find((route) => this.#isShort(route, address));
    if (gateway?.via !== undefined) {
      rendered.gateway = formatIpAddress(gateway.via.value);
      this.#losses.ofRoute(gateway);
    }
    const others = routes
      .filter((route) => route !== gateway)
      .flatMap((route) => this.#route(route, 'network'));
    assignFilled(rendered, 'routes', others);
    if (nameServers !== undefined)
      assignNameServers(rendered, { addresses: 'dns_nameservers', search: 'dns_search' }, nameServers);
    return rendered;
  }

  /**
   * Of other formats each default route that belongs to an address is written as its gateway. Where the source tells both
   * apart, as it has it: beside DHCP cloud-init’s renderers for netplan, networkd and sysconfig pass over a gateway, and
   * only a route makes sysconfig say that DHCP gives the default route (DHCLIENT_SET_DEFAULT_ROUTE).
   */
  #isShort(route: Route, address: PlannedSubnet['address']): boolean {
    const { format } = this.#model;
    const family = address?.value.address.family ?? route.to.value.address.family;
    if (!isGateway(route, family)) return false;
    const tellsApart = format === 'network-config-v1' || format === 'network-data';
    return tellsApart ? isWrittenAsGateway(route) : address !== undefined;
  }

  #globalRoute(route: Route): PlainMap[] {
    return this.#route(route, 'destination').map((rendered) => ({ type: 'route', ...rendered }));
  }

  #route(route: Route, destination: 'network' | 'destination'): PlainMap[] {
    if (route.via === undefined || isOnlyForNetplan(route)) {
      this.#losses.at(route.node, 'Version 1 has only plain routes through a gateway; this one is left out.');
      return [];
    }
    this.#losses.ofRoute(route);
    const rendered: Rendered = {
      [destination]: formatIpInterface(route.to.value),
      gateway: formatIpAddress(route.via.value),
    };
    assign(rendered, 'metric', route.metric);
    return [rendered];
  }
}

/** Version 1 tells cards of one MAC address apart by their driver, and has a place for one alone. */
function driverOf({ kind, match }: NetworkLink): Located<string> | undefined {
  const [driver, other] = match?.drivers ?? [];
  return kind === 'physical' && match?.macAddress !== undefined && other === undefined ? driver : undefined;
}

/** A default route that the short form can say; with a metric it needs the long one. */
function isGateway(route: Route, family: 4 | 6): boolean {
  return (
    isDefaultRoute(route) &&
    route.to.value.address.family === family &&
    route.via?.value.family === family &&
    route.metric === undefined &&
    !isOnlyForNetplan(route)
  );
}

/**
 * A link without any address: ifupdown brings it up for the type alone, which the model does not hold because no other
 * format knows it.
 */
function bareSubnetOf({ kind, node }: NetworkLink): string | undefined {
  if (kind === 'loopback') return 'loopback';
  const types = itemsOf(childOf(node, 'subnets')).map((subnet) => textOf(childOf(subnet, 'type')));
  return types.includes('manual') ? 'manual' : undefined;
}

/** What version 1 calls a link; nothing for one that it has no word for. */
function typeOf(link: NetworkLink): string | undefined {
  return isInfiniband(link) ? 'infiniband' : types[link.kind];
}

/** The 20 octets of its address tell a card of InfiniBand; as physical, hosts would take it for Ethernet. */
function isInfiniband({ kind, match }: NetworkLink): boolean {
  return kind === 'physical' && (match?.macAddress?.value.length ?? 0) > 17;
}

function nameOf(link: NetworkLink): string {
  return interfaceNameOf(link)?.value ?? link.id.value;
}

function isDisabled(key: unknown, value: PassedThrough['value']): boolean {
  return key === 'config' && value.type === 'scalar' && value.value === 'disabled';
}

function bondKey(name: string): string | undefined {
  // The only spelling that all renderers of cloud-init 22.4 read: its NetworkManager renderer looks for this one.
  if (name === 'mii-monitor-interval') return 'bond_miimon';
  const known = bondParameters[name]?.version1[0];
  return known === undefined ? undefined : `bond-${known}`;
}

function bridgeKey(name: string): string | undefined {
  const known = bridgeParameters[name]?.version1.name;
  return known === undefined ? undefined : `bridge_${known}`;
}

function isDuration(shape: ValueShape | undefined): boolean {
  return shape?.type === 'text' && shape.format === 'duration';
}

function renderNameServers(servers: NameServers | undefined, name: string | undefined): PlainMap[] {
  if (servers === undefined || servers.addresses.length + servers.search.length === 0) return [];
  const rendered: Rendered = { type: 'nameserver' };
  if (name !== undefined) rendered.interface = name;
  // The key must be there, and may be empty: cloud-init skips an entry without it.
  rendered.address = servers.addresses.map(({ value }) => formatIpAddress(value));
  assignFilled(
    rendered,
    'search',
    servers.search.map(({ value }) => value),
  );
  return [rendered];
}
