import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import type { LinkParameter, NetworkLink, NetworkModel } from '../model.ts';

/**
 * netplan refuses a file for networkd whose two sets of DHCP overrides differ while both protocols are on; then the
 * host comes up without any network.
 */
export function checkDhcpOverrides(link: NetworkLink, model: NetworkModel, sink: DiagnosticSink): void {
  if (model.format !== 'network-config-v2' || usesNetworkManager(link, model)) return;
  if (link.dhcp4?.value !== true || link.dhcp6?.value !== true) return;
  reportMissing(link.dhcp4Overrides, link.dhcp6Overrides, 'dhcp6-overrides', sink);
  reportMissing(link.dhcp6Overrides, link.dhcp4Overrides, 'dhcp4-overrides', sink);
}

function reportMissing(
  from: readonly LinkParameter[],
  to: readonly LinkParameter[],
  name: string,
  sink: DiagnosticSink,
): void {
  for (const override of from) {
    if (to.some((other) => other.name === override.name && other.value === override.value)) continue;
    const message = `With dhcp4 and dhcp6 both on, netplan wants the same ${override.name} in ${name}; write “${override.name}: ${String(override.value)}” there too.`;
    sink.at(override.key, 'error', 'value-invalid', message);
  }
}

function usesNetworkManager(link: NetworkLink, model: NetworkModel): boolean {
  const own = link.passedThrough.find(({ key }) => key.value === 'renderer')?.value;
  const renderer = own?.type === 'scalar' ? own.value : model.renderer?.value;
  return renderer === 'NetworkManager';
}
