import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { validateText } from '../site/validate-text.ts';
import { formatIpInterface } from './addresses.ts';
import type { NetworkModel } from './model.ts';
import { renderNmstate } from './render-nmstate.ts';
import { renderVersion2 } from './render-version-2.ts';
import { modelOf, verdictOf } from './testing/network-documents.ts';

const card = '{name: eth0, type: ethernet, state: up';
const addressed = `${card}, ipv4: {enabled: true, address: [{ip: 192.0.2.10, prefix-length: 24}]}}`;
const interfaces = (...items: string[]) => `interfaces:\n${items.map((item) => `- ${item}\n`).join('')}`;
const bond = (options: string, rest = 'port: [eth0, eth1]') =>
  interfaces(
    `{name: bond0, type: bond, state: up, link-aggregation: {mode: active-backup, options: {${options}}, ${rest}}}`,
  );
const bridge = (inside: string) =>
  interfaces(`{name: br0, type: linux-bridge, state: up, bridge: {${inside}}}`);
const route = (text: string) => `${interfaces(addressed)}routes:\n  config:\n  - {${text}}\n`;
const rule = (text: string) => `${interfaces(addressed)}route-rules:\n  config:\n  - {${text}}\n`;
const resolver = (text: string) => `${interfaces(addressed)}dns-resolver:\n  config: {${text}}\n`;

