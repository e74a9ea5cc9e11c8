import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { childOf, type SourceNode } from '../../source/source-node.ts';
import { type IpAddress, parseIpAddress } from '../addresses.ts';
import type { NetworkLink } from '../model.ts';
import { itemsOf, textOf } from '../read-value.ts';
import { tunnelModes } from '../version-2-other-keys.ts';
import { isReference } from './stands-for-value.ts';

/** Which address families the ends of a tunnel have, by its mode (validate_tunnel_grammar of netplan's validation.c). */
const modesOverIpv6: ReadonlySet<string> = new Set(['ipip6', 'ip6ip6', 'ip6gre', 'ip6gretap', 'vti6']);
const keyedModes: ReadonlySet<string> = new Set(['gre', 'gretap', 'ip6gre', 'ip6gretap', 'vti', 'vti6']);
const keyedByNetworkManager: ReadonlySet<string> = new Set(['gre', 'ip6gre']);

/** What netplan asks of each kind of tunnel; it refuses the whole file over one that lacks it. */
export function checkTunnel(link: NetworkLink, isForNetworkManager: boolean, sink: DiagnosticSink): void {
  const mode = textOf(childOf(link.node, 'mode'));
  if (mode === undefined || !tunnelModes.includes(mode)) return;
  checkKeyNames(keysOf(link), sink);
  if (mode === 'wireguard') {
    checkWireguard(link, isForNetworkManager, sink);
    return;
  }
  if (mode === 'vxlan') checkVxlan(link, sink);
  else checkEnds(link, mode, sink);
  checkKeys(link, mode, isForNetworkManager, sink);
  checkService(link, mode, isForNetworkManager, sink);
}

function checkService(
  link: NetworkLink,
  mode: string,
  isForNetworkManager: boolean,
  sink: DiagnosticSink,
): void {
  const isRefused = isForNetworkManager ? mode === 'gretap' || mode === 'ip6gretap' : mode === 'isatap';
  const node = childOf(link.node, 'mode');
  if (!isRefused || node === undefined) return;
  const service = isForNetworkManager ? 'NetworkManager' : 'networkd';
  const message = `${service} makes no tunnel of the mode ${mode}, and netplan refuses the file.`;
  sink.at(node, 'error', 'value-invalid', message);
}

function checkEnds(link: NetworkLink, mode: string, sink: DiagnosticSink): void {
  const [local, remote] = ['local', 'remote'].map((key) => childOf(link.node, key));
  const name = link.id.value;
  if (remote === undefined) {
    const message = `The tunnel “${name}” does not say where it ends, and netplan refuses the file; add “remote”.`;
    sink.at(link.id.node, 'error', 'key-missing', message);
  }
  if (local === undefined) {
    const message = `The tunnel “${name}” does not say its own address. netplan 0.106, that of Debian 12, refuses the file without; add “local”.`;
    sink.at(link.id.node, 'warning', 'key-missing', message);
  }
  const family = modesOverIpv6.has(mode) ? 6 : 4;
  for (const end of [local, remote]) {
    const address = addressAt(end);
    if (end === undefined || address === undefined || address.family === family) continue;
    const message = `A tunnel of the mode ${mode} runs over IPv${family}, but this end is IPv${address.family}; netplan refuses the file.`;
    sink.at(end, 'error', 'network-address', message);
  }
}

function checkVxlan(link: NetworkLink, sink: DiagnosticSink): void {
  const [local, remote] = ['local', 'remote'].map((key) => childOf(link.node, key));
  if (childOf(link.node, 'id') === undefined) {
    const message = `The VXLAN “${link.id.value}” has no number, and netplan refuses the file; add “id”.`;
    sink.at(link.id.node, 'error', 'key-missing', message);
  }
  const range = childOf(link.node, 'port-range');
  if (range?.type === 'sequence' && range.items.length !== 2) {
    const message = 'A range of ports has two, the lowest and the highest; netplan refuses the file.';
    sink.at(range, 'error', 'value-invalid', message);
  }
  const families = [addressAt(local)?.family, addressAt(remote)?.family];
  if (remote === undefined || families.includes(undefined) || families[0] === families[1]) return;
  const message = `One end of the VXLAN is IPv${families[0]}, the other IPv${families[1]}; netplan refuses the file.`;
  sink.at(remote, 'error', 'network-address', message);
}

function addressAt(node: SourceNode | undefined): IpAddress | undefined {
  return parseIpAddress(textOf(node) ?? '');
}

function keysOf(link: NetworkLink): SourceNode | undefined {
  return childOf(link.node, 'keys') ?? childOf(link.node, 'key');
}

