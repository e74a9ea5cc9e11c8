import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { wordFix } from '../../diagnostics/suggest.ts';
import { bondParameterIn, modesOfBondParameter } from '../bond-parameters.ts';
import {
  interfaceNameOf,
  type LinkParameter,
  type NetworkFormat,
  type NetworkLink,
  type NetworkModel,
  parameterOf,
} from '../model.ts';
import { usesNetworkManager } from '../network-service.ts';
import { itemsOf } from '../read-value.ts';
import { durationInMilliseconds } from './durations.ts';
import type { LinkIndex } from './link-index.ts';

/** netplan's limit, which is the kernel's BOND_MAX_ARP_TARGETS. */
const mostArpTargets = 16;

/** In milliseconds; nobody waits longer on purpose. */
const slowestMonitoring = 10_000;

/** The key under which each format lists what a bond is made of. */
const keyOfMembers: Readonly<Record<NetworkFormat, string>> = {
  'network-config-v1': 'bond_interfaces',
  'network-config-v2': 'interfaces',
  nmstate: 'port',
  'network-data': 'bond_links',
};

/**
 * Parameters of a bond that contradict its mode, its members or each other. Told in the words of the document: what is
 * written as it stands there, what is to be added as its format calls it.
 */
export function checkBond(
  bond: NetworkLink,
  index: LinkIndex,
  model: NetworkModel,
  sink: DiagnosticSink,
): void {
  const { format } = model;
  if (bond.members.length === 0) {
    sink.at(
      bond.id.node,
      'warning',
      'network-bond',
      `The bond “${bond.id.value}” has no members; add “${keyOfMembers[format]}”.`,
    );
  }
  checkModes(bond, format === 'nmstate' || usesNetworkManager(bond, model), sink);
  checkPrimary(bond, index, sink);
  checkMonitoring(bond, format, sink);
  checkDelays(bond, format, sink);
  checkLeastLinks(bond, sink);
}

function writtenName({ key }: LinkParameter): string {
  return String(key.value);
}

function modeOf(bond: NetworkLink): string {
  return String(parameterOf(bond, 'mode')?.value ?? 'balance-rr');
}

function checkModes(bond: NetworkLink, isForNetworkManager: boolean, sink: DiagnosticSink): void {
  const mode = modeOf(bond);
  for (const parameter of bond.parameters) {
    const rule = modesOfBondParameter[parameter.name];
    if (rule === undefined || rule.modes.includes(mode) || isOff(parameter)) continue;
    const isDefault = parameterOf(bond, 'mode') === undefined;
    const actual = isDefault ? `${mode}, the default` : mode;
    const message = `${writtenName(parameter)} works in ${listed(rule.modes)} only, but the mode is ${actual}.`;
    const isRefused = rule.refused === true || (rule.refused !== undefined && isForNetworkManager);
    sink.at(parameter.key, isRefused ? 'error' : 'warning', 'network-bond', message);
  }
}

/** Zero and “none” switch a parameter off, which fits every mode. */
function isOff(parameter: LinkParameter): boolean {
  return parameter.value === 0 || parameter.value === 'none' || parameter.value === '';
}

function checkPrimary(bond: NetworkLink, index: LinkIndex, sink: DiagnosticSink): void {
  const primary = parameterOf(bond, 'primary');
  if (primary === undefined || bond.members.some(({ value }) => value === primary.value)) return;
  const renamed = index.bySetName.get(String(primary.value))?.id.value;
  if (bond.members.some(({ value }) => value === renamed)) {
    const message = `Links refer to each other by their id: write “${renamed}” for “${String(primary.value)}”.`;
    sink.at(primary.node, 'warning', 'network-bond', message);
    return;
  }
  const isNamedByMachine = bond.members.some(({ value }) => {
    const member = index.byId.get(value);
    return member !== undefined && interfaceNameOf(member) === undefined;
  });
  const members = bond.members.map(({ value }) => value).slice(0, 8);
  const hint = members.length === 0 ? '' : ` The members are ${members.join(', ')}.`;
  sink.at(
    primary.node,
    // A member that is found by its hardware may have this name on the machine.
    isNamedByMachine ? 'warning' : 'error',
    'network-bond',
    `The primary link “${String(primary.value)}” is not a member of the bond.${hint}`,
  );
}

