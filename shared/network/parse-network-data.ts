import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean, suggest } from '../diagnostics/suggest.ts';
import { lookUp } from '../source/look-up.ts';
import { childOf, entryOf, type MapEntry, type MapNode, type SourceNode } from '../source/source-node.ts';
import { type Range, rangeOf } from '../source/source-text.ts';
import { formatIpAddress } from './addresses.ts';
import { checkShape, variantOf } from './check-shape.ts';
import type { LinkKind, Located, NameServers, NetworkLink, NetworkModel } from './model.ts';
import { linkVariants, networkDataKeys, networkDataShape, networkKeys } from './network-data-keys.ts';
import {
  present,
  readInteger,
  readMac,
  readPassedThrough,
  readText,
  withoutUndefined,
} from './parse-link-values.ts';
import { readNameServers } from './parse-version-1.ts';
import { readVersion1Parameters } from './parse-version-1-parameters.ts';
import {
  addressingOf,
  joined,
  parseSubnet,
  type Subnet,
  type SubnetWords,
} from './parse-version-1-subnet.ts';
import { itemsOf, textOf } from './read-value.ts';
import { mtuShape, vlanIdShape } from './version-2-link-keys.ts';

const words: SubnetWords = { address: 'ip_address', destination: 'network', static4: 'ipv4' };

/** IFNAMSIZ of the kernel without the closing zero. */
const longestName = 15;

interface Link {
  readonly node: MapNode;
  readonly id: Located<string>;
  readonly kind: LinkKind;
  /** What the interface will be called, as far as the document can know. */
  readonly name: string;
}

/**
 * Reads OpenStack's network_data.json as cloud-init does (`convert_net_json` of its OpenStack helpers): bonds are called
 * bond0, bond1 and so on, a VLAN after the interface below it. A card without a name keeps the one that the kernel gives
 * it, and goes by its ID here.
 */
export function parseNetworkData(node: MapNode, sink: DiagnosticSink): NetworkModel {
  const shapes = new DiagnosticSink();
  checkShape(node, networkDataShape, 'the network data', shapes);
  const unidentified = new Map<string, string>();
  const links = nameLinks(readLinks(node, sink));
  const byId = new Map(links.map((link) => [link.id.value, link]));
  const networks = networksByLink(node, byId, sink);
  const services = readServices(itemsOf(childOf(node, 'services')), sink);
  const surroundings = { byId, services, unidentified, sink };
  const parsed = links.map((link) => parseLink(link, networks.get(link.id.value) ?? [], surroundings));
  for (const each of shapes.list()) sink.report(withConsequence(each, unidentified));
  return {
    format: 'network-data',
    node,
    links: parsed,
    nameServers: joined(
      services.filter(({ interfaceName }) => interfaceName === undefined).map(({ servers }) => servers),
    ),
    routes: [],
    passedThrough: readPassedThrough(node, networkDataKeys, new Set(['links', 'networks', 'services'])),
  };
}

/** A slip in the key that tells which card is meant is more than an unknown key: cloud-init's reader fails then. */
function withConsequence(found: Diagnostic, unidentified: ReadonlyMap<string, string>): Diagnostic {
  const link = found.code === 'key-unknown' ? unidentified.get(placeOf(found.range)) : undefined;
  if (link === undefined) return found;
  const message = `${found.message} Without it, which card “${link}” is cannot be told.`;
  return { ...found, severity: 'error', message };
}

function placeOf({ start }: Range): string {
  return `${start.line}:${start.column}`;
}

function readLinks(node: MapNode, sink: DiagnosticSink): Omit<Link, 'name'>[] {
  const seen = new Set<string>();
  const links = itemsOf(childOf(node, 'links')).map((item) => {
    const id = readText(childOf(item, 'id'));
    if (item.type !== 'map' || id === undefined) return undefined;
    if (seen.has(id.value)) {
      sink.at(
        id.node,
        'error',
        'name-duplicate',
        `The link “${id.value}” is defined twice; networks cannot tell which one they mean.`,
      );
      return undefined;
    }
    seen.add(id.value);
    const type = variantOf(item, linkVariants) ?? '';
    const kind: LinkKind = type === 'bond' || type === 'vlan' ? type : 'physical';
    return { node: item, id, kind };
  });
  return present(links);
}

