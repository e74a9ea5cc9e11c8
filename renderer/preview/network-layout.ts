import type { LinkFacts, NetworkFacts } from '#shared/render/network-drawing.ts';
import type { Place } from '#shared/source/source-place.ts';

/** A link with its addresses, or a gateway that routes lead to. Units of the drawing are CSS pixels. */
export interface DrawnNode {
  readonly id: string;
  readonly kind: LinkFacts['kind'] | 'gateway';
  readonly name: string;
  /** One line under the name; may be empty. */
  readonly detail: string;
  readonly addresses: readonly string[];
  readonly place: Place | undefined;
  /** In words, for who does not see the lines. */
  readonly label: string;
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DrawnEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly path: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

const columnGap = 28;
const rowGap = 12;
const padding = 8;
const iconWidth = 20;
export const headHeight = 28;
export const detailHeight = 16;
export const addressHeight = 20;
const smallestWidth = 72;
/** Advances in the faces that are asked for, measured, with a little air: boxes must hold their text. */
const advance = { name: 7.6, detail: 6.3, address: 6.8 };

/** Of Ethernet (IEEE 802.3), in bytes. */
const usualMtu = 1500;

type Sized = Omit<DrawnNode, 'x' | 'y' | 'width'> & { width: number; below: readonly string[] };

/** 0 for what lies on nothing, one more than the deepest link below for the rest. A circle (an error) ends at 0. */
export function depths(links: readonly Pick<LinkFacts, 'id' | 'below'>[]): ReadonlyMap<string, number> {
  const byName = new Map(links.map((link) => [link.id, link]));
  const found = new Map<string, number>();
  const under = new Set<string>();
  const depthOf = (name: string): number => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const link = byName.get(name);
    if (link === undefined || under.has(name)) return 0;
    under.add(name);
    const below = link.below.filter((other) => byName.has(other));
    const depth = below.length === 0 ? 0 : 1 + Math.max(...below.map(depthOf));
    under.delete(name);
    found.set(name, depth);
    return depth;
  };
  for (const { id } of links) depthOf(id);
  return found;
}

/** "802.3ad", "VLAN 100", "bridge"; nothing for a physical link, which is known by its name. */
export function kindWords({ kind, detail }: Pick<LinkFacts, 'kind' | 'detail'>): string {
  if (kind === 'physical') return '';
  if (kind === 'vlan') return `VLAN ${detail}`.trim();
  return detail === '' ? kind : detail;
}

/** What stands for the addresses that only the network knows. */
export function addressesOf({
  addresses,
  dhcp4,
  dhcp6,
}: Pick<LinkFacts, 'addresses' | 'dhcp4' | 'dhcp6'>): string[] {
  return [...addresses, ...(dhcp4 ? ['DHCPv4'] : []), ...(dhcp6 ? ['DHCPv6'] : [])];
}

export function nameOf({ id, renamedTo }: Pick<LinkFacts, 'id' | 'renamedTo'>): string {
  return renamedTo ?? id;
}

/** Cables on the left, what lies on them to the right, and at the end the gateways: as a packet goes out. */
export function layoutNetwork({ links, routes }: Pick<NetworkFacts, 'links' | 'routes'>): Drawing {
  const depth = depths(links);
  const linkNodes = links.map((link) => sizedLink(link, depth.get(link.id) ?? 0));
  const last = Math.max(-1, ...depth.values()) + 1;
  const nodes = [...linkNodes, ...sizedGateways(routes, last)];
  const columns = columnsOf(nodes);
  const neighbours = neighboursOf(nodes);
  orderColumns(columns, neighbours);
  const tops = placeRows(columns, neighbours);
  const { drawn, width } = placeColumns(columns, tops);
  const height = Math.max(0, ...drawn.map((node) => node.y + node.height));
  return { width, height, nodes: drawn, edges: edgesOf(drawn, nodes) };
}

function sizedLink(link: LinkFacts, column: number): Sized {
  const kind = kindWords(link);
  // The usual size says nothing; it is in the table.
  const mtu = link.mtu === undefined || link.mtu === usualMtu ? '' : `MTU ${link.mtu}`;
  const detail = [kind, mtu].filter((each) => each !== '').join(' · ');
  const addresses = addressesOf(link);
  const name = nameOf(link);
  return {
    id: link.id,
    kind: link.kind,
    name,
    detail,
    addresses,
    place: link.place,
    label: `${seenText(name, detail, addresses)}: ${linkWords(link)}`,
    column,
    height: heightOf(detail, addresses),
    width: widthOf(name, detail, addresses),
    below: link.below,
  };
}

