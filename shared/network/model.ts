import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import type { IpAddress, IpInterface } from './addresses.ts';

/** The formats that are read into the model. What one format passes through, no other can say. */
export type NetworkFormat = 'network-config-v1' | 'network-config-v2' | 'nmstate' | 'network-data';

/** A value and where it was written. */
export interface Located<T> {
  readonly value: T;
  readonly node: SourceNode;
}

export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** A key that the format knows and the model does not interpret; kept as it was written. */
export interface PassedThrough {
  readonly key: ScalarNode;
  readonly value: SourceNode;
}

/** `other` stands for tunnels, VRFs, wireless and the like: their common settings are modelled, the rest is passed through. */
export type LinkKind = 'physical' | 'bond' | 'vlan' | 'bridge' | 'loopback' | 'dummy' | 'other';

export interface LinkMatch {
  readonly node: SourceNode;
  /** Canonical: lower case, colons. */
  readonly macAddress?: Located<string> | undefined;
  /** May be a glob. */
  readonly name?: Located<string> | undefined;
  /** Globs; any of them may match. */
  readonly drivers: readonly Located<string>[];
}

export interface LinkAddress {
  readonly value: IpInterface;
  readonly node: SourceNode;
  /** Preferred lifetime: `forever` or 0. */
  readonly lifetime?: Located<string> | undefined;
  readonly label?: Located<string> | undefined;
}

export interface Route {
  readonly node: SourceNode;
  /** Prefix 0 for a default route. */
  readonly to: Located<IpInterface>;
  readonly via?: Located<IpAddress> | undefined;
  readonly from?: Located<string> | undefined;
  /** Lower is preferred; 0 to 4294967295. */
  readonly metric?: Located<number> | undefined;
  readonly onLink?: Located<boolean> | undefined;
  /** Number of the routing table; the main table (254) when absent. */
  readonly table?: Located<number> | undefined;
  /** In bytes. */
  readonly mtu?: Located<number> | undefined;
  readonly type?: Located<string> | undefined;
  readonly scope?: Located<string> | undefined;
  readonly passedThrough: readonly PassedThrough[];
}

export interface RoutingRule {
  readonly node: SourceNode;
  readonly from?: Located<IpInterface> | undefined;
  readonly to?: Located<IpInterface> | undefined;
  readonly table?: Located<number> | undefined;
  readonly priority?: Located<number> | undefined;
  readonly mark?: Located<number> | undefined;
  readonly typeOfService?: Located<number> | undefined;
  readonly passedThrough?: readonly PassedThrough[] | undefined;
}

export interface NameServers {
  readonly addresses: readonly Located<IpAddress>[];
  readonly search: readonly Located<string>[];
}

/** A parameter of a bond, a bridge or DHCP under netplan's name, whatever the source calls it. */
export interface LinkParameter {
  readonly name: string;
  readonly value: PlainValue;
  readonly key: ScalarNode;
  readonly node: SourceNode;
}

export interface VlanTag {
  /** 0 to 4094. */
  readonly id?: Located<number> | undefined;
  /** The id of the link below. */
  readonly link?: Located<string> | undefined;
}

export interface NetworkLink {
  /** The name by which other links refer to this one. */
  readonly id: Located<string>;
  readonly kind: LinkKind;
  /** The mapping that defines the link; its name for one that NMState only refers to. */
  readonly node: SourceNode;
  /** netplan's section, for links of the kind `other`. */
  readonly section?: string | undefined;
  readonly match?: LinkMatch | undefined;
  readonly setName?: Located<string> | undefined;
  /** The address that the link is given; canonical, or one of netplan's words such as `permanent`. */
  readonly macAddress?: Located<string> | undefined;
  /** In bytes. */
  readonly mtu?: Located<number> | undefined;
  /** In bytes. */
  readonly ipv6Mtu?: Located<number> | undefined;
  readonly wakeOnLan?: Located<boolean> | undefined;
  readonly optional?: Located<boolean> | undefined;
  /** Keep the addresses when the network service restarts. */
  readonly critical?: Located<boolean> | undefined;
  readonly dhcp4?: Located<boolean> | undefined;
  readonly dhcp6?: Located<boolean> | undefined;
  readonly dhcp4Overrides: readonly LinkParameter[];
  readonly dhcp6Overrides: readonly LinkParameter[];
  readonly acceptRa?: Located<boolean> | undefined;
  /** The protocols in which the link gives itself a link-local address. */
  readonly linkLocal?: Located<readonly ('ipv4' | 'ipv6')[]> | undefined;
  readonly addresses: readonly LinkAddress[];
  /** Gateways are default routes here, as netplan itself recommends. */
  readonly routes: readonly Route[];
  readonly routingPolicy: readonly RoutingRule[];
  readonly nameServers: NameServers;
  /** Links below a bond, bridge or VRF, in the order written. */
  readonly members: readonly Located<string>[];
  readonly parameters: readonly LinkParameter[];
  readonly vlan?: VlanTag | undefined;
  readonly passedThrough: readonly PassedThrough[];
}

/** What one host's network shall be, with the place of every value. */
export interface NetworkModel {
  readonly format: NetworkFormat;
  readonly node: SourceNode;
  readonly renderer?: Located<string> | undefined;
  readonly links: readonly NetworkLink[];
  /** Name servers that the source gives to no link (version 1, network_data). */
  readonly nameServers: NameServers;
  /** Routes that the source gives to no link (version 1). */
  readonly routes: readonly Route[];
  readonly passedThrough: readonly PassedThrough[];
}

export function parameterOf(link: NetworkLink, name: string): LinkParameter | undefined {
  return link.parameters.find((parameter) => parameter.name === name);
}

export function isDefaultRoute(route: Route): boolean {
  return route.to.value.prefix === 0;
}

/** The name of the interface on the running system; undefined where only the machine knows it. */
export function interfaceNameOf(link: NetworkLink): Located<string> | undefined {
  if (link.setName !== undefined) return link.setName;
  if (link.match === undefined) return link.id;
  const { name } = link.match;
  return name === undefined || /[*?[]/.test(name.value) ? undefined : name;
}

/**
 * The section of a card that NMState finds as the virtual function of another, by `sriov:CARD:NUMBER` in place of a name
 * (nmstate 2.2 and later). No other format can find it.
 */
export const virtualFunctions = 'virtual function';

export function isVirtualFunctionName(name: string): boolean {
  return /^sriov:[^:/\s]{1,15}:\d+$/.test(name);
}
