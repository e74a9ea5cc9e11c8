import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { childOf, entryOf, type SourceNode } from '../../source/source-node.ts';
import { openVSwitchModes } from '../bond-parameters.ts';
import { type NetworkLink, type NetworkModel, parameterOf } from '../model.ts';
import { itemsOf, textOf } from '../read-value.ts';

/** Settings of Open vSwitch that belong to one kind of link (netplan’s parse.c). */
const bridgeSettings = ['fail-mode', 'mcast-snooping', 'rstp', 'controller', 'protocols'];

/** What netplan refuses of Open vSwitch, and that hosts do not have it by themselves. */
export function checkSwitch(model: NetworkModel, sink: DiagnosticSink): void {
  if (model.format !== 'network-config-v2') return;
  const settings = entryOf(model.node, 'openvswitch');
  const first = settings?.key ?? model.links.map(placeOfSwitch).find((place) => place !== undefined);
  if (first !== undefined) {
    const message =
      'Images have no Open vSwitch, and netplan refuses the file where it is missing. Add “openvswitch-switch” to the packages of the profile.';
    sink.at(first, 'warning', 'network-unsupported', message);
  }
  const used = new Set<string>();
  for (const pair of itemsOf(childOf(settings?.value, 'ports'))) {
    checkPair(pair, sink);
    reportUsedPorts(pair, used, sink);
  }
  for (const link of model.links) {
    const own = childOf(link.node, 'openvswitch');
    if (own !== undefined) checkSettings(link, own, sink);
  }
}

/** What makes a link one of the switch: settings for it, or a mode that only its bonds have (netplan’s handle_bond_mode). */
function placeOfSwitch(link: NetworkLink): SourceNode | undefined {
  const own = entryOf(link.node, 'openvswitch')?.key;
  if (own !== undefined || link.kind !== 'bond') return own;
  const mode = parameterOf(link, 'mode');
  return openVSwitchModes.includes(String(mode?.value)) ? mode?.node : undefined;
}

function reportUsedPorts(pair: SourceNode, used: Set<string>, sink: DiagnosticSink): void {
  for (const port of itemsOf(pair)) {
    const name = textOf(port);
    if (name === undefined) continue;
    if (used.has(name)) {
      const message = `“${name.slice(0, 80)}” is a port of a patch already; netplan refuses the file.`;
      sink.at(port, 'error', 'value-invalid', message);
    }
    used.add(name);
  }
}

function checkPair(pair: SourceNode, sink: DiagnosticSink): void {
  if (pair.type !== 'sequence' || pair.items.length === 2) return;
  const message = 'A patch has two ports, which netplan connects; it refuses the file otherwise.';
  sink.at(pair, 'error', 'value-invalid', message);
}

function checkSettings({ kind }: NetworkLink, settings: SourceNode, sink: DiagnosticSink): void {
  const misplaced = [
    ...(kind === 'bond' ? [] : ['lacp']),
    // The settings of the switch as a whole name protocols too; they are no link.
    ...(kind === 'bridge' ? [] : bridgeSettings),
  ];
  for (const name of misplaced) {
    const entry = entryOf(settings, name);
    if (entry === undefined) continue;
    const owner = name === 'lacp' ? 'bonds' : 'bridges';
    sink.at(entry.key, 'error', 'value-invalid', `“${name}” is for ${owner} alone; netplan refuses it here.`);
  }
}
