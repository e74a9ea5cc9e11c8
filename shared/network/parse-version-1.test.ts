import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderVersion2 } from './render-version-2.ts';
import { modelOf, verdictOf } from './testing/network-documents.ts';

function v1(...items: string[]): string {
  return `version: 1\nconfig:\n${items.map((item) => `- ${item}\n`).join('')}`;
}

function rendered(...items: string[]) {
  const sink = new DiagnosticSink();
  const value = renderVersion2(modelOf(v1(...items)), sink);
  return {
    value,
    messages: sink
      .list()
      .map(({ range, code, message }) => `${range.start.line}:${range.start.column} ${code} ${message}`),
  };
}

const eth0 = '{type: physical, name: eth0}';
const subnet = (body: string) => `{type: physical, name: eth0, subnets: [{${body}}]}`;

describe('version 1', () => {
  test.each<{ name: string; text: string; finds: string[] }>([
    {
      name: 'refuses an unknown type',
      text: v1('{type: phsical, name: eth0}'),
      finds: ['3:10 error value-invalid'],
    },
    { name: 'refuses an entry without a type', text: v1('{name: eth0}'), finds: ['3:3 error key-missing'] },
    { name: 'refuses a link without a name', text: v1('{type: physical}'), finds: ['3:3 error key-missing'] },
    {
      name: 'warns of an unknown key, at which cloud-init does not look',
      text: v1('{type: physical, name: eth0, mac: x}'),
      finds: ['3:32 warning key-unknown'],
    },
    {
      name: 'warns of an unknown key of a subnet, and of a route in it',
      text: v1(
        '{type: physical, name: eth0, subnets: [{type: dhcp, cidr: 1, routes: [{network: 10.0.0.0/8, gateway: 192.0.2.1, onlink: true}]}]}',
      ),
      finds: ['3:55 warning key-unknown', '3:115 warning key-unknown'],
    },
    {
      // As phoenixNAP’s bare metal gets it.
      name: 'warns of parameters that other readers know',
      text: v1(
        eth0,
        '{type: bond, name: b, bond_interfaces: [eth0], params: {bond-mode: 802.3ad, up-delay: 0}}',
      ),
      finds: ['4:79 warning key-unknown'],
    },
    {
      name: 'warns of an alias, which netplan does not know',
      text: v1(eth0, '{type: physical, name: "eth0:0", subnets: [{type: static, address: 192.0.2.1/24}]}'),
      finds: ['4:26 warning network-interface-name'],
    },
    {
      name: 'refuses an unknown subnet type',
      text: v1(subnet('type: dhcp5')),
      finds: ['3:49 error value-invalid'],
    },
    {
      name: 'refuses a static subnet without address',
      text: v1(subnet('type: static')),
      finds: ['3:42 error key-missing'],
    },
    {
      name: 'warns of an address without prefix or netmask',
      text: v1(subnet('type: static, address: 192.0.2.5')),
      finds: ['3:66 warning network-address'],
    },
    {
      name: 'warns of an address that is not set',
      text: v1(subnet('type: manual, address: 192.0.2.5/24')),
      finds: ['3:66 warning network-address'],
    },
    {
      name: 'warns of an address beside DHCP',
      text: v1(subnet('type: dhcp4, address: 192.0.2.5/24')),
      finds: ['3:65 warning network-address'],
    },
    {
      name: 'warns of a netmask that contradicts the prefix length',
      text: v1(subnet('type: static, address: 192.0.2.5/24, netmask: 255.255.0.0')),
      finds: ['3:89 warning network-address'],
    },
    {
      name: 'accepts a netmask that says the same again',
      text: v1(subnet('type: static, address: 192.0.2.5/24, netmask: 255.255.255.0')),
      finds: [],
    },
    {
      name: 'refuses a malformed address',
      text: v1(subnet('type: static, address: 999.1.1.1/24')),
      finds: ['3:66 error network-address'],
    },
    {
      name: 'refuses a malformed netmask',
      text: v1(subnet('type: static, address: 192.0.2.5, netmask: 255.0.255.0')),
      finds: ['3:86 error network-address'],
    },
    ...[
      ['address: 192.0.2.5, netmask: 64', 86],
      ['address: 192.0.2.5, netmask: "ffff:ffff::"', 86],
      ['address: "2001:db8::5", netmask: 255.255.255.0', 90],
    ].map(([written, column]) => ({
      name: `refuses a mask of the other family: ${written}`,
      text: v1(subnet(`type: static, ${written}`)),
      finds: [`3:${column} error network-address`],
    })),
    {
      name: 'refuses IPv4 as static6',
      text: v1(subnet('type: static6, address: 192.0.2.5/24')),
      finds: ['3:67 error network-address'],
    },
    {
      name: 'refuses a gateway outside the subnet',
      text: v1(subnet('type: static, address: 192.0.2.5/24, gateway: 198.51.100.1')),
      finds: ['3:89 error network-gateway'],
    },
    {
      name: 'refuses a VLAN id out of range',
      text: v1(eth0, '{type: vlan, name: v, vlan_id: 9999, vlan_link: eth0}'),
      finds: ['4:34 error network-vlan'],
    },
    {
      name: 'refuses a VLAN without an id',
      text: v1(eth0, '{type: vlan, name: v, vlan_link: eth0}'),
      finds: ['4:3 error network-vlan'],
    },
    {
      name: 'refuses a VLAN on an undefined link',
      text: v1('{type: vlan, name: v, vlan_id: 9, vlan_link: eth0}'),
      finds: ['3:48 error network-link-unknown'],
    },
    {
      name: 'refuses an undefined bond member',
      text: v1('{type: bond, name: b, bond_interfaces: [eth0]}'),
      finds: ['3:43 error network-link-unknown'],
    },
    {
      name: 'refuses a bond without members',
      text: v1('{type: bond, name: b}'),
      finds: ['3:3 error network-bond', '3:22 warning network-bond'],
    },
    {
      name: 'warns of an unknown bond parameter',
      text: v1(eth0, '{type: bond, name: b, bond_interfaces: [eth0], params: {bond-mod: 1}}'),
      finds: ['4:59 warning key-unknown'],
    },
    {
      name: 'refuses a bad MAC address',
      text: v1('{type: physical, name: eth0, mac_address: "00:11"}'),
      finds: ['3:45 error network-mac'],
    },
    {
      name: 'refuses a link defined twice',
      text: v1(eth0, eth0),
      finds: ['4:26 error network-interface-name'],
    },
    {
      name: 'refuses a name server for an undefined link',
      text: v1(eth0, '{type: nameserver, address: 192.0.2.53, interface: eth1}'),
      finds: ['4:54 error network-link-unknown'],
    },
    {
      name: 'refuses a name server without address',
      text: v1('{type: nameserver, search: example.org}'),
      finds: ['3:3 error network-dns'],
    },
    {
      name: 'refuses a route without destination',
      text: v1(eth0, '{type: route, gateway: 192.0.2.1}'),
      finds: ['4:3 error network-route'],
    },
    {
      name: 'refuses a route without gateway',
      text: v1(eth0, '{type: route, destination: 10.0.0.0/8}'),
      finds: ['4:3 error network-route'],
    },
    {
      name: 'warns of a route that nothing reaches',
      text: v1(eth0, '{type: route, destination: 10.0.0.0/8, gateway: 192.0.2.1}'),
      finds: ['4:51 warning network-route'],
    },
    {
      name: 'places a malformed word of a text at the word',
      text: v1(subnet('type: dhcp, dns_nameservers: "192.0.2.1 192.0.2.x"')),
      finds: ['3:83 error network-dns'],
    },
    { name: 'wants a config', text: 'version: 1\n', finds: ['1:1 error key-missing'] },
  ])('$name', ({ text, finds }) => expect(verdictOf(text).findings).toEqual(finds));

  test('knows a network that cloud-init shall leave alone', () => {
    expect(verdictOf('network:\n  config: disabled\n').findings).toEqual([]);
    const sink = new DiagnosticSink();
    renderVersion2(modelOf('network: {config: disabled}\n'), sink);
    expect(sink.list().map(({ code }) => code)).toEqual(['network-unsupported']);
  });
});

