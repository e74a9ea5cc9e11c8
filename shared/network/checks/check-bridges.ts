import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { type NetworkFormat, type NetworkLink, parameterOf } from '../model.ts';
import { durationInMilliseconds } from './durations.ts';

/** Parameters of a bridge: for its own ports, and within what the spanning tree allows. */
export function checkBridge(bridge: NetworkLink, format: NetworkFormat, sink: DiagnosticSink): void {
  const members = bridge.members.map(({ value }) => value);
  for (const name of ['path-cost', 'port-priority']) {
    const parameter = parameterOf(bridge, name);
    if (parameter === undefined || typeof parameter.value !== 'object' || parameter.value === null) continue;
    for (const port of Object.keys(parameter.value)) {
      if (members.includes(port)) continue;
      const entry =
        parameter.node.type === 'map'
          ? parameter.node.entries.find(({ key }) => String(key.value) === port)
          : undefined;
      const place = entry?.key ?? parameter.node;
      const { hint, fixes } = didYouMean(place, port, members);
      const message = `${String(parameter.key.value)} names “${port}”, which is not a port of “${bridge.id.value}”.${hint}`;
      sink.at(place, 'error', 'network-bridge', message, entry === undefined ? undefined : fixes);
    }
  }
  checkForwardDelay(bridge, format, sink);
}

/** IEEE 802.1D: 2 to 30 seconds; the kernel refuses anything else while the spanning tree is on. */
function checkForwardDelay(bridge: NetworkLink, format: NetworkFormat, sink: DiagnosticSink): void {
  const delay = parameterOf(bridge, 'forward-delay');
  if (delay === undefined || parameterOf(bridge, 'stp')?.value === false) return;
  const seconds = durationInMilliseconds(delay.value, 's') / 1000;
  if (seconds >= 2 && seconds <= 30) return;
  const stp = format === 'network-config-v1' ? 'bridge_stp' : 'stp';
  const message = `With the spanning tree on, ${String(delay.key.value)} is 2 to 30 seconds, not ${seconds}; set “${stp}: false” if the bridge has no loop.`;
  sink.at(delay.node, 'warning', 'network-bridge', message);
}