/** The names that cloud-init gives: `bond%d` in the order of the document, and `LINK.VLAN`. */
function nameLinks(links: readonly Omit<Link, 'name'>[]): Link[] {
  const byId = new Map(links.map((link) => [link.id.value, link]));
  const bonds = links.filter(({ kind }) => kind === 'bond').map(({ id }) => id.value);
  const numberOfBond = new Map(bonds.map((id, index) => [id, index]));
  const names = new Map<string, string>();
  const nameOf = (link: Omit<Link, 'name'>): string => {
    const { id, kind, node } = link;
    const known = names.get(id.value);
    if (known !== undefined) return known;
    // A VLAN that runs on itself finds this instead of recursing.
    names.set(id.value, id.value);
    let name = textOf(childOf(node, 'name')) ?? id.value;
    if (kind === 'bond') name = `bond${numberOfBond.get(id.value)}`;
    if (kind === 'vlan') {
      const lower = byId.get(textOf(childOf(node, 'vlan_link')) ?? '');
      const tag = textOf(childOf(node, 'vlan_id')) ?? '';
      const dotted = `${lower === undefined ? id.value : nameOf(lower)}.${tag}`;
      // The card below has a shorter name on the machine, which only the machine knows.
      name = dotted.length > longestName ? `vlan${tag}` : dotted;
    }
    names.set(id.value, name);
    return name;
  };
  return links.map((link) => ({ ...link, name: nameOf(link) }));
}

function networksByLink(
  node: MapNode,
  links: ReadonlyMap<string, Link>,
  sink: DiagnosticSink,
): Map<string, MapNode[]> {
  const byLink = new Map<string, MapNode[]>();
  const ids = new Set<string>();
  for (const item of itemsOf(childOf(node, 'networks'))) {
    if (item.type !== 'map') continue;
    reportRepeatedNetwork(readText(childOf(item, 'id')), ids, sink);
    const link = readText(childOf(item, 'link'));
    if (link === undefined) continue;
    if (!links.has(link.value)) {
      const { hint, fixes } = didYouMean(link.node, link.value, links.keys());
      const message = `The network is on “${link.value}”, which is no link of this document, so it is not used.${hint}`;
      // cloud-init passes over it, and OpenStack leaves such networks behind.
      sink.at(link.node, 'warning', 'network-link-unknown', message, fixes);
      continue;
    }
    const known = byLink.get(link.value);
    if (known === undefined) byLink.set(link.value, [item]);
    else known.push(item);
  }
  return byLink;
}

/** Real documents repeat IDs, and nothing reads them. */
function reportRepeatedNetwork(
  id: Located<string> | undefined,
  seen: Set<string>,
  sink: DiagnosticSink,
): void {
  if (id === undefined) return;
  if (seen.has(id.value)) {
    const message = `The network id “${id.value}” is used twice. Both networks are configured, but other readers may take them for one.`;
    sink.at(id.node, 'warning', 'name-duplicate', message);
  }
  seen.add(id.value);
}

interface Service {
  readonly interfaceName: string | undefined;
  readonly servers: NameServers;
}

function readServices(items: readonly SourceNode[], sink: DiagnosticSink): Service[] {
  return items.map((item) => {
    const type = childOf(item, 'type');
    if (textOf(type) !== undefined && textOf(type) !== 'dns' && type !== undefined) {
      const message = `cloud-init takes every service for a name server, also one of the type “${textOf(type)}”.`;
      sink.at(type, 'warning', 'network-dns', message);
    }
    return {
      interfaceName: textOf(childOf(item, 'interface')),
      servers: readNameServers(item, 'address', 'search'),
    };
  });
}

/**
 * The name servers of one network. cloud-init 22.4 passes over them (`valid_keys` of its convert_net_json); later versions
 * make those of the type dns the subnet's own, and so do hosts of a site, which get the network converted. OpenStack
 * writes most of them for the whole machine as well: those are left to it, so that both versions mean the same.
 */
