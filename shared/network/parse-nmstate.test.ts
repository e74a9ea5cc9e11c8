import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { formatIpInterface } from './addresses.ts';
import type { NetworkModel } from './model.ts';
import { renderNmstate } from './render-nmstate.ts';
import { renderVersion2 } from './render-version-2.ts';
import { modelOf } from './testing/network-documents.ts';
import { addressed, card, interfaces, said } from './testing/nmstate-texts.ts';

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
      ['error key-unknown: The key “nam”.*“name”'],
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
