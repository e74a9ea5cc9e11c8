import { describe, expect, test } from 'vitest';
import { modelOf } from './testing/network-documents.ts';
import {
  addressed,
  bond,
  bridge,
  card,
  interfaces,
  resolver,
  route,
  rule,
  said,
} from './testing/nmstate-texts.ts';

describe('keys that nmstate refuses', () => {
  test.each([
    ['at the top', `${interfaces(addressed)}rutes: {}\n`, 'Did you mean “routes”?'],
    ['of an interface', interfaces(`${card}, mut: 1500}`), 'Did you mean “mtu”?'],
    ['of another type', interfaces(`${card}, bridge: {}}`), 'bridge'],
    ['of ipv4', interfaces(`${card}, ipv4: {enabled: true, dhpc: true}}`), 'Did you mean “dhcp”?'],
    ['of ipv4 that are for ipv6', interfaces(`${card}, ipv4: {enabled: true, autoconf: true}}`), 'autoconf'],
    [
      'of an address',
      interfaces(`${card}, ipv4: {enabled: true, address: [{ip: 192.0.2.1, prefix: 24}]}}`),
      'prefix',
    ],
    ['of a bond', bond('', 'port: [eth0], prot: 1'), 'Did you mean “port”, which stands there already?'],
    ['of a bond, with hyphens', bond('lacp-rate: fast'), 'Did you mean “lacp_rate”?'],
    ['of a VLAN', interfaces('{name: v, type: vlan, vlan: {id: 5, base-iface: eth0, link: eth0}}'), 'link'],
    ['of a bridge port', bridge('port: [{name: eth0, path-cost: 5}]'), 'path-cost'],
    ['of the spanning tree', bridge('options: {stp: {enable: true}}'), 'Did you mean “enabled”?'],
    ['of a route', route('destination: 10.0.0.0/8, next-hop-interface: eth0, via: 192.0.2.1'), 'via'],
    ['of a rule', rule('ip-from: 192.0.2.0/24, table: 5'), 'table'],
    ['of the resolver', resolver('servers: [192.0.2.53]'), 'Did you mean “server”?'],
  ])('are errors %s', (_where, text, hint) => {
    const errors = said(text).filter((finding) => finding.startsWith('error key-unknown'));
    expect(errors.join()).toContain(hint);
  });
});

test.each(['suppress-prefix-length', 'suppress_prefixlength'])('knows %s of a rule', (key) => {
  expect(said(rule(`ip-from: 192.0.2.0/24, route-table: 254, ${key}: 0`))).toEqual([]);
});

test('only warns of a route through an interface that the host has already', () => {
  const text = route('destination: 10.0.0.0/8, next-hop-address: 198.51.100.1, next-hop-interface: ens9');
  expect(said(text)).toEqual([expect.stringMatching(/^warning network-link-unknown: .*“ens9”/)]);
});

test('only warns of a controller that the host may have already', () => {
  const text = interfaces(`${card}, controller: bond0}`);
  expect(said(text)).toEqual([expect.stringMatching(/^warning network-link-unknown: .*“bond0”/)]);
});

