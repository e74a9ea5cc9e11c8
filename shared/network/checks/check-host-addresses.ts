import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { SourceNode } from '../../source/source-node.ts';
import {
  formatIpAddress,
  type IpInterface,
  isLinkLocalIpv6,
  isLoopback,
  isMulticast,
  isUnspecified,
  lastAddress,
  networkAddress,
  sameAddress,
  widthOf,
} from '../addresses.ts';
import { interfaceNameOf, type LinkKind, type NetworkLink, type NetworkModel } from '../model.ts';
import { type LinkIndex, routingDomainOf } from './link-index.ts';

/** Addresses of a host: usable by an interface, each used once, and no two links in one subnet. */
export function checkHostAddresses(model: NetworkModel, index: LinkIndex, sink: DiagnosticSink): void {
  const used = new Map<string, Use>();
  for (const link of model.links) {
    for (const { value, node } of link.addresses) {
      checkUsable(value, link, node, sink);
      const scope = isLinkLocalIpv6(value.address) ? link.id.value : '';
      const identity = `${routingDomainOf(link, index)} ${scope} ${formatIpAddress(value.address)}`;
      const other = used.get(identity);
      if (other !== undefined) {
        const isSameLink = other.link === link;
        const where = isSameLink ? `twice on “${link.id.value}”` : `on “${other.link.id.value}” already`;
        // The kernel takes one address with prefixes of different lengths, as some clouds give them.
        const severity = isSameLink && other.prefix !== value.prefix ? 'warning' : 'error';
        const message = `${formatIpAddress(value.address)} is used ${where}.`;
        sink.comparing(node, severity, 'network-address-duplicate', message, [other.node]);
      }
      used.set(identity, other ?? { link, prefix: value.prefix, node });
    }
    checkIpv6Mtu(link, model, sink);
  }
  checkOverlaps(model, index, sink);
}

/** Where an address stands first. */
interface Use {
  readonly link: NetworkLink;
  readonly prefix: number;
  readonly node: SourceNode;
}

/** An IPv4 address with the first and last address of its subnet, as numbers. */
interface Subnet {
  readonly link: NetworkLink;
  readonly value: IpInterface;
  readonly node: SourceNode;
  readonly domain: string;
  readonly address: number;
  readonly first: number;
  readonly last: number;
}

/** In the place of an address. */
const twoAreKept = -1;

/** Two links in one IPv4 subnet: the kernel answers on one of them, often not the one that was asked. */
function checkOverlaps(model: NetworkModel, index: LinkIndex, sink: DiagnosticSink): void {
  const seen: Subnet[] = [];
  const kept = new Map<string, number>();
  for (const [position, link] of model.links.entries()) {
    const domain = routingDomainOf(link, index);
    for (const { value, node } of link.addresses) {
      if (value.address.family !== 4 || value.prefix >= 31 || value.prefix === 0 || isLoopback(value.address))
        continue;
      const subnet = {
        link,
        value,
        node,
        domain,
        address: Number(value.address.bits),
        first: Number(networkAddress(value).bits),
        last: Number(lastAddress(value).bits),
      };
      const other = overlapping(subnet, seen);
      if (other !== undefined) {
        const text = `${formatIpAddress(networkAddress(other.value))}/${other.value.prefix}`;
        const message = `${formatIpAddress(value.address)}/${value.prefix} overlaps with ${text} of “${other.link.id.value}”: answers leave by one of the two links. Check the address and the prefix.`;
        sink.comparing(node, 'warning', 'network-address', message, [other.node]);
      }
      // Of one subnet of a link two addresses stand for all: one of them is another than that which is compared.
      const identity = `${position} ${subnet.first} ${subnet.last}`;
      const first = kept.get(identity);
      if (first === undefined || (first !== twoAreKept && first !== subnet.address)) seen.push(subnet);
      else continue;
      kept.set(identity, first === undefined ? subnet.address : twoAreKept);
    }
  }
}

/** Each address is compared with all before it, so this compares numbers: 28,000 times for 240 links. Thousands in one subnet count as two. */
function overlapping(one: Subnet, seen: readonly Subnet[]): Subnet | undefined {
  for (const each of seen) {
    if (each.last < one.first || each.first > one.last || each.address === one.address) continue;
    if (each.link !== one.link && each.domain === one.domain) return each;
  }
  return undefined;
}

/** No larger network is given to anybody: 10.0.0.0/8 (RFC 1918), and a /32 of IPv6 to a provider. */
const shortestUsualPrefix = { 4: 8, 6: 32 } as const;

/** Kinds of links that others are reached by. */
const carriesPackets: ReadonlySet<LinkKind> = new Set(['physical', 'bond', 'vlan', 'bridge']);

function checkUsable(value: IpInterface, link: NetworkLink, node: SourceNode, sink: DiagnosticSink): void {
  const { address, prefix } = value;
  const text = formatIpAddress(address);
  const report = (message: string) => sink.at(node, 'error', 'network-address', message);
  if (isUnspecified(address)) {
    report(`${text} is no address that an interface can have.`);
    return;
  }
  if (isMulticast(address)) {
    report(`${text} is a multicast address; an interface cannot have it.`);
    return;
  }
  if (isLoopback(address) && carriesPackets.has(link.kind) && interfaceNameOf(link)?.value !== 'lo') {
    report(`${text} is a loopback address; on “${link.id.value}” it reaches nothing.`);
    return;
  }
  if (prefix === 0) {
    report(
      `The prefix length 0 puts the whole internet on this link; write the subnet’s, such as ${text}/24.`,
    );
    return;
  }
  if (prefix < shortestUsualPrefix[address.family]) {
    const usual = address.family === 4 ? 24 : 64;
    const message = `The prefix length ${prefix} puts a large part of the internet on this link; most subnets have ${usual}.`;
    sink.at(node, 'warning', 'network-address', message);
    return;
  }
  if (widthOf(address.family) - prefix < 2) return;
  if (sameAddress(address, networkAddress(value))) {
    if (address.family === 4) {
      report(`${text} is the network’s own address in ${text}/${prefix}; a host cannot have it.`);
      return;
    }
    // RFC 4291 section 2.6.1; routers may be written so on purpose.
    sink.at(
      node,
      'warning',
      'network-address',
      `${text} is the address of all routers in ${text}/${prefix}; give the host another.`,
    );
  } else if (address.family === 4 && sameAddress(address, lastAddress(value))) {
    report(`${text} is the broadcast address of its subnet; a host cannot have it.`);
  }
}

/** The kernel turns IPv6 off on a link whose MTU is below 1280; networkd raises it first (networkd-setlink.c). */
function checkIpv6Mtu(link: NetworkLink, { format }: NetworkModel, sink: DiagnosticSink): void {
  if (link.mtu === undefined || link.mtu.value >= 1280) return;
  const hasIpv6 =
    link.dhcp6?.value === true || link.addresses.some(({ value }) => value.address.family === 6);
  if (!hasIpv6) return;
  const { value, node } = link.mtu;
  const message =
    format === 'nmstate'
      ? `IPv6 needs an MTU of at least 1280 bytes; ${value} turns it off.`
      : `IPv6 needs an MTU of at least 1280 bytes: systemd-networkd raises ${value} to that, and others turn IPv6 off.`;
  sink.at(node, format === 'nmstate' ? 'error' : 'warning', 'network-mtu', message);
}
