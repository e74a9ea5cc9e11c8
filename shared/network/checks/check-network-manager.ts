import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { childOf, type SourceNode } from '../../source/source-node.ts';
import type { NetworkLink } from '../model.ts';
import { itemsOf, textOf } from '../read-value.ts';

/**
 * What netplan has no words for in a connection of NetworkManager (nm.c of netplan 0.106 and 1.1): it refuses the whole
 * file, although networkd would take the same.
 */
export function checkForNetworkManager(link: NetworkLink, sink: DiagnosticSink): void {
  checkDriver(link, sink);
  const refuse = (node: SourceNode, what: string) =>
    sink.at(node, 'error', 'value-invalid', `NetworkManager ${what}, and netplan refuses the file.`);
  const mode = childOf(link.node, 'activation-mode');
  if (mode !== undefined && textOf(mode) === 'off')
    refuse(mode, 'knows no link that is always off, only “manual”');
  if (link.ipv6Mtu !== undefined) refuse(link.ipv6Mtu.node, 'has no MTU for IPv6 alone');
  const [withOptions] = itemsOf(childOf(link.node, 'addresses')).filter(({ type }) => type === 'map');
  if (withOptions !== undefined) refuse(withOptions, 'takes addresses without options only');
  for (const { type } of link.routes)
    if (type !== undefined && type.value.toLowerCase() !== 'unicast')
      refuse(type.node, `has no routes of the type ${type.value}`);
}

/** By another name that it is given, udev finds the card first. */
function checkDriver({ match, setName }: NetworkLink, sink: DiagnosticSink): void {
  const [driver] = match?.drivers ?? [];
  if (driver === undefined || setName !== undefined) return;
  const message =
    'NetworkManager finds no card by its driver, and netplan refuses the file. Add “set-name”, or match by the MAC address.';
  sink.at(driver.node, 'error', 'network-match', message);
}
