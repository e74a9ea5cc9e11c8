import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../../diagnostics/diagnostic-codes.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { entryOf } from '../../source/source-node.ts';
import type { Located, NetworkLink, NetworkModel } from '../model.ts';
import type { LinkIndex, Membership } from './link-index.ts';

/** References between links: each names a link that exists, is member of one other, and leads to no cycle. */
export function checkReferences(model: NetworkModel, index: LinkIndex, sink: DiagnosticSink): void {
  for (const link of model.links) {
    for (const reference of [...referencesOf(link), ...otherReferencesOf(link)])
      reportUnknown(link, reference, model, index, sink);
    reportRepeatedMembers(link, sink);
    reportImpossibleMembers(link, index, sink);
  }
  reportReusedMembers(index, sink);
  reportCycles(model, index, sink);
}

function referencesOf(link: NetworkLink): Located<string>[] {
  const below = link.vlan?.link;
  return below === undefined ? [...link.members] : [...link.members, below];
}

/** Links that others name without being built of them: of SR-IOV, of VXLAN, and the other end of a pair. */
function otherReferencesOf({ kind, section, passedThrough }: NetworkLink): Located<string>[] {
  if (kind !== 'physical' && kind !== 'other') return [];
  const wanted = section === 'virtual-ethernets' ? 'peer' : 'link';
  return passedThrough.flatMap(({ key, value }) =>
    key.value === wanted && value.type === 'scalar' && value.value !== null
      ? [{ value: String(value.value), node: value }]
      : [],
  );
}

function reportUnknown(
  link: NetworkLink,
  reference: Located<string>,
  model: NetworkModel,
  index: LinkIndex,
  sink: DiagnosticSink,
): void {
  if (index.byId.has(reference.value) || index.otherNames.has(reference.value)) return;
  const { hint, fixes } = didYouMean(reference.node, reference.value, index.byId.keys());
  const renamed = index.bySetName.get(reference.value);
  const byName =
    renamed === undefined ? '' : ` Links refer to each other by their id: write “${renamed.id.value}”.`;
  // cloud-init leaves wireless cards to others, so its example names one that the document does not define.
  const mayBeLeftToOthers = link.kind === 'bridge' && /^wl/.test(reference.value) && !isForNetplan(model);
  const refusal = mayBeLeftToOthers ? ' netplan refuses the file; define it under “wifis”.' : '';
  const message = `“${link.id.value}” uses “${reference.value}”, which is not defined.${byName || refusal || hint}`;
  const severity = mayBeLeftToOthers ? 'warning' : 'error';
  sink.at(reference.node, severity, 'network-link-unknown', message, byName === '' ? fixes : undefined);
}

/** Whether a document says what only netplan reads: a renderer, or links that cloud-init's own renderers pass over. */
function isForNetplan({ format, renderer, links }: NetworkModel): boolean {
  if (format !== 'network-config-v2') return false;
  const ofNetplan = (link: NetworkLink) =>
    link.kind === 'other' || entryOf(link.node, 'renderer') !== undefined;
  return renderer !== undefined || links.some(ofNetplan);
}

function reportRepeatedMembers(link: NetworkLink, sink: DiagnosticSink): void {
  const seen = new Set<string>();
  for (const member of link.members) {
    if (seen.has(member.value)) {
      sink.at(
        member.node,
        'error',
        'network-link-reused',
        `“${member.value}” stands twice in “${link.id.value}”.`,
      );
    }
    seen.add(member.value);
  }
}

/** The kernel takes no bond into a bond, no bridge into a bridge, and no bridge into a bond. */
function reportImpossibleMembers(link: NetworkLink, index: LinkIndex, sink: DiagnosticSink): void {
  if (link.kind !== 'bond' && link.kind !== 'bridge') return;
  const code: DiagnosticCode = link.kind === 'bond' ? 'network-bond' : 'network-bridge';
  for (const member of link.members) {
    const kind = index.byId.get(member.value)?.kind;
    if (member.value === link.id.value || kind === undefined) continue;
    if (kind === 'loopback' || kind === 'bridge' || (kind === 'bond' && link.kind === 'bond')) {
      sink.at(
        member.node,
        'error',
        code,
        `“${member.value}” is a ${kind} and cannot be part of the ${link.kind} “${link.id.value}”.`,
      );
    }
  }
}

