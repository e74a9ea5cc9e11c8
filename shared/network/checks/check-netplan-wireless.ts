import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { childOf, type SourceNode } from '../../source/source-node.ts';
import type { NetworkLink } from '../model.ts';
import { integerOf, itemsOf, textOf } from '../read-value.ts';
import { isReference } from './stands-for-value.ts';

/** The channels of 5 GHz that netplan knows (wifi_get_freq5 of its util.c). */
const channelsOf5GHz: ReadonlySet<number> = new Set([
  ...[7, 8, 9, 11, 12, 16, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62, 64, 68, 96],
  ...[100, 102, 104, 106, 108, 110, 112, 114, 116, 118, 120, 122, 124, 126, 128, 132, 134, 136, 138, 140],
  ...[142, 144, 149, 151, 153, 155, 157, 159, 161, 165, 169, 173],
]);

/** Words for `auth` that netplan has since 1.0. */
const newerWords: ReadonlySet<string | undefined> = new Set([
  ...['psk-sha256', 'eap-sha256', 'eap-suite-b-192', 'sae', 'leap', 'pwd'],
]);

/** How a card proves itself to a network: wireless, or a port of a switch. */
export function checkAuthentication(auth: SourceNode | undefined, sink: DiagnosticSink): void {
  for (const key of ['key-management', 'method']) {
    const node = childOf(auth, key);
    const word = textOf(node);
    if (node === undefined || !newerWords.has(word)) continue;
    const message = `netplan 0.106, the one of Debian 12, does not know “${word}” and refuses the file.`;
    sink.at(node, 'warning', 'network-unsupported', message);
  }
}

/** What netplan refuses of a wireless card, together with the whole file. */
export function checkWireless(link: NetworkLink, isForNetworkManager: boolean, sink: DiagnosticSink): void {
  const networks = childOf(link.node, 'access-points');
  if (networks?.type === 'map') {
    if (networks.entries.length === 0) {
      const message = 'The wireless card has no network, and netplan refuses the file; add one by its name.';
      sink.at(networks, 'error', 'key-missing', message);
    }
    for (const { value } of networks.entries) {
      checkPassphrase(value, sink);
      checkAuthentication(childOf(value, 'auth'), sink);
      checkChannel(value, sink);
      if (!isForNetworkManager) checkMode(value, sink);
    }
  }
  checkEvents(childOf(link.node, 'wakeonwlan'), isForNetworkManager, sink);
  if (!isForNetworkManager && link.match !== undefined) {
    const message =
      'networkd finds a wireless card by its name alone, and netplan refuses “match” here. Give the card’s name as the id, or say “renderer: NetworkManager”.';
    sink.at(link.match.node, 'error', 'network-match', message);
  }
}

/** What wakes the machine (handle_wowlan of netplan’s parse.c, append_wifi_wowlan_flags of its networkd.c). */
function checkEvents(
  written: SourceNode | undefined,
  isForNetworkManager: boolean,
  sink: DiagnosticSink,
): void {
  const events = itemsOf(written);
  const usual = events.find((event) => textOf(event) === 'default');
  if (usual !== undefined && events.some((event) => textOf(event) !== 'default')) {
    const message = '“default” stands alone; netplan refuses it beside other events.';
    sink.at(usual, 'error', 'value-invalid', message);
    return;
  }
  const tcp = isForNetworkManager ? undefined : events.find((event) => textOf(event) === 'tcp');
  if (tcp === undefined) return;
  const message =
    'networkd’s helper wakes for no TCP packet, and netplan refuses the file. Say “renderer: NetworkManager” for this card.';
  sink.at(tcp, 'error', 'value-invalid', message);
}

/** networkd’s helper, wpa_supplicant, is told to join networks. */
function checkMode(network: SourceNode, sink: DiagnosticSink): void {
  const mode = childOf(network, 'mode');
  if (mode !== undefined && textOf(mode) === 'ap') {
    const message =
      'networkd cannot be an access point, and netplan refuses the file. Say “renderer: NetworkManager” for this card.';
    sink.at(mode, 'error', 'value-invalid', message);
  }
}

function checkChannel(network: SourceNode, sink: DiagnosticSink): void {
  const channel = childOf(network, 'channel');
  const number = integerOf(channel);
  const band = textOf(childOf(network, 'band'));
  if (channel === undefined || number === undefined || band === undefined) return;
  const isKnown = band.startsWith('5') ? channelsOf5GHz.has(number) : number <= 14;
  if (isKnown) return;
  sink.at(
    channel,
    'error',
    'value-range',
    `There is no channel ${number} at ${band}; netplan refuses the file.`,
  );
}

/** The limits of WPA; netplan’s own manual has a shorter one, and netplan refuses it. */
function checkPassphrase(network: SourceNode, sink: DiagnosticSink): void {
  const own = childOf(network, 'auth');
  const kind = textOf(childOf(own, 'key-management'));
  const isShared = kind === undefined || kind === 'psk' || kind === 'psk-sha256';
  const password = childOf(network, 'password') ?? (isShared ? childOf(own, 'password') : undefined);
  if (password?.type !== 'scalar' || password.value === null) return;
  const text = String(password.value);
  if (isReference(text) || /^.{8,63}$|^[\da-f]{64}$/is.test(text)) return;
  const message = `A passphrase has 8 to 63 characters (a key 64 hexadecimal digits), but this has ${text.length}; netplan refuses the file.`;
  sink.at(password, 'warning', 'value-range', message);
}
