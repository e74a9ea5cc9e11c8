import { userDataType } from '../cloud-config/header.ts';
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { cardsOfModel } from '../import/cards-of-model.ts';
import type { ImportedCard } from '../import/imported-site.ts';
import { parseMacAddress } from '../network/mac-address.ts';
import { formatOfTree } from '../network/network-format.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { interfaceName, macAddress } from '../schema/scalars.ts';
import { readDocument } from '../site/document.ts';
import { folderOfKind } from '../site/document-kinds.ts';
import { judge } from '../site/validate-text.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, type SourceNode, stringOf } from '../source/source-node.ts';
import {
  createSourceText,
  offsetAt,
  type Position,
  positionAt,
  type Range,
  type SourceText,
  type Span,
} from '../source/source-text.ts';
import type { DocumentSink } from './document-sink.ts';
import { holdsPlaceholder, reportPlaceholdersOf } from './placeholders.ts';
import type { SecretValue } from './secrets.ts';

/** Reads the network that a Secret holds, and reports what is wrong in it, as the site that it becomes a part of does. */
export function readNetworkText(
  value: SecretValue,
  what: string,
  sink: DocumentSink,
): SourceNode | undefined {
  reportPlaceholdersOf(value, sink);
  const root = parseInside(value, what, sink);
  if (root === undefined) return undefined;
  if (root.type === 'map') {
    judgeInside(value, 'network-config', what, sink);
    return root;
  }
  const message = `${what} is no network: a mapping with “links” and “networks”, or with “interfaces”, is expected. It is kept as it is.`;
  sink.at(value.place, 'warning', 'airship-secret', message);
  return undefined;
}

/** Reports user-data that cloud-init ignores or a site cannot merge, and what is wrong in a cloud-config. */
export function checkUserDataText(value: SecretValue, what: string, sink: DocumentSink): void {
  reportPlaceholdersOf(value, sink);
  const type = userDataType(createSourceText('', value.text));
  if (type === 'cloud-config') {
    if (/^\s*(#[^\n]*(\n|$)\s*)*$/.test(value.text.slice(0, 65_536))) return;
    if (!judgeInside(value, 'cloud-config', what, sink)) parseInside(value, what, sink);
    return;
  }
  const message =
    type === 'none'
      ? `${what} does not start with “#cloud-config”: cloud-init ignores it. It is kept as it is.`
      : `${what} is no cloud-config and cannot be merged with others: its host cannot use it before it is one. It is kept as it is.`;
  sink.at(value.place, 'warning', 'cloud-config-header', message);
}

/** A document inside a document: what is wrong in it is said at its line where that can be told. */
function parseInside(value: SecretValue, what: string, sink: DocumentSink): SourceNode | undefined {
  const inner = new DiagnosticSink();
  const root = parseYaml(createSourceText('', value.text), inner);
  // Of broken syntax the first finding is the cause, and the others follow from it.
  reportInside(inner.list().slice(0, 1), value, what, sink);
  return root;
}

/** Judges a text as the site does; false where its syntax is broken, which is told by the parser. */
function judgeInside(
  value: SecretValue,
  kind: 'network-config' | 'cloud-config',
  what: string,
  sink: DocumentSink,
): boolean {
  // In the folder where it comes to lie: below networks/, YAML of network_data is as good as JSON.
  const document = readDocument(`${folderOfKind(kind)}/imported.yaml`, value.text, kind);
  if (document.break !== undefined) return false;
  const source = createSourceText('', value.text);
  // What is to be filled in is told as that.
  const found = judge(document, kind).filter(
    ({ range }) => !holdsPlaceholder(source.text.slice(...offsetsOf(source, range))),
  );
  reportInside(found, value, what, sink);
  return true;
}

function reportInside(
  found: readonly Diagnostic[],
  value: SecretValue,
  what: string,
  sink: DocumentSink,
): void {
  if (found.length === 0) return;
  const spanOf = spansInside(value);
  for (const { severity, code, message, range } of found) {
    const place = { source: value.place.source, span: spanOf(range) };
    sink.at(place, severity, code, `${what}, line ${range.start.line}: ${message}`);
  }
}

/** Where parts of a text stand in the file: nowhere but at the whole text, where that is base64 or has escapes. */
function spansInside({ text, place: { source, span } }: SecretValue): (range: Range) => Span {
  const inner = createSourceText('', text);
  const written = source.text.slice(span.start, span.end);
  const within = written.indexOf(text);
  const first = source.text === text ? 0 : within < 0 ? undefined : span.start + within;
  if (first !== undefined)
    return (range) => {
      const [start, end] = offsetsOf(inner, range);
      return { start: first + start, end: first + end };
    };
  if (!/^[|>]/.test(written)) return () => span;
  const above = positionAt(source, span.start).line;
  const outside = ({ line, column }: Position) => {
    const [from, until] = [source.lineStarts[above + line - 1] ?? span.end, source.lineStarts[above + line]];
    const length = source.text.slice(from, until).replace(/[\r\n]+$/, '').length;
    const own = text.slice(inner.lineStarts[line - 1], inner.lineStarts[line]).replace(/[\r\n]+$/, '').length;
    return from + Math.max(0, length - own) + column - 1;
  };
  return ({ start, end }) => ({ start: outside(start), end: outside(end) });
}

function offsetsOf(source: SourceText, { start, end }: Range): [start: number, end: number] {
  return [offsetAt(source, start), offsetAt(source, end)];
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
