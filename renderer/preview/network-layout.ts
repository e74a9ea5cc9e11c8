import type { LinkSummary } from '#shared/network/summary.ts';

export interface DrawnLink {
  readonly link: LinkSummary;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Lines under the name: kind, addresses. */
  readonly lines: readonly string[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly links: readonly DrawnLink[];
  readonly edges: readonly { readonly key: string; readonly path: string }[];
}

const columnGap = 28;
/** Advance of a 12 px character: 6.7 px in the widest face that is asked for; boxes must hold their text. */
const characterWidth = 7.2;
const padding = 10;
const rowGap = 12;
const nameHeight = 28;
const lineHeight = 16;

/** 0 for what lies on nothing, one more than the deepest link below for the rest. A circle (an error) ends at 0. */
export function depths(links: readonly LinkSummary[]): ReadonlyMap<string, number> {
  const byName = new Map(links.map((link) => [link.id, link]));
  const found = new Map<string, number>();
  const depthOf = (name: string, above: ReadonlySet<string>): number => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const link = byName.get(name);
    if (link === undefined || above.has(name)) return 0;
    const below = link.below.filter((other) => byName.has(other));
    const depth =
      below.length === 0
        ? 0
        : 1 + Math.max(...below.map((other) => depthOf(other, new Set([...above, name]))));
    found.set(name, depth);
    return depth;
  };
  for (const { id } of links) depthOf(id, new Set());
  return found;
}

/** "802.3ad", "VLAN 100", "bridge"; nothing for a physical link, which is known by its name. */
export function kindWords({ kind, detail }: LinkSummary): string {
  if (kind === 'physical') return '';
  if (kind === 'vlan') return `VLAN ${detail}`.trim();
  return detail === '' ? kind : detail;
}

/** What stands for the addresses that only the network knows. */
export function addressesOf({ addresses, dhcp4, dhcp6 }: LinkSummary): string[] {
  return [...addresses, ...(dhcp4 ? ['DHCPv4'] : []), ...(dhcp6 ? ['DHCPv6'] : [])];
}

export function nameOf({ id, renamedTo }: LinkSummary): string {
  return renamedTo ?? id;
}

export function linesOf(link: LinkSummary): string[] {
  const mtu = link.mtu === undefined ? '' : `MTU ${link.mtu}`;
  return [kindWords(link), mtu, ...addressesOf(link)].filter((line) => line !== '');
}

function widthOf(column: readonly LinkSummary[]): number {
  const texts = column.flatMap((link) => [nameOf(link), ...linesOf(link)]);
  return Math.ceil(Math.max(...texts.map(({ length }) => length)) * characterWidth) + 2 * padding;
}

/** Physical links on the left, what lies on them to the right: the direction in which a cable becomes an address. */
export function layoutNetwork(links: readonly LinkSummary[]): Drawing {
  const depth = depths(links);
  const columns = new Map<number, LinkSummary[]>();
  for (const link of links) {
    const column = depth.get(link.id) ?? 0;
    columns.set(column, [...(columns.get(column) ?? []), link]);
  }
  const heightOf = (link: LinkSummary) => nameHeight + linesOf(link).length * lineHeight + 4;
  const columnHeight = (column: readonly LinkSummary[]) =>
    column.reduce((sum, link) => sum + heightOf(link) + rowGap, -rowGap);
  const height = Math.max(0, ...[...columns.values()].map(columnHeight));
  const drawn: DrawnLink[] = [];
  let x = 0;
  for (const [, members] of [...columns].sort(([a], [b]) => a - b)) {
    const width = widthOf(members);
    let y = 0;
    for (const link of members) {
      const own = heightOf(link);
      drawn.push({
        link,
        x,
        y,
        width,
        height: own,
        lines: linesOf(link),
      });
      y += own + rowGap;
    }
    x += width + columnGap;
  }
  const at = new Map(drawn.map((node) => [node.link.id, node]));
  const edges = drawn.flatMap((node) =>
    node.link.below.flatMap((name) => {
      const from = at.get(name);
      return from === undefined ? [] : [{ key: `${name}>${node.link.id}`, path: edgePath(from, node) }];
    }),
  );
  return { width: Math.max(1, x - columnGap), height, links: drawn, edges };
}

function edgePath(from: DrawnLink, to: DrawnLink): string {
  const [x1, y1] = [from.x + from.width, from.y + nameHeight / 2 + 2];
  const [x2, y2] = [to.x, to.y + nameHeight / 2 + 2];
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`;
}
