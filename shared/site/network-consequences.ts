import { compareDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { childOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Place, placeKey } from '../source/source-place.ts';
import { comparePositions, type Position, rangeOf } from '../source/source-text.ts';
import { isBondDetail, placesOfBondDetails } from './settings-beside-others.ts';

/** Checks that judge a link by several of its settings, and so are wrong as soon as one could not be read. */
const ofTheWholeLink: ReadonlySet<DiagnosticCode> = new Set([
  'network-gateway',
  'network-route',
  'network-bond',
]);

/** Mistakes in values that say nothing of what a bond is made of and how it works. */
const besideTheBond: ReadonlySet<DiagnosticCode> = new Set([
  ...(['network-address', 'network-gateway', 'network-route', 'network-dns'] as const),
  ...(['network-mac', 'network-mtu'] as const),
]);

/**
 * What could not be read is missing in the model: that an address, a mode or a whole section is missing follows from
 * its misspelling, and is not reported beside it. `alone` is what one route or bond says by itself: only a mistake in
 * that very one takes it away.
 */
export function withoutConsequences(
  read: readonly Diagnostic[],
  checked: readonly Diagnostic[],
  root: SourceNode,
  alone: readonly Diagnostic[] = [],
): readonly Diagnostic[] {
  const errors = read.filter(({ severity }) => severity === 'error');
  if (errors.length === 0 || checked.length + alone.length === 0)
    return [...read, ...checked, ...alone].sort(compareDiagnostics);
  const links = linkPlacesOf(root);
  const linkAt = ({ file, range }: Diagnostic) => lastBefore(links.get(file) ?? [], range.start)?.link;
  const routes = routeRangesOf(root);
  const routeAt = (each: Diagnostic) => routes.findLast((route) => holds(route, each));
  const leansOn = addressesBehindRoutes(root);
  const valueUses = usesOfValues(root, links);
  const details = placesOfBondDetails(root);
  const unread = new Set<number | undefined>();
  const unreadAddresses = new Set<number | undefined>();
  const unreadRoutes = new Map<number | undefined, Set<Place>>();
  for (const error of errors) {
    const place = lastBefore(links.get(error.file) ?? [], error.range.start);
    const route = place === undefined ? undefined : routeAt(error);
    if (route !== undefined) {
      unreadRoutes.set(place?.link, (unreadRoutes.get(place?.link) ?? new Set()).add(route));
      continue;
    }
    // A value of the host stands in another file, and may be one of several links.
    const uses = place === undefined ? (valueUses.get(placeKey(error)) ?? [undefined]) : [place];
    for (const use of uses) {
      unread.add(use?.link);
      if (use === undefined || mayTakeAddresses(error, use)) unreadAddresses.add(use?.link);
    }
  }
  // A route that could not be read takes no mistake away from the others; only warnings compare them with each other.
  const followsFromRoute = (each: Diagnostic) => {
    const broken = unreadRoutes.get(linkAt(each));
    if (broken === undefined || each.code === 'network-bond') return false;
    const own = routeAt(each);
    return own === undefined || each.severity !== 'error' || broken.has(own);
  };
  const lostSection = errors.some((each) => each.code === 'key-unknown' && isTopKey(each, root));
  const kept = checked.filter((each) => {
    if (lostSection && each.code === 'network-link-unknown') return false;
    if (!ofTheWholeLink.has(each.code)) return true;
    const lost = each.code === 'network-bond' ? unread : unreadAddresses;
    if (each.code !== 'network-bond' && leansOn(each, unreadAddresses)) return false;
    return !(lost.has(linkAt(each)) || lost.has(undefined) || followsFromRoute(each));
  });
  const ofBonds = errors.filter((each) => !(besideTheBond.has(each.code) || isOfBondDetail(each, details)));
  const unreadBonds = new Set(ofBonds.map(linkAt));
  const keptAlone = alone.filter((each) => {
    const link = linkAt(each);
    if (each.code === 'network-bond') return !(unreadBonds.has(link) || unreadBonds.has(undefined));
    const own = routeAt(each);
    return own === undefined ? !unread.has(link) : unreadRoutes.get(link)?.has(own) !== true;
  });
  return [...read, ...kept, ...keptAlone].sort(compareDiagnostics);
}

/** Keys of links, in any format, without which a link may lack an address, a route, or the links that it is made of. */
const bearAddresses: ReadonlySet<unknown> = new Set([
  ...['addresses', 'dhcp4', 'dhcp6', 'accept-ra', 'link-local', 'gateway4', 'gateway6', 'routes'],
  ...['interfaces', 'subnets', 'type', 'name', 'ipv4', 'ipv6', 'state'],
  ...['id', 'link', 'ip_address', 'netmask', 'gateway'],
]);

/** Whether a mistake can be why addresses of a link are not known. One in its MAC address or its name servers cannot. */
function mayTakeAddresses({ code, fixes }: Diagnostic, { key, isKey }: LinkPlace): boolean {
  if (key === undefined || bearAddresses.has(key)) return true;
  if (code !== 'key-unknown' || !isKey) return false;
  const meant = fixes?.[0]?.newText;
  return meant === undefined || bearAddresses.has(meant);
}

/** A parameter of a bond that could not be read is missing itself, and takes no other finding with it. */
function isOfBondDetail(error: Diagnostic, details: ReadonlySet<string>): boolean {
  const meant = error.code === 'key-unknown' ? error.fixes?.[0]?.newText : undefined;
  return details.has(placeKey(error)) || (meant !== undefined && isBondDetail(meant));
}

/**
 * Routes that stand apart from the link whose addresses they lean on: those of NMState, which name it, and those of
 * version 1 for the host, which lean on all. Tells whether a finding in one follows from addresses that are not known.
 */
function addressesBehindRoutes(
  root: SourceNode,
): (each: Diagnostic, unknown: ReadonlySet<number | undefined>) => boolean {
  const top = childOf(root, 'network') ?? root;
  const links = linkNodesOf(root);
  const numberOf = new Map(links.map(([node], link) => [stringOf(node, 'name'), link] as const));
  const places: (Place & { readonly link: number | 'any' })[] = [];
  const add = ({ source, span }: SourceNode, link: number | 'any' | undefined) => {
    if (link !== undefined) places.push({ file: source.file, range: rangeOf(source, span), link });
  };
  for (const item of itemsUnder(childOf(childOf(top, 'routes'), 'config')))
    add(item, numberOf.get(stringOf(item, 'next-hop-interface')));
  for (const item of itemsUnder(childOf(top, 'config')))
    if (stringOf(item, 'type') === 'route') add(item, 'any');
  places.sort((a, b) => comparePositions(a.range.start, b.range.start));
  return (each, unknown) => {
    if (unknown.size === 0) return false;
    const found = placeBefore(places, each.range.start);
    if (found === undefined || !holds(found, each)) return false;
    return found.link === 'any' || unknown.has(found.link);
  };
}

function itemsUnder(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.type === 'sequence' ? node.items : [];
}

const listsOfRoutes: ReadonlySet<unknown> = new Set(['routes', 'routing-policy', 'route-rules']);

/** Where the items of every list of routes or rules stand, which NMState nests in `config`, in order. */
function routeRangesOf(root: SourceNode): Place[] {
  const found: Place[] = [];
  const visit = (node: SourceNode, isRoutes: boolean): void => {
    if (node.type === 'map') {
      for (const { key, value } of node.entries)
        visit(value, listsOfRoutes.has(key.value) || (isRoutes && key.value === 'config'));
    } else if (node.type === 'sequence') {
      for (const item of node.items) {
        if (!isRoutes) visit(item, false);
        else found.push({ file: item.source.file, range: rangeOf(item.source, item.span) });
      }
    }
  };
  visit(root, false);
  return found.sort((a, b) => comparePositions(a.range.start, b.range.start));
}

function holds({ file, range: { start, end } }: Place, each: Diagnostic): boolean {
  return (
    file === each.file &&
    comparePositions(start, each.range.start) <= 0 &&
    comparePositions(each.range.start, end) <= 0
  );
}

interface LinkPlace {
  readonly start: Position;
  /** Which of the links, counted from 0. */
  readonly link: number;
  /** The key of the link under which this stands; undefined for the link itself. */
  readonly key?: unknown;
  /** Whether this is that key. */
  readonly isKey?: boolean | undefined;
}

/**
 * Where everything stands that belongs to a link, by file and in order: the files of netplan each say a part of it. Files
 * without a key of the network hold values of hosts, which may be those of several links.
 */
function linkPlacesOf(root: SourceNode): ReadonlyMap<string, readonly LinkPlace[]> {
  const places = new Map<string, LinkPlace[]>();
  const visit = (node: SourceNode, see: (node: SourceNode, isKey: boolean) => void, isKey = false): void => {
    see(node, isKey);
    if (node.type === 'sequence') for (const item of node.items) visit(item, see);
    if (node.type !== 'map') return;
    for (const { key, value } of node.entries) {
      visit(key, see, true);
      visit(value, see);
    }
  };
  visit(root, ({ source }, isKey) => {
    if (isKey && !places.has(source.file)) places.set(source.file, []);
  });
  for (const [link, nodes] of linkNodesOf(root).entries()) {
    const see = (key?: unknown, isKey?: boolean) => (node: SourceNode) => {
      const { source, span } = node;
      places.get(source.file)?.push({ start: rangeOf(source, span).start, link, key, isKey });
    };
    for (const node of nodes) {
      if (node.type !== 'map') {
        visit(node, see());
        continue;
      }
      see()(node);
      for (const { key, value } of node.entries) {
        see(key.value, true)(key);
        visit(value, see(key.value, false));
      }
    }
  }
  for (const list of places.values()) list.sort((a, b) => comparePositions(a.start, b.start));
  return places;
}

/** The links in which a value stands that is written in a file without a key of the network, by its place there. */
function usesOfValues(
  root: SourceNode,
  links: ReadonlyMap<string, readonly LinkPlace[]>,
): ReadonlyMap<string, readonly LinkPlace[]> {
  const uses = new Map<string, LinkPlace[]>();
  const visit = (node: SourceNode, link: number, key: unknown): void => {
    if (node.type === 'map') for (const { value } of node.entries) visit(value, link, key);
    else if (node.type === 'sequence') for (const item of node.items) visit(item, link, key);
    else if (!links.has(node.source.file)) {
      const place = { file: node.source.file, range: rangeOf(node.source, node.span) };
      const use = { start: place.range.start, link, key, isKey: false };
      const known = uses.get(placeKey(place));
      if (known === undefined) uses.set(placeKey(place), [use]);
      else known.push(use);
    }
  };
  for (const [link, nodes] of linkNodesOf(root).entries()) {
    for (const node of nodes) {
      if (node.type === 'map') for (const { key, value } of node.entries) visit(value, link, key.value);
      else visit(node, link, undefined);
    }
  }
  return uses;
}

/** The nodes of each link of a network, its name among them. */
function linkNodesOf(root: SourceNode): readonly (readonly SourceNode[])[] {
  const top = childOf(root, 'network') ?? root;
  const sections = top.type === 'map' ? top.entries.map(({ value }) => value) : [];
  return sections.flatMap((section) => {
    if (section.type === 'map') return section.entries.map(({ key, value }) => [key, value]);
    return section.type === 'sequence' ? section.items.map((item) => [item]) : [];
  });
}

/** The last of the places, which are in order, that does not stand behind a position. */
function lastBefore(places: readonly LinkPlace[], position: Position): LinkPlace | undefined {
  return lastOf(places, position, ({ start }) => start);
}

function placeBefore<Each extends Place>(places: readonly Each[], position: Position): Each | undefined {
  return lastOf(places, position, ({ range }) => range.start);
}

function lastOf<Each>(
  places: readonly Each[],
  position: Position,
  startOf: (place: Each) => Position,
): Each | undefined {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = places[middle];
    if (place !== undefined && comparePositions(startOf(place), position) <= 0) low = middle + 1;
    else high = middle;
  }
  return places[low - 1];
}

function isTopKey({ file, range: { start } }: Diagnostic, root: SourceNode): boolean {
  const top = childOf(root, 'network') ?? root;
  const keys = top.type === 'map' ? top.entries.map(({ key }) => key) : [];
  return keys.some(
    ({ source, span }) => source.file === file && comparePositions(rangeOf(source, span).start, start) === 0,
  );
}