describe('version 1 as version 2', () => {
  test('takes the kernel’s numbers and every spelling of bond parameters', () => {
    const { value } = rendered(
      eth0,
      '{type: bond, name: b, bond_interfaces: [eth0], params: {bond_mode: 4, bond-lacp_rate: "1", bond_ad_select: 2, bond-fail-over-mac: 0, bond-all_slaves_active: 1}}',
    );
    expect(value).toMatchObject({
      bonds: {
        b: {
          parameters: {
            mode: '802.3ad',
            'lacp-rate': 'fast',
            'ad-select': 'count',
            'fail-over-mac-policy': 'none',
            'all-slaves-active': true,
          },
        },
      },
    });
  });

  test('gives a global route to the link that reaches its gateway', () => {
    const { value } = rendered(
      subnet('type: static, address: 192.0.2.5/24'),
      '{type: route, destination: 10.0.0.0, netmask: 255.0.0.0, gateway: 192.0.2.1}',
    );
    expect(value).toMatchObject({
      ethernets: { eth0: { routes: [{ to: '10.0.0.0/8', via: '192.0.2.1' }] } },
    });
  });

  test('gives global name servers to links that have addresses and none of their own', () => {
    const { value } = rendered(
      subnet('type: static, address: 192.0.2.5/24'),
      '{type: physical, name: eth1, subnets: [{type: dhcp}]}',
      '{type: physical, name: eth2, subnets: [{type: static, address: 198.51.100.5/24, dns_nameservers: 198.51.100.53}]}',
      '{type: nameserver, address: 192.0.2.53, search: [example.org]}',
    );
    expect(value).toMatchObject({
      ethernets: {
        eth0: { nameservers: { addresses: ['192.0.2.53'], search: ['example.org'] } },
        eth2: { nameservers: { addresses: ['198.51.100.53'] } },
      },
    });
    expect((value as { ethernets: { eth1: object } }).ethernets.eth1).toEqual({ dhcp4: true });
  });

  test('reports name servers that no link takes', () => {
    const { messages } = rendered(
      '{type: physical, name: eth0, subnets: [{type: dhcp}]}',
      '{type: nameserver, address: 192.0.2.53}',
    );
    expect(messages).toEqual([expect.stringMatching(/^4:31 network-unsupported /)]);
  });

  test('reports what version 2 cannot say, where it is written', () => {
    const { messages } = rendered(
      eth0,
      '{type: bond, name: b, bond_interfaces: [eth0], params: {bond-use_carrier: 1}, subnets: [{type: dhcp, control: manual}]}',
      '{type: bridge, name: br, bridge_interfaces: [], params: {bridge_maxwait: 0}}',
      '{type: route, destination: "2001:db8::/32", gateway: "fe80::1"}',
    );
    expect(messages.map((message) => message.split(' ').slice(0, 2).join(' '))).toEqual([
      '4:59 network-unsupported',
      '4:104 network-unsupported',
      '5:60 network-unsupported',
      '6:3 network-unsupported',
    ]);
  });

  test('gives both protocols of DHCP the metric that netplan wants to be one', () => {
    const { value, messages } = rendered(
      '{type: physical, name: eth0, subnets: [{type: dhcp, metric: 5}, {type: dhcp6, metric: 6}]}',
    );
    const overrides = { 'route-metric': 5 };
    expect(value).toMatchObject({
      ethernets: { eth0: { 'dhcp4-overrides': overrides, 'dhcp6-overrides': overrides } },
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^3:89 network-unsupported/);
  });

  test('takes the MTU of a subnet before that of its link, as cloud-init does', () => {
    const { value } = rendered(
      '{type: physical, name: eth0, mtu: 1600, subnets: [{type: static, address: 192.0.2.1/24, mtu: 1500}]}',
    );
    expect(value).toMatchObject({ ethernets: { eth0: { mtu: 1500 } } });
  });

  test('passes numbers through as they are written', () => {
    const text =
      'version: 2\nmodems:\n  m: {renderer: NetworkManager, sim-id: 89148000000060671234, pin: 0012, network-id: 7}\n';
    expect(renderVersion2(modelOf(text), new DiagnosticSink())).toMatchObject({
      modems: { m: { 'sim-id': '89148000000060671234', pin: '0012', 'network-id': 7 } },
    });
  });

  test('leaves out what netplan of the image would refuse, and says so', () => {
    const sink = new DiagnosticSink();
    const value = renderVersion2(
      modelOf('version: 2\ndummy-devices:\n  d0: {addresses: [192.0.2.1/32]}\n'),
      sink,
    );
    expect(value).toEqual({ version: 2 });
    expect(sink.list().map(({ range, code }) => `${range.start.line}:${range.start.column} ${code}`)).toEqual(
      ['3:3 network-unsupported'],
    );
  });
});

test.each([
  ['bridge', 'bridge_prio', 'bridge_bridgeprio'],
  ['bridge', 'priority', 'bridge_bridgeprio'],
  ['bridge', 'bridge_forward-delay', 'bridge_fd'],
  ['bridge', 'bridge_port', 'bridge_ports'],
  ['bond', 'mii-monitor-interval', 'bond-miimon'],
  ['bond', 'bond_transmit_hash_policy', 'bond-xmit-hash-policy'],
])('knows what else the parameter of a %s is called: %s', (type, written, meant) => {
  const text = `version: 1\nconfig:\n- {type: physical, name: a}\n- {type: ${type}, name: b, ${type}_interfaces: [a], params: {${written}: 1}}\n`;
  const found = verdictOf(text).diagnostics.find(({ code }) => code === 'key-unknown');
  expect(found?.fixes?.map(({ newText }) => newText)).toEqual([meant]);
});
