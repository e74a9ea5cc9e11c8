import {
  formatIpAddress,
  type IpAddress,
  type IpInterface,
  lastAddress,
  networkAddress,
  parseIpAddress,
  sameAddress,
  subnetContains,
} from '../../network/addresses.ts';
import { parseMacAddress } from '../../network/mac-address.ts';
import { bmcServerOf } from '../../site/bmc-server.ts';
import { macPlaces } from '../../site/check-host.ts';
import type { ScalarNode, SourceNode } from '../../source/source-node.ts';
import { nodesAt } from './find-node.ts';
import { type Finding, type Fix, type FixContext, fixAt } from './fix.ts';

/** Another MAC address, or the next free address of the subnet, in the place of one that several have. */
export function uniqueValueFixes(finding: Finding, context: FixContext): Fix[] {
  const { document, span, diagnostic } = finding;
  const node = nodesAt(document.root, span).find((found) => found.node.type === 'scalar')?.node as
    | ScalarNode
    | undefined;
  if (node === undefined) return [];
  return diagnostic.code === 'network-mac-duplicate' ? macFix(node, context) : addressFix(node, context);
}

function macFix({ source, span, value }: ScalarNode, context: FixContext): Fix[] {
  if (parseMacAddress(String(value)) === undefined) return [];
  const cards = cardsLeftOver(source.file, span.start, context);
  if (cards !== undefined)
    return cards.map((card) =>
      fixAt(`Change to ${card} (a card of the host)`, source, span, `"${card}"`, cards.length === 1),
    );
  const mac = freeMac(context);
  // In quotes: the YAML 1.1 of cloud-init reads digits between colons as a number.
  return [fixAt(`Change to ${mac} (locally administered)`, source, span, `"${mac}"`, true)];
}

/**
 * Where the address says which card a link is: the cards of the host that no link of its network is. An address that is
 * made up would fit none. Undefined where the address is given to a card, or the cards of the host are not known.
 */
function cardsLeftOver(file: string, start: number, { analysis }: FixContext): string[] | undefined {
  const isHere = (node: SourceNode | undefined) => node?.source.file === file && node.span.start === start;
  const hosts = [...analysis.analysedHosts.values()];
  // What stands among the cards of a host is filled in where the network refers to it.
  if (hosts.some(({ reading }) => macPlaces(reading).some(isHere))) return undefined;
  const owners = hosts.filter(({ network }) =>
    network?.links.some(({ match }) => isHere(match?.macAddress?.node)),
  );
  if (owners.length === 0) return undefined;
  const cards = owners.flatMap(({ reading, network }) => {
    const matched = new Set(network?.links.map(({ match }) => match?.macAddress?.value));
    const own = reading.macs.flatMap(({ value }) => parseMacAddress(String(value.value)) ?? []);
    return own.filter((mac) => !matched.has(mac));
  });
  // One text for several hosts: a card of one of them is none of the others.
  return owners.length > 1 ? [] : [...new Set(cards)];
}

/** IEEE 802-2014 clause 8.4: the second bit of the first octet marks addresses that no card leaves its factory with. */
export function freeMac({ analysis, given }: FixContext): string {
  const taken = new Set(given);
  for (const { reading, network } of analysis.analysedHosts.values()) {
    for (const place of macPlaces(reading)) taken.add(String(place.value).toLowerCase());
    for (const link of network?.links ?? []) {
      for (const mac of [link.match?.macAddress, link.macAddress])
        if (mac !== undefined) taken.add(mac.value);
    }
  }
  for (let number = 1; ; number++) {
    const digits = number.toString(16).padStart(6, '0');
    const mac = `02:00:00:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}`;
    if (taken.has(mac)) continue;
    given.add(mac);
    return mac;
  }
}

function addressFix(node: ScalarNode, context: FixContext): Fix[] {
  if (String(node.value).includes('://')) return serverFix(node, context);
  const { source, span, value } = node;
  const [written = '', prefix] = String(value).split('/', 2);
  const address = parseIpAddress(written);
  const text = source.text.slice(span.start, span.end);
  if (address === undefined || !text.includes(written)) return [];
  if (isOnTwoLinks(address, context)) return [];
  const subnet = subnetOf(address, source.file, context) ?? documented(address, prefix);
  const free = subnet === undefined ? undefined : freeAddress(subnet, context);
  if (subnet === undefined || free === undefined) return [];
  const shown = formatIpAddress(free);
  const network = `${formatIpAddress(networkAddress(subnet))}/${subnet.prefix}`;
  const title = `Change to ${shown} (free in ${network})`;
  return [fixAt(title, source, span, text.replace(written, shown), true)];
}

