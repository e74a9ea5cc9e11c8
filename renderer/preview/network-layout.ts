import type { NetworkLink } from '../authoring/protocol.ts';

export interface DrawnLink {
  readonly link: NetworkLink;
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

const nodeWidth = 168;
const columnGap = 40;
const rowGap = 12;
const nameHeight = 28;
const lineHeight = 16;

/** 0 for what lies on nothing, one more than the deepest link below for the rest. A circle (an error) ends at 0. */
export function depths(links: readonly NetworkLink[]): ReadonlyMap<string, number> {
  const byName = new Map(links.map((link) => [link.name, link]));
  const found = new Map<string, number>();
  const depthOf = (name: string, above: ReadonlySet<string>): number => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const link = byName.get(name);
    if (link === undefined || above.has(name)) return 0;
    const below = link.over.filter((other) => byName.has(other));
    const depth =
      below.length === 0
        ? 0
        : 1 + Math.max(...below.map((other) => depthOf(other, new Set([...above, name]))));
    found.set(name, depth);
    return depth;
  };
  for (const { name } of links) depthOf(name, new Set());
  return found;
}

export function linesOf(link: NetworkLink): string[] {
  const first = [
    link.detail === '' ? link.kind : link.detail,
    link.mtu === undefined ? '' : `MTU ${link.mtu}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return [first, ...link.addresses];
}

/** Physical links on the left, what lies on them to the right: the direction in which a cable becomes an address. */
export function layoutNetwork(links: readonly NetworkLink[]): Drawing {
  const depth = depths(links);
  const columns = new Map<number, NetworkLink[]>();
  for (const link of links) {
    const column = depth.get(link.name) ?? 0;
    columns.set(column, [...(columns.get(column) ?? []), link]);
  }
  const heightOf = (link: NetworkLink) => nameHeight + linesOf(link).length * lineHeight + 4;
  const columnHeight = (column: readonly NetworkLink[]) =>
    column.reduce((sum, link) => sum + heightOf(link) + rowGap, -rowGap);
  const height = Math.max(0, ...[...columns.values()].map(columnHeight));
  const drawn: DrawnLink[] = [];
  for (const [column, members] of columns) {
    let y = 0;
    for (const link of members) {
      const own = heightOf(link);
      drawn.push({
        link,
        x: column * (nodeWidth + columnGap),
        y,
        width: nodeWidth,
        height: own,
        lines: linesOf(link),
      });
      y += own + rowGap;
    }
  }
  const at = new Map(drawn.map((node) => [node.link.name, node]));
  const edges = drawn.flatMap((node) =>
    node.link.over.flatMap((name) => {
      const from = at.get(name);
      return from === undefined ? [] : [{ key: `${name}>${node.link.name}`, path: edgePath(from, node) }];
    }),
  );
  const width = Math.max(1, columns.size) * (nodeWidth + columnGap) - columnGap;
  return { width, height, links: drawn, edges };
}

function edgePath(from: DrawnLink, to: DrawnLink): string {
  const [x1, y1] = [from.x + from.width, from.y + nameHeight / 2 + 2];
  const [x2, y2] = [to.x, to.y + nameHeight / 2 + 2];
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`;
}
