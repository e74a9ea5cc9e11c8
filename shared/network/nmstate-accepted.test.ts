import { describe, expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';
import { verdictOf } from './testing/network-documents.ts';
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
    [
      'settings of a port in the database of Open vSwitch',
      interfaces(
        `${card}}`,
        '{name: br0, type: ovs-bridge, bridge: {port: [{name: eth0, ovs-db: {other_config: {stp-path-cost: "2"}}}]}}',
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
