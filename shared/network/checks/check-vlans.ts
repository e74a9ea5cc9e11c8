import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { wordFix } from '../../diagnostics/suggest.ts';
import { childOf } from '../../source/source-node.ts';
import type { Located, NetworkModel } from '../model.ts';
import { textOf } from '../read-value.ts';
import type { LinkIndex } from './link-index.ts';

/** VLAN IDs: usable, and each once on a link. Range and presence are the format's business. */
export function checkVlans(model: NetworkModel, index: LinkIndex, sink: DiagnosticSink): void {
  const used = new Map<string, Located<string>>();
  const ids = new Set(model.links.map(({ id }) => id.value));
  for (const { id, vlan } of model.links) {
    if (vlan?.id === undefined) continue;
    if (vlan.id.value === 0) {
      const message = 'VLAN 0 only marks the priority of frames; a tagged network has an ID from 1 to 4094.';
      sink.at(vlan.id.node, 'warning', 'network-vlan', message);
    }
    const named = /(?:\.|^vlan)0*(\d{1,4})$/.exec(id.value)?.[1];
    if (named !== undefined && Number(named) !== vlan.id.value) {
      const message = `“${id.value}” is named after VLAN ${named}, but its ID is ${vlan.id.value}. One of the two is most likely wrong.`;
      sink.at(vlan.id.node, 'warning', 'network-vlan', message);
    }
    if (vlan.link === undefined) continue;
    if (!reportPastBond(vlan.link, model, index, sink)) reportOtherBase(id.value, vlan.link, ids, sink);
    const identity = `${vlan.id.value} ${vlan.link.value}`;
    const other = used.get(identity);
    if (other !== undefined) {
      const message = `VLAN ${vlan.id.value} is on “${vlan.link.value}” already, as “${other.value}”.`;
      sink.comparing(vlan.id.node, 'error', 'network-vlan', message, [other.node]);
    }
    used.set(identity, other ?? { value: id.value, node: vlan.id.node });
  }
}

/**
 * A card of a bond takes tagged frames before the bond sees them (`vlan_do_receive` of the kernel), and sends them whether or
 * not the bond uses it. Of a bridge the same is common, and meant.
 */
function reportPastBond(
  link: Located<string>,
  { format }: NetworkModel,
  index: LinkIndex,
  sink: DiagnosticSink,
): boolean {
  const bond = index.ownersOf.get(link.value)?.find(({ owner }) => owner.kind === 'bond')?.owner;
  if (bond === undefined) return false;
  const written = format === 'network-data' ? textOf(childOf(bond.node, 'id')) : bond.id.value;
  const name = written ?? bond.id.value;
  const message = `“${link.value}” is part of “${bond.id.value}”, so that this VLAN goes past the bond and is lost with this one card. Write “${name}”.`;
  sink.at(link.node, 'warning', 'network-vlan', message, [wordFix(link.node, name)]);
  return true;
}

/** `eth0.10` is what tools call VLAN 10 of eth0. That a link is missing is told elsewhere. */
function reportOtherBase(
  id: string,
  link: Located<string>,
  ids: ReadonlySet<string>,
  sink: DiagnosticSink,
): void {
  const base = /^(.+)\.\d{1,4}$/.exec(id)?.[1];
  if (base === undefined || base === link.value || !ids.has(base) || !ids.has(link.value)) return;
  const message = `“${id}” is named after “${base}”, but runs on “${link.value}”. One of the two is most likely wrong.`;
  sink.at(link.node, 'warning', 'network-vlan', message);
}
