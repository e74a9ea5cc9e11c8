import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { childOf, entryOf, type SourceNode } from '../../source/source-node.ts';
import type { NetworkLink, NetworkModel } from '../model.ts';
import { itemsOf } from '../read-value.ts';

/** Settings of Open vSwitch that belong to one kind of link (netplan’s parse.c). */
const bridgeSettings = ['fail-mode', 'mcast-snooping', 'rstp', 'controller', 'protocols'];

/** What netplan refuses of Open vSwitch, and that hosts do not have it by themselves. */
export function checkSwitch(model: NetworkModel, sink: DiagnosticSink): void {
  if (model.format !== 'network-config-v2') return;
  const settings = entryOf(model.node, 'openvswitch');
  const first =
    settings?.key ?? model.links.map(({ node }) => entryOf(node, 'openvswitch')?.key).find(Boolean);
  if (first !== undefined) {
    const message =
      'Images have no Open vSwitch, and netplan refuses the file where it is missing. Add “openvswitch-switch” to the packages of the profile.';
    sink.at(first, 'warning', 'network-unsupported', message);
  }
  for (const pair of itemsOf(childOf(settings?.value, 'ports'))) checkPair(pair, sink);
  for (const link of model.links) {
    const own = childOf(link.node, 'openvswitch');
    if (own !== undefined) checkSettings(link, own, sink);
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
