import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf } from '../source/source-node.ts';
import { formatIpAddress, type IpInterface, networkAddress, widthOf } from './addresses.ts';
import { bondParameters } from './bond-parameters.ts';
import { durationInMilliseconds } from './checks/durations.ts';
import { interfaceNamesOf, isOnlyForNetplan, Losses, type Rendered } from './losses.ts';
import {
  interfaceNameOf,
  type LinkParameter,
  type Located,
  type NetworkLink,
  type NetworkModel,
  type PlainValue,
  type Route,
} from './model.ts';
import { networkDataBondKeys, networkKeys } from './network-data-keys.ts';
import { placeGlobalRoutes } from './place-routes.ts';
import {
  assign,
  assignFilled,
  assignNameServers,
  asWritten,
  define,
  type PlainMap,
} from './plain-document.ts';
import { textOf } from './read-value.ts';
import { isWrittenAsGateway, type PlannedSubnet, planSubnets } from './subnet-plan.ts';
import { macWords } from './text-formats.ts';

/** Types of networks by the types of version 1's subnets, where they differ. */
const networkTypeOf: Readonly<Record<string, string>> = {
  static: 'ipv4',
  static6: 'ipv6',
  dhcp4: 'ipv4_dhcp',
  dhcp6: 'ipv6_dhcp',
};

/**
 * The model as the plain value of OpenStack's network_data.json, as cloud-init reads it. What that format cannot say is
 * reported where it was written and left out.
 */
export function renderNetworkData(model: NetworkModel, sink: DiagnosticSink): PlainMap {
  return new NetworkDataRenderer(model, sink).document();
}

class NetworkDataRenderer {
  readonly #model: NetworkModel;
  readonly #losses: Losses;
  readonly #routesOfLink: ReadonlyMap<NetworkLink, readonly Route[]>;
  readonly #idOf: (reference: Located<string>) => string;
  readonly #leftOut = new Map<NetworkLink, boolean>();
  readonly #byId: ReadonlyMap<string, NetworkLink>;
  readonly #networks: Rendered[] = [];
  #bonds = 0;

  constructor(model: NetworkModel, sink: DiagnosticSink) {
    this.#model = model;
    this.#losses = new Losses('network_data', sink);
    this.#routesOfLink = placeGlobalRoutes(model, 'network_data', sink);
    this.#idOf = interfaceNamesOf(model, (link) => this.#id(link));
    this.#byId = new Map(model.links.map((link) => [link.id.value, link]));
  }