/** Which of the two links has the wrong address, nobody but the author knows; a neighbour of it overlaps all the same. */
function isOnTwoLinks(address: IpAddress, { analysis }: FixContext): boolean {
  return [...analysis.analysedHosts.values()].some(({ network }) => {
    const links = network?.links.filter(({ addresses }) =>
      addresses.some(({ value }) => sameAddress(value.address, address)),
    );
    return (links?.length ?? 0) > 1;
  });
}

/**
 * Another address for the BMC of one host. Only a proposal: which one the machine has is written on it, not here. BMCs
 * stand in networks that the site says nothing of, so that their usual size is taken.
 */
function serverFix({ source, span, value }: ScalarNode, context: FixContext): Fix[] {
  const server = bmcServerOf(String(value));
  const text = source.text.slice(span.start, span.end);
  if (server === undefined || !text.includes(server.written)) return [];
  const { address, written } = server;
  const free = freeAddress({ address, prefix: address.family === 4 ? 24 : 64 }, context);
  if (free === undefined) return [];
  const shown = formatIpAddress(free);
  return [
    fixAt(`Change to ${shown} (nothing in the site has it)`, source, span, text.replace(written, shown)),
  ];
}

/** The subnet in which a host has an address; that of the host of this document first. */
function subnetOf(address: IpAddress, file: string, { analysis }: FixContext): IpInterface | undefined {
  const hosts = [...analysis.analysedHosts.values()];
  const own = hosts.filter(({ summary }) => summary.path === file);
  for (const { network } of [...own, ...hosts]) {
    for (const link of network?.links ?? []) {
      const found = link.addresses.find(({ value }) => sameAddress(value.address, address));
      if (found !== undefined) return found.value;
    }
  }
  return undefined;
}

function documented(address: IpAddress, prefix: string | undefined): IpInterface | undefined {
  return prefix !== undefined && /^\d{1,3}$/.test(prefix) ? { address, prefix: Number(prefix) } : undefined;
}

/** No network of a machine room is full of so many hosts; one that is gets no proposal. */
const mostTries = 70_000;

/** The first address behind the one that is given, around the end of its subnet; undefined when all are taken. */
function freeAddress(subnet: IpInterface, context: FixContext): IpAddress | undefined {
  const { family, bits } = subnet.address;
  const first = networkAddress(subnet).bits;
  const last = lastAddress(subnet).bits;
  const taken = takenIn(subnet, context);
  let next = bits;
  for (let tries = 0; tries < mostTries; tries++) {
    next = next >= last ? first : next + 1n;
    if (next === bits) return undefined;
    // The first names the subnet, the last is its broadcast address (RFC 919 section 7); /31 has neither (RFC 3021).
    if (last - first > 1n && (next === first || (family === 4 && next === last))) continue;
    const address: IpAddress = { family, bits: next };
    const text = formatIpAddress(address);
    if (taken.has(text)) continue;
    context.given.add(text);
    return address;
  }
  return undefined;
}

/** Addresses of hosts, gateways and name servers in a subnet, and values of hosts that may become one. */
function takenIn(subnet: IpInterface, { analysis, given }: FixContext): ReadonlySet<string> {
  const taken = new Set(given);
  const take = (address: IpAddress | undefined) => {
    if (address?.family === subnet.address.family && subnetContains(subnet, address))
      taken.add(formatIpAddress(address));
  };
  for (const { network, values, reading } of analysis.analysedHosts.values()) {
    take(bmcServerOf(String(reading.bmcAddress?.value ?? ''))?.address);
    for (const { value } of values.values()) take(parseIpAddress(String(value)));
    for (const link of network?.links ?? []) {
      for (const { value } of link.addresses) take(value.address);
      for (const { via } of link.routes) take(via?.value);
      for (const { value } of link.nameServers.addresses) take(value);
    }
  }
  for (const server of [...analysis.settings.dns.servers, ...analysis.settings.ntp.servers])
    take(parseIpAddress(server));
  return taken;
}