function checkKeys(
  link: NetworkLink,
  mode: string,
  isForNetworkManager: boolean,
  sink: DiagnosticSink,
): void {
  const keys = keysOf(link);
  if (keys === undefined) return;
  if (!(isForNetworkManager ? keyedByNetworkManager : keyedModes).has(mode)) {
    sink.at(
      keys,
      'error',
      'value-invalid',
      `A tunnel of the mode ${mode} has no key; netplan refuses the file.`,
    );
    return;
  }
  const written = keys.type === 'map' ? [childOf(keys, 'input'), childOf(keys, 'output')] : [keys];
  for (const key of written) {
    const text = textOf(key);
    if (key === undefined || text === undefined || isReference(text)) continue;
    if (/^\d{1,10}$/.test(text) && Number(text) <= 0xffff_ffff) continue;
    if (parseIpAddress(text)?.family === 4) continue;
    const message = `The key of a tunnel is a number or written like an IPv4 address, not “${text.slice(0, 80)}”; netplan refuses the file.`;
    sink.at(key, 'error', 'value-invalid', message);
  }
}

/** The words of `tunnel_keys_handlers` in netplan’s parse.c; the last is newer than 0.106. */
const newerKeyName = 'private-key-flags';
const keyNames: readonly string[] = ['input', 'output', 'private', newerKeyName];

function checkKeyNames(keys: SourceNode | undefined, sink: DiagnosticSink): void {
  if (keys?.type === 'sequence')
    sink.at(keys, 'error', 'value-type', 'The keys of a tunnel are one text or a mapping, not a list.');
  for (const { key } of keys?.type === 'map' ? keys.entries : []) {
    const name = String(key.value);
    if (!keyNames.includes(name)) {
      const { hint, fixes } = didYouMean(key, name, keyNames);
      const message = `The key “${name.slice(0, 80)}” does not exist in keys of a tunnel; netplan refuses the file.${hint}`;
      sink.at(key, 'error', 'key-unknown', message, fixes);
    } else if (name === newerKeyName) {
      const message = `netplan 0.106, the one of Debian 12, does not know “${name}” and refuses the file.`;
      sink.at(key, 'warning', 'network-unsupported', message);
    }
  }
}

function checkWireguard(link: NetworkLink, isForNetworkManager: boolean, sink: DiagnosticSink): void {
  const keys = keysOf(link);
  const own = keys?.type === 'map' ? childOf(keys, 'private') : keys;
  // Newer versions of netplan let an agent of NetworkManager ask for it.
  const isAskedFor = childOf(keys, 'private-key-flags') !== undefined;
  if (own === undefined && !isAskedFor) {
    const message = `“${link.id.value}” has no private key, and netplan refuses the file; add “key” with the path of its file, or a secret.`;
    sink.at(link.id.node, 'error', 'key-missing', message);
  }
  if (own !== undefined) checkWireguardKey(own, 'The private key', !isForNetworkManager, sink);
  const peers = childOf(link.node, 'peers');
  if (itemsOf(peers).length === 0) {
    const message = `“${link.id.value}” has no peer, and netplan refuses the file; add “peers”.`;
    sink.at(peers ?? link.id.node, 'error', 'key-missing', message);
  }
  for (const peer of itemsOf(peers)) checkPeer(peer, isForNetworkManager, sink);
}

function checkPeer(peer: SourceNode, isForNetworkManager: boolean, sink: DiagnosticSink): void {
  if (peer.type !== 'map') return;
  const keys = childOf(peer, 'keys');
  const key = childOf(keys, 'public');
  if (key === undefined) {
    const message = 'The peer has no public key, and netplan refuses the file; add “keys” with “public”.';
    sink.at(keys ?? peer, 'error', 'key-missing', message);
  } else checkWireguardKey(key, 'The public key', false, sink);
  const shared = childOf(keys, 'shared');
  if (shared !== undefined) checkWireguardKey(shared, 'The shared key', !isForNetworkManager, sink);
  const networks = childOf(peer, 'allowed-ips');
  if (networks !== undefined && (networks.type !== 'sequence' || networks.items.length > 0)) return;
  const message = 'The peer has no “allowed-ips”, so nothing is sent to it, and netplan refuses the file.';
  sink.at(networks ?? peer, 'error', 'key-missing', message);
}

/** 32 octets in base64; keys that are secret may be the path of a file instead (is_wireguard_key of netplan's util.c). */
function checkWireguardKey(
  node: SourceNode,
  what: string,
  isPathAllowed: boolean,
  sink: DiagnosticSink,
): void {
  const text = textOf(node);
  if (text === undefined || isReference(text) || /^[A-Za-z\d+/]{43}=$/.test(text)) return;
  if (isPathAllowed && text.startsWith('/')) return;
  const other = isPathAllowed ? ', or the path of a file with it' : '';
  const message = `${what} is no key of WireGuard: 44 characters that end with “=”${other}. netplan refuses the file.`;
  sink.at(node, 'error', 'value-invalid', message);
}
