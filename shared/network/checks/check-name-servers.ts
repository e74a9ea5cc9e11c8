import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { SourceNode } from '../../source/source-node.ts';
import {
  formatIpAddress,
  type IpAddress,
  isMulticast,
  isUnspecified,
  lastAddress,
  networkAddress,
  parseIpAddress,
  widthOf,
} from '../addresses.ts';
import type { NameServers, NetworkModel } from '../model.ts';

/** Name servers that no host can be, and search domains that are no domains. All of them are well-formed. */
export function checkNameServers(model: NetworkModel, sink: DiagnosticSink): void {
  const all = [model.nameServers, ...model.links.map(({ nameServers }) => nameServers)];
  if (all.every(({ addresses, search }) => addresses.length + search.length === 0)) return;
  const ends = endsOfSubnets(model);
  for (const { addresses, search } of all) {
    for (const { value, node } of addresses) {
      const what = whatNobodyHas(value, ends);
      if (what === undefined) continue;
      const message = `${formatIpAddress(value)} is ${what}: no name server answers there.`;
      sink.at(node, 'warning', 'network-dns', message);
    }
    reportRepeated(addresses, sink);
    for (const { value, node } of search) {
      if (parseIpAddress(value) === undefined) continue;
      const message = `${value} is an address; here stand domains, such as example.org. Name servers stand in a list of their own.`;
      sink.at(node, 'warning', 'network-dns', message);
    }
  }
}

/** Twice in one list; that several networks of a link name the same server is common. */
function reportRepeated(addresses: NameServers['addresses'], sink: DiagnosticSink): void {
  const seen = new Map<string, SourceNode>();
  for (const { value, node } of addresses) {
    const text = formatIpAddress(value);
    const earlier = seen.get(text);
    seen.set(text, node);
    if (earlier === undefined || !isInOneList(earlier, node)) continue;
    const message = `The name server ${text} stands twice in this list. One of the two is most likely wrong.`;
    sink.comparing(node, 'warning', 'network-dns', message, [earlier]);
  }
}

/** In characters; a list is not longer. */
const farthest = 2000;

/** Whether no key stands between two values. */
function isInOneList(earlier: SourceNode, later: SourceNode): boolean {
  const distance = later.span.start - earlier.span.end;
  if (earlier.source !== later.source || distance <= 0 || distance > farthest) return false;
  return !/[a-z_-]{3,}["']?\s*:/i.test(later.source.text.slice(earlier.span.end, later.span.start));
}

function whatNobodyHas(value: IpAddress, ends: ReadonlyMap<bigint, string>): string | undefined {
  // As a name server 0.0.0.0 is the host itself to the C library, and nothing to systemd-resolved.
  if (isUnspecified(value)) return 'no address of a host';
  if (isMulticast(value)) return 'a multicast address';
  return value.family === 4 ? ends.get(value.bits) : undefined;
}

/** The first and the last address of every IPv4 subnet of the host. */
function endsOfSubnets({ links }: NetworkModel): ReadonlyMap<bigint, string> {
  const ends = new Map<bigint, string>();
  for (const { addresses } of links) {
    for (const { value } of addresses) {
      if (value.address.family === 6 || widthOf(4) - value.prefix < 2) continue;
      ends.set(networkAddress(value).bits, 'the address of the subnet itself');
      ends.set(lastAddress(value).bits, 'the broadcast address of the subnet');
    }
  }
  return ends;
}