/** The severity, code and message of each finding. */
function said(text: string): string[] {
  return verdictOf(text).diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

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
    ['of a bond', bond('', 'port: [eth0], prot: 1'), 'Did you mean “port”?'],
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
      'a next hop that nothing reaches',
      route('destination: 10.0.0.0/8, next-hop-interface: eth0, next-hop-address: 198.51.100.1'),
      'error network-route',
      'nothing reaches it',
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

describe('what is fine', () => {
  test.each([
    ['cards that only a bond names', bond('miimon: 100')],
    [
      'what ethtool sets',
      interfaces(
        `${card}, ethtool: {feature: {rx-gro: true, tx-nocache-copy: "0"}, ring: {rx: 256, rx-max: 256, tx: "0x100"}, coalesce: {adaptive-rx: off, rx-usecs: 3, tx-frames-irq: 1, pkt-rate-low: 9}, pause: {rx: true, autoneg: no}, fec: {mode: rs}}}`,
      ),
    ],
    [
      'virtual functions',
      interfaces(
        `${card}, ethernet: {sr-iov: {total-vfs: 2, vfs: [{id: 0, mac-address: "00:11:22:33:00:ff", spoof-check: true, max-tx-rate: 0, vlan-id: 0, qos: 0}]}}}`,
      ),
    ],
    [
      'authentication of the port',
      interfaces(
        `${card}, 802.1x: {ca-cert: /etc/a.crt, client-cert: /etc/b.crt, eap-methods: [tls], identity: a, private-key: /etc/b.key, private-key-password: ((secret.port))}, mptcp: {address-flags: [subflow]}}`,
      ),
    ],
    [
      'an interface that vanishes, whatever it says',
      interfaces('{name: eth9, type: ethernet, state: absent, mtu: big, ipv4: {address: [{ip: x}]}}'),
    ],
    ['a rule that vanishes where none says its source', rule('ip-from: "", state: absent, route-table: 5')],
    [
      'virtual functions that are found by their card',
      interfaces(
        '{name: "sriov:eth0:1", type: ethernet, mtu: 9000}',
        '{name: bond0, type: bond, link-aggregation: {mode: active-backup, port: ["sriov:eth0:2"]}}',
      ),
    ],
    ['an interface that is taken down', interfaces('{name: eth9, type: ethernet, state: down}')],
    [
      'what nmstate shows',
      interfaces(
        `${card}, min-mtu: 68, max-mtu: 9000, permanent-mac-address: "52:54:00:00:00:01", driver: igb, lldp: {enabled: false}}`,
      ),
    ],
    ['packets that are forwarded', interfaces(`${card}, ipv4: {enabled: true, dhcp: true, forwarding: on}}`)],
    [
      'a bridge of Open vSwitch beside its interface',
      interfaces(
        '{name: br0, type: ovs-bridge, bridge: {port: [{name: br0}]}}',
        '{name: br0, type: ovs-interface}',
      ),
    ],
    [
      'a port that names a bridge of Open vSwitch as its controller',
      interfaces(
        '{name: br1, type: ovs-bridge, bridge: {port: [{name: port1}]}}',
        '{name: port1, type: ovs-interface, controller: br1, ipv4: {enabled: true, dhcp: true}}',
      ),
    ],
    ['routes that drop packets', route('destination: 10.0.0.0/8, route-type: blackhole')],
    ['a route on the link', route('destination: 10.0.0.0/8, next-hop-interface: eth0')],
    [
      'the default metric and table',
      route('destination: 10.0.0.0/8, next-hop-interface: eth0, metric: -1, table-id: 0'),
    ],
    ['an empty next hop', route('destination: 10.0.0.0/8, next-hop-interface: eth0, next-hop-address: ""')],
    ['a server on a link', resolver('server: ["fe80::1%eth0"], options: [rotate, "timeout:2"]')],
    [
      'a card by its MAC address',
      interfaces(
        '{name: the card of the storage network, type: ethernet, identifier: mac-address, mac-address: "52:54:00:00:00:01"}',
      ),
    ],
    [
      'the running state',
      `${interfaces(addressed)}routes: {running: [{destination: x}], config: []}\ndns-resolver: {running: {}}\n`,
    ],
    [
      'VLAN filtering',
      bridge(
        'options: {vlan-default-pvid: 5}, port: [{name: eth0, vlan: {mode: trunk, tag: 100, enable-native: true, trunk-tags: [{id: 101}, {id-range: {min: 500, max: 599}}]}}]',
      ),
    ],
  ])('finds nothing in %s', (_what, text) => expect(said(text)).toEqual([]));
});

test('still wants a source of a rule that stays', () => {
  expect(said(rule('ip-from: "", route-table: 5')).join()).toContain('error network-route: “” is not');
});

describe('the model', () => {
  test('has what an interface says in its own terms', () => {
    const { links } = modelOf(
      interfaces(
        `${card}, mtu: 9000, ipv4: {enabled: true, dhcp: true, auto-dns: false, auto-route-metric: 50}, ipv6: {enabled: true, dhcp: true, autoconf: true}}`,
        '{name: nic, type: ethernet, identifier: mac-address, mac-address: "52-54-00-00-00-0A", ipv6: {enabled: false}}',
      ),
    );
    expect(links[0]).toMatchObject({
      id: { value: 'eth0' },
      kind: 'physical',
      dhcp4: { value: true },
      dhcp6: { value: true },
      acceptRa: { value: true },
      dhcp4Overrides: [
        { name: 'use-dns', value: false },
        { name: 'route-metric', value: 50 },
      ],
    });
    expect(links[1]).toMatchObject({
      match: { macAddress: { value: '52:54:00:00:00:0a' } },
      linkLocal: { value: [] },
      dhcp6: { value: false },
    });
  });

  test('ties routes and rules to their interfaces', () => {
    const text = `${interfaces(addressed, addressed.replace('eth0', 'eth1').replace('2.10', '3.10'))}routes:
  config:
  - {destination: 0.0.0.0/0, next-hop-interface: eth1, next-hop-address: 192.0.3.1, metric: 150, table-id: 51}
  - {destination: 10.0.0.0/8, next-hop-interface: eth0}
route-rules:
  config:
  - {ip-from: 192.0.3.0/24, priority: 1000, route-table: 51}
  - {family: ipv4, route-table: 7}
`;
    const [eth0, eth1] = modelOf(text).links;
    expect(eth1?.routes[0]).toMatchObject({ metric: { value: 150 }, table: { value: 51 } });
    expect(eth0?.routes[0]).toMatchObject({ scope: { value: 'link' } });
    expect(eth1?.routingPolicy.map(({ table }) => table?.value)).toEqual([51]);
    const [whole] = eth0?.routingPolicy ?? [];
    expect(whole?.from && formatIpInterface(whole.from.value)).toBe('0.0.0.0/0');
  });

  test('describes the cards that only others name, and gives ports to their controller', () => {
    const model = modelOf(
      interfaces(
        '{name: bond0, type: bond, link-aggregation: {mode: active-backup, options: {miimon: 100}, port: [eth0]}}',
        '{name: eth1, type: ethernet, controller: bond0}',
        '{name: v5, type: vlan, vlan: {id: 5, base-iface: eth2}}',
      ),
    );
    const names = ({ links }: NetworkModel) => links.map(({ id, kind }) => `${id.value} ${kind}`);
    expect(names(model)).toEqual([
      'bond0 bond',
      'eth1 physical',
      'v5 vlan',
      'eth0 physical',
      'eth2 physical',
    ]);
    expect(model.links[0]?.members.map(({ value }) => value)).toEqual(['eth0', 'eth1']);
  });

  test('keeps what it has no word for under a path', () => {
    const text = interfaces(
      '{name: bond0, type: bond, profile-name: storage, ipv4: {enabled: true, dhcp: true, auto-gateway: false}, link-aggregation: {mode: 802.3ad, options: {use_carrier: false}}}',
      '{name: br0, type: linux-bridge, bridge: {port: [{name: eth0, stp-hairpin-mode: true}]}}',
      '{name: v5, type: vlan, vlan: {id: 5, base-iface: eth0, protocol: 802.1q, loose-binding: true}}',
      '{name: eth7, type: ethernet, state: absent}',
    );
    const model = modelOf(text);
    const keys = (entries: NetworkModel['passedThrough']) => entries.map(({ key }) => key.value);
    expect(model.links.flatMap(({ passedThrough }) => keys(passedThrough))).toEqual([
      ...['profile-name', 'ipv4.auto-gateway', 'link-aggregation.options.use_carrier'],
      ...['port eth0: stp-hairpin-mode', 'vlan.loose-binding'],
    ]);
    expect(keys(model.passedThrough)).toEqual(['interface eth7 with “state: absent”']);
  });
});

describe('what says nothing, or what nmstate cannot make, gets one answer', () => {
  const leftOut = (key: string) => [expect.stringMatching(`^warning value-type: .*“${key}”.* left out`)];
  test.each([
    ['a protocol', interfaces(`${card}, ipv4: null}`), leftOut('ipv4')],
    ['a MAC address', interfaces(`${card}, mac-address: null}`), leftOut('mac-address')],
    [
      'addresses',
      interfaces(`${card}, ipv4: {enabled: true, dhcp: true, address: null}}`),
      leftOut('address'),
    ],
    ['name servers', `${interfaces(addressed)}dns-resolver: null\n`, leftOut('dns-resolver')],
    ['routes', `${interfaces(addressed)}routes: {config: null}\n`, leftOut('config')],
    ['an MTU', interfaces(`${card}, mtu: null}`), [expect.stringMatching('^error value-type: mtu')]],
    [
      'a next hop',
      route('destination: 192.0.2.0/24, next-hop-interface: eth0, next-hop-address: null'),
      leftOut('next-hop-address'),
    ],
    [
      'the interface below a VLAN',
      interfaces('{name: v, type: vlan, vlan: {id: 5, base-iface: null}}'),
      [expect.stringMatching('^error network-vlan: .*“base-iface”')],
    ],
    ['a name', interfaces('{name: null, type: dummy}'), [expect.stringMatching('^error value-type: name')]],
    [
      'a type',
      interfaces('{name: eth0, type: null}'),
      [expect.stringMatching('^warning key-missing: “eth0” says no type')],
    ],
    [
      'a bond',
      interfaces('{name: bond0, type: bond, state: up, link-aggregation: {mode: null, port: [eth0]}}'),
      [expect.stringMatching('^error network-bond: The bond “bond0” has no mode')],
    ],
    [
      'a team',
      interfaces('{name: team0, type: team, state: up, team: {ports: [{name: eth0}]}}'),
      [expect.stringMatching('^error value-invalid: .*“team”.* write a bond')],
    ],
    [
      'a type of its own that is not described',
      interfaces('{name: a, type: user-defined, state: up, user-defined: {peer: b}}'),
      [expect.stringMatching('^error value-invalid: .*“interface-types”')],
    ],
    [
      'an address of the other protocol',
      interfaces(`${card}, ipv4: {enabled: true, address: [{ip: "2001:db8::1", prefix-length: 64}]}}`),
      [expect.stringMatching('^error network-address: .*belongs under “ipv6”')],
    ],
  ])('%s', (_what, text, expected) => {
    expect(said(text)).toEqual(expected);
  });
});

test('keeps an interface of a type that the document defines, and says where it is lost', () => {
  const text = `interface-types:\n- {name: vxcan, handler-script: exit 0}\n${interfaces(addressed, '{name: vxcan0, type: vxcan, state: up, user-defined: {peer: vxcan0-peer}}')}`;
  expect(said(text)).toEqual([]);
  const sink = new DiagnosticSink();
  const model = modelOf(text);
  expect(renderNmstate(model, sink)).toMatchObject({
    'interface-types': [{ name: 'vxcan' }],
    interfaces: [{ name: 'eth0' }, { name: 'vxcan0', type: 'vxcan' }],
  });
  expect(sink.list()).toEqual([]);
  renderVersion2(model, sink);
  expect(sink.list().map(({ range, message }) => `${range.start.line} ${message}`)).toEqual([
    '1 Version 2 has no word for “interface-types”; it is left out.',
    '5 Version 2 has no word for “interface vxcan0 of the type vxcan”; it is left out.',
  ]);
});

test('says once where scripts of an interface are lost', () => {
  const sink = new DiagnosticSink();
  const text = interfaces(`${card}, dispatch: {post-activation: echo up}}`);
  expect(said(text)).toEqual([]);
  renderVersion2(modelOf(text), sink);
  expect(sink.list().map(({ message }) => message)).toEqual([
    'Version 2 has no word for “dispatch”; it is left out.',
  ]);
});

test('renders a virtual function again, and says where no other format can find one', () => {
  const text = interfaces(
    '{name: "sriov:eth0:1", type: ethernet, state: up, mtu: 9000}',
    '{name: bond0, type: bond, state: up, link-aggregation: {mode: active-backup, port: ["sriov:eth0:2", eth1]}}',
  );
  const sink = new DiagnosticSink();
  const model = modelOf(text);
  expect(renderNmstate(model, sink)).toMatchObject({
    interfaces: [
      { name: 'sriov:eth0:1', type: 'ethernet', mtu: 9000 },
      { name: 'bond0', 'link-aggregation': { port: ['sriov:eth0:2', 'eth1'] } },
      { name: 'sriov:eth0:2', type: 'ethernet' },
      { name: 'eth1' },
    ],
  });
  expect(sink.list()).toEqual([]);
  expect(renderVersion2(model, sink)).toMatchObject({ bonds: { bond0: { interfaces: ['eth1'] } } });
  expect(sink.list().map(({ range, message }) => `${range.start.line} ${message}`)).toEqual([
    expect.stringMatching(/^2 .*virtual function; “sriov:eth0:1” is left out/),
    expect.stringMatching(/^3 .*virtual function; “sriov:eth0:2” is left out/),
  ]);
});

describe('settings that the model only carries', () => {
  test.each([
    [
      'a port of a switch without name',
      interfaces('{name: s, type: ovs-bridge, bridge: {port: [{nam: eth0}]}}'),
      ['error network-bridge: The port has no', 'warning key-unknown: The key “nam”.*“name”'],
    ],
    [
      'a word for a flag of a switch',
      interfaces('{name: s, type: ovs-bridge, bridge: {options: {stp: maybe}}}'),
      ['error value-type: stp must be true or false'],
    ],
    [
      'a VLAN of a port of a switch',
      interfaces('{name: s, type: ovs-bridge, bridge: {port: [{name: a, vlan: {mode: acces, tag: 5000}}]}}'),
      ['error network-bridge: mode must be', 'error network-vlan: tag must be'],
    ],
    [
      'a misspelt mode',
      interfaces('{name: m, type: mac-vlan, mac-vlan: {base-iface: eth0, mode: brigde}}'),
      ['error value-invalid: mode must be.*Did you mean “bridge”'],
    ],
    [
      'a misspelt mode of InfiniBand',
      interfaces('{name: i, type: infiniband, infiniband: {pkey: 0x8001, mode: conected, base-iface: ib0}}'),
      ['error value-invalid: mode must be.*Did you mean “connected”'],
    ],
    [
      'a ring with too large a number',
      interfaces('{name: h, type: hsr, hsr: {port1: a, port2: b, multicast-spec: 400, protocol: prp}}'),
      ['error value-range: multicast-spec'],
    ],
    [
      'an unknown key, which a newer nmstate may know',
      interfaces('{name: m, type: macsec, macsec: {base-iface: eth0, encrypted: true}}'),
      ['warning key-unknown: The key “encrypted”'],
    ],
    [
      'a virtual function beyond the last',
      interfaces(`${card}, ethernet: {sr-iov: {total-vfs: 2, vfs: [{id: 1}, {id: 2}]}}}`),
      ['warning value-range: .*from 0 to 1; there is none with the number 2'],
    ],
    [
      'one address for two cards',
      interfaces(
        '{name: a, type: ethernet, mac-address: "52:54:00:00:00:01"}',
        '{name: b, type: ethernet, mac-address: "52:54:00:00:00:01"}',
      ),
      ['warning network-mac-duplicate: “a” is given'],
    ],
  ])('are looked at: %s', (_what, text, expected) => {
    expect(said(text)).toEqual(expected.map((each) => expect.stringMatching(`^${each}`)));
  });

  test.each([
    '{name: s, type: ovs-bridge, bridge: {allow-extra-patch-ports: true, options: {stp: {enabled: true}, rstp: "no", fail-mode: secure, datapath: netdev}, ports: [{name: b, link-aggregation: {mode: balance-slb, bond-updelay: "5", port: [{name: eth0}, {name: eth1}]}, vlan: {mode: trunk, trunk-tags: [{id: 5}]}}]}}',
    '{name: m, type: mac-vtap, mac-vtap: {base-iface: eth0, mode: passthru, promiscuous: "yes"}}',
    '{name: v, type: ipvlan, ipvlan: {base-iface: eth0, mode: l3s, private: true, vepa: false}}',
    '{name: c, type: macsec, macsec: {base-iface: eth0, encrypt: true, mka-cak: ((secret.cak)), port: 1, validation: strict, send-sci: true, offload: "off"}}',
    '{name: i, type: infiniband, infiniband: {pkey: "0xffff", mode: datagram, base-iface: ""}}',
    '{name: h, type: hsr, hsr: {port1: eth0, port2: eth1, multicast-spec: 40, protocol: hsr, supervision-address: "01:15:4e:00:01:28"}}',
  ])('are fine: %s', (item) => expect(said(interfaces(item))).toEqual([]));
});

test('warns of routes and name servers that only are what a host has', () => {
  const text = `${interfaces(addressed)}routes: {running: [{destination: 0.0.0.0/0}]}\ndns-resolver: {running: {server: [192.0.2.53]}}\n`;
  const found = verdictOf(text).diagnostics;
  expect(found).toMatchObject(
    [
      { severity: 'warning', message: /“running” under “routes”/, fixes: [{ newText: 'config' }] },
      { severity: 'warning', message: /“running” under “dns-resolver”/, fixes: [{ newText: 'config' }] },
    ].map(({ message, ...rest }) => ({ ...rest, message: expect.stringMatching(message) })),
  );
});

test.each([
  [
    'a policy of nmpolicy',
    'capture:\n  base: interfaces.name=="eth1"\ndesiredState:\n  interfaces: []\n',
    '1:1 error document-kind',
    /policy of nmpolicy.*stands under “desiredState”/,
  ],
  [
    'a desired state with expressions',
    'interfaces:\n- name: br1\n  type: linux-bridge\n  bridge: {port: [{name: "{{ capture.base.interfaces.0.name }}"}]}\n',
    '4:26 error document-kind',
    /expression of nmpolicy/,
  ],
  [
    'a NodeNetworkState',
    'apiVersion: nmstate.io/v1beta1\nkind: NodeNetworkState\nstatus: {currentState: {interfaces: []}}\n',
    '2:7 error document-kind',
    /under “status\.currentState”.*what a node has/,
  ],
  [
    'a NodeNetworkConfigurationPolicy that captures',
    'apiVersion: nmstate.io/v1\nkind: NodeNetworkConfigurationPolicy\nspec: {capture: {a: b}, desiredState: {}}\n',
    '2:7 error document-kind',
    /under “spec\.desiredState”.*“capture” fills that in/,
  ],
])('says what %s is, and nothing else', (_what, text, place, message) => {
  const found = validateText('a.yaml', text);
  expect(
    found.map(({ range: { start }, severity, code }) => `${start.line}:${start.column} ${severity} ${code}`),
  ).toEqual([place]);
  expect(found[0]?.message).toMatch(message);
});
