import { describe, expect, it } from 'vitest';
import type { LinkSummary } from '#shared/network/summary.ts';
import { depths, layoutNetwork } from './network-layout.ts';

const link = (
  name: string,
  kind: LinkSummary['kind'],
  over: string[] = [],
  addresses: string[] = [],
): LinkSummary => ({
  id: name,
  kind,
  detail: '',
  addresses,
  dhcp4: false,
  dhcp6: false,
  gateways: [],
  nameServers: [],
  below: over,
});

describe('the network drawing', () => {
  const links = [
    link('bond0.100', 'vlan', ['bond0'], ['10.0.0.2/24']),
    link('bond0', 'bond', ['eno1', 'eno2']),
    link('eno1', 'physical'),
    link('eno2', 'physical'),
  ];

  it('puts what lies on others to their right', () => {
    expect(Object.fromEntries(depths(links))).toEqual({ eno1: 0, eno2: 0, bond0: 1, 'bond0.100': 2 });
    const { links: drawn, edges } = layoutNetwork(links);
    const at = (name: string) => drawn.find((node) => node.link.id === name)?.x ?? -1;
    expect(at('eno1')).toBe(at('eno2'));
    expect(at('bond0')).toBeGreaterThan(at('eno1'));
    expect(at('bond0.100')).toBeGreaterThan(at('bond0'));
    expect(edges.map(({ key }) => key).sort()).toEqual(['bond0>bond0.100', 'eno1>bond0', 'eno2>bond0']);
  });

  it('keeps boxes of a column apart', () => {
    const [first, second] = layoutNetwork(links).links.filter((node) => node.x === 0);
    expect(second?.y).toBeGreaterThan((first?.y ?? 0) + (first?.height ?? 0));
  });

  it('draws links that lie on each other in a circle, and on nothing that exists', () => {
    const circle = [link('a', 'vlan', ['b']), link('b', 'vlan', ['a']), link('c', 'vlan', ['gone'])];
    const { links: drawn, edges } = layoutNetwork(circle);
    expect(drawn).toHaveLength(3);
    expect(edges).toHaveLength(2);
  });
});