function readOwnServers(network: MapNode, shared: readonly Service[], sink: DiagnosticSink): NameServers[] {
  const ofMachine = new Set(
    shared
      .filter(({ interfaceName }) => interfaceName === undefined)
      .flatMap(({ servers }) => servers.addresses.map(({ value }) => formatIpAddress(value))),
  );
  const addresses = [network, ...itemsOf(childOf(network, 'routes'))]
    .flatMap((each) => itemsOf(childOf(each, 'services')))
    .filter((service) => textOf(childOf(service, 'type')) === 'dns')
    .flatMap((service) => readNameServers(service, 'address', 'search').addresses);
  const only = addresses.find(({ value }) => !ofMachine.has(formatIpAddress(value)));
  if (only === undefined) return [];
  const message =
    'cloud-init 22.4 reads only the services of the whole document, later versions these too. Hosts of a site receive them; for other readers add them there.';
  sink.at(only.node, 'info', 'network-dns', message);
  return [{ addresses: uniqueAddresses(addresses), search: [] }];
}

function uniqueAddresses(addresses: NameServers['addresses']): NameServers['addresses'] {
  return [...new Map(addresses.map((each) => [formatIpAddress(each.value), each])).values()];
}

interface Surroundings {
  readonly byId: ReadonlyMap<string, Link>;
  readonly services: readonly Service[];
  /** Links without their card, by the place of the misspelt key that would name it. */
  readonly unidentified: Map<string, string>;
  readonly sink: DiagnosticSink;
}

function parseLink(
  link: Link,
  networks: readonly MapNode[],
  { byId, services, unidentified, sink }: Surroundings,
): NetworkLink {
  const { node, kind, name } = link;
  const of = (key: string) => childOf(node, key);
  const subnets = networks.map((network) => parseSubnet(subnetOf(network), sink, words));
  const own = networks.flatMap((network) => readOwnServers(network, services, sink));
  const named = services.filter(({ interfaceName }) => interfaceName === name);
  const { parameters, passedThrough } = readVersion1Parameters(kind, parametersOf(node));
  return withoutUndefined({
    id: { value: name, node: nameNodeOf(link) },
    kind,
    node,
    ...hardwareOf(link, unidentified, sink),
    mtu: readInteger(of('mtu'), mtuShape),
    ...addressingOf(subnets),
    acceptRa: acceptRaOf(networks),
    routingPolicy: [],
    nameServers: joined([
      ...subnets.map(({ nameServers }) => nameServers),
      ...own,
      ...named.map(({ servers }) => servers),
    ]),
    members: kind === 'bond' ? referencesOf(of('bond_links'), byId, 'The bond', sink) : [],
    parameters,
    vlan:
      kind === 'vlan'
        ? withoutUndefined({
            id: readInteger(of('vlan_id'), vlanIdShape),
            link: referencesOf(of('vlan_link'), byId, 'The VLAN', sink)[0],
          })
        : undefined,
    passedThrough: [...passedThrough, ...subnets.flatMap((subnet: Subnet) => subnet.passedThrough)],
  });
}

function nameNodeOf({ node, id, kind }: Link): SourceNode {
  const written = childOf(node, 'name');
  return kind === 'physical' && textOf(written) !== undefined && written !== undefined ? written : id.node;
}

