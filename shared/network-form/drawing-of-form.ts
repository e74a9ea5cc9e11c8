import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { NetworkModel } from '../network/model.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { type LinkFacts, type NetworkFacts, networkFacts } from '../render/network-drawing.ts';
import { holdsReference } from '../site/references.ts';
import type { SourceNode } from '../source/source-node.ts';
import { placeOf } from '../source/source-place.ts';
import {
  networkIn,
  type WrittenItem,
  type WrittenLink,
  type WrittenNetwork,
  type WrittenRoute,
} from './read-network-form.ts';

type Drawn = Pick<NetworkFacts, 'links' | 'routes'>;

/** What is to be drawn of a version 2 document, with its references as they are written. */
export function factsOfForm({ links }: WrittenNetwork): Drawn {
  return {
    links: links.map(factsOfLink),
    routes: links.flatMap((link) => [
      ...link.routes.map((route) => factsOfRoute(route, link)),
      ...[link.gateway4, link.gateway6].flatMap((via) =>
        via === undefined ? [] : [{ to: 'default', via, link: link.id, place: placeOf(link.key) }],
      ),
    ]),
  };
}

function factsOfLink(link: WrittenLink): LinkFacts {
  const { id, kind, section, mode, vlanId, setName, mtu, below } = link;
  const mac = link.macAddress ?? link.matchMac;
  const detail =
    kind === 'bond'
      ? (mode ?? 'balance-rr')
      : kind === 'vlan'
        ? (vlanId ?? '')
        : kind === 'other'
          ? section
          : '';
  return {
    id,
    kind,
    detail,
    ...(setName === undefined || setName === id ? {} : { renamedTo: setName }),
    ...(mac === undefined ? {} : { mac }),
    ...(mtu !== undefined && /^\d{1,6}$/.test(mtu) ? { mtu: Number(mtu) } : {}),
    addresses: textsOf(link.addresses),
    dhcp4: link.dhcp4,
    dhcp6: link.dhcp6,
    gateways: [],
    nameServers: textsOf(link.nameServers),
    below: [...textsOf(link.members), ...(below === undefined ? [] : [below])],
    place: placeOf(link.key),
    addressPlaces: [],
  };
}

function textsOf(items: readonly WrittenItem[]): string[] {
  return items.flatMap(({ text }) => text ?? []);
}

function factsOfRoute(
  { to = '', via = '' }: WrittenRoute,
  link: WrittenLink,
): NetworkFacts['routes'][number] {
  const isDefault = to === '0.0.0.0/0' || to === '::/0';
  return { to: isDefault ? 'default' : to, via, link: link.id, place: placeOf(link.key) };
}

/** What is to be drawn of a document in any other format; undefined when not even its format can be told. */
export function factsOfDocument(root: SourceNode): (Drawn & Pick<NetworkModel, 'format'>) | undefined {
  const model = parseNetwork(networkIn(root).node, new DiagnosticSink());
  if (model === undefined) return undefined;
  const { links, routes } = networkFacts(model);
  return {
    format: model.format,
    routes,
    links: links.map((link, index) => {
      const unread = model.links[index] === undefined ? [] : referencesAt(model.links[index].node);
      return unread.length === 0 ? link : { ...link, addresses: [...link.addresses, ...unread] };
    }),
  };
}

const addressKeys = new Set(['address', 'ip', 'ip_address']);

/** Addresses that hosts fill in: no parser reads them before. */
function referencesAt(node: SourceNode): string[] {
  if (node.type === 'sequence') return node.items.flatMap(referencesAt);
  if (node.type === 'scalar') return [];
  return node.entries.flatMap(({ key, value }) => {
    const isAddress = addressKeys.has(String(key.value)) && value.type === 'scalar';
    return isAddress ? (holdsReference(value) ? [String(value.value)] : []) : referencesAt(value);
  });
}