/** A VRF may hold what is built of other links; of bonds and bridges a link can serve only one, and of VRFs too. */
function reportReusedMembers(index: LinkIndex, sink: DiagnosticSink): void {
  for (const memberships of index.ownersOf.values()) {
    const owners = memberships.filter(({ owner }) => owner.kind === 'bond' || owner.kind === 'bridge');
    const [first, ...others] = owners;
    for (const { owner, member } of others) {
      if (owner === first?.owner) continue;
      const message = `“${member.value}” is already a member of “${first?.owner.id.value}”; it cannot be one of “${owner.id.value}” too.`;
      sink.at(member.node, 'error', 'network-link-reused', message);
    }
    reportSecondVrf(memberships, sink);
    for (const { owner, member } of owners) reportMemberWithAddresses(owner, member, index, sink);
  }
}

function reportSecondVrf(memberships: readonly Membership[], sink: DiagnosticSink): void {
  const [first, ...others] = memberships.filter(({ owner }) => owner.section === 'vrfs');
  for (const { owner, member } of others) {
    if (owner === first?.owner) continue;
    const message = `“${member.value}” is in the VRF “${first?.owner.id.value}” already; it cannot be in “${owner.id.value}” too.`;
    sink.at(member.node, 'error', 'network-link-reused', message);
  }
}

/** Traffic of a member goes to what it is part of: an address on the member itself answers nothing. */
function reportMemberWithAddresses(
  owner: NetworkLink,
  member: Located<string>,
  index: LinkIndex,
  sink: DiagnosticSink,
): void {
  const link = index.byId.get(member.value);
  const place =
    link?.addresses[0]?.node ?? [link?.dhcp4, link?.dhcp6].find((dhcp) => dhcp?.value === true)?.node;
  if (link === undefined || place === undefined) return;
  const message = `“${link.id.value}” is part of “${owner.id.value}”; addresses belong on “${owner.id.value}”.`;
  sink.at(place, 'warning', owner.kind === 'bond' ? 'network-bond' : 'network-bridge', message);
}

function reportCycles(model: NetworkModel, index: LinkIndex, sink: DiagnosticSink): void {
  const finished = new Set(model.links.filter((link) => link.members.length === 0 && !link.vlan?.link));
  for (const start of model.links) {
    if (!finished.has(start)) walk(start, index, finished, sink);
  }
}

interface Step {
  readonly link: NetworkLink;
  readonly references: readonly Located<string>[];
  /** How many of them were followed. */
  followed: number;
}

function stepTo(link: NetworkLink): Step {
  return { link, references: referencesOf(link), followed: 0 };
}

/** Depth first with a stack of its own, because a document may chain more links than the call stack holds. */
function walk(start: NetworkLink, index: LinkIndex, finished: Set<NetworkLink>, sink: DiagnosticSink): void {
  const path: Step[] = [stepTo(start)];
  const open = new Set([start]);
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const reference = step.references[step.followed++];
    if (reference === undefined) {
      path.pop();
      open.delete(step.link);
      finished.add(step.link);
      continue;
    }
    const next = index.byId.get(reference.value);
    if (next === undefined || finished.has(next)) continue;
    if (open.has(next)) {
      const members = path
        .slice(path.findIndex(({ link }) => link === next))
        .map(({ link }) => link.id.value);
      const message = `The links run in a circle: ${[...members, next.id.value].slice(-9).join(' → ')}.`;
      sink.at(reference.node, 'error', 'network-link-reused', message);
      continue;
    }
    open.add(next);
    path.push(stepTo(next));
  }
}
