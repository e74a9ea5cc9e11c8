import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../source/source-node.ts';

/**
 * Keys that nmstate 2 takes for left out when they are null: an `Option` of serde. Numbers and flags have readers of
 * their own (deserializer.rs), which refuse null, and so have the lists at the top of the document.
 */
const optionalKeys: ReadonlySet<string> = new Set([
  ...['ipv4', 'ipv6', 'address', 'ethernet', 'sr-iov', 'lldp', 'ethtool', 'mptcp', '802.1x', 'dispatch'],
  ...['mac-address', 'profile-name', 'description', 'identifier', 'wait-ip', 'controller', 'copy-mac-from'],
  ...['port', 'ports-config', 'options', 'alt-names', 'ovs-db', 'dns-resolver', 'config', 'server', 'search'],
  ...['vrf', 'vxlan', 'bridge', 'user-defined', 'pci-address', 'primary', 'arp_ip_target', 'ad_actor_system'],
  ...['destination', 'next-hop-interface', 'next-hop-address', 'route-type', 'vrf-name', 'source'],
  ...['family', 'ip-from', 'ip-to', 'iif', 'action', 'remote', 'local', 'token', 'addr-gen-mode'],
  ...['dhcp-client-id', 'dhcp-duid', 'dhcp-custom-hostname'],
]);

/** That these are missing is reported itself, and better. */
const missedKeys: ReadonlySet<string> = new Set([
  'type',
  'link-aggregation',
  'bond',
  'mode',
  'vlan',
  'base-iface',
]);

/** The tree as nmstate reads it. The same tree when nothing in it is null. */
export function withoutNulls(node: SourceNode, sink: DiagnosticSink): SourceNode {
  if (node.type === 'sequence') {
    const items = node.items.map((item) => withoutNulls(item, sink));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  if (node.type !== 'map') return node;
  let isChanged = false;
  const entries = node.entries.flatMap((entry) => {
    const key = String(entry.key.value);
    if (isNull(entry.value) && (optionalKeys.has(key) || missedKeys.has(key))) {
      isChanged = true;
      if (!missedKeys.has(key)) {
        const message = `Nothing is written for “${key}”: nmstate takes it for left out. Give it a value, or remove the key.`;
        sink.at(entry.key, 'warning', 'value-type', message);
      }
      return [];
    }
    const value = withoutNulls(entry.value, sink);
    if (value === entry.value) return [entry];
    isChanged = true;
    return [{ ...entry, value }];
  });
  return isChanged ? { ...node, entries } : node;
}

function isNull(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === null;
}
