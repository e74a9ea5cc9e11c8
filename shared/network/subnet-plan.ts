import { subnetContains } from './addresses.ts';
import type { LinkAddress, LinkParameter, NameServers, NetworkLink, Route } from './model.ts';
import { textOf } from './read-value.ts';

/**
 * Version 1 and network_data hold what a link has in subnets: one for DHCP of each protocol, one for each address. Routes
 * and name servers are written inside them.
 */
export interface PlannedSubnet {
  /** The type in version 1's words. */
  readonly type: string;
  readonly address?: LinkAddress;
  /** Metric of what DHCP brings. */
  readonly metric?: LinkParameter;
  readonly routes: Route[];
  nameServers?: NameServers;
}

export interface SubnetPlan {
  readonly subnets: readonly PlannedSubnet[];
  /** Routes of a link without any subnet. */
  readonly homelessRoutes: readonly Route[];
  /** Name servers that no static subnet could take. */
  readonly homelessNameServers: NameServers | undefined;
}

/** Each of these is `dhcp6: true` in the model; the word that was written says more. */
const ipv6Types = ['ipv6_slaac', 'ipv6_dhcpv6-stateless', 'ipv6_dhcpv6-stateful'];

export function planSubnets(link: NetworkLink, routes: readonly Route[]): SubnetPlan {
  const subnets: PlannedSubnet[] = [];
  if (link.dhcp4?.value === true) subnets.push(dynamicSubnet('dhcp4', link.dhcp4Overrides));
  if (link.dhcp6?.value === true) {
    const written = textOf(link.dhcp6.node) ?? '';
    const type = ipv6Types.includes(written) ? written : 'dhcp6';
    subnets.push(dynamicSubnet(type, link.dhcp6Overrides));
  }
  for (const address of link.addresses) {
    // Also of a loopback: cloud-init's ifupdown renderer fails at a subnet of the type loopback that has an address.
    const type = address.value.address.family === 6 ? 'static6' : 'static';
    subnets.push({ type, address, routes: [] });
  }
  const homelessRoutes = routes.filter((route) => !addRoute(subnets, route));
  const { addresses, search } = link.nameServers;
  const hasNameServers = addresses.length + search.length > 0;
  const home = subnets.find(({ address }) => address !== undefined);
  if (hasNameServers && home !== undefined) home.nameServers = link.nameServers;
  return {
    subnets,
    homelessRoutes,
    homelessNameServers: hasNameServers && home === undefined ? link.nameServers : undefined,
  };
}

function dynamicSubnet(type: string, overrides: readonly LinkParameter[]): PlannedSubnet {
  const metric = overrides.find(({ name }) => name === 'route-metric');
  return { type, routes: [], ...(metric === undefined ? {} : { metric }) };
}

/**
 * cloud-init gives netplan the routes of static subnets only (`_extract_addresses` of cloudinit/net/netplan.py), its other
 * renderers those of every subnet, so static ones come first. What was written for a link without one, such as an
 * ipv6_slaac network of OpenStack, stays with it: hosts of a site receive it as version 2, where netplan takes it.
 */
function addRoute(subnets: readonly PlannedSubnet[], route: Route): boolean {
  const gateway = route.via?.value;
  const { family } = route.to.value.address;
  const home =
    subnets.find(
      ({ address }) => gateway !== undefined && address && subnetContains(address.value, gateway),
    ) ??
    subnets.find(({ address }) => address?.value.address.family === family) ??
    subnets.find(({ address }) => address !== undefined) ??
    subnets[0];
  home?.routes.push(route);
  return home !== undefined;
}

/** A `gateway` of a subnet, which is a default route by another name, rather than an entry of its `routes`. */
export function isWrittenAsGateway({ node }: Route): boolean {
  return node.type === 'scalar';
}
