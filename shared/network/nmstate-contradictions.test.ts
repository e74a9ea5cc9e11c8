import { describe, expect, test } from 'vitest';
import { verdictOf } from './testing/network-documents.ts';
import { addressed, bond, bridge, card, interfaces, route, rule, said } from './testing/nmstate-texts.ts';

describe('what contradicts itself', () => {
  test.each([
    [
      'addresses while IPv4 is undecided',
      interfaces(`${card}, ipv4: {address: [{ip: 192.0.2.1, prefix-length: 24}]}}`),
      'warning key-missing',
      'enabled: true',
    ],
    [
      'addresses while IPv4 is off',
      interfaces(`${card}, ipv4: {enabled: false, address: [{ip: 192.0.2.1, prefix-length: 24}]}}`),
      'warning network-address',
      'ignores',
    ],
    [
      'DHCP while IPv6 is off',
      interfaces(`${card}, ipv6: {enabled: false, dhcp: true}}`),
      'warning network-address',
      'ignores',
    ],
    [
      'addresses beside DHCP',
      interfaces(
        `${card}, ipv4: {enabled: true, dhcp: true, address: [{ip: 192.0.2.1, prefix-length: 24}]}}`,
      ),
      'info network-address',
      'dhcp: false',
    ],
    [
      'autoconf without DHCP',
      interfaces(`${card}, ipv6: {enabled: true, autoconf: true, dhcp: false}}`),
      'error value-invalid',
      'only together',
    ],
    [
      'a link-local address',
      interfaces(`${card}, ipv6: {enabled: true, address: [{ip: "fe80::1", prefix-length: 64}]}}`),
      'warning network-address',
      'link-local',
    ],
    [
      'an address that ends',
      interfaces(
        `${card}, ipv4: {enabled: true, address: [{ip: 192.0.2.1, prefix-length: 24, valid-life-time: 32sec}]}}`,
      ),
      'warning network-address',
      'forever',
    ],
    [
      'a small MTU with IPv6',
      interfaces(`${card}, mtu: 1000, ipv6: {enabled: true}}`),
      'error network-mtu',
      '1280',
    ],
    [
      'waiting for what is off',
      interfaces(`${card}, wait-ip: ipv4, ipv4: {enabled: false}}`),
      'error value-invalid',
      'waits for ipv4',
    ],
    [
      'finding a card by no address',
      interfaces('{name: a, type: ethernet, identifier: mac-address}'),
      'error network-match',
      'mac-address',
    ],
    [
      'an interface without a type',
      interfaces('{name: eth0, state: up}'),
      'warning key-missing',
      'type: ethernet',
    ],
    ['the ports of nmstate 1', bond('', 'slaves: [eth0, eth1]'), 'warning key-unknown', 'wants “port”'],
    [
      'lists of ports that differ',
      bond('', 'port: [eth0, eth1], ports-config: [{name: eth0}, {name: eth2}]'),
      'error network-bond',
      '“eth2” stands in “ports-config”',
    ],
    [
      'lists of ports that differ, the other way',
      bond('', 'port: [eth0, eth1], ports-config: [{name: eth0}]'),
      'error network-bond',
      '“eth1” stands in “port”',
    ],
    [
      'a queue for two ports',
      bond('', 'port: [e, f], ports-config: [{name: e, queue-id: 3}, {name: f, queue-id: 3}]'),
      'error network-bond',
      'queue 3',
    ],
    ['two numbers for one', bond('num_grat_arp: 1, num_unsol_na: 2'), 'error network-bond', 'one number'],
    ['lacp_rate without LACP', bond('lacp_rate: fast'), 'error network-bond', '802.3ad only'],
    [
      'two ways of watching',
      bond('miimon: 100, arp_interval: 100, arp_ip_target: 192.0.2.1'),
      'error network-bond',
      'not by both',
    ],
    [
      'a range of VLANs that ends before it starts',
      bridge('port: [{name: eth0, vlan: {mode: trunk, trunk-tags: [{id-range: {min: 20, max: 10}}]}}]'),
      'error network-vlan',
      'before its start',
    ],
    [
      'another default VLAN without filtering',
      bridge('options: {vlan-default-pvid: 5}, port: [{name: eth0}]'),
      'error network-bridge',
      'filtering',
    ],
    ['a route without destination', route('next-hop-interface: eth0'), 'error network-route', 'destination'],
    [
      'a route without interface',
      route('destination: 10.0.0.0/8, next-hop-address: 192.0.2.1'),
      'error network-route',
      'next-hop-interface',
    ],
    [
      'a route through an unknown interface',
      route('destination: 10.0.0.0/8, next-hop-interface: eth1, next-hop-address: 192.0.2.1'),
      'warning network-link-unknown',
      'Did you mean “eth0”?',
    ],
    [
      'a next hop that only NetworkManager reaches, which nmstate works through',
      route('destination: 10.0.0.0/8, next-hop-interface: eth0, next-hop-address: 198.51.100.1'),
      'warning network-route',
      'NetworkManager then adds a route',
    ],
    [
      'a dropping route with a next hop',
      route('destination: 10.0.0.0/8, route-type: blackhole, next-hop-address: 192.0.2.1'),
      'error network-route',
      'no next hop',
    ],
    ['a rule for nothing', rule('route-table: 5'), 'error network-route', 'neither'],
    ['a mask without a mark', rule('ip-from: 192.0.2.0/24, fwmask: 3'), 'error network-route', 'fwmark'],
    ['a rule of two protocols', rule('ip-from: 192.0.2.0/24, family: ipv6'), 'error network-route', 'family'],
    [
      'a rule of a protocol that no interface has',
      rule('family: ipv6, route-table: 5'),
      'warning network-route',
      'nothing carries',
    ],
    [
      'a port that is to vanish',
      `${bond('', 'port: [eth0]')}- {name: eth0, type: ethernet, state: absent}\n`,
      'error network-link-unknown',
      'state absent',
    ],
    [
      'a port that is nearly another',
      `${interfaces(`${card}}`)}${bond('', 'port: [etho]').replace('interfaces:\n', '')}`,
      'warning network-link-unknown',
      'Did you mean “eth0”?',
    ],
    [
      'a misspelt group of ethtool',
      interfaces(`${card}, ethtool: {features: {}}}`),
      'error key-unknown',
      'Did you mean “feature”?',
    ],
    [
      'a misspelt ring',
      interfaces(`${card}, ethtool: {ring: {rx-maxx: 1}}}`),
      'error key-unknown',
      '“rx-max”',
    ],
    [
      'a ring that is no number',
      interfaces(`${card}, ethtool: {ring: {rx: many}}}`),
      'error value-type',
      'rx must be a whole number',
    ],
    [
      'an offload that is no switch',
      interfaces(`${card}, ethtool: {feature: {rx-gro: maybe}}}`),
      'error value-type',
      'rx-gro must be true or false',
    ],
    [
      'a pause that does not exist',
      interfaces(`${card}, ethtool: {pause: {autonego: on}}}`),
      'error key-unknown',
      '“autoneg”',
    ],
    [
      'a virtual function without a number',
      interfaces(`${card}, ethernet: {sr-iov: {total-vfs: 2, vfs: [{trust: true}]}}}`),
      'error key-missing',
      'add “id”',
    ],
    [
      'a VLAN of a virtual function',
      interfaces(`${card}, ethernet: {sr-iov: {vfs: [{id: 0, vlan-id: 5000}]}}}`),
      'error network-vlan',
      '4095',
    ],
    [
      'a misspelt key of 802.1x',
      interfaces(`${card}, 802.1x: {identitiy: a}}`),
      'warning key-unknown',
      '“identity”',
    ],
    [
      'a flag of multipath TCP',
      interfaces(`${card}, mptcp: {address-flags: [signals]}}`),
      'error value-invalid',
      '“signal”',
    ],
    ['an interface twice', interfaces(`${card}}`, `${card}}`), 'error network-interface-name', 'twice'],
    [
      'a name that is too long',
      interfaces('{name: a-very-long-name, type: dummy}'),
      'error network-interface-name',
      '15',
    ],
    [
      'an address twice',
      interfaces(addressed, addressed.replace('eth0', 'eth1')),
      'error network-address-duplicate',
      'eth0',
    ],
    [
      'a VLAN with a larger MTU',
      interfaces(`${card}, mtu: 1500}`, '{name: v, type: vlan, mtu: 9000, vlan: {id: 5, base-iface: eth0}}'),
      'error network-mtu',
      '9000',
    ],
  ])('reports %s', (_what, text, head, hint) => {
    const findings = said(text).filter((finding) => finding.startsWith(head));
    expect(findings.join()).toContain(hint);
  });
});

test('refuses an interface that is no mapping', () => {
  expect(verdictOf('interfaces:\n- eth0\n').findings).toEqual(['2:3 error value-type']);
});

test('a gateway that only NetworkManager reaches is an error for a host, which has systemd-networkd', () => {
  const text = route('destination: 10.0.0.0/8, next-hop-interface: eth0, next-hop-address: 198.51.100.1');
  expect(verdictOf(text, { macs: [] }).findings).toEqual([expect.stringMatching(/ error network-route$/)]);
});
