import { bondModes } from '../network/bond-parameters.ts';
import type { LinkSection } from '../network/version-2-keys.ts';
import type { ValueChange } from '../source/edit-value.ts';
import type { PathSegment } from '../source/source-node.ts';
import type { WrittenItem, WrittenLink, WrittenNetwork } from './read-network-form.ts';

/** The order in which people write the keys of a link. */
export const orderOfLinkKeys = [
  'match',
  'set-name',
  'macaddress',
  'interfaces',
  'id',
  'link',
  'mtu',
  'parameters',
  'dhcp4',
  'dhcp6',
  'addresses',
  'gateway4',
  'gateway6',
  'routes',
  'nameservers',
] as const;

/** The order of what stands at the top. */
export const orderOfSections = ['version', 'renderer', 'ethernets', 'wifis', 'bonds', 'bridges', 'vlans'];
const usualMtu = 1500;

/** A number where the text is one, as YAML would read it. */
function plainOf(text: string): string | number {
  return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}

/**
 * Sets a scalar below a link, or removes it when the text is empty; with the mapping around it when nothing else is in
 * there.
 */
export function changeOfText(
  link: WrittenLink,
  keys: readonly string[],
  text: string,
  siblings: readonly (string | undefined)[] = [],
): ValueChange[] {
  if (text !== '')
    return [{ type: 'set', path: [...link.path, ...keys], value: plainOf(text), order: orderOfLinkKeys }];
  const isLast = keys.length > 1 && siblings.every((each) => each === undefined);
  return [{ type: 'remove', path: [...link.path, ...(isLast ? keys.slice(0, -1) : keys)] }];
}

/** False is what is said by leaving the key out, unless it is written. */
export function changeOfFlag(link: WrittenLink, key: string, isSet: boolean): ValueChange[] {
  const path = [...link.path, key];
  return [isSet ? { type: 'set', path, value: true, order: orderOfLinkKeys } : { type: 'remove', path }];
}

/** One value of a list: another text, or none any more. The last one takes its key with it. */
export function changeOfItem(items: readonly WrittenItem[], index: number, text: string): ValueChange[] {
  const item = items[index];
  if (item === undefined) return [];
  if (text !== '') return [{ type: 'set', path: item.path, value: text }];
  return [{ type: 'remove', path: items.length > 1 ? item.path : listPath(item) }];
}

/** A new value at the end of a list, which is made where there is none. */
export function changeOfNewItem(
  link: WrittenLink,
  keys: readonly string[],
  items: readonly WrittenItem[],
  text: string,
): ValueChange[] {
  const path = [...link.path, ...keys];
  const [first] = items;
  if (first === undefined) return [{ type: 'set', path, value: [text], order: orderOfLinkKeys }];
  // One scalar in the place of a list becomes a list.
  if (typeof first.path.at(-1) === 'string')
    return [{ type: 'set', path, value: [first.text ?? '', text], order: orderOfLinkKeys }];
  return [{ type: 'insert', path: [...path, items.length], value: text }];
}

function listPath({ path }: WrittenItem): readonly PathSegment[] {
  return typeof path.at(-1) === 'number' ? path.slice(0, -1) : path;
}

/** A route at the end of the link's; the first one makes the list. */
export function changeOfNewRoute(link: WrittenLink, route: { to: string; via: string }): ValueChange[] {
  const path = [...link.path, 'routes'];
  return link.routes.length === 0
    ? [{ type: 'set', path, value: [route], order: orderOfLinkKeys }]
    : [{ type: 'insert', path: [...path, link.routes.length], value: route }];
}

export function changeOfRemovedRoute(link: WrittenLink, index: number): ValueChange[] {
  const path = link.routes[index]?.path;
  if (path === undefined) return [];
  return [{ type: 'remove', path: link.routes.length > 1 ? path : path.slice(0, -1) }];
}

/** Which links are the members of a bond or bridge; a list that is empty stays, since it says so. */
export function changeOfMember(link: WrittenLink, id: string, isMember: boolean): ValueChange[] {
  if (isMember) return changeOfNewItem(link, ['interfaces'], link.members, id);
  const places = link.members.filter(({ text }) => text === id).map(({ path }) => path);
  return places.toReversed().map((path) => ({ type: 'remove', path }));
}

export const addableKinds = ['ethernets', 'bonds', 'vlans', 'bridges'] as const;
export type AddableSection = (typeof addableKinds)[number];

export interface NewLink {
  readonly id: string;
  readonly section: AddableSection;
  readonly value: LinkValue;
  readonly changes: readonly ValueChange[];
}

/** A link with a name that is free, made to fit what is there: a bond over the ports that are free, a VLAN over `chosen`. */
export function newLink(
  network: WrittenNetwork,
  section: AddableSection,
  chosen: WrittenLink | undefined,
): NewLink {
  const { id, value } = wantedLink(network, section, chosen);
  const path = [...network.base, section];
  const isThere = network.links.some((link) => link.section === section);
  const change: ValueChange = isThere
    ? { type: 'set', path: [...path, id], value }
    : { type: 'set', path, value: { [id]: value }, order: orderOfSections };
  return { id, section, value, changes: [change] };
}

