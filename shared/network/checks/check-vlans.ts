import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { Located, NetworkModel } from '../model.ts';

/** VLAN IDs: usable, and each once on a link. Range and presence are the format's business. */
export function checkVlans(model: NetworkModel, sink: DiagnosticSink): void {
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
    reportOtherBase(id.value, vlan.link, ids, sink);
    const identity = `${vlan.id.value} ${vlan.link.value}`;
    const other = used.get(identity);
    if (other !== undefined) {
      const message = `VLAN ${vlan.id.value} is on “${vlan.link.value}” already, as “${other.value}”.`;
      sink.comparing(vlan.id.node, 'error', 'network-vlan', message, [other.node]);
    }
    used.set(identity, other ?? { value: id.value, node: vlan.id.node });
  }
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
