import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { didYouMean, replacementFix } from '../../diagnostics/suggest.ts';
import { childOf, entryOf } from '../../source/source-node.ts';
import type { LinkParameter, NetworkLink, NetworkModel, PassedThrough } from '../model.ts';
import { usesNetworkManager } from '../network-service.ts';
import { integerOf, itemsOf, textOf } from '../read-value.ts';
import { macWords } from '../text-formats.ts';
import { checkDevice } from './check-netplan-devices.ts';
import { checkTunnel } from './check-netplan-tunnels.ts';
import { checkAuthentication, checkWireless } from './check-netplan-wireless.ts';
import { checkForNetworkManager } from './check-network-manager.ts';
import { isReference } from './stands-for-value.ts';

/** Combinations that netplan refuses together with the whole file, so that the host comes up without network. */
export function checkForNetplan(link: NetworkLink, model: NetworkModel, sink: DiagnosticSink): void {
  if (model.format !== 'network-config-v2') return;
  const generation = link.passedThrough.find(({ key }) => key.value === 'ipv6-address-generation');
  const token = link.passedThrough.find(({ key }) => key.value === 'ipv6-address-token');
  if (generation !== undefined && token !== undefined) {
    const message = 'ipv6-address-token cannot stand beside “ipv6-address-generation”; remove one of them.';
    sink.at(token.key, 'error', 'value-invalid', message);
  }
  const isForNetworkManager = usesNetworkManager(link, model);
  if (link.section === 'tunnels') checkTunnel(link, isForNetworkManager, sink);
  if (link.section === 'wifis') checkWireless(link, isForNetworkManager, sink);
  if (link.section === 'vrfs') checkTables(link, sink);
  checkAuthentication(childOf(link.node, 'auth'), sink);
  checkUseDomains(link, sink);
  reportGateways(link, sink);
  reportNumbers(link, sink);
  checkDrivers(link, sink);
  checkPattern(link, sink);
  checkDevice(link, model, sink);
  if (isForNetworkManager) checkForNetworkManager(link, sink);
  else checkForNetworkd(link, generation, sink);
}

/**
 * Images have networkd, so nothing is said of what cloud-init's own renderers could not write; a document that asks for
 * the other service must bring it.
 */
export function checkRenderers(model: NetworkModel, sink: DiagnosticSink): void {
  if (model.format !== 'network-config-v2') return;
  const ofLinks = model.links
    // netplan has no other service for modems.
    .filter(({ section }) => section !== 'modems')
    .map(({ passedThrough }) => passedThrough.find(({ key }) => key.value === 'renderer')?.value);
  for (const node of [model.renderer?.node, ...ofLinks]) {
    if (node?.type !== 'scalar' || node.value !== 'NetworkManager') continue;
    const message =
      'Images have systemd-networkd. For NetworkManager add “network-manager” to the packages of the profile, or leave the renderer out.';
    sink.at(node, 'warning', 'network-unsupported', message);
  }
}

function checkForNetworkd(
  link: NetworkLink,
  generation: PassedThrough | undefined,
  sink: DiagnosticSink,
): void {
  checkDhcpOverrides(link, sink);
  if (link.section === 'modems') {
    const message =
      'networkd knows no modems, and netplan refuses the file. Say “renderer: NetworkManager” for this one.';
    sink.at(link.id.node, 'error', 'value-invalid', message);
  }
  if (link.dhcp6?.value === true && link.linkLocal?.value.includes('ipv6') === false) {
    const message =
      'networkd asks DHCP for IPv6 from a link-local address, which “link-local” turns off here, and so does not ask at all. Add “ipv6” there.';
    sink.at(link.dhcp6.node, 'warning', 'value-invalid', message);
  }
  const mac = link.macAddress;
  // Of the words, networkd knows these two; netplan 0.106 none, so that hosts do not receive them.
  if (mac !== undefined && macWords.includes(mac.value) && !/^(?:permanent|random)$/.test(mac.value)) {
    const message = `networkd does not know “${mac.value}”, which is for NetworkManager only; netplan refuses the file.`;
    sink.at(mac.node, 'error', 'network-mac', message);
  }
  if (generation?.value.type === 'scalar' && generation.value.value === 'stable-privacy') {
    const message =
      'stable-privacy is for NetworkManager only; networkd does not know it, and netplan refuses the file.';
    sink.at(generation.value, 'error', 'value-invalid', message);
  }
}

/** Routes and rules of a VRF are in its own table, whether they say so or not (`adopt_and_validate_vrf_routes`). */
function checkTables({ id, node, routes, routingPolicy }: NetworkLink, sink: DiagnosticSink): void {
  const own = integerOf(childOf(node, 'table'));
  if (own === undefined) return;
  for (const { table } of [...routes, ...routingPolicy]) {
    if (table === undefined || table.value === own || table.value === 0) continue;
    const message = `The VRF “${id.value}” has the table ${own}, and netplan refuses the file where it says another. Write ${own}, or leave “table” out.`;
    sink.at(table.node, 'error', 'network-route', message, [replacementFix(table.node, String(own))]);
  }
}

