import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderNetworkData } from './render-network-data.ts';
import { modelOf } from './testing/network-documents.ts';

function rendered(text: string) {
  const sink = new DiagnosticSink();
  const value = renderNetworkData(modelOf(text), sink);
  return {
    value,
    losses: sink
      .list()
      .map(({ range, severity, code }) => `${range.start.line}:${range.start.column} ${severity} ${code}`),
  };
}

const v2 = (body: string) => `version: 2\n${body}`;

describe('network_data', () => {
  test('says links, networks and services', () => {
    const { value, losses } = rendered(`version: 1
config:
- {type: physical, name: a, mac_address: "52:54:00:00:00:01", mtu: 9000}
- {type: physical, name: b, mac_address: "52:54:00:00:00:02"}
- type: bond
  name: bond0
  bond_interfaces: [a, b]
  params: {bond-mode: 802.3ad, bond-miimon: 100}
- type: vlan
  name: bond0.7
  vlan_link: bond0
  vlan_id: 7
  subnets:
  - {type: dhcp4, metric: 4}
  - {type: static, address: 192.0.2.5/26, gateway: 192.0.2.1, dns_nameservers: [192.0.2.2]}
- {type: nameserver, address: [203.0.113.53], search: [example.org]}
`);
    expect(losses).toEqual([]);
    expect(value).toEqual({
      links: [
        { id: 'a', type: 'phy', name: 'a', ethernet_mac_address: '52:54:00:00:00:01', mtu: 9000 },
        { id: 'b', type: 'phy', name: 'b', ethernet_mac_address: '52:54:00:00:00:02' },
        { id: 'bond0', type: 'bond', bond_links: ['a', 'b'], bond_mode: '802.3ad', bond_miimon: 100 },
        { id: 'bond0.7', type: 'vlan', vlan_link: 'bond0', vlan_id: 7, vlan_mac_address: null },
      ],
      networks: [
        { id: 'network0', type: 'ipv4_dhcp', link: 'bond0.7', metric: 4 },
        {
          id: 'network1',
          type: 'ipv4',
          link: 'bond0.7',
          ip_address: '192.0.2.5',
          netmask: '255.255.255.192',
          routes: [{ network: '0.0.0.0', netmask: '0.0.0.0', gateway: '192.0.2.1' }],
          dns_nameservers: ['192.0.2.2'],
        },
      ],
      services: [{ type: 'dns', address: '203.0.113.53', search: ['example.org'] }],
    });
  });

  test('writes the netmask of IPv6 as OpenStack does', () => {
    const { value } = rendered(v2('ethernets: {a: {accept-ra: false, addresses: ["2001:db8::5/48"]}}\n'));
    expect(value.networks).toEqual([
      { id: 'network0', type: 'ipv6', link: 'a', ip_address: '2001:db8::5', netmask: 'ffff:ffff:ffff::' },
    ]);
  });

  test('leaves out what stands on what it cannot say, because cloud-init fails at unknown links', () => {
    const body = `ethernets: {a: {}, b: {match: {name: "en*"}}}
bridges: {br0: {interfaces: []}}
bonds: {bond0: {interfaces: [a, b]}}
vlans: {br0.5: {link: br0, id: 5}, br0.5.6: {link: br0.5, id: 6}, a.7: {link: a, id: 7}}
`;
    const { value, losses } = rendered(v2(body));
    expect((value.links as { id: string }[]).map(({ id }) => id)).toEqual(['a', 'bond0', 'a.7']);
    expect(value.links).toMatchObject([{}, { bond_links: ['a'] }, { vlan_link: 'a' }]);
    expect(losses).toEqual(
      ['2:31', '3:11', '4:33', '5:9', '5:36'].map((place) => `${place} warning network-unsupported`),
    );
  });

  test.each([
    ['a bridge', 'bridges:\n  br0: {addresses: [192.0.2.5/24]}\n', '3:3'],
    ['a loopback', 'ethernets:\n  lo: {addresses: [192.0.2.5/32]}\n', '3:3'],
    ['the name of a bond', 'ethernets: {a: {}}\nbonds:\n  agg: {interfaces: [a]}\n', '4:3'],
    ['the name of a VLAN', 'ethernets: {a: {}}\nvlans:\n  oam: {link: a, id: 7}\n', '4:3'],
    ['a match by glob', 'ethernets:\n  a: {match: {name: "en*"}}\n', '3:14'],
    ['a match by driver', 'ethernets:\n  a: {match: {name: eth0, driver: ixgbe}}\n', '3:35'],
    ['a new name without a MAC address', 'ethernets:\n  a: {match: {name: eth0}, set-name: b}\n', '3:38'],
    ['an address that a card is given', 'ethernets:\n  a: {macaddress: "52:54:00:00:00:01"}\n', '3:19'],
    ['waking', 'ethernets:\n  a: {wakeonlan: true}\n', '3:18'],
    ['an MTU of IPv6', 'ethernets:\n  a: {ipv6-mtu: 1400}\n', '3:17'],
    ['router advertisements', 'ethernets:\n  a: {accept-ra: true}\n', '3:18'],
    ['what cloud-init derives', 'ethernets:\n  a: {addresses: ["2001:db8::5/64"]}\n', '3:19'],
    [
      'a route without an address',
      'ethernets:\n  a: {routes: [{to: 10.0.0.0/8, via: 192.0.2.1, on-link: true}]}\n',
      '3:16',
    ],
    [
      'name servers without an address',
      'ethernets:\n  a: {nameservers: {addresses: [192.0.2.53]}}\n',
      '3:33',
    ],
    ['a rule', 'ethernets:\n  a: {routing-policy: [{from: 192.0.2.5, table: 7}]}\n', '3:24'],
  ])('reports %s at its place', (_what, body, place) => {
    expect(rendered(v2(body)).losses).toEqual([`${place} warning network-unsupported`]);
  });
});