describe('values', () => {
  test.each([
    [
      'a type that does not exist',
      interfaces('{name: e, type: ethernt, state: up}'),
      'error value-invalid',
      'ethernet',
    ],
    [
      'a state that does not exist',
      interfaces('{name: e, type: ethernet, state: upp}'),
      'error value-invalid',
      'up',
    ],
    ['an interface without a name', interfaces('{type: ethernet, state: up}'), 'error key-missing', 'name'],
    [
      'a malformed MAC address',
      interfaces(`${card}, mac-address: "52:54:00:aa"}`),
      'error network-mac',
      'MAC',
    ],
    ['an MTU out of range', interfaces(`${card}, mtu: 65537}`), 'error network-mtu', '68 to 65536'],
    ['an MTU that is no number', interfaces(`${card}, mtu: big}`), 'error value-type', 'whole number'],
    [
      'a malformed address',
      interfaces(`${card}, ipv4: {enabled: true, address: [{ip: 999.1.1.1, prefix-length: 24}]}}`),
      'error network-address',
      '999 is larger',
    ],
    [
      'an address with its prefix',
      interfaces(`${card}, ipv4: {enabled: true, address: [{ip: 192.0.2.1/24, prefix-length: 24}]}}`),
      'error network-address',
      'prefix-length: 24',
    ],
    [
      'an address without a prefix',
      interfaces(`${card}, ipv4: {enabled: true, address: [{ip: 192.0.2.1}]}}`),
      'error network-address',
      'prefix-length',
    ],
    [
      'a prefix that is too long',
      interfaces(`${card}, ipv4: {enabled: true, address: [{ip: 192.0.2.1, prefix-length: 33}]}}`),
      'error network-address',
      '0 to 32',
    ],
    [
      'IPv6 under ipv4',
      interfaces(`${card}, ipv4: {enabled: true, address: [{ip: "2001:db8::1", prefix-length: 24}]}}`),
      'error network-address',
      'belongs under “ipv6”',
    ],
    [
      'IPv4 under ipv6',
      interfaces(`${card}, ipv6: {enabled: true, address: [{ip: 192.0.2.1, prefix-length: 64}]}}`),
      'error network-address',
      'belongs under “ipv4”',
    ],
    [
      'a VLAN ID out of range',
      interfaces('{name: v, type: vlan, vlan: {id: 4095, base-iface: eth0}}'),
      'error network-vlan',
      '0 to 4094',
    ],
    [
      'a VLAN without an ID',
      interfaces('{name: v, type: vlan, vlan: {base-iface: eth0}}'),
      'error network-vlan',
      'no ID',
    ],
    [
      'a VLAN on nothing',
      interfaces('{name: v, type: vlan, vlan: {id: 5}}'),
      'error network-vlan',
      'base-iface',
    ],
    [
      'a VLAN that says nothing',
      interfaces('{name: v, type: vlan, state: up}'),
      'error network-vlan',
      'neither',
    ],
    [
      'a bond mode that does not exist',
      interfaces('{name: b, type: bond, link-aggregation: {mode: 802.3, port: [eth0]}}'),
      'error network-bond',
      '802.3ad',
    ],
    [
      'a bond without a mode',
      interfaces('{name: b, type: bond, link-aggregation: {port: [eth0]}}'),
      'error network-bond',
      'no mode',
    ],
    ['a bond interval that is no number', bond('miimon: 100ms'), 'error value-type', 'whole number'],
    [
      'ARP targets that are none',
      bond('arp_interval: 100, arp_ip_target: "192.0.2.1,x"'),
      'error network-bond',
      '“x”',
    ],
    ['a hash policy that does not exist', bond('xmit_hash_policy: layer3'), 'error network-bond', 'layer3+4'],
    [
      'a forward delay out of range',
      bridge('options: {stp: {enabled: true, forward-delay: 31}}'),
      'error network-bridge',
      '2 to 30',
    ],
    [
      'a hello time out of range',
      bridge('options: {stp: {hello-time: 11}}'),
      'error network-bridge',
      '1 to 10',
    ],
    ['a maximal age out of range', bridge('options: {stp: {max-age: 5}}'), 'error network-bridge', '6 to 40'],
    [
      'a port priority out of range',
      bridge('port: [{name: eth0, stp-priority: 64}]'),
      'error network-bridge',
      '0 to 63',
    ],
    [
      'a trunk tag out of range',
      bridge('port: [{name: eth0, vlan: {mode: trunk, trunk-tags: [{id: 5000}]}}]'),
      'error network-vlan',
      '0 to 4094',
    ],
    [
      'a destination that is none',
      route('destination: 10.0.0.0/40, next-hop-interface: eth0'),
      'error network-route',
      '“40”',
    ],
    [
      'a netmask in a destination',
      route('destination: 10.0.0.0/255.0.0.0, next-hop-interface: eth0'),
      'error network-route',
      '0 to 32',
    ],
    [
      'the word default',
      route('destination: default, next-hop-interface: eth0'),
      'error network-route',
      '0.0.0.0/0',
    ],
    [
      'a next hop that is none',
      route('destination: 10.0.0.0/8, next-hop-interface: eth0, next-hop-address: x'),
      'error network-gateway',
      '“x”',
    ],
    [
      'a weight out of range',
      route('destination: 10.0.0.0/8, next-hop-interface: eth0, weight: 300'),
      'error network-route',
      '1 to 256',
    ],
    ['a name server that is none', resolver('server: [dns.example]'), 'error network-dns', 'dns.example'],
    [
      'a resolver option that is none',
      resolver('server: [192.0.2.53], options: [rotat]'),
      'error network-dns',
      'rotate',
    ],
    ['a search domain that is none', resolver('search: ["a b"]'), 'error network-dns', 'several domains'],
  ])('refuses %s', (_what, text, head, hint) => {
    const findings = said(text).filter((finding) => finding.startsWith(head));
    expect(findings.join()).toContain(hint);
  });

  test('takes numbers and booleans in quotes, and the kernel’s numbers of modes', () => {
    const text = interfaces(
      '{name: eth0, type: ethernet, state: up, mtu: "9000", ipv4: {enabled: "yes", dhcp: "1"}}',
      '{name: bond0, type: bond, link-aggregation: {mode: 4, options: {miimon: "100", lacp_rate: "1", all_slaves_active: 1}, port: [e1]}}',
      '{name: bond1, type: bond, link-aggregation: {mode: lacp, port: [e2]}}',
    );
    expect(said(text)).toEqual([]);
    const [eth0, bond0, bond1] = modelOf(text).links;
    expect(eth0).toMatchObject({ mtu: { value: 9000 }, dhcp4: { value: true } });
    expect(bond0?.parameters.map(({ name, value }) => [name, value])).toEqual([
      ['mode', '802.3ad'],
      ['mii-monitor-interval', 100],
      ['lacp-rate', 'fast'],
      ['all-members-active', true],
    ]);
    expect(bond1?.parameters[0]?.value).toBe('802.3ad');
  });
});

test('a prefix length behind its address is told once', () => {
  const text = interfaces(`${card}, ipv4: {enabled: true, address: [{ip: 192.0.2.1/24}]}}`);
  expect(said(text)).toEqual([expect.stringContaining('“prefix-length: 24”')]);
});
