import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderVersion1 } from './render-version-1.ts';
import { renderVersion2 } from './render-version-2.ts';
import { modelOf } from './testing/network-documents.ts';

function rendered(text: string) {
  const sink = new DiagnosticSink();
  const value = renderVersion1(modelOf(text), sink);
  return {
    config: value.config,
    losses: sink.list().map(({ range, severity, code, message }) => ({
      at: `${range.start.line}:${range.start.column} ${severity} ${code}`,
      message,
    })),
  };
}

const v2 = (body: string) => `version: 2\n${body}`;

describe('version 1', () => {
  test('gives a loopback static subnets: cloud-init fails at another type with an address', () => {
    const { config } = rendered(
      'version: 1\nconfig:\n- {type: loopback, name: lo, subnets: [{type: static, address: 192.0.2.1/32}]}\n',
    );
    expect(config).toEqual([
      { type: 'loopback', name: 'lo', subnets: [{ type: 'static', address: '192.0.2.1/32' }] },
    ]);
  });

  test('gives a loopback that only has routes its own kind of subnet', () => {
    const { config } = rendered(
      'interfaces: []\nroutes:\n  config:\n  - {destination: 198.51.100.0/24, route-type: blackhole}\n',
    );
    expect(config).toEqual([{ type: 'loopback', name: 'lo', subnets: [{ type: 'loopback' }] }]);
  });

  const onDummy = `dummy-devices:
  dm0: {}
ethernets:
  eth0: {}
bridges:
  br0: {interfaces: [dm0, eth0]}
vlans:
  dm0.5: {id: 5, link: dm0, addresses: [192.0.2.1/24]}
  inner: {id: 6, link: dm0.5}
`;

  test('leaves out what is on a link that it has no word for, and says so', () => {
    const { config, losses } = rendered(v2(onDummy));
    expect(config).toEqual([
      { type: 'physical', name: 'eth0' },
      { type: 'bridge', name: 'br0', bridge_interfaces: ['eth0'] },
    ]);
    expect(losses.map(({ message }) => message)).toEqual([
      'Version 1 has no dummy; “dm0” is left out.',
      '“dm0.5” is on “dm0”, which is left out; so is this.',
      '“inner” is on “dm0.5”, which is left out; so is this.',
    ]);
  });

  test('leaves the same out of version 2 where netplan 0.106 would refuse the file', () => {
    const sink = new DiagnosticSink();
    expect(renderVersion2(modelOf(v2(onDummy)), sink)).toEqual({
      version: 2,
      ethernets: { eth0: {} },
      bridges: { br0: { interfaces: ['eth0'] } },
    });
    expect(sink.list()).toHaveLength(3);
  });

  const card = { type: 'physical', name: 'eth0', mac_address: '00:0d:3a:04:75:98' };

  test('tells cards of one MAC address apart by their driver, as cloud-init does', () => {
    const params = { driver: 'hv_netvsc', device_id: '0x3' };
    const text = JSON.stringify({ version: 1, config: [{ ...card, params }] });
    expect(rendered(text)).toEqual({ config: [{ ...card, params }], losses: [] });
    const model = modelOf(text);
    const sink = new DiagnosticSink();
    expect(renderVersion2(model, sink)).toMatchObject({
      ethernets: { eth0: { match: { macaddress: card.mac_address, driver: 'hv_netvsc' } } },
    });
    expect(sink.list().map(({ message }) => message)).toEqual([expect.stringContaining('device_id')]);
  });

  test('has a place for one driver, beside a MAC address', () => {
    const drivers = (driver: string, mac = `macaddress: "${card.mac_address}", `) =>
      rendered(v2(`ethernets:\n  eth0: {match: {${mac}driver: ${driver}}, set-name: eth0}\n`));
    expect(drivers('hv_netvsc')).toEqual({
      config: [{ ...card, params: { driver: 'hv_netvsc' } }],
      losses: [],
    });
    expect(drivers('[hv_netvsc, mlx4_core]').losses).toHaveLength(2);
    expect(drivers('hv_netvsc', '').losses[0]?.message).toContain('driver');
  });

  test('knows a card of InfiniBand by its address of 20 octets', () => {
    const mac = 'a0:00:02:20:fe:80:00:00:00:00:00:00:ec:0d:9a:03:00:15:e2:c1';
    const { config } = rendered(
      `version: 1\nconfig:\n- {type: infiniband, name: ib0, mac_address: "${mac}", subnets: [{type: dhcp4}]}\n`,
    );
    expect(config).toEqual([
      { type: 'infiniband', name: 'ib0', mac_address: mac, subnets: [{ type: 'dhcp4' }] },
    ]);
  });

  test('says what links have in subnets', () => {
    const { config, losses } = rendered(
      v2(`ethernets:
  a:
    match: {macaddress: "52:54:00:00:00:01"}
    set-name: lan0
    addresses: [192.0.2.5/24, "2001:db8::5/64"]
    routes:
    - {to: default, via: 192.0.2.1}
    - {to: "::/0", via: "2001:db8::1"}
    - {to: 10.0.0.0/8, via: 192.0.2.2, metric: 5}
    nameservers: {addresses: [192.0.2.53], search: [example.org]}
vlans:
  v7: {id: 7, link: a, dhcp4: true, dhcp4-overrides: {route-metric: 9}}
`),
    );
    expect(losses).toEqual([]);
    expect(config).toEqual([
      {
        type: 'physical',
        name: 'lan0',
        mac_address: '52:54:00:00:00:01',
        subnets: [
          {
            type: 'static',
            address: '192.0.2.5/24',
            gateway: '192.0.2.1',
            routes: [{ network: '10.0.0.0/8', gateway: '192.0.2.2', metric: 5 }],
            dns_nameservers: ['192.0.2.53'],
            dns_search: ['example.org'],
          },
          { type: 'static6', address: '2001:db8::5/64', gateway: '2001:db8::1' },
        ],
      },
      { type: 'vlan', name: 'v7', vlan_id: 7, vlan_link: 'lan0', subnets: [{ type: 'dhcp4', metric: 9 }] },
    ]);
  });

  test('writes parameters in the units and words of the kernel', () => {
    const { config, losses } = rendered(
      v2(`ethernets: {a: {}, b: {}}
bonds:
  x:
    interfaces: [a]
    parameters: {mode: active-backup, mii-monitor-interval: 1s, all-members-active: true, primary: a}
bridges:
  y:
    interfaces: [b]
    parameters: {stp: false, ageing-time: 2m, path-cost: {b: 50}}
`),
    );
    expect(losses).toEqual([]);
    expect(config).toMatchObject([
      { type: 'physical', name: 'a' },
      { type: 'physical', name: 'b' },
      {
        params: {
          'bond-mode': 'active-backup',
          bond_miimon: 1000,
          'bond-all-slaves-active': 1,
          'bond-primary': 'a',
        },
      },
      { params: { bridge_stp: false, bridge_ageing: 120, bridge_pathcost: ['b 50'] } },
    ]);
  });

  test('gives name servers of a link without an address an entry of their own', () => {
    const { config } = rendered(
      v2('ethernets: {a: {dhcp4: true, nameservers: {addresses: [192.0.2.53]}}}\n'),
    );
    expect(config).toEqual([
      { type: 'physical', name: 'a', subnets: [{ type: 'dhcp4' }] },
      { type: 'nameserver', interface: 'a', address: ['192.0.2.53'] },
    ]);
  });

  test('says where name servers of a link without an address get lost', () => {
    const losses = (text: string) => {
      const sink = new DiagnosticSink();
      renderVersion1(modelOf(text), sink);
      return sink.list().map(({ range, code }) => `${range.start.line}:${range.start.column} ${code}`);
    };
    expect(
      losses(
        v2('ethernets:\n  a: {dhcp4: true, nameservers: {addresses: [192.0.2.53], search: [a.example]}}\n'),
      ),
    ).toEqual(['3:46 network-unsupported']);
    expect(losses(v2('bridges:\n  a: {nameservers: {search: [a.example]}}\n'))).toEqual([
      '3:30 network-unsupported',
    ]);
    expect(
      losses(v2('ethernets:\n  a: {addresses: [192.0.2.1/24], nameservers: {addresses: [192.0.2.53]}}\n')),
    ).toEqual([]);
    const version1 =
      'version: 1\nconfig:\n- {type: physical, name: a, subnets: [{type: dhcp4}]}\n- {type: nameserver, interface: a, address: 192.0.2.53}\n';
    expect(losses(version1)).toEqual([]);
  });

  test('leaves a network alone that shall be left alone', () => {
    const sink = new DiagnosticSink();
    expect(renderVersion1(modelOf('network: {config: disabled}\n'), sink)).toEqual({
      version: 1,
      config: 'disabled',
    });
    expect(sink.list()).toEqual([]);
  });

  test.each([
    ['a renderer', 'renderer: networkd\n', '2:11'],
    ['a match by glob', 'ethernets:\n  a: {match: {name: "en*"}}\n', '3:14'],
    ['a card that keeps its name', 'ethernets:\n  a: {match: {macaddress: "52:54:00:00:00:01"}}\n', '3:27'],
    ['a new name without a MAC address', 'ethernets:\n  a: {match: {name: eth0}, set-name: b}\n', '3:38'],
    ['an address that a card is given', 'ethernets:\n  a: {macaddress: "52:54:00:00:00:01"}\n', '3:19'],
    ['a link that may be missing', 'ethernets:\n  a: {optional: true}\n', '3:17'],
    ['an override of DHCP', 'ethernets:\n  a: {dhcp4: true, dhcp4-overrides: {use-dns: false}}\n', '3:38'],
    ['a lifetime', 'ethernets:\n  a: {addresses: [192.0.2.5/24: {lifetime: 0}]}\n', '3:44'],
    ['a label', 'ethernets:\n  a: {addresses: [192.0.2.5/24: {label: x}]}\n', '3:41'],
    [
      'a table',
      'ethernets:\n  a: {addresses: [192.0.2.5/24], routes: [{to: 10.0.0.0/8, via: 192.0.2.1, table: 7}]}\n',
      '3:43',
    ],
    [
      'a route on the link',
      'ethernets:\n  a: {addresses: [192.0.2.5/24], routes: [{to: 10.0.0.0/8, scope: link}]}\n',
      '3:43',
    ],
    [
      'on-link',
      'ethernets:\n  a: {addresses: [192.0.2.5/24], routes: [{to: 0.0.0.0/0, via: 10.0.0.1, on-link: true}]}\n',
      '3:83',
    ],
    ['a rule', 'ethernets:\n  a: {routing-policy: [{from: 192.0.2.5, table: 7}]}\n', '3:24'],
    ['link-local addresses', 'ethernets:\n  a: {link-local: []}\n', '3:19'],
    ['an MTU of IPv6 without its address', 'ethernets:\n  a: {ipv6-mtu: 1400}\n', '3:17'],
    ['a tunnel', 'tunnels:\n  a: {mode: gre, local: 192.0.2.1, remote: 192.0.2.2}\n', '3:3'],
    [
      'a fraction of a millisecond',
      'ethernets: {a: {}}\nbonds:\n  x: {interfaces: [a], parameters: {mii-monitor-interval: 1500us}}\n',
      '4:59',
    ],
    ['offloading', 'ethernets:\n  a: {receive-checksum-offload: true}\n', '3:7'],
  ])('reports %s at its place', (_what, body, place) => {
    expect(rendered(v2(body)).losses.map(({ at }) => at)).toEqual([`${place} warning network-unsupported`]);
  });

  test('does not report what is the default anyway', () => {
    const { losses } = rendered(
      v2(`ethernets:
  a:
    dhcp4: false
    optional: false
    link-local: [ipv6]
    renderer: networkd
    addresses: [192.0.2.5/24: {lifetime: forever}]
    routes: [{to: 10.0.0.0/8, via: 192.0.2.1, on-link: false, table: 254, type: unicast, scope: global}]
`),
    );
    expect(losses).toEqual([]);
  });
});

test('writes a default route as the document has it, as a gateway or as a route', () => {
  const text = (subnet: string) =>
    `version: 1\nconfig:\n- {type: physical, name: eth0, subnets: [${subnet}]}\n`;
  const subnetsOf = (subnet: string) =>
    renderVersion1(modelOf(text(subnet)), new DiagnosticSink()).config as readonly unknown[];
  const route = { network: '0.0.0.0/0', gateway: '192.0.2.1' };
  expect(subnetsOf('{type: dhcp4, gateway: 192.0.2.1}')).toMatchObject([
    { subnets: [{ type: 'dhcp4', gateway: '192.0.2.1' }] },
  ]);
  expect(subnetsOf('{type: dhcp4, routes: [{network: 0.0.0.0/0, gateway: 192.0.2.1}]}')).toMatchObject([
    { subnets: [{ type: 'dhcp4', routes: [route] }] },
  ]);
  expect(
    subnetsOf('{type: static, address: 192.0.2.5/24, routes: [{network: 0.0.0.0/0, gateway: 192.0.2.1}]}'),
  ).toMatchObject([{ subnets: [{ type: 'static', routes: [route] }] }]);
});