/** What is to be seen comes first: who says it to the machine is understood. */
function seenText(name: string, detail: string, addresses: readonly string[]): string {
  return [name, detail, ...addresses].filter((each) => each !== '').join(' ');
}

function linkWords({ kind, below }: LinkFacts): string {
  const words = { physical: 'physical link', vlan: 'VLAN' }[kind as string] ?? kind;
  return below.length === 0 ? words : `${words} over ${below.join(' and ')}`;
}

function heightOf(detail: string, addresses: readonly string[]): number {
  const body = (detail === '' ? 0 : detailHeight) + addresses.length * addressHeight;
  return headHeight + body + (body === 0 ? 4 : 8);
}

function widthOf(name: string, detail: string, addresses: readonly string[]): number {
  const lines = [
    iconWidth + name.length * advance.name,
    detail.length * advance.detail,
    ...addresses.map(({ length }) => length * advance.address),
  ];
  return Math.max(smallestWidth, Math.ceil(Math.max(...lines)) + 2 * padding);
}

/** One node for each gateway, whatever leads to it. */
function sizedGateways(routes: NetworkFacts['routes'], column: number): Sized[] {
  const byVia = new Map<string, NetworkFacts['routes'][number][]>();
  for (const route of routes) {
    if (route.via === '' || route.link === '') continue;
    byVia.set(route.via, [...(byVia.get(route.via) ?? []), route]);
  }
  return [...byVia].map(([via, leading]) => {
    const targets = [...new Set(leading.map(({ to }) => to))];
    const detail = targets.length > 2 ? `${targets.length} routes` : targets.join(', ');
    const below = [...new Set(leading.map(({ link }) => link))];
    return {
      id: `gateway ${via}`,
      kind: 'gateway',
      name: via,
      detail,
      addresses: [],
      place: leading[0]?.place,
      label: `${seenText(via, detail, [])}: gateway for ${targets.join(', ')}, reached through ${below.join(' and ')}`,
      column,
      height: heightOf(detail, []),
      width: widthOf(via, detail, []),
      below,
    };
  });
}

function columnsOf(nodes: readonly Sized[]): Sized[][] {
  const columns: Sized[][] = [];
  for (const node of nodes) {
    let column = columns[node.column];
    while (column === undefined) {
      columns.push([]);
      column = columns[node.column];
    }
    column.push(node);
  }
  return columns;
}

interface Neighbours {
  readonly left: ReadonlyMap<string, readonly string[]>;
  readonly right: ReadonlyMap<string, readonly string[]>;
}

function neighboursOf(nodes: readonly Sized[]): Neighbours {
  const known = new Set(nodes.map(({ id }) => id));
  const left = new Map<string, string[]>();
  const right = new Map<string, string[]>();
  for (const { id, below } of nodes) {
    const present = below.filter((each) => known.has(each));
    left.set(id, present);
    for (const each of present) right.set(each, [...(right.get(each) ?? []), id]);
  }
  return { left, right };
}

