import { userDataType } from '../cloud-config/header.ts';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { cardsOfModel } from '../import/cards-of-model.ts';
import type { ImportedCard } from '../import/imported-site.ts';
import { parseMacAddress } from '../network/mac-address.ts';
import { formatOfTree } from '../network/network-format.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { interfaceName, macAddress } from '../schema/scalars.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { createSourceText, positionAt } from '../source/source-text.ts';
import type { DocumentSink } from './document-sink.ts';
import { reportPlaceholdersOf } from './placeholders.ts';
import type { SecretValue } from './secrets.ts';

/** Reads the network that a Secret holds, and reports what cannot be one. */
export function readNetworkText(
  value: SecretValue,
  what: string,
  sink: DocumentSink,
): SourceNode | undefined {
  reportPlaceholdersOf(value, sink);
  const root = parseInside(value, what, sink);
  if (root === undefined || root.type === 'map') return root;
  const message = `${what} is no network: a mapping with “links” and “networks”, or with “interfaces”, is expected. It is kept as it is.`;
  sink.at(value.place, 'warning', 'airship-secret', message);
  return undefined;
}

/** Reports user-data that cloud-init ignores, that a site cannot merge, or that is no YAML. */
export function checkUserDataText(value: SecretValue, what: string, sink: DocumentSink): void {
  reportPlaceholdersOf(value, sink);
  const type = userDataType(createSourceText('', value.text));
  if (type === 'cloud-config') {
    if (!/^\s*(#[^\n]*(\n|$)\s*)*$/.test(value.text.slice(0, 65_536))) parseInside(value, what, sink);
    return;
  }
  const message =
    type === 'none'
      ? `${what} does not start with “#cloud-config”: cloud-init ignores it. It is kept as it is.`
      : `${what} is no cloud-config and cannot be merged with others: its host cannot use it before it is one. It is kept as it is.`;
  sink.at(value.place, 'warning', 'cloud-config-header', message);
}

/** A document inside a document: what is wrong in it is said at its line where that can be told. */
function parseInside({ text, place }: SecretValue, what: string, sink: DocumentSink): SourceNode | undefined {
  const inner = new DiagnosticSink();
  const root = parseYaml(createSourceText('', text), inner);
  const written = place.source.text.slice(place.span.start, place.span.end);
  const isBlock = /^[|>]/.test(written);
  const isFile = place.source.text === text;
  const first = positionAt(place.source, place.span.start).line;
  // Of broken syntax the first finding is the cause, and the others follow from it.
  for (const { severity, code, message, range } of inner.list().slice(0, 1)) {
    const line = isFile ? range.start.line : isBlock ? first + range.start.line : first;
    const offset = place.source.lineStarts[line - 1] ?? place.span.start;
    const span = isFile || isBlock ? { start: offset, end: offset } : place.span;
    sink.at({ source: place.source, span }, severity, code, `${what}, line ${range.start.line}: ${message}`);
  }
  return root;
}

/** The cards that a network names by their MAC addresses, in each format that a Secret holds. */
export function cardsOfNetwork(root: SourceNode | undefined): readonly ImportedCard[] {
  if (root === undefined || formatOfTree(root) === 'network-data') return cardsOfNetworkData(root);
  return cardsOfModel(parseNetwork(root, new DiagnosticSink()));
}

/** Of an OpenStack network_data: each link that has a MAC address and is made of nothing else. */
function cardsOfNetworkData(root: SourceNode | undefined): readonly ImportedCard[] {
  const links = childOf(root, 'links');
  const cards = new Map<string, string>();
  const seen = new Set<string>();
  for (const link of links?.type === 'sequence' ? links.items : []) {
    const type = stringOf(link, 'type');
    const mac = parseMacAddress(stringOf(link, 'ethernet_mac_address') ?? '');
    if (mac === undefined || !macAddress.safeParse(mac).success) continue;
    if (type === 'vlan' || type === 'bond' || type === 'bridge' || seen.has(mac)) continue;
    const name = [stringOf(link, 'name'), stringOf(link, 'id')].find(
      (each) => each !== undefined && interfaceName.safeParse(each).success && !cards.has(each),
    );
    seen.add(mac);
    cards.set(name ?? `card${cards.size + 1}`, mac);
  }
  return [...cards];
}

/** The card that boots comes first; one that the network does not know is called `boot`. */
export function withBootCard(
  cards: readonly ImportedCard[],
  bootMac: string | undefined,
): readonly ImportedCard[] {
  if (bootMac === undefined) return cards;
  const own = cards.find(([, mac]) => mac === bootMac);
  const name = cards.some(([each]) => each === 'boot') ? 'boot0' : 'boot';
  return own === undefined ? [[name, bootMac], ...cards] : [own, ...cards.filter((card) => card !== own)];
}
