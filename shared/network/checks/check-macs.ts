import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { HostFacts } from '../check-network.ts';
import { isGroupMac, parseMacAddress } from '../mac-address.ts';
import type { NetworkLink, NetworkModel } from '../model.ts';
import { macWords } from '../text-formats.ts';

/** MAC addresses: owned by one card, and one of the host's where those are known. */
export function checkMacs(
  model: NetworkModel,
  { macs: hostMacs, macPlaces }: HostFacts,
  sink: DiagnosticSink,
): void {
  const matched = new Map<string, NetworkLink>();
  const owners = new Map<string, NetworkLink>();
  const known = hostMacs?.map((mac) => parseMacAddress(mac)).filter((mac) => mac !== undefined);
  for (const link of model.links) {
    const given = link.macAddress;
    if (given !== undefined && (isGroupMac(given.value) || /^[0:]+$/.test(given.value))) {
      const message = `${given.value} is an address of a group, or none at all; the kernel gives it to no interface.`;
      sink.at(given.node, 'warning', 'network-mac', message);
    }
    reportGivenTwice(link, owners, sink);
    const mac = link.match?.macAddress;
    if (mac === undefined) continue;
    const other = matched.get(mac.value);
    if (other !== undefined && !differInName(link, other)) {
      sink.comparing(
        mac.node,
        'error',
        'network-mac-duplicate',
        `“${other.id.value}” matches ${mac.value} already.`,
        other.match?.macAddress && [other.match.macAddress.node],
      );
    }
    matched.set(mac.value, other ?? link);
    if (isGroupMac(mac.value) && (known ?? []).length === 0) {
      const message = `No card has ${mac.value}: the second digit is odd, which marks an address of a group.`;
      sink.at(mac.node, 'warning', 'network-match', message);
    }
    if (known !== undefined && known.length > 0 && !known.includes(mac.value)) {
      const message = `No card of this host has ${mac.value}; the host’s are ${known.slice(0, 8).join(', ')}.`;
      sink.comparing(mac.node, 'error', 'network-match', message, macPlaces);
    }
  }
}

/** Frames for one of two cards with one address reach either. A bond has the address of a card of its own on purpose. */
function reportGivenTwice(link: NetworkLink, owners: Map<string, NetworkLink>, sink: DiagnosticSink): void {
  const given = link.macAddress;
  if (given === undefined || link.kind !== 'physical' || macWords.includes(given.value)) return;
  const owner = owners.get(given.value);
  owners.set(given.value, owner ?? link);
  if (owner === undefined) return;
  const message = `“${owner.id.value}” is given ${given.value} already; two cards with one address lose frames.`;
  const compared = owner.macAddress && [owner.macAddress.node];
  sink.comparing(given.node, 'warning', 'network-mac-duplicate', message, compared);
}

/** Virtual functions may share a MAC address and be told apart by their names or drivers. */
function differInName(a: NetworkLink, b: NetworkLink): boolean {
  const told = (link: NetworkLink) =>
    `${link.match?.name?.value ?? ''} ${link.match?.drivers.map(({ value }) => value).join()}`;
  return told(a) !== told(b);
}