/** How the card is found, or which MAC address a bond or VLAN is given. */
function hardwareOf(
  { node, kind, id }: Link,
  unidentified: Map<string, string>,
  sink: DiagnosticSink,
): Pick<NetworkLink, 'match' | 'setName' | 'macAddress'> {
  if (kind === 'vlan') {
    if (entryOf(node, 'vlan_mac_address') === undefined) {
      const message = 'cloud-init’s own reader fails without “vlan_mac_address”; write null to set none.';
      sink.at(node, 'warning', 'key-missing', message);
    }
    return withoutUndefined({ macAddress: readMac(childOf(node, 'vlan_mac_address')) });
  }
  const mac = readMac(childOf(node, 'ethernet_mac_address'));
  if (kind === 'bond') return withoutUndefined({ macAddress: mac });
  const name = readText(childOf(node, 'name'));
  if (mac !== undefined)
    return withoutUndefined({ match: { node: mac.node, macAddress: mac, drivers: [] }, setName: name });
  // One that is malformed is reported itself.
  const isWritten = (textOf(childOf(node, 'ethernet_mac_address')) ?? '') !== '';
  const misspelt = name === undefined && !isWritten ? misspeltCardKey(node) : undefined;
  if (misspelt !== undefined) unidentified.set(placeOf(rangeOf(misspelt.source, misspelt.span)), id.value);
  else if (name === undefined && !isWritten) {
    const message = `Which card “${id.value}” is cannot be told; add “ethernet_mac_address” or “name”.`;
    sink.at(node, 'error', 'key-missing', message);
  }
  return {};
}

function misspeltCardKey(node: MapNode): SourceNode | undefined {
  const keys = linkVariants.variants.phy ?? {};
  return node.entries.find(({ key }) => {
    const written = String(key.value);
    if (Object.hasOwn(keys, written)) return false;
    const meant = suggest(written, Object.keys(keys));
    return meant === 'ethernet_mac_address' || meant === 'name';
  })?.key;
}

function parametersOf(node: MapNode): MapNode {
  const entries = node.entries.filter(({ key }) => /^bond[_-]/.test(String(key.value)));
  return { ...node, entries: entries.filter(({ key }) => key.value !== 'bond_links') };
}

/** Links refer to each other by ID; the model by the names that the interfaces get. */
function referencesOf(
  node: SourceNode | undefined,
  byId: ReadonlyMap<string, Link>,
  what: string,
  sink: DiagnosticSink,
): Located<string>[] {
  return present(
    itemsOf(node, 'scalar').map((item) => {
      const id = readText(item);
      if (id === undefined) return undefined;
      const link = byId.get(id.value);
      if (link !== undefined) return { value: link.name, node: id.node };
      const { hint, fixes } = didYouMean(id.node, id.value, byId.keys());
      const message = `${what} uses “${id.value}”, which is not the ID of a link.${hint}`;
      sink.at(id.node, 'error', 'network-link-unknown', message, fixes);
      return undefined;
    }),
  );
}

const subnetTypeOf: Readonly<Record<string, string>> = {
  ipv4: 'static',
  ipv4_dhcp: 'dhcp4',
  ipv6: 'static6',
  ipv6_dhcp: 'dhcp6',
};

/** What cloud-init copies from a network to the subnet of version 1 that it makes of it. */
const copied = new Set([
  ...['netmask', 'gateway', 'routes', 'dns_nameservers', 'dns_search', 'metric'],
  ...['broadcast', 'pointopoint', 'scope'],
]);

function subnetOf(network: MapNode): MapNode {
  const entries = network.entries.flatMap((entry): MapEntry[] => {
    const { key, value } = entry;
    if (key.value === 'ip_address') return [{ key: { ...key, value: 'address' }, value }];
    if (key.value === 'type' && value.type === 'scalar') {
      const type = String(value.value);
      return [{ key, value: { ...value, value: lookUp(subnetTypeOf, type) ?? type } }];
    }
    return copied.has(String(key.value)) && Object.hasOwn(networkKeys, String(key.value)) ? [entry] : [];
  });
  return { ...network, entries };
}

/** Static IPv6 turns router advertisements off, DHCP for IPv6 turns them on; the last network of the link counts. */
function acceptRaOf(networks: readonly MapNode[]): Located<boolean> | undefined {
  let accept: Located<boolean> | undefined;
  for (const network of networks) {
    const node = childOf(network, 'type');
    const type = textOf(node);
    if (node === undefined) continue;
    if (type === 'ipv6' || type === 'static6') accept = { value: false, node };
    if (type === 'ipv6_dhcp' || type === 'ipv6_dhcpv6-stateful') accept = { value: true, node };
  }
  return accept;
}
