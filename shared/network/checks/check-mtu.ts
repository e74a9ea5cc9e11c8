import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { NetworkFormat, NetworkLink, NetworkModel } from '../model.ts';
import type { LinkIndex } from './link-index.ts';

const defaultMtu = 1500;

/** A link cannot carry larger packets than the link below it. */
export function checkMtu(model: NetworkModel, index: LinkIndex, sink: DiagnosticSink): void {
  for (const link of model.links) {
    const below = link.vlan?.link;
    if (below !== undefined) compareWithBelow(link, index.byId.get(below.value), sink);
    if (link.section !== 'vrfs') compareWithMembers(link, model.format, index, sink);
    if (link.ipv6Mtu !== undefined && link.ipv6Mtu.value > (link.mtu?.value ?? Number.POSITIVE_INFINITY)) {
      const message = `The MTU for IPv6, ${link.ipv6Mtu.value}, is larger than the link’s, ${link.mtu?.value}.`;
      sink.comparing(link.ipv6Mtu.node, 'error', 'network-mtu', message, link.mtu && [link.mtu.node]);
    }
  }
}

function compareWithBelow(link: NetworkLink, lower: NetworkLink | undefined, sink: DiagnosticSink): void {
  if (link.mtu === undefined || lower === undefined || lower === link) return;
  const mtu = lower.mtu?.value ?? defaultMtu;
  if (link.mtu.value <= mtu) return;
  const isSaid = lower.mtu !== undefined;
  const has = isSaid ? `has ${mtu}` : `says none and so has ${mtu} as a rule`;
  const other = `that of “${lower.id.value}” below it, which ${has}`;
  const message = larger(link, link.mtu.value, other);
  const compared = lower.mtu && [lower.mtu.node];
  sink.comparing(link.mtu.node, isSaid ? 'error' : 'warning', 'network-mtu', message, compared);
}

/**
 * A bond sets the MTU of members that say none; only what is written can contradict. OpenStack writes that of a card beside
 * that of the network on the bond, which the kernel gives the members when they join (bond_enslave in bond_main.c).
 */
function compareWithMembers(
  link: NetworkLink,
  format: NetworkFormat,
  index: LinkIndex,
  sink: DiagnosticSink,
): void {
  const { mtu } = link;
  if (mtu === undefined) return;
  const members = new Set(link.members.map(({ value }) => index.byId.get(value)));
  const smaller = [...members].flatMap((lower) =>
    lower?.mtu !== undefined && lower !== link && lower.mtu.value < mtu.value
      ? [{ id: lower.id.value, mtu: lower.mtu }]
      : [],
  );
  const said = smaller.map((lower) => `“${lower.id}” (${lower.mtu.value})`);
  if (said.length === 0) return;
  const shown =
    said.length > 4 ? `${said.slice(0, 4).join(', ')} and ${said.length - 4} more` : said.join(', ');
  const other = `that of ${said.length === 1 ? 'its member' : 'its members'} ${shown}`;
  const severity = format === 'network-data' ? 'warning' : 'error';
  const compared = smaller.map((lower) => lower.mtu.node);
  sink.comparing(mtu.node, severity, 'network-mtu', larger(link, mtu.value, other), compared);
}

function larger({ id }: NetworkLink, mtu: number, other: string): string {
  return `The MTU ${mtu} of “${id.value}” is larger than ${other}. Raise it there too.`;
}