export type LinkValue = Readonly<
  Record<string, string | number | boolean | readonly string[] | Readonly<Record<string, string | number>>>
>;

function wantedLink(
  network: WrittenNetwork,
  section: AddableSection,
  chosen: WrittenLink | undefined,
): { id: string; value: LinkValue } {
  const { links } = network;
  if (section === 'ethernets') return { id: nextName(links, section, 'eth0'), value: { dhcp4: true } };
  const ports = freePorts(links);
  if (section === 'bonds') {
    const members = ports.map(({ id }) => id);
    // The mode that works with every switch.
    const parameters = { mode: bondModes[1], 'mii-monitor-interval': 100 };
    return { id: nextName(links, section, 'bond0'), value: { interfaces: members, parameters } };
  }
  if (section === 'bridges') {
    const isFree = chosen !== undefined && mayCarry(chosen) && ports.some((each) => each === chosen);
    return { id: nextName(links, section, 'br0'), value: { interfaces: isFree ? [chosen.id] : [] } };
  }
  const parent = [chosen, ...links].find((link) => link !== undefined && mayCarry(link));
  return vlanOver(links, parent);
}

function vlanOver(
  links: readonly WrittenLink[],
  parent: WrittenLink | undefined,
): { id: string; value: LinkValue } {
  const below = parent?.id ?? 'eth0';
  const taken = new Set(links.filter((link) => link.below === below).map(({ vlanId }) => vlanId));
  const ids = new Set(links.map(({ id }) => id));
  let tag = 100;
  while (tag < 4094 && (taken.has(String(tag)) || ids.has(`${below}.${tag}`)))
    tag += taken.has('200') ? 100 : 1;
  const mtu = parent?.mtu !== undefined && /^\d+$/.test(parent.mtu) && Number(parent.mtu) > usualMtu;
  const name = `${below}.${tag}`;
  // The kernel takes 15 characters (IFNAMSIZ).
  return {
    id: name.length <= 15 ? name : `vlan${tag}`,
    value: { id: tag, link: below, ...(mtu ? { mtu: usualMtu } : {}) },
  };
}

/** What VLANs and bridges can lie on. */
function mayCarry({ kind }: WrittenLink): boolean {
  return kind === 'physical' || kind === 'bond' || kind === 'bridge';
}

/** Ports that nothing lies on and that have no addresses of their own. */
export function freePorts(links: readonly WrittenLink[]): WrittenLink[] {
  const used = new Set(links.flatMap((link) => [...link.members.map(({ text }) => text), link.below]));
  return links.filter(
    (link) => link.kind === 'physical' && !used.has(link.id) && link.addresses.length === 0 && !link.dhcp4,
  );
}

/** `eno3` after `eno2`: the name of the last link of a section, counted on until it is free. */
function nextName(links: readonly WrittenLink[], section: LinkSection, first: string): string {
  const ids = new Set(links.map(({ id }) => id));
  const last = links.findLast((link) => link.section === section && /^[A-Za-z_-]+\d+$/.test(link.id))?.id;
  if (last === undefined && !ids.has(first)) return first;
  const [, stem = '', digits = '0'] = /^(.*?)(\d+)$/.exec(last ?? first) ?? [];
  for (let count = Number(digits) + 1; ; count++) if (!ids.has(`${stem}${count}`)) return `${stem}${count}`;
}

/** How another link refers to one. */
export interface LinkUse {
  readonly by: string;
  readonly as: 'member' | 'carrier' | 'primary' | 'peer';
}

export function usesOf({ links }: WrittenNetwork, id: string): LinkUse[] {
  return links.flatMap(({ id: by, members, below, primary, peer }) => [
    ...(members.some(({ text }) => text === id) ? [{ by, as: 'member' as const }] : []),
    ...(below === id ? [{ by, as: 'carrier' as const }] : []),
    ...(primary === id ? [{ by, as: 'primary' as const }] : []),
    ...(peer === id ? [{ by, as: 'peer' as const }] : []),
  ]);
}

/**
 * Removes a link, and its name where others have it as a member; what lies on it stays, and has to be put on another.
 * The last link of a section takes the section with it.
 */
export function changesOfRemoval({ base, links }: WrittenNetwork, link: WrittenLink): ValueChange[] {
  const ofOthers = links
    .filter((other) => other !== link)
    .flatMap((other): ValueChange[] => [
      ...changeOfMember(other, link.id, false),
      ...(other.primary === link.id
        ? [{ type: 'remove' as const, path: [...other.path, 'parameters', 'primary'] }]
        : []),
    ]);
  const isLast = links.filter(({ section }) => section === link.section).length === 1;
  return [...ofOthers, { type: 'remove', path: isLast ? [...base, link.section] : link.path }];
}