/** Of DHCP the word goes to networkd, which passes over one that it does not know; of routers netplan judges it. */
function checkUseDomains({ node }: NetworkLink, sink: DiagnosticSink): void {
  for (const name of ['dhcp4-overrides', 'dhcp6-overrides', 'ra-overrides']) {
    const written = childOf(childOf(node, name), 'use-domains');
    const word = textOf(written);
    if (written === undefined || word === undefined || isReference(word) || domainWords.test(word)) continue;
    const { hint, fixes } = didYouMean(written, word, ['true', 'false', 'route']);
    const isRefused = name === 'ra-overrides';
    const consequence = isRefused ? 'netplan refuses the file' : 'networkd passes over it';
    const message = `use-domains is true, false or route; “${word}” is none, and ${consequence}.${hint}`;
    sink.at(written, isRefused ? 'error' : 'warning', 'value-invalid', message, fixes);
  }
}

/** The words of both for yes and no. */
const domainWords = /^(?:true|yes|y|on|t|1|false|no|n|off|f|0|route)$/i;

/** netplan itself warns of these keys (`handle_gateway4` of its parser). Hosts receive default routes in any case. */
function reportGateways({ node, routes }: NetworkLink, sink: DiagnosticSink): void {
  for (const name of ['gateway4', 'gateway6']) {
    const entry = entryOf(node, name);
    // One that is no address is told as that.
    if (entry === undefined || !routes.some((route) => route.node === entry.value)) continue;
    const message = `netplan gives ${name} up for a route: under “routes” write the destination as “to: default” and this address as “via”.`;
    sink.at(entry.key, 'info', 'network-deprecated', message);
  }
}

/**
 * The kernel’s numbers of modes and policies. cloud-init’s own renderers hand them on, while netplan refuses the mode
 * (`handle_bond_mode` of its parser) and networkd the others. Hosts receive the words.
 */
function reportNumbers({ kind, parameters }: NetworkLink, sink: DiagnosticSink): void {
  if (kind !== 'bond') return;
  for (const { name, key, value, node } of parameters) {
    if (name === 'arp-ip-targets' && node.type === 'scalar' && itemsOf(node, 'words').length === 0) {
      const message = `${String(key.value)} names no address. netplan takes a list here, so hosts receive an empty one.`;
      sink.at(node, 'warning', 'network-bond', message);
    }
    const written = textOf(node) ?? '';
    if (typeof value !== 'string' || value === written || !/^\d$/.test(written)) continue;
    const message = `${String(key.value)} is “${value}” to netplan, which takes no number here; hosts receive the word.`;
    sink.at(node, 'warning', 'network-bond', message, [replacementFix(node, value)]);
  }
}

/** Each card that a pattern fits is given the same name or addresses. */
function checkPattern({ match, setName, addresses }: NetworkLink, sink: DiagnosticSink): void {
  const name = match?.name;
  if (name === undefined || match?.macAddress !== undefined || !/[*?[]/.test(name.value)) return;
  if (setName !== undefined) {
    const message = `Only one card can be called ${setName.value}: where several fit “${name.value}”, the others keep their names and stay unconfigured.`;
    sink.at(name.node, 'info', 'network-match', message);
  } else if (addresses.length > 0) {
    const message = `Every card that fits “${name.value}” is given these addresses. Say which is meant, best by its MAC address.`;
    sink.at(name.node, 'info', 'network-match', message);
  }
}

/** netplan hands the patterns to udev in one line, with spaces between. */
function checkDrivers(link: NetworkLink, sink: DiagnosticSink): void {
  const written = childOf(childOf(link.node, 'match'), 'driver');
  if (written?.type === 'sequence' && written.items.length === 0) {
    sink.at(written, 'error', 'network-match', 'The list of drivers is empty; netplan refuses the file.');
  }
  for (const { value, node } of link.match?.drivers ?? []) {
    if (!/\s/.test(value)) continue;
    const message = `A driver has no space in its name, and netplan refuses “${value.slice(0, 80)}”. Write several as a list.`;
    sink.at(node, 'error', 'network-match', message);
  }
}

/** Both sets of overrides must be the same while both protocols are on. */
function checkDhcpOverrides(link: NetworkLink, sink: DiagnosticSink): void {
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
    const message = `With dhcp4 and dhcp6 both on, netplan wants the same ${override.name} in ${name}, so hosts receive one for both; write “${override.name}: ${String(override.value)}” there too.`;
    sink.at(override.key, 'warning', 'value-invalid', message);
  }
}