  document(): PlainMap {
    const { links, renderer, passedThrough } = this.#model;
    this.#losses.no('renderer', renderer);
    this.#losses.passedThrough(passedThrough);
    const rendered = links.flatMap((link) => this.#link(link));
    return { links: rendered, networks: this.#networks, services: this.#services() };
  }

  #link(link: NetworkLink): PlainMap[] {
    const rendered = this.#hardware(link);
    if (rendered === undefined) return [];
    assign(rendered, 'mtu', link.mtu);
    this.#losses.ofLink(link);
    this.#losses.flag('wakeonlan', link.wakeOnLan, false);
    this.#losses.flag('critical', link.critical, false);
    this.#losses.no('ipv6-mtu', link.ipv6Mtu);
    const firstNetwork = this.#networks.length;
    this.#networksOf(link);
    this.#otherSettings(link, rendered, this.#networks.slice(firstNetwork));
    return [rendered];
  }

  #hardware(link: NetworkLink): Rendered | undefined {
    const id = link.id.value;
    switch (link.kind) {
      case 'physical':
        return this.#card(link);
      case 'bond':
        return this.#bond(link);
      case 'vlan':
        if (!this.#isLeftOut(link)) return this.#vlan(link);
        this.#losses.at(
          link.id.node,
          `“${id}” is on “${link.vlan?.link?.value}”, which network_data cannot say; it and its addresses are left out.`,
        );
        return undefined;
      default:
        this.#losses.at(
          link.id.node,
          `network_data has no ${link.section ?? link.kind}; “${id}” and its addresses are left out.`,
        );
        return undefined;
    }
  }

  /** What has no words here, and the VLANs on it: cloud-init fails at a link that is not there. */
  #isLeftOut(link: NetworkLink): boolean {
    const above = new Set<NetworkLink>();
    let lowest: NetworkLink | undefined = link;
    while (lowest?.kind === 'vlan' && !above.has(lowest) && !this.#leftOut.has(lowest)) {
      above.add(lowest);
      lowest = this.#byId.get(lowest.vlan?.link?.value ?? '');
    }
    const isLeftOut = lowest !== undefined && (this.#leftOut.get(lowest) ?? hasNoWords(lowest));
    for (const each of above) this.#leftOut.set(each, isLeftOut);
    return isLeftOut;
  }

  #card(link: NetworkLink): Rendered | undefined {
    const { id, match, setName, macAddress } = link;
    this.#losses.no('macaddress', macAddress);
    for (const driver of match?.drivers ?? []) this.#losses.no('driver', driver);
    const mac = match?.macAddress;
    const name = interfaceNameOf(link);
    if (mac !== undefined && setName !== undefined) this.#losses.no('name', match?.name);
    if (mac === undefined && name === undefined) {
      const place = match?.node ?? id.node;
      this.#losses.at(
        place,
        `network_data finds a card by its MAC address or name only; “${id.value}” is left out.`,
      );
      return undefined;
    }
    if (mac === undefined && setName !== undefined)
      this.#losses.at(
        setName.node,
        `network_data renames a card by its MAC address only; “${setName.value}” is taken for the name that it has.`,
      );
    const rendered: Rendered = { id: this.#id(link), type: 'phy' };
    if (name !== undefined) rendered.name = name.value;
    assign(rendered, 'ethernet_mac_address', mac);
    return rendered;
  }

  #bond(link: NetworkLink): Rendered {
    const { id, members, macAddress, parameters } = link;
    const given = `bond${this.#bonds++}`;
    if (given !== id.value)
      this.#losses.at(
        id.node,
        `cloud-init calls the bonds of network_data bond0, bond1 and so on; “${id.value}” becomes ${given}.`,
      );
    const rendered: Rendered = {
      id: this.#id(link),
      type: 'bond',
      bond_links: members.filter((member) => this.#isThere(member)).map((member) => this.#idOf(member)),
    };
    this.#assignMac(rendered, 'ethernet_mac_address', macAddress);
    for (const parameter of parameters) {
      const key = `bond_${bondParameters[parameter.name]?.version1[0]?.replaceAll('-', '_')}`;
      const value = this.#parameterValue(parameter);
      if (value !== undefined) rendered[key] = value;
    }
    return rendered;
  }

  #isThere(member: Located<string>): boolean {
    const link = this.#byId.get(member.value);
    if (link === undefined || !this.#isLeftOut(link)) return true;
    this.#losses.at(
      member.node,
      `“${member.value}” is left out of network_data, and so of what it is part of.`,
    );
    return false;
  }

  #parameterValue({ name, value, node }: LinkParameter): PlainValue | undefined {
    const shape = bondParameters[name]?.shape;
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (shape?.type !== 'text' || shape.format !== 'duration' || typeof value === 'number') return value;
    const isSeconds = name === 'learn-packet-interval';
    const number = durationInMilliseconds(value, isSeconds ? 's' : 'ms') / (isSeconds ? 1000 : 1);
    if (Number.isInteger(number)) return number;
    this.#losses.at(node, `network_data takes whole numbers; “${String(value)}” is left out.`);
    return undefined;
  }

  #vlan(link: NetworkLink): Rendered {
    const { id, vlan, macAddress } = link;
    const rendered: Rendered = { id: this.#id(link), type: 'vlan' };
    const below = vlan?.link;
    if (below !== undefined) rendered.vlan_link = this.#idOf(below);
    assign(rendered, 'vlan_id', vlan?.id);
    // cloud-init fails when the key is missing, and takes null for none.
    rendered.vlan_mac_address = null;
    this.#assignMac(rendered, 'vlan_mac_address', macAddress);
    const lower = below === undefined ? undefined : this.#byId.get(below.value);
    const lowerName = lower === undefined ? below?.value : (interfaceNameOf(lower)?.value ?? lower.id.value);
    const given = `${lowerName}.${vlan?.id?.value}`;
    if (given !== id.value && this.#model.format !== 'network-data')
      this.#losses.at(
        id.node,
        `cloud-init names the VLANs of network_data after the link below; “${id.value}” becomes ${given}.`,
      );
    return rendered;
  }

  #id(link: NetworkLink): string {
    return this.#model.format === 'network-data' ? idOf(link) : link.id.value;
  }

  #assignMac(rendered: Rendered, key: string, mac: Located<string> | undefined): void {
    if (mac !== undefined && macWords.includes(mac.value)) this.#losses.no(mac.value, mac);
    else assign(rendered, key, mac);
  }

  #networksOf(link: NetworkLink): void {
    const { subnets, homelessRoutes, homelessNameServers } = planSubnets(link, [
      ...link.routes,
      ...(this.#routesOfLink.get(link) ?? []),
    ]);
    const ordered = turnsOn(link, subnets) ? [...subnets].sort(dynamicLast) : subnets;
    for (const subnet of ordered) this.#network(link, subnet);
    for (const route of homelessRoutes)
      this.#losses.at(
        route.node,
        `network_data ties a route to an address, and “${link.id.value}” has none.`,
      );
    for (const place of [...(homelessNameServers?.addresses ?? []), ...(homelessNameServers?.search ?? [])]) {
      if (subnets[0] === undefined)
        this.#losses.at(
          place.node,
          `network_data ties name servers to an address, and “${link.id.value}” has none.`,
        );
    }
    this.#acceptRa(link, subnets);
  }

  #network(link: NetworkLink, subnet: PlannedSubnet): void {
    const { type, address, metric, routes } = subnet;
    const rendered: Rendered = {
      id: `network${this.#networks.length}`,
      type: networkTypeOf[type] ?? type,
      link: this.#id(link),
    };
    if (address !== undefined) {
      rendered.ip_address = formatIpAddress(address.value.address);
      rendered.netmask = netmaskOf(address.value);
    }
    if (metric !== undefined) rendered.metric = metric.value;
    const gateway = routes.find((route) => address === undefined && this.#isGatewayOfDhcp(route));
    if (gateway?.via !== undefined) rendered.gateway = formatIpAddress(gateway.via.value);
    const others = routes.filter((route) => route !== gateway);
    assignFilled(
      rendered,
      'routes',
      others.flatMap((route) => this.#route(route)),
    );
    const isFirst = !this.#networks.some((network) => network.link === this.#id(link));
    const servers =
      subnet.nameServers ??
      (isFirst && link.addresses.length === 0 ? link.nameServers : { addresses: [], search: [] });
    assignNameServers(rendered, { addresses: 'dns_nameservers', search: 'dns_search' }, servers);
    this.#networks.push(rendered);
  }

  /** Beside DHCP most of cloud-init's renderers pass over a gateway, and write the same as a route. */
  #isGatewayOfDhcp(route: Route): boolean {
    const { format } = this.#model;
    const tellsApart = format === 'network-config-v1' || format === 'network-data';
    return tellsApart && route.metric === undefined && isWrittenAsGateway(route);
  }

  #route(route: Route): PlainMap[] {
    if (route.via === undefined || isOnlyForNetplan(route)) {
      this.#losses.at(
        route.node,
        'network_data has only plain routes through a gateway; this one is left out.',
      );
      return [];
    }
    this.#losses.ofRoute(route);
    const rendered: Rendered = {
      network: formatIpAddress(route.to.value.address),
      netmask: netmaskOf(route.to.value),
      gateway: formatIpAddress(route.via.value),
    };
    assign(rendered, 'metric', route.metric);
    return [rendered];
  }

  /** cloud-init derives it: a static IPv6 network turns it off, DHCP for IPv6 on; the last network counts. */
  #acceptRa(link: NetworkLink, subnets: readonly PlannedSubnet[]): void {
    const { acceptRa, id } = link;
    const hasStatic = subnets.some(({ type }) => type === 'static6');
    const derived = turnsOn(link, subnets) ? true : hasStatic ? false : undefined;
    if (acceptRa !== undefined && acceptRa.value !== derived) this.#losses.no('accept-ra', acceptRa);
    if (acceptRa !== undefined || derived === undefined) return;
    const place = derived
      ? (link.dhcp6?.node ?? id.node)
      : (subnets.find(({ type }) => type === 'static6')?.address?.node ?? id.node);
    const what = derived ? 'on for DHCP of IPv6' : 'off for a static IPv6 network';
    this.#losses.at(
      place,
      `cloud-init turns router advertisements ${what} in network_data; say “accept-ra: ${derived}” if that is meant.`,
    );
  }

  #otherSettings(link: NetworkLink, rendered: Rendered, networks: readonly Rendered[]): void {
    for (const { key, value } of link.passedThrough) {
      const name = String(key.value);
      const asBond = name.replaceAll('-', '_');
      const isShared = this.#model.format === 'network-data' || this.#model.format === 'network-config-v1';
      const home = networks.find((network) => !Object.hasOwn(network, name));
      if (isShared && Object.hasOwn(networkDataBondKeys, asBond)) define(rendered, asBond, asWritten(value));
      else if (isShared && Object.hasOwn(networkKeys, name) && home !== undefined)
        define(home, name, asWritten(value));
      else if (!(name === 'renderer' && value.type === 'scalar' && value.value === 'networkd'))
        this.#losses.no(name, { node: key });
    }
  }

  #services(): PlainMap[] {
    const { addresses, search } = this.#model.nameServers;
    const services = addresses.map(
      ({ value }): Rendered => ({ type: 'dns', address: formatIpAddress(value) }),
    );
    const [first] = services;
    if (first !== undefined)
      assignFilled(
        first,
        'search',
        search.map(({ value }) => value),
      );
    else for (const domain of search) this.#losses.no('search', domain);
    return services;
  }
}

