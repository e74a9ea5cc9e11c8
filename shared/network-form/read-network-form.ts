import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { LinkKind, NetworkFormat } from '../network/model.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { type LinkSection, linkSections, sectionKeys, version2Keys } from '../network/version-2-keys.ts';
import {
  childOf,
  entryOf,
  type MapEntry,
  type PathSegment,
  type ScalarNode,
  type SourceNode,
} from '../source/source-node.ts';

/** A value of a list, as it is written; undefined for one that is no scalar. */
export interface WrittenItem {
  readonly text: string | undefined;
  readonly path: readonly PathSegment[];
}

export interface WrittenRoute {
  readonly path: readonly PathSegment[];
  readonly to: string | undefined;
  readonly via: string | undefined;
  readonly metric: string | undefined;
}

/** A link of a version 2 document as it is written, references and mistakes included. */
export interface WrittenLink {
  readonly id: string;
  readonly section: LinkSection;
  readonly kind: LinkKind;
  readonly key: ScalarNode;
  readonly node: SourceNode;
  readonly path: readonly PathSegment[];
  readonly mtu: string | undefined;
  readonly dhcp4: boolean;
  readonly dhcp6: boolean;
  readonly addresses: readonly WrittenItem[];
  readonly routes: readonly WrittenRoute[];
  readonly gateway4: string | undefined;
  readonly gateway6: string | undefined;
  readonly nameServers: readonly WrittenItem[];
  readonly search: readonly WrittenItem[];
  readonly matchMac: string | undefined;
  readonly matchName: string | undefined;
  readonly setName: string | undefined;
  readonly macAddress: string | undefined;
  readonly members: readonly WrittenItem[];
  readonly mode: string | undefined;
  readonly vlanId: string | undefined;
  readonly below: string | undefined;
  /** The member that a bond prefers. */
  readonly primary: string | undefined;
  /** The other end of a pair. */
  readonly peer: string | undefined;
  /** Keys that the form has no field for. */
  readonly others: readonly string[];
}

export interface WrittenNetwork {
  /** Where the links' sections stand: below `network:` when that is around them, in a host below `inline`. */
  readonly base: readonly PathSegment[];
  readonly links: readonly WrittenLink[];
}

const inlinePath = ['spec', 'network', 'inline'] as const;

/** The network that a document is, or that a host has of its own, and where it stands. */
export function networkIn(root: SourceNode): { node: SourceNode; path: readonly PathSegment[] } {
  const inline = inlinePath.reduce<SourceNode | undefined>(childOf, root);
  return inline === undefined ? { node: root, path: [] } : { node: inline, path: inlinePath };
}

/** The format of the network in a document; undefined for one that says none. */
export function formatOfNetwork(root: SourceNode): NetworkFormat | undefined {
  return parseNetwork(networkIn(root).node, new DiagnosticSink())?.format;
}

/** Reads a version 2 document, or that of a host, leniently, link by link in the order of the text. */
export function readVersion2Form(root: SourceNode): WrittenNetwork {
  const { node, path } = networkIn(root);
  const isWrapped = childOf(node, 'network')?.type === 'map';
  const base = isWrapped ? [...path, 'network'] : path;
  const top = isWrapped ? childOf(node, 'network') : node;
  const links = (top?.type === 'map' ? top.entries : []).flatMap(({ key, value }) => {
    const section = String(key.value);
    if (!isSection(section) || value.type !== 'map') return [];
    return value.entries
      .filter((entry) => !Object.hasOwn(sectionKeys, String(entry.key.value)))
      .map((entry) => readLink(entry, section, [...base, section, String(entry.key.value)]));
  });
  return { base, links };
}

function isSection(name: string): name is LinkSection {
  return Object.hasOwn(linkSections, name) && Object.hasOwn(version2Keys, name);
}

const shownKeys = new Set([
  'mtu',
  'dhcp4',
  'dhcp6',
  'addresses',
  'routes',
  'gateway4',
  'gateway6',
  'nameservers',
  'match',
  'set-name',
  'macaddress',
  'interfaces',
  'parameters',
  'id',
  'link',
]);

function readLink(
  { key, value: node }: MapEntry,
  section: LinkSection,
  path: readonly PathSegment[],
): WrittenLink {
  const of = (...keys: string[]) => textOf(keys.reduce(childAt, node));
  const items = (...keys: string[]) => itemsAt(node, path, keys);
  return {
    id: String(key.value),
    section,
    kind: linkSections[section].kind,
    key,
    node,
    path,
    mtu: of('mtu'),
    dhcp4: isTrue(childOf(node, 'dhcp4')),
    dhcp6: isTrue(childOf(node, 'dhcp6')),
    addresses: items('addresses'),
    routes: routesAt(node, path),
    gateway4: of('gateway4'),
    gateway6: of('gateway6'),
    nameServers: items('nameservers', 'addresses'),
    search: items('nameservers', 'search'),
    matchMac: of('match', 'macaddress'),
    matchName: of('match', 'name'),
    setName: of('set-name'),
    macAddress: of('macaddress'),
    members: items('interfaces'),
    mode: of('parameters', 'mode'),
    vlanId: of('id'),
    below: of('link'),
    primary: of('parameters', 'primary'),
    peer: of('peer'),
    others: othersOf(node),
  };
}

function childAt(node: SourceNode | undefined, key: string): SourceNode | undefined {
  return childOf(node, key);
}

/** A list, or one scalar in the place of a list. */
function itemsAt(
  link: SourceNode,
  path: readonly PathSegment[],
  keys: readonly string[],
): readonly WrittenItem[] {
  const node = keys.reduce(childAt, link as SourceNode | undefined);
  const place = [...path, ...keys];
  if (node?.type === 'sequence')
    return node.items.map((item, index) => ({ text: textOf(item), path: [...place, index] }));
  const text = textOf(node);
  return text === undefined ? [] : [{ text, path: place }];
}

function routesAt(link: SourceNode, path: readonly PathSegment[]): readonly WrittenRoute[] {
  const routes = childOf(link, 'routes');
  if (routes?.type !== 'sequence') return [];
  return routes.items.map((route, index) => ({
    path: [...path, 'routes', index],
    to: textOf(childOf(route, 'to')),
    via: textOf(childOf(route, 'via')),
    metric: textOf(childOf(route, 'metric')),
  }));
}

function othersOf(node: SourceNode): string[] {
  if (node.type !== 'map') return [];
  const parameters = childOf(node, 'parameters');
  const ofParameters =
    parameters?.type === 'map' ? parameters.entries.map(({ key }) => String(key.value)) : [];
  return [
    ...node.entries.map(({ key }) => String(key.value)).filter((key) => !shownKeys.has(key)),
    ...ofParameters.filter((key) => key !== 'mode'),
  ];
}

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.type === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** As netplan and PyYAML read it. */
function isTrue(node: SourceNode | undefined): boolean {
  return /^(true|yes|on|y)$/i.test(textOf(node) ?? '');
}

/** Whether a link may be given the key of its section at all; a VLAN has no members. */
export function hasKey(section: LinkSection, key: string): boolean {
  return Object.hasOwn(linkSections[section].keys, key);
}

/** The key of an entry of the document, for places that are about the key itself. */
export function keyAt(root: SourceNode, path: readonly PathSegment[]): ScalarNode | undefined {
  const parent = path
    .slice(0, -1)
    .reduce<SourceNode | undefined>(
      (node, segment) =>
        node?.type === 'sequence' ? node.items[Number(segment)] : childOf(node, String(segment)),
      root,
    );
  return entryOf(parent, String(path.at(-1)))?.key;
}
