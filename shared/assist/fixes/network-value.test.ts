import { describe, expect, test } from 'vitest';
import { noSiteNames } from '../site-names.ts';
import { analyse, applied } from './fixes.test-support.ts';
import { fixesAt } from './fixes.ts';

/** Titles of the fixes for a finding, and what the document says after the first. */
function offered(text: string, message: RegExp, path = 'networks/a.yaml') {
  const texts = { [path]: text };
  const analysis = analyse(texts);
  const finding = analysis.diagnostics.find((each) => message.test(each.message));
  if (finding === undefined) throw new Error(analysis.diagnostics.map((each) => each.message).join('\n'));
  const context = { analysis, site: noSiteNames, chosenHost: undefined };
  const fixes = fixesAt(context, path, finding.range).filter(({ title }) => title.startsWith('Add '));
  const after = analyse(applied(texts, fixes[0])).diagnostics;
  const left = after.filter(({ severity, file }) => severity === 'error' && file === path);
  return { titles: fixes.map(({ title }) => title), left };
}

const bond = `version: 2
ethernets: {e1: {}, e2: {}}
bonds:
  bond0: {interfaces: [e1, e2], parameters: {mode: 802.3ad}}
vlans:
`;
const data = (links: readonly object[], networks: readonly object[] = []) =>
  JSON.stringify({
    links: links.map((link, index) => ({ ethernet_mac_address: `52:54:00:00:00:0${index}`, ...link })),
    networks,
    services: [],
  });

describe('the link of a VLAN', () => {
  test.each([
    ['the one that it is named after', `${bond}  e1.5: {id: 5}\n`, ['Add “link: e1”']],
    ['the only one that could carry it', `${bond}  storage: {id: 5}\n`, ['Add “link: bond0”']],
    [
      'the same in version 1',
      'version: 1\nconfig:\n- {type: physical, name: e1}\n- {type: vlan, name: e1.5, vlan_id: 5}\n',
      ['Add “vlan_link: e1”'],
    ],
    [
      'the same in network_data',
      data([
        { id: 'a', type: 'phy' },
        { id: 'v', type: 'vlan', vlan_id: 5, vlan_mac_address: null },
      ]),
      ['Add “vlan_link: a”'],
    ],
  ])('is %s', (_what, text, titles) => {
    expect(offered(text, /does not say on which/)).toEqual({ titles, left: [] });
  });

  test('is not invented', () => {
    const text = 'version: 2\nethernets: {e1: {}, e2: {}}\nvlans:\n  storage: {id: 5}\n';
    expect(offered(text, /does not say on which link it runs/).titles).toEqual([]);
  });
});

test('the ID of a VLAN is the one in its name', () => {
  expect(offered(`${bond}  bond0.42: {link: bond0}\n`, /has no ID|“id”/).titles).toEqual(['Add “id: 42”']);
});

describe('the links of network_data', () => {
  const cards = [
    { id: 'a', type: 'phy' },
    { id: 'b', type: 'phy' },
    { id: 'c', type: 'phy' },
  ];
  const onC = { id: 'n', type: 'ipv4_dhcp', link: 'c' };

  test('a bond without members gets the cards that serve nothing else', () => {
    const text = data([...cards, { id: 'bond', type: 'bond', bond_mode: '802.3ad' }], [onC]);
    expect(offered(text, /has no members/)).toEqual({ titles: ['Add “bond_links: [a, b]”'], left: [] });
    const none = data([{ id: 'bond', type: 'bond', bond_mode: '802.3ad' }]);
    expect(offered(none, /has no members/).titles).toEqual([]);
  });

  test('a network gets the only link that is in none', () => {
    const network = { id: 'm', type: 'ipv4_dhcp' };
    expect(offered(data(cards.slice(1), [onC, network]), /on which link it is/)).toEqual({
      titles: ['Add “link: b”'],
      left: [],
    });
    expect(offered(data(cards, [onC, network]), /on which link it is/).titles).toEqual([]);
  });
});

describe('the type of a subnet', () => {
  const v1 = (subnet: string) =>
    `version: 1\nconfig:\n- {type: physical, name: e1, subnets: [{${subnet}}]}\n`;
  test.each([
    [v1('address: 192.0.2.5/24'), 'Add “type: static”'],
    [v1('address: 192.0.2.5, netmask: 255.255.255.0'), 'Add “type: static”'],
    [v1('address: "2001:db8::5/64"'), 'Add “type: static6”'],
    [v1('control: auto'), 'Add “type: dhcp”'],
    [
      data([{ id: 'a', type: 'phy' }], [{ id: 'n', link: 'a', ip_address: '2001:db8::5/64' }]),
      'Add “type: ipv6”',
    ],
  ])('follows from its address: %s', (text, title) => {
    expect(offered(text, /does not say its type/)).toEqual({ titles: [title], left: [] });
  });
});
