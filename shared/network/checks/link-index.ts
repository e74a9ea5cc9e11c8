import type { Located, NetworkLink, NetworkModel } from '../model.ts';

/** The links of a model by their id, and who uses whom. */
export interface LinkIndex {
  readonly byId: ReadonlyMap<string, NetworkLink>;
  readonly bySetName: ReadonlyMap<string, NetworkLink>;
  /** The bonds, bridges and VRFs that name a link as their member. */
  readonly ownersOf: ReadonlyMap<string, readonly Membership[]>;
  /** Names that exist although no link defines them: Open vSwitch's patch ports. */
  readonly otherNames: ReadonlySet<string>;
}

export interface Membership {
  readonly owner: NetworkLink;
  readonly member: Located<string>;
}

export function indexLinks(model: NetworkModel): LinkIndex {
  const byId = new Map<string, NetworkLink>();
  const bySetName = new Map<string, NetworkLink>();
  const ownersOf = new Map<string, Membership[]>();
  for (const link of model.links) {
    if (!byId.has(link.id.value)) byId.set(link.id.value, link);
    if (link.setName !== undefined) bySetName.set(link.setName.value, link);
    for (const member of link.members) {
      const owners = ownersOf.get(member.value);
      if (owners === undefined) ownersOf.set(member.value, [{ owner: link, member }]);
      else owners.push({ owner: link, member });
    }
  }
  return { byId, bySetName, ownersOf, otherNames: patchPorts(model) };
}

function patchPorts(model: NetworkModel): Set<string> {
  const names = new Set<string>();
  const settings = [...model.passedThrough, ...model.links.flatMap(({ passedThrough }) => passedThrough)];
  for (const { key, value } of settings) {
    if (key.value !== 'openvswitch' || value.type !== 'map') continue;
    const ports = value.entries.find((entry) => entry.key.value === 'ports')?.value;
    for (const pair of ports?.type === 'sequence' ? ports.items : []) {
      for (const port of pair.type === 'sequence' ? pair.items : []) {
        if (port.type === 'scalar') names.add(String(port.value));
      }
    }
  }
  return names;
}

/** The VRF of a link; addresses and routes of different VRFs do not meet. */
export function routingDomainOf(link: NetworkLink, index: LinkIndex): string {
  if (link.section === 'vrfs') return link.id.value;
  const vrf = index.ownersOf.get(link.id.value)?.find(({ owner }) => owner.section === 'vrfs');
  return vrf?.owner.id.value ?? '';
}
