import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import type { SourceNode } from '../source/source-node.ts';
import { formatIpAddress, isLinkLocalIpv6, isLoopback } from './addresses.ts';
import type { NetworkModel } from './model.ts';

export interface HostNetwork {
  /** The name by which the engineer knows the host. */
  readonly host: string;
  readonly model: NetworkModel;
  /** Where the host says what stands at a node of its network; the node itself when left out. */
  readonly placeOf?: (node: SourceNode) => SourceNode;
}

interface Use {
  readonly host: string;
  readonly node: SourceNode;
}

/**
 * Reports addresses and MAC addresses that several hosts have, at each place where one is written. Loopback and
 * link-local addresses repeat by design, and a MAC address may serve several links of one host.
 */
export function checkAcrossHosts(hosts: readonly HostNetwork[], sink: DiagnosticSink): void {
  const addresses = new Map<string, Use[]>();
  const macs = new Map<string, Use[]>();
  for (const { host, model, placeOf = (node: SourceNode) => node } of hosts) {
    for (const link of model.links) {
      for (const { value, node } of link.addresses) {
        if (link.kind === 'loopback' || isLoopback(value.address) || isLinkLocalIpv6(value.address)) continue;
        record(addresses, formatIpAddress(value.address), { host, node: placeOf(node) });
      }
      for (const mac of [link.match?.macAddress, link.macAddress]) {
        if (mac?.value.includes(':')) record(macs, mac.value, { host, node: placeOf(mac.node) });
      }
    }
  }
  report(addresses, 'network-address-duplicate', 'address', sink);
  report(macs, 'network-mac-duplicate', 'MAC address', sink);
}

function record(uses: Map<string, Use[]>, key: string, use: Use): void {
  const known = uses.get(key);
  if (known === undefined) uses.set(key, [use]);
  else known.push(use);
}

function report(
  uses: ReadonlyMap<string, readonly Use[]>,
  code: DiagnosticCode,
  what: string,
  sink: DiagnosticSink,
): void {
  for (const [value, all] of uses) {
    const hosts = [...new Set(all.map(({ host }) => host))].sort();
    if (hosts.length < 2) continue;
    const named =
      hosts.length > 5 ? `${hosts.slice(0, 5).join(', ')} and ${hosts.length - 5} more` : hosts.join(', ');
    const message = `The ${what} ${value} is used by ${hosts.length} hosts: ${named}.`;
    for (const { node } of all) sink.at(node, 'error', code, message);
  }
}
