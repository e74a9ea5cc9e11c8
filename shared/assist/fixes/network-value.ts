import { parseIpAddress } from '../../network/addresses.ts';
import { lookUp } from '../../source/look-up.ts';
import {
  childOf,
  type MapNode,
  type PathSegment,
  type SourceNode,
  stringOf,
} from '../../source/source-node.ts';
import { scalarText } from '../insert-text.ts';
import { onLine, type ValueText } from './insert-entry.ts';

/**
 * What a missing key of a network most likely says, by the rest of the document; `unknown` where nothing tells it, so that
 * any value would be invented; undefined for a key that is not of this kind.
 */
export function networkValue(
  key: string,
  map: MapNode,
  root: SourceNode | undefined,
  path: readonly PathSegment[],
): ValueText | 'unknown' | undefined {
  const network = networkAround(root, path);
  if (network === undefined) return undefined;
  if (key === 'type') return addressType(map);
  const own = ownName(map, path);
  if (key === 'id' || key === 'vlan_id') return tagIn(own);
  const links = linksOf(network).filter(({ node }) => node !== map);
  if (key === 'vlan_link' || (key === 'link' && path.includes('vlans'))) return lowerLink(own, links);
  if (key === 'link' && path.includes('networks')) return linkWithoutNetwork(network, links);
  if (/^(?:bond|bridge)_(?:links|interfaces)$/.test(key)) return freeCards(network, links);
  return undefined;
}

/** The mapping of the network in which the way leads to a finding: a document of its own, or a part of a host. */
function networkAround(root: SourceNode | undefined, path: readonly PathSegment[]): MapNode | undefined {
  let node = root;
  let found: MapNode | undefined;
  for (const segment of [...path, undefined]) {
    const isNetwork = ['config', 'links', 'vlans'].some((key) => {
      const value = childOf(node, key);
      return value?.type === (key === 'vlans' ? 'map' : 'sequence');
    });
    if (node?.type === 'map' && isNetwork) found = node;
    if (segment === undefined) break;
    node =
      typeof segment === 'number'
        ? node?.type === 'sequence'
          ? node.items[segment]
          : undefined
        : childOf(node, segment);
  }
  return found;
}

/** The type of a subnet that has an address: it is static, whatever the most common type is. */
function addressType(map: MapNode): ValueText | undefined {
  const v1 = stringOf(map, 'address');
  const written = v1 ?? stringOf(map, 'ip_address');
  const address = written === undefined ? undefined : parseIpAddress(written.replace(/\/.*$/, ''));
  if (address === undefined) return undefined;
  if (v1 === undefined) return onLine(`ipv${address.family}`);
  return onLine(address.family === 6 ? 'static6' : 'static');
}

function ownName(map: MapNode, path: readonly PathSegment[]): string {
  return stringOf(map, 'name') ?? stringOf(map, 'id') ?? String(path.at(-1) ?? '');
}

/** `bond0.100` and `vlan100` are named after VLAN 100. */
function tagIn(name: string): ValueText | undefined {
  const tag = Number(/(?:\.|^vlan)0*(\d{1,4})$/.exec(name)?.[1]);
  return tag >= 1 && tag <= 4094 ? onLine(String(tag)) : undefined;
}

type Kind = 'card' | 'bond' | 'vlan' | 'other';

interface WrittenLink {
  readonly name: string;
  readonly node: SourceNode;
  readonly kind: Kind;
}

const kinds: Readonly<Record<string, Kind>> = {
  ...{ ethernets: 'card', physical: 'card', bonds: 'bond', bond: 'bond', vlans: 'vlan', vlan: 'vlan' },
  ...{ phy: 'card', ethernet: 'card', ovs: 'card', tap: 'card', vif: 'card', hw_veb: 'card' },
  ...{ bridges: 'other', bridge: 'other' },
};

function linksOf(network: MapNode): WrittenLink[] {
  const listed = [childOf(network, 'links'), childOf(network, 'config')].flatMap((list) =>
    list?.type === 'sequence' ? list.items : [],
  );
  const ofLists = listed.flatMap((node): WrittenLink[] => {
    const name = stringOf(node, 'id') ?? stringOf(node, 'name');
    const kind = lookUp(kinds, stringOf(node, 'type') ?? '');
    return name === undefined || kind === undefined ? [] : [{ name, node, kind }];
  });
  const ofSections = network.entries.flatMap(({ key, value }): WrittenLink[] => {
    const kind = lookUp(kinds, String(key.value));
    if (kind === undefined || value.type !== 'map') return [];
    return value.entries.map((entry) => ({ name: String(entry.key.value), node: entry.value, kind }));
  });
  return [...ofLists, ...ofSections];
}

const membersUnder = ['interfaces', 'bond_interfaces', 'bond_links', 'bridge_interfaces'];

function membersOf(links: readonly WrittenLink[]): Set<string> {
  const lists = links.flatMap(({ node }) => membersUnder.map((key) => childOf(node, key)));
  const items = lists.flatMap((list) => (list?.type === 'sequence' ? list.items : []));
  return new Set(items.flatMap((item) => (item.type === 'scalar' ? [String(item.value)] : [])));
}

/** The link after which a VLAN is named, or the only one that could carry it. */
function lowerLink(own: string, links: readonly WrittenLink[]): ValueText | 'unknown' {
  const base = /^(.+)\.\d{1,4}$/.exec(own)?.[1];
  if (links.some(({ name }) => name === base)) return onLine(scalarText(base));
  const members = membersOf(links);
  return onlyOf(links.filter(({ name, kind }) => kind !== 'vlan' && !members.has(name)));
}

/** The only link that is in no network yet. */
function linkWithoutNetwork(network: MapNode, links: readonly WrittenLink[]): ValueText | 'unknown' {
  if (links.length === 1) return onlyOf(links);
  const networks = childOf(network, 'networks');
  const used = new Set(
    networks?.type === 'sequence' ? networks.items.map((item) => stringOf(item, 'link')) : [],
  );
  const members = membersOf(links);
  const below = new Set(links.map(({ node }) => stringOf(node, 'vlan_link')));
  return onlyOf(links.filter(({ name }) => !(used.has(name) || members.has(name) || below.has(name))));
}

function onlyOf(links: readonly WrittenLink[]): ValueText | 'unknown' {
  const [first, ...others] = links;
  return first === undefined || others.length > 0 ? 'unknown' : onLine(scalarText(first.name));
}

/** The cards that serve nothing else. */
function freeCards(network: MapNode, links: readonly WrittenLink[]): ValueText | 'unknown' {
  const networks = childOf(network, 'networks');
  const users = networks?.type === 'sequence' ? networks.items : [];
  const used = membersOf(links);
  for (const node of [...users, ...links.map((link) => link.node)])
    for (const key of ['link', 'vlan_link']) used.add(stringOf(node, key) ?? '');
  const free = links.filter(
    ({ name, kind, node }) => kind === 'card' && !used.has(name) && childOf(node, 'subnets') === undefined,
  );
  if (free.length === 0) return 'unknown';
  return onLine(`[${free.map(({ name }) => scalarText(name)).join(', ')}]`);
}
