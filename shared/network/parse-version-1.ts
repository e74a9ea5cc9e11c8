import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { childOf, type MapNode, type SourceNode } from '../source/source-node.ts';
import { checkShape, variantOf } from './check-shape.ts';
import type { LinkKind, Located, NameServers, NetworkLink, NetworkModel, PassedThrough } from './model.ts';
import {
  present,
  readAddresses,
  readBoolean,
  readInteger,
  readMac,
  readSearchDomains,
  readText,
  readTexts,
  withoutUndefined,
} from './parse-link-values.ts';
import { readVersion1Parameters } from './parse-version-1-parameters.ts';
import { addressingOf, first, joined, parseSubnet, parseVersion1Route } from './parse-version-1-subnet.ts';
import { itemsOf } from './read-value.ts';
import { itemVariants, version1Keys } from './version-1-keys.ts';
import { mtuShape, vlanIdShape } from './version-2-link-keys.ts';

const kinds: Readonly<Record<string, LinkKind>> = {
  physical: 'physical',
  infiniband: 'physical',
  loopback: 'loopback',
  bond: 'bond',
  bridge: 'bridge',
  vlan: 'vlan',
};

/**
 * Reads a version 1 document, given without the `network:` around it. Its subnets become what version 2 says: an
 * address each, a default route for each gateway, name servers per link; as cloud-init converts them for netplan.
 */
export function parseVersion1(node: MapNode, sink: DiagnosticSink): NetworkModel {
  const config = childOf(node, 'config');
  const base = {
    format: 'network-config-v1' as const,
    node,
    links: [],
    nameServers: noNameServers,
    routes: [],
    passedThrough: [],
  };
  if (config?.type === 'scalar' && config.value === 'disabled') {
    // cloud-init leaves the network alone then; no link can say so, hence it is kept as it is.
    return { ...base, passedThrough: node.entries.filter(({ value }) => value === config) };
  }
  checkShape(node, { type: 'table', keys: version1Keys }, 'the network configuration', sink);
  const items = itemsOf(config).filter((item) => item.type === 'map');
  const ofType = (type: string) => items.filter((item) => variantOf(item, itemVariants) === type);
  const named = readNameServersByInterface(ofType('nameserver'));
  const links = present(items.map((item) => parseLink(item, named, sink)));
  reportUnknownInterfaces(named, links, sink);
  return {
    ...base,
    links,
    nameServers: joined(named.filter(({ link }) => link === undefined).map(({ servers }) => servers)),
    routes: present(ofType('route').map((item) => parseVersion1Route(item, sink))),
  };
}

const noNameServers: NameServers = { addresses: [], search: [] };

interface NamedServers {
  readonly link?: Located<string>;
  readonly servers: NameServers;
}

function readNameServersByInterface(items: readonly SourceNode[]): NamedServers[] {
  return items.map((item) =>
    withoutUndefined({
      link: readText(childOf(item, 'interface')),
      servers: readNameServers(item, 'address', 'search'),
    }),
  );
}

export function readNameServers(node: SourceNode, addressKey: string, searchKey: string): NameServers {
  return {
    addresses: readAddresses(childOf(node, addressKey), 'words'),
    search: readSearchDomains(childOf(node, searchKey), 'words'),
  };
}

function reportUnknownInterfaces(
  named: readonly NamedServers[],
  links: readonly NetworkLink[],
  sink: DiagnosticSink,
): void {
  const ids = links.map(({ id }) => id.value);
  for (const { link } of named) {
    if (link === undefined || ids.includes(link.value)) continue;
    const { hint, fixes } = didYouMean(link.node, link.value, ids);
    const message = `The name server is for “${link.value}”, which is not defined.${hint}`;
    sink.at(link.node, 'error', 'network-link-unknown', message, fixes);
  }
}

function parseLink(
  node: MapNode,
  named: readonly NamedServers[],
  sink: DiagnosticSink,
): NetworkLink | undefined {
  const type = variantOf(node, itemVariants) ?? '';
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  const id = readText(childOf(node, 'name'));
  if (kind === undefined || id === undefined) return undefined;
  const of = (key: string) => childOf(node, key);
  const subnets = itemsOf(of('subnets')).map((item) => parseSubnet(item, sink));
  const mac = readMac(of('mac_address'));
  const matched = kind === 'physical' && mac !== undefined;
  const { parameters, passedThrough } = readVersion1Parameters(type, of('params'));
  const own = named.filter(({ link }) => link?.value === id.value).map(({ servers }) => servers);
  return withoutUndefined({
    id,
    kind,
    node,
    match: matched
      ? { node: mac.node, macAddress: mac, drivers: readTexts(childOf(of('params'), 'driver'), 'scalar') }
      : undefined,
    setName: matched ? id : undefined,
    macAddress: matched ? undefined : mac,
    // cloud-init says so itself: “ignoring device-level mtu because ipv4 subnet-level mtu provided”.
    mtu: first(subnets, 'mtu') ?? readInteger(of('mtu'), mtuShape),
    wakeOnLan: readBoolean(of('wakeonlan'), true),
    critical: readBoolean(of('keep_configuration'), true),
    ...addressingOf(subnets),
    acceptRa: readBoolean(of('accept-ra'), true),
    routingPolicy: [],
    nameServers: joined([...subnets.map(({ nameServers }) => nameServers), ...own]),
    members: readTexts(of(`${type}_interfaces`)),
    parameters,
    vlan:
      kind === 'vlan'
        ? withoutUndefined({ id: readInteger(of('vlan_id'), vlanIdShape), link: readText(of('vlan_link')) })
        : undefined,
    passedThrough: [
      ...passedThrough,
      ...subnets.flatMap((subnet): readonly PassedThrough[] => subnet.passedThrough),
    ],
  });
}