/** Each column in the order of the middle of what it is joined to: most lines then cross no other. */
function orderColumns(columns: Sized[][], { left, right }: Neighbours): void {
  const position = new Map<string, number>();
  const note = () => {
    for (const column of columns) for (const [index, { id }] of column.entries()) position.set(id, index);
  };
  const sortBy = (column: Sized[], joined: ReadonlyMap<string, readonly string[]>) => {
    const middle = new Map(
      column.map(({ id }, index) => [
        id,
        mean((joined.get(id) ?? []).map((each) => position.get(each))) ?? index,
      ]),
    );
    column.sort((a, b) => (middle.get(a.id) ?? 0) - (middle.get(b.id) ?? 0));
    note();
  };
  note();
  for (let sweep = 0; sweep < 3; sweep++) {
    for (const column of columns.slice(1)) sortBy(column, left);
    for (const column of columns.slice(0, -1).reverse()) sortBy(column, right);
  }
  for (const column of columns.slice(1)) sortBy(column, left);
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Tops of the boxes: each as near to the height of what it is joined to as its column allows. */
function placeRows(columns: readonly Sized[][], { left, right }: Neighbours): ReadonlyMap<string, number> {
  const centre = new Map<string, number>();
  for (const column of columns) settle(column, () => undefined, centre);
  for (let sweep = 0; sweep < 4; sweep++) {
    const joined = sweep % 2 === 0 ? left : right;
    const order = sweep % 2 === 0 ? columns : [...columns].reverse();
    for (const column of order)
      settle(column, ({ id }) => mean((joined.get(id) ?? []).map((each) => centre.get(each))), centre);
  }
  const tops = new Map<string, number>();
  for (const node of columns.flat()) tops.set(node.id, (centre.get(node.id) ?? 0) - node.height / 2);
  const highest = Math.min(...tops.values());
  return new Map([...tops].map(([id, top]) => [id, Math.round(top - highest)]));
}

/**
 * The centres of a column that are nearest to the wanted ones without overlap, in the order given: the pool of
 * adjacent violators, which finds the least squares in one pass.
 */
function settle(
  column: readonly Sized[],
  wantedOf: (node: Sized) => number | undefined,
  centre: Map<string, number>,
): void {
  let offset = 0;
  const pools: { sum: number; count: number; members: { id: string; offset: number }[] }[] = [];
  for (const [index, node] of column.entries()) {
    const before = column[index - 1];
    if (before !== undefined) offset += before.height / 2 + rowGap + node.height / 2;
    const wanted = wantedOf(node) ?? centre.get(node.id) ?? node.height / 2 + offset;
    let pool = { sum: wanted - offset, count: 1, members: [{ id: node.id, offset }] };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.count <= pool.sum / pool.count) break;
      pools.pop();
      pool = {
        sum: last.sum + pool.sum,
        count: last.count + pool.count,
        members: [...last.members, ...pool.members],
      };
    }
    pools.push(pool);
  }
  for (const { sum, count, members } of pools)
    for (const member of members) centre.set(member.id, sum / count + member.offset);
}

function placeColumns(
  columns: readonly Sized[][],
  tops: ReadonlyMap<string, number>,
): { drawn: DrawnNode[]; width: number } {
  const drawn: DrawnNode[] = [];
  let x = 0;
  for (const column of columns.filter(({ length }) => length > 0)) {
    const width = Math.max(...column.map((node) => node.width));
    for (const { below: _joined, ...node } of column)
      drawn.push({ ...node, x, y: tops.get(node.id) ?? 0, width });
    x += width + columnGap;
  }
  return { drawn, width: Math.max(1, x - columnGap) };
}

function edgesOf(drawn: readonly DrawnNode[], nodes: readonly Sized[]): DrawnEdge[] {
  const at = new Map(drawn.map((node) => [node.id, node]));
  return nodes.flatMap(({ id, below }) =>
    below.flatMap((name) => {
      const [from, to] = [at.get(name), at.get(id)];
      if (from === undefined || to === undefined) return [];
      return [{ key: `${name}>${id}`, from: name, to: id, path: edgePath(from, to) }];
    }),
  );
}

function edgePath(from: DrawnNode, to: DrawnNode): string {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`;
}

/** A node and all that its packets pass: what lies below it, and what lies on it. */
export function chainOf(id: string, edges: readonly DrawnEdge[]): ReadonlySet<string> {
  const chain = new Set([id]);
  const follow = (start: string, side: 'from' | 'to', other: 'from' | 'to'): void => {
    for (const edge of edges) {
      if (edge[side] !== start || chain.has(edge[other])) continue;
      chain.add(edge[other]);
      follow(edge[other], side, other);
    }
  };
  follow(id, 'to', 'from');
  follow(id, 'from', 'to');
  return chain;
}

/** Where an arrow key leads from a node. */
export function neighbourOf(
  { nodes, edges }: Pick<Drawing, 'nodes' | 'edges'>,
  id: string,
  key: string,
): string | undefined {
  const node = nodes.find((each) => each.id === id);
  if (node === undefined) return undefined;
  const vertical = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (vertical !== undefined) {
    const column = nodes.filter((each) => each.column === node.column).sort((a, b) => a.y - b.y);
    return column[column.indexOf(node) + vertical]?.id;
  }
  const horizontal = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (horizontal === undefined) return undefined;
  const joined = edges.flatMap(({ from, to }) =>
    horizontal > 0 ? (from === id ? [to] : []) : to === id ? [from] : [],
  );
  const near = nodes
    .filter((each) => joined.includes(each.id))
    .sort((a, b) => Math.abs(middleOf(a) - middleOf(node)) - Math.abs(middleOf(b) - middleOf(node)));
  return near[0]?.id;
}

function middleOf({ y, height }: DrawnNode): number {
  return y + height / 2;
}
