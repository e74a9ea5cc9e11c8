import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { NetworkLink, NetworkModel } from '../model.ts';
import type { LinkIndex } from './link-index.ts';

const defaultMtu = 1500;

/** A link cannot carry larger packets than the link below it. */
export function checkMtu(model: NetworkModel, index: LinkIndex, sink: DiagnosticSink): void {
  for (const link of model.links) {
    const below = link.vlan?.link;
    if (below !== undefined) compare(link, index.byId.get(below.value), sink);
    for (const member of link.members) {
      const lower = index.byId.get(member.value);
      // A bond sets the MTU of members that say none; only what is written can contradict.
      if (lower?.mtu !== undefined && link.section !== 'vrfs') compare(link, lower, sink);
    }
    if (link.ipv6Mtu !== undefined && link.ipv6Mtu.value > (link.mtu?.value ?? Number.POSITIVE_INFINITY)) {
      const message = `The MTU for IPv6, ${link.ipv6Mtu.value}, is larger than the link’s, ${link.mtu?.value}.`;
      sink.at(link.ipv6Mtu.node, 'error', 'network-mtu', message);
    }
  }
}

function compare(link: NetworkLink, lower: NetworkLink | undefined, sink: DiagnosticSink): void {
  if (link.mtu === undefined || lower === undefined || lower === link) return;
  const mtu = lower.mtu?.value ?? defaultMtu;
  if (link.mtu.value <= mtu) return;
  const isSaid = lower.mtu !== undefined;
  const has = isSaid ? `has ${mtu}` : `says none and so has ${mtu} as a rule`;
  const message = `The MTU ${link.mtu.value} of “${link.id.value}” is larger than that of “${lower.id.value}” below it, which ${has}. Raise it there too.`;
  sink.at(link.mtu.node, isSaid ? 'error' : 'warning', 'network-mtu', message);
}
