import { linkSections, sectionKeys } from '../network/version-2-keys.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import type { Occurrence } from './symbols.ts';
import { occurrenceAt } from './written-name.ts';

/** Where the links of a network are defined and named, in every format that a site may hold. */
export function linkOccurrences(network: SourceNode, scope: string): Occurrence[] {
  const root = childOf(network, 'network') ?? network;
  if (root.type !== 'map') return [];
  const found = new Found(scope);
  const config = childOf(root, 'config');
  if (config?.type === 'sequence') version1(config.items, found);
  else if (childOf(root, 'interfaces')?.type === 'sequence') nmstate(root, found);
  else if (childOf(root, 'links')?.type === 'sequence') networkData(root, found);
  else version2(root, found);
  return found.list;
}

class Found {
  readonly list: Occurrence[] = [];
  readonly #scope: string;

  constructor(scope: string) {
    this.#scope = scope;
  }

  defines(node: SourceNode | undefined): void {
    this.#add(node, 'definition');
  }

  names(node: SourceNode | undefined): void {
    if (node?.type === 'sequence') for (const item of node.items) this.#add(item, 'reference');
    else this.#add(node, 'reference');
  }

  namesKeysOf(node: SourceNode | undefined): void {
    if (node?.type === 'map') for (const { key } of node.entries) this.#add(key, 'reference');
  }

  /** `eth0 100`: the port and its value as one text. */
  namesFirstWordOf(node: SourceNode | undefined): void {
    const items = node?.type === 'sequence' ? node.items : [node];
    for (const item of items) {
      if (item?.type !== 'scalar' || typeof item.value !== 'string') continue;
      const word = /^\S+/.exec(item.value)?.[0];
      const { source, span } = item;
      const at = word === undefined ? -1 : source.text.slice(span.start, span.end).indexOf(item.value);
      if (word === undefined || at < 0) continue;
      const start = span.start + at;
      this.#add({ ...item, value: word, span: { start, end: start + word.length } }, 'reference');
    }
  }

  #add(node: SourceNode | undefined, role: Occurrence['role']): void {
    if (node?.type !== 'scalar' || node.value === null) return;
    const name = String(node.value);
    // A name that is filled in per host is none that could be looked up.
    if (name === '' || name.includes('((')) return;
    this.list.push(occurrenceAt(node as ScalarNode, { kind: 'link', name, scope: this.#scope }, role));
  }
}

function version2(root: MapNode, found: Found): void {
  for (const { key: section, value: links } of root.entries) {
    if (!Object.hasOwn(linkSections, String(section.value)) || links.type !== 'map') continue;
    for (const { key, value } of links.entries) {
      if (Object.hasOwn(sectionKeys, String(key.value))) continue;
      found.defines(key);
      for (const name of ['interfaces', 'link', 'peer']) found.names(childOf(value, name));
      const parameters = childOf(value, 'parameters');
      found.names(childOf(parameters, 'primary'));
      for (const name of ['path-cost', 'port-priority']) found.namesKeysOf(childOf(parameters, name));
    }
  }
}

const notLinks = new Set(['route', 'nameserver']);

function version1(items: readonly SourceNode[], found: Found): void {
  for (const item of items) {
    const type = childOf(item, 'type');
    if (!notLinks.has(type?.type === 'scalar' ? String(type.value) : ''))
      found.defines(childOf(item, 'name'));
    for (const name of ['bond_interfaces', 'bridge_interfaces', 'vlan_link', 'interface'])
      found.names(childOf(item, name));
    const parameters = childOf(item, 'params');
    if (parameters?.type !== 'map') continue;
    for (const { key, value } of parameters.entries) {
      const name = String(key.value)
        .replaceAll('_', '-')
        .replace(/^(bond|bridge)-/, '');
      if (name === 'primary') found.names(value);
      else if (name === 'pathcost' || name === 'portprio') found.namesFirstWordOf(value);
    }
  }
}

function nmstate(root: MapNode, found: Found): void {
  const interfaces = childOf(root, 'interfaces');
  for (const item of interfaces?.type === 'sequence' ? interfaces.items : []) {
    found.defines(childOf(item, 'name'));
    found.names(childOf(item, 'controller'));
    for (const kind of ['vlan', 'infiniband', 'mac-vlan', 'mac-vtap', 'vxlan'])
      found.names(childOf(childOf(item, kind), 'base-iface'));
    found.names(childOf(childOf(item, 'veth'), 'peer'));
    for (const kind of ['link-aggregation', 'vrf']) found.names(childOf(childOf(item, kind), 'port'));
    const ports = childOf(childOf(item, 'bridge'), 'port');
    for (const port of ports?.type === 'sequence' ? ports.items : []) found.names(childOf(port, 'name'));
  }
  for (const list of ['config', 'running']) {
    const routes = childOf(childOf(root, 'routes'), list);
    for (const route of routes?.type === 'sequence' ? routes.items : [])
      found.names(childOf(route, 'next-hop-interface'));
  }
}

function networkData(root: MapNode, found: Found): void {
  const items = (key: string) => {
    const list = childOf(root, key);
    return list?.type === 'sequence' ? list.items : [];
  };
  for (const link of items('links')) {
    found.defines(childOf(link, 'id'));
    for (const name of ['bond_links', 'vlan_link', 'bridge_links']) found.names(childOf(link, name));
  }
  for (const network of items('networks')) found.names(childOf(network, 'link'));
}
