import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import {
  formatIpAddress,
  formatIpInterface,
  type IpInterface,
  isLinkLocalIpv6,
  isLoopback,
  networkAddress,
  widthOf,
} from '../network/addresses.ts';
import type { NetworkModel } from '../network/model.ts';
import type { SourceNode } from '../source/source-node.ts';

/** An address of a host, and with its prefix the neighbours that the host looks for on the link itself. */
export interface HostSubnet {
  readonly link: string;
  readonly value: IpInterface;
  readonly node: SourceNode;
}

/** A host and its subnets, as they are compared with those of others. */
export interface SubnetsOfHost {
  readonly host: string;
  readonly subnets: readonly HostSubnet[];
  /** Where the host says what stands at a node of its network. */
  readonly placeOf: (node: SourceNode) => SourceNode;
}

/** Without addresses that have no neighbours: of one machine alone, of two ends, of no network. */
export function subnetsOf(network: NetworkModel | undefined): readonly HostSubnet[] {
  const found: HostSubnet[] = [];
  for (const { id, kind, addresses } of network?.links ?? []) {
    for (const { value, node } of addresses) {
      const { address, prefix } = value;
      const isAlone = prefix >= widthOf(address.family) - 1 || kind === 'loopback';
      if (!isAlone && !isLoopback(address) && !isLinkLocalIpv6(address))
        found.push({ link: id.value, value, node });
    }
  }
  return found;
}

/**
 * Hosts that reach one subnet over links of the same name with different prefixes: one of them takes neighbours for
 * strangers. Told of those that are fewer.
 */
export function checkSubnets(hosts: readonly SubnetsOfHost[], sink: DiagnosticSink): void {
  for (const link of linksOfSeveralPrefixes(hosts)) {
    const uses = hosts.flatMap(({ host, subnets, placeOf }) =>
      subnets.flatMap((subnet) =>
        keyOfLink(subnet) === link ? [{ host, value: subnet.value, place: placeOf(subnet.node) }] : [],
      ),
    );
    compare(link.slice(2), uses, sink);
  }
}

/** Almost always none, so that a keystroke in a site of 500 hosts costs one look at each address. */
function linksOfSeveralPrefixes(hosts: readonly SubnetsOfHost[]): string[] {
  const prefixes = new Map<string, number>();
  const several = new Set<string>();
  for (const { subnets } of hosts) {
    for (const subnet of subnets) {
      const link = keyOfLink(subnet);
      const known = prefixes.get(link);
      if (known === undefined) prefixes.set(link, subnet.value.prefix);
      else if (known !== subnet.value.prefix) several.add(link);
    }
  }
  return [...several];
}

function keyOfLink({ link, value }: HostSubnet): string {
  return `${value.address.family} ${link}`;
}

interface Use {
  readonly host: string;
  readonly value: IpInterface;
  readonly place: SourceNode;
}

function compare(link: string, uses: readonly Use[], sink: DiagnosticSink): void {
  const bySubnet = new Map<string, Use[]>();
  for (const use of uses) {
    const key = keyOfSubnet(use.value, use.value.prefix);
    bySubnet.set(key, [...(bySubnet.get(key) ?? []), use]);
  }
  const prefixes = [...new Set(uses.map(({ value }) => value.prefix))].sort((one, other) => one - other);
  for (const narrow of bySubnet.values()) {
    const value = narrow[0]?.value;
    if (value === undefined) continue;
    for (const prefix of prefixes.filter((each) => each < value.prefix)) {
      const wide = bySubnet.get(keyOfSubnet(value, prefix)) ?? [];
      if (wide.length > 0 && isOfSeveralHosts([...narrow, ...wide])) tell(link, narrow, wide, sink);
    }
  }
}

/** Several subnets of one host on one link are its own affair. */
function isOfSeveralHosts(uses: readonly Use[]): boolean {
  return new Set(uses.map(({ host }) => host)).size > 1;
}

function keyOfSubnet({ address }: IpInterface, prefix: number): string {
  return formatIpInterface({ address: networkAddress({ address, prefix }), prefix });
}

function tell(link: string, narrow: readonly Use[], wide: readonly Use[], sink: DiagnosticSink): void {
  const told = narrow.length === wide.length ? [narrow, wide] : [narrow.length < wide.length ? narrow : wide];
  for (const few of told) {
    const others = few === narrow ? wide : narrow;
    const prefix = others[0]?.value.prefix;
    const names = [...new Set(others.map(({ host }) => host))].sort();
    for (const { host, value, place } of few) {
      const message = `${formatIpAddress(value.address)} of ${host} has the prefix /${value.prefix}, and on the “${link}” of ${listed(names)} the same subnet has /${prefix}. Hosts of one subnet need one prefix, or some take their neighbours for strangers.`;
      sink.at(place, 'warning', 'network-address', message);
    }
  }
}

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