/** Documents of network_data name links by IDs of their own, which the model resolves. */
function idOf({ id, node }: NetworkLink): string {
  return textOf(childOf(node, 'id')) ?? id.value;
}

function isStateful({ type }: PlannedSubnet): boolean {
  return type === 'dhcp6' || type === 'ipv6_dhcpv6-stateful';
}

/** Whether the networks are put in the order in which cloud-init turns router advertisements on. */
function turnsOn({ acceptRa }: NetworkLink, subnets: readonly PlannedSubnet[]): boolean {
  const mayTurnOff = acceptRa?.value === false && subnets.some(({ type }) => type === 'static6');
  return !mayTurnOff && subnets.some(isStateful);
}

/** The last of the networks that speak of router advertisements decides. */
function dynamicLast(a: PlannedSubnet, b: PlannedSubnet): number {
  return Number(a.address === undefined) - Number(b.address === undefined);
}

/** OpenStack writes netmasks for both families. */
function netmaskOf({ address, prefix }: IpInterface): string {
  const width = widthOf(address.family);
  const ones = (1n << BigInt(width)) - 1n;
  return formatIpAddress(networkAddress({ address: { family: address.family, bits: ones }, prefix }));
}

function hasNoWords(link: NetworkLink): boolean {
  if (link.kind === 'bond' || link.kind === 'vlan') return false;
  if (link.kind !== 'physical') return true;
  return link.match?.macAddress === undefined && interfaceNameOf(link) === undefined;
}