function checkMonitoring(bond: NetworkLink, format: NetworkFormat, sink: DiagnosticSink): void {
  const mii = parameterOf(bond, 'mii-monitor-interval');
  const arp = parameterOf(bond, 'arp-interval');
  const targets = parameterOf(bond, 'arp-ip-targets');
  const usesMii = mii !== undefined && durationInMilliseconds(mii.value) > 0;
  const usesArp = arp !== undefined && durationInMilliseconds(arp.value) > 0;
  if (mii !== undefined && durationInMilliseconds(mii.value) > slowestMonitoring) {
    const seconds = durationInMilliseconds(mii.value) / 1000;
    const message = `With ${writtenName(mii)} of ${seconds} seconds the bond learns that late that a link is gone. Usual are 100 milliseconds: write 100.`;
    sink.at(mii.node, 'warning', 'network-bond', message, [wordFix(mii.node, '100')]);
  }
  const targetCount = itemsOf(targets?.node, 'words').length;
  if (usesMii && usesArp) {
    const message = `A bond checks its links by carrier (${writtenName(mii)}) or by ARP (${writtenName(arp)}), not by both.`;
    sink.at(arp.key, 'error', 'network-bond', message);
  }
  if (usesArp && targetCount === 0) {
    const message = `${writtenName(arp)} needs addresses to ask; add “${bondParameterIn(format, 'arp-ip-targets')}”.`;
    sink.at(arp.key, 'error', 'network-bond', message);
  }
  if (targets !== undefined && targetCount > mostArpTargets) {
    sink.at(
      targets.node,
      'error',
      'network-bond',
      `A bond has at most ${mostArpTargets} ARP targets, not ${targetCount}.`,
    );
  }
  if (targets !== undefined && !usesArp) {
    const message = `${writtenName(targets)} is used only with an “${bondParameterIn(format, 'arp-interval')}” above 0.`;
    sink.at(targets.key, 'warning', 'network-bond', message);
  }
  if (modeOf(bond) === 'active-backup' && !usesMii && !usesArp && bond.members.length > 1) {
    const message = `“${bond.id.value}” does not check its links, so it never fails over; add “${bondParameterIn(format, 'mii-monitor-interval')}: 100”.`;
    sink.at(bond.id.node, 'info', 'network-bond', message);
  }
}

/** The kernel gives the bond no carrier while fewer members are up (bond_3ad_set_carrier in bond_3ad.c). */
function checkLeastLinks(bond: NetworkLink, sink: DiagnosticSink): void {
  const least = parameterOf(bond, 'min-links');
  const count = new Set(bond.members.map(({ value }) => value)).size;
  if (least === undefined || count === 0 || modeOf(bond) !== '802.3ad' || !(Number(least.value) > count))
    return;
  const message = `“${bond.id.value}” never comes up: ${writtenName(least)} waits for ${String(least.value)} members, and it has ${count}.`;
  sink.at(least.node, 'error', 'network-bond', message);
}

/** The kernel ignores delays without carrier checks and rounds them down to a multiple of the interval. */
function checkDelays(bond: NetworkLink, format: NetworkFormat, sink: DiagnosticSink): void {
  const interval = durationInMilliseconds(parameterOf(bond, 'mii-monitor-interval')?.value);
  const intervalName = bondParameterIn(format, 'mii-monitor-interval');
  for (const name of ['up-delay', 'down-delay']) {
    const delay = parameterOf(bond, name);
    const milliseconds = durationInMilliseconds(delay?.value);
    if (delay === undefined || milliseconds === 0) continue;
    if (interval === 0) {
      const message = `${writtenName(delay)} has no effect without “${intervalName}”.`;
      sink.at(delay.key, 'warning', 'network-bond', message);
    } else if (milliseconds % interval !== 0) {
      const rounded = Math.floor(milliseconds / interval) * interval;
      const message = `${writtenName(delay)} is rounded down to ${rounded} ms, a multiple of ${intervalName} (${interval} ms).`;
      sink.at(delay.node, 'warning', 'network-bond', message);
    }
  }
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
