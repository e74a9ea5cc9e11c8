import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkFacts, NetworkFacts } from '#shared/render/network-drawing.ts';
import { chainOf, depths, layoutNetwork, neighbourOf } from './network-layout.ts';

const link = (
  name: string,
  kind: LinkFacts['kind'],
  below: string[] = [],
  addresses: string[] = [],
): LinkFacts => ({
  id: name,
  kind,
  detail: '',
  addresses,
  dhcp4: false,
  dhcp6: false,
  gateways: [],
  nameServers: [],
  below,
  place: undefined,
  addressPlaces: [],
});

const route = (via: string, name: string, to = 'default'): NetworkFacts['routes'][number] => ({
  to,
  via,
  link: name,
  place: undefined,
});

const links = [
  link('bond0.100', 'vlan', ['bond0'], ['10.0.0.2/24']),
  link('bond0', 'bond', ['eno1', 'eno2']),
  link('eno1', 'physical'),
  link('eno2', 'physical'),
];
const routes = [route('10.0.0.1', 'bond0.100')];
const drawing = layoutNetwork({ links, routes });
const at = (id: string) => {
  const node = drawing.nodes.find((each) => each.id === id);
  if (node === undefined) throw new Error(`${id} is not drawn`);
  return node;
};
const middle = (id: string) => at(id).y + at(id).height / 2;

describe('the network drawing', () => {
  it('puts what lies on others to their right, and gateways last', () => {
    expect(Object.fromEntries(depths(links))).toEqual({ eno1: 0, eno2: 0, bond0: 1, 'bond0.100': 2 });
    expect(at('eno1').x).toBe(at('eno2').x);
    expect(at('bond0').x).toBeGreaterThan(at('eno1').x + at('eno1').width);
    expect(at('bond0.100').x).toBeGreaterThan(at('bond0').x + at('bond0').width);
    expect(at('gateway 10.0.0.1').x).toBeGreaterThan(at('bond0.100').x);
    expect(drawing.edges.map(({ key }) => key).sort()).toEqual([
      'bond0.100>gateway 10.0.0.1',
      'bond0>bond0.100',
      'eno1>bond0',
      'eno2>bond0',
    ]);
  });

  it('puts a bond at the middle of its members', () => {
    expect(middle('bond0')).toBeCloseTo((middle('eno1') + middle('eno2')) / 2, 0);
  });

  it('draws one gateway for all routes that lead to it', () => {
    const both = layoutNetwork({ links, routes: [...routes, route('10.0.0.1', 'bond0.100', '10.9.0.0/16')] });
    const gateways = both.nodes.filter(({ kind }) => kind === 'gateway');
    expect(gateways.map(({ name, detail }) => [name, detail])).toEqual([
      ['10.0.0.1', 'default, 10.9.0.0/16'],
    ]);
  });

  it('draws links that lie on each other in a circle, and on nothing that exists', () => {
    const circle = [link('a', 'vlan', ['b']), link('b', 'vlan', ['a']), link('c', 'vlan', ['gone'])];
    const found = layoutNetwork({ links: circle, routes: [] });
    expect(found.nodes).toHaveLength(3);
    expect(found.edges).toHaveLength(2);
    expect(chainOf('a', found.edges)).toEqual(new Set(['a', 'b']));
  });

  it('crosses no lines where it need not', () => {
    const crossed = [
      link('eno1', 'physical'),
      link('eno2', 'physical'),
      link('eno3', 'physical'),
      link('v3', 'vlan', ['eno3']),
      link('v2', 'vlan', ['eno2']),
      link('v1', 'vlan', ['eno1']),
    ];
    const found = layoutNetwork({ links: crossed, routes: [] });
    const rows = (column: number) =>
      found.nodes
        .filter((node) => node.column === column)
        .sort((a, b) => a.y - b.y)
        .map(({ name }) => name.slice(-1));
    expect(rows(1)).toEqual(rows(0));
  });

  it('keeps boxes apart and inside, whatever lies on what', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const anyLinks = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...names),
        below: fc.uniqueArray(fc.constantFrom(...names, 'gone'), { maxLength: 3 }),
        addresses: fc.array(fc.constantFrom('10.0.0.1/24', 'fd00::1/64'), { maxLength: 3 }),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(anyLinks, (written) => {
        const found = layoutNetwork({
          links: written.map(({ name, below, addresses }) => link(name, 'other', below, addresses)),
          routes: written.map(({ name }) => route('10.0.0.254', name)),
        });
        for (const [index, a] of found.nodes.entries()) {
          expect(a.x).toBeGreaterThanOrEqual(0);
          expect(a.y).toBeGreaterThanOrEqual(0);
          expect(a.x + a.width).toBeLessThanOrEqual(found.width);
          expect(a.y + a.height).toBeLessThanOrEqual(found.height);
          for (const b of found.nodes.slice(index + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart, `${a.id} ${b.id}`).toBe(true);
          }
        }
      }),
    );
  });
});

describe('the keyboard in the drawing', () => {
  it('follows the lines', () => {
    expect(neighbourOf(drawing, 'eno1', 'ArrowRight')).toBe('bond0');
    expect(neighbourOf(drawing, 'bond0', 'ArrowRight')).toBe('bond0.100');
    expect(neighbourOf(drawing, 'bond0.100', 'ArrowRight')).toBe('gateway 10.0.0.1');
    expect(neighbourOf(drawing, 'gateway 10.0.0.1', 'ArrowLeft')).toBe('bond0.100');
    expect(neighbourOf(drawing, 'gateway 10.0.0.1', 'ArrowRight')).toBeUndefined();
  });

  it('goes up and down in a column', () => {
    const [first, second] = [at('eno1'), at('eno2')].sort((a, b) => a.y - b.y).map(({ id }) => id);
    expect(neighbourOf(drawing, first ?? '', 'ArrowDown')).toBe(second);
    expect(neighbourOf(drawing, second ?? '', 'ArrowUp')).toBe(first);
    expect(neighbourOf(drawing, first ?? '', 'ArrowUp')).toBeUndefined();
  });

  it('lights what a packet passes', () => {
    expect(chainOf('eno1', drawing.edges)).toEqual(
      new Set(['eno1', 'bond0', 'bond0.100', 'gateway 10.0.0.1']),
    );
    expect(chainOf('bond0', drawing.edges).has('eno2')).toBe(true);
  });
});
