import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { parseNetwork } from './parse-network.ts';
import { verdictOf } from './testing/network-documents.ts';

/** A document of version 2 around what a test is about; the body starts in line 2. */
function v2(body: string): string {
  return `version: 2\n${body}`;
}

const two = `ethernets:
  eth0: {}
  eth1: {}
`;

interface Case {
  readonly name: string;
  readonly text: string;
  readonly finds: readonly string[];
  readonly says?: RegExp;
}

function check(cases: readonly Case[]): void {
  test.each(cases)('$name', ({ text, finds, says }) => {
    const { findings, diagnostics } = verdictOf(text);
    expect(findings).toEqual(finds);
    const messages = diagnostics.map(({ message }) => message).join('\n');
    if (says !== undefined) expect(messages).toMatch(says);
  });
}

describe('keys', () => {
  check([
    {
      name: 'refuses an unknown key',
      text: v2('ethernets:\n  eth0:\n    colour: red\n'),
      finds: ['4:5 error key-unknown'],
      says: /“colour” does not exist in eth0/,
    },
    {
      name: 'refuses an unknown section',
      text: v2('etherents:\n  eth0: {}\n'),
      finds: ['2:1 error key-unknown'],
      says: /Did you mean “ethernets”/,
    },
    {
      name: 'refuses an unknown bond parameter',
      text: v2(
        `${two}bonds:\n  bond0:\n    interfaces: [eth0, eth1]\n    parameters:\n      mode: 802.3ad\n      mii-monitor: 1\n      lacp_rate: fast\n`,
      ),
      finds: ['10:7 error key-unknown', '11:7 error key-unknown'],
    },
    {
      name: 'refuses keys beside network',
      text: 'network:\n  version: 2\nethernets: {}\n',
      finds: ['3:1 error key-unknown'],
    },
    {
      name: 'wants a list of addresses',
      text: v2('ethernets:\n  eth0:\n    addresses: 192.0.2.1/24\n'),
      finds: ['4:16 error value-type'],
    },
    {
      name: 'wants a mapping for a link',
      text: v2('ethernets:\n  eth0:\n'),
      finds: ['3:8 error value-type'],
      says: /nothing is written/,
    },
    {
      name: 'wants true or false',
      text: v2('ethernets:\n  eth0: {dhcp4: maybe}\n'),
      finds: ['3:17 error value-type'],
    },
    { name: 'wants a version', text: 'ethernets: {}\n', finds: ['1:1 error network-version'] },
    { name: 'refuses another version', text: 'version: 3\n', finds: ['1:10 error network-version'] },
    { name: 'wants a mapping', text: '- 1\n', finds: ['1:1 error value-type'] },
    {
      name: 'tells what is of version 2 in version 1, and what else is wrong in it',
      text: 'version: 1\nethernets:\n  eth0: {addresses: [192.0.2.300/24]}\n',
      finds: ['1:10 error network-version', '3:22 error network-address'],
      says: /“ethernets” belongs to version 2/,
    },
    {
      name: 'tells what is of version 1 in version 2',
      text: v2('config:\n- {type: physical, name: eth0}\n'),
      finds: ['1:10 error network-version'],
      says: /“config” belongs to version 1/,
    },
    {
      name: 'refuses an entry of addresses that holds none',
      text: v2('ethernets:\n  eth0: {addresses: [{}]}\n'),
      finds: ['3:22 error value-type'],
      says: /empty entry here; write an IPv4 or IPv6 address/,
    },
    {
      name: 'knows a key that another format calls longer',
      text: 'version: 1\nconfig:\n- {type: bond, name: b, interfaces: [a], params: {mode: active-backup}}\n- {type: physical, name: a}\n',
      finds: [
        '3:3 error network-bond',
        '3:22 warning network-bond',
        '3:25 error key-unknown',
        '3:51 error key-unknown',
      ],
      says: /“interfaces” does not exist in config of the type bond. Did you mean “bond_interfaces”\?[\s\S]*Did you mean “bond-mode”\?/,
    },
    {
      name: 'knows a key that another format calls shorter',
      text: v2('ethernets: {a: {}}\nvlans:\n  v: {vlan_id: 5, vlan_link: a, id: 5, link: a}\n'),
      finds: ['4:7 error key-unknown', '4:19 error key-unknown'],
      says: /Did you mean “id”[\s\S]*Did you mean “link”/,
    },
  ]);

  test('offers to mend a misspelt key', () => {
    const { diagnostics } = verdictOf(v2('ethernets:\n  eth0:\n    adresses: [192.0.2.1/24]\n'));
    expect(diagnostics).toEqual([
      {
        file: 'networks/test.yaml',
        range: { start: { line: 4, column: 5 }, end: { line: 4, column: 13 } },
        severity: 'error',
        code: 'key-unknown',
        message: 'The key “adresses” does not exist in eth0. Did you mean “addresses”?',
        fixes: [
          {
            title: 'Change to “addresses”',
            file: 'networks/test.yaml',
            range: { start: { line: 4, column: 5 }, end: { line: 4, column: 13 } },
            newText: 'addresses',
          },
        ],
      },
    ]);
  });

  test('offers to make a single address a list', () => {
    const { diagnostics } = verdictOf(v2('ethernets:\n  eth0:\n    addresses: 192.0.2.1/24\n'));
    expect(diagnostics[0]?.fixes?.[0]?.newText).toBe('[192.0.2.1/24]');
  });
});

describe('what is the same twice', () => {
  const routes = (...list: string[]) =>
    v2(
      `ethernets:\n  a:\n    addresses: [192.0.2.5/24]\n    routes:\n${list.map((route) => `    - {${route}}\n`).join('')}`,
    );
  check([
    {
      name: 'is told of routes',
      text: routes('to: 10.0.0.0/8, via: 192.0.2.1', 'to: 10.0.0.0/8, via: 192.0.2.2'),
      finds: ['7:7 warning network-route'],
    },
    {
      name: 'is fine with another metric or table',
      text: routes(
        'to: 10.0.0.0/8, via: 192.0.2.1',
        'to: 10.0.0.0/8, via: 192.0.2.2, metric: 5',
        'to: 10.0.0.0/8, via: 192.0.2.2, table: 7',
      ),
      finds: [],
    },
    {
      name: 'a card is none that has an address of a group',
      text: v2('ethernets:\n  a: {match: {macaddress: "01:00:5e:00:00:01"}, dhcp4: true}\n'),
      finds: ['3:27 warning network-match'],
    },
  ]);
});

describe('the loopback', () => {
  check([
    {
      name: 'has its own addresses',
      text: v2('ethernets:\n  lo: {match: {name: lo}, addresses: [127.0.0.1/8, "::1/128"]}\n'),
      finds: [],
    },
  ]);
});

describe('keys that << brings in', () => {
  check([
    {
      name: 'reads them in version 2',
      text: v2(
        'ethernets:\n  a: &a {mtu: 9000, addresses: [192.0.2.1/24]}\n  b: {<<: *a, addresses: [198.51.100.1/24]}\n',
      ),
      finds: [],
    },
    {
      name: 'finds what they repeat',
      text: v2('ethernets:\n  a: &a\n    addresses: [192.0.2.1/24]\n  b:\n    <<: *a\n'),
      finds: ['4:17 error network-address-duplicate'],
    },
    {
      name: 'finds what is wrong in them once',
      text: v2('ethernets:\n  a: &a {mtu: 70000}\n  b: {<<: *a}\n'),
      finds: ['3:15 error network-mtu'],
    },
    {
      name: 'reads them in version 1',
      text: 'version: 1\nconfig:\n- &a {type: physical, name: a, mtu: 1400}\n- {<<: *a, name: b}\n',
      finds: [],
    },
    {
      name: 'refuses them in NMState, which does not know them',
      text: 'interfaces:\n- &a {name: a, type: ethernet, state: up}\n- {<<: *a, name: b, type: ethernet}\n',
      finds: ['3:4 error key-unknown'],
    },
  ]);
});

describe('addresses', () => {
  const address = (...addresses: string[]) =>
    v2(`ethernets:\n  eth0:\n    addresses:\n${addresses.map((text) => `    - ${text}\n`).join('')}`);
  check([
    {
      name: 'warns of two links in one subnet, also where their prefixes differ',
      text: v2(
        'ethernets:\n  eth0: {addresses: [192.0.2.5/24]}\n  eth1: {addresses: [192.0.2.6/24]}\n  eth2: {addresses: [192.0.0.9/16]}\n',
      ),
      finds: ['4:22 warning network-address', '5:22 warning network-address'],
      says: /overlaps with 192\.0\.2\.0\/24 of “eth0”/,
    },
    {
      name: 'warns of a second link in a subnet of which another has many addresses, one of them twice',
      text: v2(
        'ethernets:\n  eth0: {addresses: [192.0.2.6/24, 192.0.2.6/24, 192.0.2.8/24, 192.0.2.9/24]}\n  eth1: {addresses: [192.0.2.6/24]}\n',
      ),
      finds: [
        '3:36 error network-address-duplicate',
        '4:22 error network-address-duplicate',
        '4:22 warning network-address',
      ],
    },
    {
      name: 'takes several addresses of a link in one subnet, and links of another VRF',
      text: v2(
        'ethernets:\n  eth0: {addresses: [192.0.2.5/24, 192.0.2.7/24]}\n  eth1: {addresses: [192.0.2.6/24]}\nvrfs:\n  red: {table: 9, interfaces: [eth1]}\n',
      ),
      finds: [],
    },
    {
      name: 'refuses an octet above 255',
      text: address('999.1.1.1/24'),
      finds: ['5:7 error network-address'],
      says: /999 is larger than 255/,
    },
    {
      name: 'refuses an address without prefix',
      text: address('192.0.2.5'),
      finds: ['5:7 error network-address'],
      says: /192\.0\.2\.5\/24/,
    },
    {
      name: 'refuses a prefix beyond the width',
      text: address('192.0.2.5/33'),
      finds: ['5:7 error network-address'],
      says: /0 to 32/,
    },
    {
      name: 'refuses leading zeros',
      text: address('192.0.02.5/24'),
      finds: ['5:7 error network-address'],
      says: /octal/,
    },
    {
      name: 'refuses the network address',
      text: address('192.0.2.0/24'),
      finds: ['5:7 error network-address'],
      says: /network’s own/,
    },
    {
      name: 'refuses the broadcast address',
      text: address('192.0.2.255/24'),
      finds: ['5:7 error network-address'],
      says: /broadcast/,
    },
    { name: 'allows both ends of a /31', text: address('192.0.2.0/31'), finds: [] },
    {
      name: 'warns of the routers’ anycast address',
      text: address('2001:db8::/64'),
      finds: ['5:7 warning network-address'],
    },
    {
      name: 'refuses a multicast address',
      text: address('224.0.0.5/24'),
      finds: ['5:7 error network-address'],
    },
    {
      name: 'refuses an unspecified address',
      text: address('"::/64"'),
      finds: ['5:7 error network-address'],
    },
    {
      name: 'refuses a loopback address on a card',
      text: address('127.0.0.5/8'),
      finds: ['5:7 error network-address'],
    },
    { name: 'refuses the prefix 0', text: address('192.0.2.5/0'), finds: ['5:7 error network-address'] },
    {
      name: 'refuses the same address twice, however it is written',
      text: address('2001:db8::1/64', '2001:DB8:0::1/48'),
      finds: ['6:7 error network-address-duplicate'],
    },
    {
      name: 'refuses the same address on two links',
      text: v2('ethernets:\n  eth0: {addresses: [192.0.2.1/24]}\n  eth1: {addresses: [192.0.2.1/24]}\n'),
      finds: ['4:22 error network-address-duplicate'],
      says: /on “eth0” already/,
    },
    {
      name: 'allows the same address in two VRFs',
      text: v2(
        'ethernets:\n  eth0: {addresses: [192.0.2.1/24]}\n  eth1: {addresses: [192.0.2.1/24]}\nvrfs:\n  red: {table: 10, interfaces: [eth0]}\n',
      ),
      finds: [],
    },
    {
      name: 'judges addresses with options',
      text: address('192.0.2.5/40: {label: a}'),
      finds: ['5:7 error network-address'],
    },
  ]);
});

describe('links', () => {
  check([
    {
      name: 'refuses a VLAN id out of range',
      text: v2('ethernets:\n  eth0: {}\nvlans:\n  v1:\n    id: 9999\n    link: eth0\n'),
      finds: ['6:9 error network-vlan'],
    },
    {
      name: 'refuses a VLAN without an id',
      text: v2('ethernets:\n  eth0: {}\nvlans:\n  v1:\n    link: eth0\n'),
      finds: ['6:5 error network-vlan'],
    },
    {
      name: 'refuses a VLAN without a link',
      text: v2('vlans:\n  v1: {id: 5}\n'),
      finds: ['3:7 error network-vlan'],
    },
    {
      name: 'refuses a VLAN on an undefined link',
      text: v2('ethernets:\n  eno1: {}\nvlans:\n  v1: {id: 5, link: eno2}\n'),
      finds: ['5:21 error network-link-unknown'],
      says: /Did you mean “eno1”/,
    },
    {
      name: 'warns of VLAN 0',
      text: v2('ethernets:\n  eth0: {}\nvlans:\n  v1: {id: 0, link: eth0}\n'),
      finds: ['5:12 warning network-vlan'],
    },
    {
      name: 'refuses a VLAN id twice on one link',
      text: v2(
        `${two}vlans:\n  a: {id: 5, link: eth0}\n  b: {id: 5, link: eth1}\n  c: {id: 5, link: eth0}\n`,
      ),
      finds: ['8:11 error network-vlan'],
    },
    {
      name: 'refuses an undefined bond member',
      text: v2(`${two}bonds:\n  bond0: {interfaces: [eth0, nic9]}\n`),
      finds: ['6:30 error network-link-unknown'],
    },
    {
      name: 'refuses a member by its new name',
      text: v2(
        'ethernets:\n  first: {match: {macaddress: "52:54:00:00:00:01"}, set-name: eth0}\nbonds:\n  bond0: {interfaces: [eth0]}\n',
      ),
      finds: ['5:24 error network-link-unknown'],
      says: /write “first”/,
    },
    {
      name: 'refuses a member of two bonds',
      text: v2(`${two}bonds:\n  a: {interfaces: [eth0, eth1]}\n  b: {interfaces: [eth1]}\n`),
      finds: ['7:20 error network-link-reused'],
    },
    {
      name: 'refuses a member twice',
      text: v2(`${two}bonds:\n  a: {interfaces: [eth0, eth0]}\n`),
      finds: ['6:26 error network-link-reused'],
    },
    {
      name: 'refuses links in a circle',
      text: v2('bridges:\n  br0: {interfaces: [v5]}\nvlans:\n  v5: {id: 5, link: br0}\n'),
      finds: ['5:21 error network-link-reused'],
      says: /br0 → v5 → br0/,
    },
    {
      name: 'refuses a bridge in a bridge',
      text: v2('bridges:\n  a: {interfaces: [b]}\n  b: {interfaces: []}\n'),
      finds: ['3:20 error network-bridge'],
    },
    {
      name: 'warns of addresses on a member',
      text: v2('ethernets:\n  eth0: {dhcp4: true}\nbridges:\n  br0: {interfaces: [eth0]}\n'),
      finds: ['3:17 warning network-bridge'],
    },
    {
      name: 'warns of a bond without members',
      text: v2('bonds:\n  bond0: {}\n'),
      finds: ['3:3 warning network-bond'],
    },
    {
      name: 'refuses a path cost for a foreign port',
      text: v2(`${two}bridges:\n  br0:\n    interfaces: [eth0]\n    parameters: {path-cost: {eth1: 5}}\n`),
      finds: ['8:30 error network-bridge'],
    },
    {
      name: 'warns of a forward delay that the tree refuses',
      text: v2(`${two}bridges:\n  br0:\n    interfaces: [eth0]\n    parameters: {forward-delay: 0}\n`),
      finds: ['8:33 warning network-bridge'],
    },
    {
      name: 'allows no forward delay without a tree',
      text: v2(
        `${two}bridges:\n  br0:\n    interfaces: [eth0]\n    parameters: {forward-delay: 0, stp: false}\n`,
      ),
      finds: [],
    },
  ]);
});

describe('names and cards', () => {
  check([
    {
      name: 'refuses a name of 16 characters',
      text: v2('ethernets:\n  abcdefghijklmnop: {}\n'),
      finds: ['3:3 error network-interface-name'],
    },
    {
      name: 'allows a long label of a matched card',
      text: v2('ethernets:\n  abcdefghijklmnop: {match: {driver: virtio_net}}\n'),
      finds: [],
    },
    {
      name: 'refuses a slash in a name',
      text: v2('ethernets:\n  a/b: {}\n'),
      finds: ['3:3 error network-interface-name'],
    },
    {
      name: 'refuses a space in a name',
      text: v2('bridges:\n  "br 0": {interfaces: []}\n'),
      finds: ['3:3 error network-interface-name'],
    },
    {
      name: 'refuses ..',
      text: v2('bridges:\n  ..: {interfaces: []}\n'),
      finds: ['3:3 error network-interface-name'],
    },
    {
      name: 'refuses an id in two sections',
      text: v2('ethernets:\n  a: {}\nbridges:\n  a: {interfaces: []}\n'),
      finds: ['5:3 error network-interface-name'],
    },
    {
      name: 'refuses one name for two cards',
      text: v2(
        'ethernets:\n  a: {match: {macaddress: "52:54:00:00:00:01"}, set-name: x}\n  b: {match: {macaddress: "52:54:00:00:00:02"}, set-name: x}\n',
      ),
      finds: ['4:59 error network-interface-name'],
    },
    {
      name: 'refuses set-name without match',
      text: v2('ethernets:\n  eth0:\n    set-name: oam0\n'),
      finds: ['4:15 error network-match'],
    },
    {
      name: 'refuses a malformed MAC address',
      text: v2('ethernets:\n  eth0:\n    match:\n      macaddress: 52:54:00:12:34\n'),
      finds: ['5:19 error network-mac'],
    },
    {
      name: 'warns of a group address for a card',
      text: v2('ethernets:\n  eth0: {macaddress: "01:00:5e:00:00:01"}\n'),
      finds: ['3:22 warning network-mac'],
    },
    {
      name: 'refuses one MAC address for two cards',
      text: v2(
        'ethernets:\n  a: {match: {macaddress: "52:54:00:AA:00:01"}}\n  b: {match: {macaddress: "52-54-00-aa-00-01"}}\n',
      ),
      finds: ['4:27 error network-mac-duplicate'],
    },
  ]);

  test('refuses a match that fits no card of the host', () => {
    const text = v2('ethernets:\n  a: {match: {macaddress: "52:54:00:AA:00:01"}}\n');
    expect(verdictOf(text, { macs: ['52-54-00-AA-00-02'] }).findings).toEqual(['3:27 error network-match']);
    expect(verdictOf(text, { macs: ['52-54-00-AA-00-01'] }).findings).toEqual([]);
    expect(verdictOf(text, { macs: [] }).findings).toEqual([]);
  });

  test('warns of a card that the host has by almost that name, not of one that it does not list', () => {
    const text = v2('ethernets:\n  en01: {dhcp4: true}\n  ens7: {dhcp4: true}\n');
    expect(verdictOf(text, { cards: ['eno1', 'eno2'] }).findings).toEqual(['3:3 warning network-match']);
    expect(verdictOf(text, { cards: ['eno1', 'en01'] }).findings).toEqual([]);
    expect(verdictOf(text, { cards: [] }).findings).toEqual([]);
    const both = v2('ethernets:\n  eno1: {dhcp4: true}\n  en01: {dhcp4: true}\n');
    expect(verdictOf(both, { cards: ['eno1'] }).findings).toEqual([]);
    const matched = v2('ethernets:\n  en01: {match: {driver: ixgbe}, dhcp4: true}\n');
    expect(verdictOf(matched, { cards: ['eno1'] }).findings).toEqual([]);
  });
});

describe('routes and gateways', () => {
  const link = (body: string) => v2(`ethernets:\n  eth0:\n    addresses: [192.0.2.10/24]\n${body}`);
  check([
    {
      name: 'refuses a route without via',
      text: link('    routes:\n    - to: 10.0.0.0/8\n'),
      finds: ['6:7 error network-route'],
    },
    {
      name: 'allows a route of the scope link without via',
      text: link('    routes:\n    - {to: 10.0.0.0/8, scope: link}\n'),
      finds: [],
    },
    {
      name: 'refuses a route without destination',
      text: link('    routes:\n    - via: 192.0.2.1\n'),
      finds: ['6:7 error network-route'],
    },
    {
      name: 'refuses a malformed gateway',
      text: link('    gateway4: 192.0.2\n'),
      finds: ['5:15 error network-gateway'],
    },
    {
      name: 'refuses a prefix on a gateway',
      text: link('    gateway4: 192.0.2.1/24\n'),
      finds: ['5:15 error network-gateway'],
      says: /write 192\.0\.2\.1\./,
    },
    {
      name: 'refuses an IPv6 gateway as gateway4',
      text: link('    gateway4: 2001:db8::1\n'),
      finds: ['5:15 error network-gateway'],
    },
    {
      name: 'refuses a gateway outside every subnet',
      text: link('    gateway4: 198.51.100.1\n'),
      finds: ['5:15 error network-gateway'],
      says: /Its subnets: 192\.0\.2\.0\/24/,
    },
    {
      name: 'allows such a gateway that is said to be on the link',
      text: link('    routes: [{to: 0.0.0.0/0, via: 198.51.100.1, on-link: true}]\n'),
      finds: [],
    },
    {
      name: 'allows a gateway that another route declares to be on the link',
      text: link('    routes: [{to: 198.51.100.1/32, scope: link}, {to: default, via: 198.51.100.1}]\n'),
      finds: [],
    },
    {
      name: 'finds the gateway of a VRF on its members',
      text: v2(
        'ethernets:\n  eth0: {addresses: [192.0.2.5/24]}\nvrfs:\n  red: {table: 9, interfaces: [eth0], routes: [{to: 0.0.0.0/0, via: 192.0.2.1}]}\n',
      ),
      finds: [],
    },
    {
      name: 'tells on which link the gateway is',
      text: link('    gateway4: 198.51.100.1\n  eth1: {addresses: [198.51.100.7/24]}\n'),
      finds: ['5:15 error network-gateway'],
      says: /It is on “eth1”/,
    },
    {
      name: 'refuses the host itself as gateway',
      text: link('    gateway4: 192.0.2.10\n'),
      finds: ['5:15 error network-gateway'],
    },
    {
      name: 'refuses the broadcast address as gateway',
      text: link('    gateway4: 192.0.2.255\n'),
      finds: ['5:15 error network-gateway'],
    },
    {
      name: 'warns of an IPv6 gateway that only an advertisement could bring',
      text: link('    gateway6: 2001:db8::1\n'),
      finds: ['5:15 warning network-gateway'],
    },
    {
      name: 'refuses it where advertisements are off',
      text: link('    accept-ra: false\n    gateway6: 2001:db8::1\n'),
      finds: ['6:15 error network-gateway'],
    },
    { name: 'allows a link-local gateway', text: link('    gateway6: fe80::1\n'), finds: [] },
    {
      name: 'allows any gateway beside DHCP',
      text: v2('ethernets:\n  eth0: {dhcp4: true, routes: [{to: 10.0.0.0/8, via: 198.51.100.1}]}\n'),
      finds: [],
    },
    {
      name: 'refuses a gateway of the other family',
      text: link('    routes: [{to: 2001:db8::/32, via: 192.0.2.1}]\n'),
      finds: ['5:39 error network-route'],
    },
    {
      name: 'warns of host bits in a destination',
      text: link('    routes: [{to: 10.0.0.5/8, via: 192.0.2.1}]\n'),
      finds: ['5:19 warning network-route'],
      says: /Write 10\.0\.0\.0\/8/,
    },
    {
      name: 'warns of two default routes of one metric',
      text: link('    gateway4: 192.0.2.1\n    routes: [{to: default, via: 192.0.2.2}]\n'),
      finds: ['6:14 warning network-route'],
    },
    {
      name: 'allows two default routes of different metrics',
      text: link('    gateway4: 192.0.2.1\n    routes: [{to: default, via: 192.0.2.2, metric: 200}]\n'),
      finds: [],
    },
    {
      name: 'allows two default routes in different tables',
      text: link('    gateway4: 192.0.2.1\n    routes: [{to: default, via: 192.0.2.2, table: 200}]\n'),
      finds: [],
    },
    {
      name: 'refuses a malformed name server',
      text: link('    nameservers:\n      addresses: [192.0.2.1, dns.example]\n'),
      finds: ['6:30 error network-dns'],
    },
    {
      name: 'refuses a malformed search domain',
      text: link('    nameservers:\n      search: [example.org, "a b"]\n'),
      finds: ['6:29 error network-dns'],
    },
  ]);
});

describe('what netplan refuses', () => {
  check([
    {
      name: 'refuses a rule for no packets',
      text: v2('ethernets:\n  eth0: {routing-policy: [{table: 5}]}\n'),
      finds: ['3:27 error network-route'],
    },
    {
      name: 'refuses a malformed token',
      text: v2('ethernets:\n  eth0: {ipv6-address-token: x}\n'),
      finds: ['3:30 error network-address'],
    },
    {
      name: 'refuses a token beside another way to make addresses',
      text: v2('ethernets:\n  eth0: {ipv6-address-generation: eui64, ipv6-address-token: "::10"}\n'),
      finds: ['3:42 error value-invalid'],
    },
    {
      name: 'refuses stable-privacy for networkd',
      text: v2('ethernets:\n  eth0: {ipv6-address-generation: stable-privacy}\n'),
      finds: ['3:35 error value-invalid'],
    },
  ]);
});

describe('DHCP', () => {
  const dhcp = (overrides: string) =>
    v2(
      `ethernets:\n  eth0:\n    dhcp4: true\n    dhcp6: true\n    dhcp4-overrides: {route-metric: 5}\n${overrides}`,
    );
  check([
    {
      name: 'warns of overrides of one protocol when both are on',
      text: dhcp(''),
      finds: ['6:23 warning value-invalid'],
    },
    {
      name: 'allows the same overrides for both',
      text: dhcp('    dhcp6-overrides: {route-metric: 5}\n'),
      finds: [],
    },
    {
      name: 'leaves NetworkManager its own overrides',
      text: dhcp('    renderer: NetworkManager\n'),
      finds: ['7:15 warning network-unsupported'],
    },
  ]);
});

describe('what cloud-init’s own examples hold', () => {
  check([
    {
      name: 'a gateway beside an address that is a subnet by itself',
      text: v2('ethernets:\n  a: {addresses: [192.0.2.5/32], routes: [{to: 0.0.0.0/0, via: 192.0.2.1}]}\n'),
      finds: ['3:64 warning network-gateway'],
    },
    {
      name: 'a gateway of zeros',
      text: v2('ethernets:\n  a: {addresses: [192.0.2.5/24], routes: [{to: 10.0.0.0/8, via: 0.0.0.0}]}\n'),
      finds: ['3:65 warning network-route'],
    },
    {
      name: 'a wireless port of a bridge that others define',
      text: v2('bridges:\n  br0: {interfaces: [wlp1s0]}\n'),
      finds: ['3:22 warning network-link-unknown'],
    },
    { name: 'an empty list of links', text: v2('ethernets: []\n'), finds: ['2:12 warning value-type'] },
    {
      name: 'a primary by its new name',
      text: v2(
        'ethernets:\n  a: {match: {macaddress: "52:54:00:00:00:01"}, set-name: b}\nbonds:\n  x: {interfaces: [a], parameters: {mode: active-backup, mii-monitor-interval: 100, primary: b}}\n',
      ),
      finds: ['5:94 warning network-bond'],
    },
    {
      name: 'a primary that may be the name of a card',
      text: v2(
        'ethernets:\n  a: {match: {macaddress: "52:54:00:00:00:01"}}\nbonds:\n  x: {interfaces: [a], parameters: {mode: active-backup, mii-monitor-interval: 100, primary: b}}\n',
      ),
      finds: ['5:94 warning network-bond'],
    },
    {
      name: 'but no gateway outside of an ordinary subnet',
      text: v2(
        'ethernets:\n  a: {addresses: [192.0.2.5/24], routes: [{to: 0.0.0.0/0, via: 198.51.100.1}]}\n',
      ),
      finds: ['3:64 error network-gateway'],
    },
    {
      name: 'nor another port that is not defined',
      text: v2('bridges:\n  br0: {interfaces: [eth0]}\n'),
      finds: ['3:22 error network-link-unknown'],
    },
  ]);
});

describe('the renderer', () => {
  check([
    { name: 'may be the one that images have', text: v2('renderer: networkd\n'), finds: [] },
    {
      name: 'brings a warning when images do not have it',
      text: v2('renderer: NetworkManager\n'),
      finds: ['2:11 warning network-unsupported'],
    },
    {
      name: 'brings one warning for a section',
      text: v2('ethernets:\n  renderer: NetworkManager\n  eth0: {}\n  eth1: {}\n'),
      finds: ['3:13 warning network-unsupported'],
    },
    {
      name: 'is NetworkManager for modems in any case',
      text: v2('modems:\n  renderer: NetworkManager\n  m: {apn: a}\n'),
      finds: [],
    },
  ]);
});

describe('MTU', () => {
  const vlan = (below: string, mtu: number) =>
    v2(`ethernets:\n  eth0: {${below}}\nvlans:\n  v5: {id: 5, link: eth0, mtu: ${mtu}}\n`);
  check([
    {
      name: 'refuses an MTU out of range',
      text: v2('ethernets:\n  eth0: {mtu: 60}\n  eth1: {mtu: 70000}\n'),
      finds: ['3:15 error network-mtu', '4:15 error network-mtu'],
    },
    {
      name: 'refuses a VLAN larger than its link',
      text: vlan('mtu: 1500', 9000),
      finds: ['5:32 error network-mtu'],
    },
    {
      name: 'warns of a large VLAN on a link that says no MTU',
      text: vlan('', 9000),
      finds: ['5:32 warning network-mtu'],
    },
    { name: 'allows a VLAN as large as its link', text: vlan('mtu: 9000', 9000), finds: [] },
    {
      name: 'refuses a bond larger than a member',
      text: v2('ethernets:\n  eth0: {mtu: 1500}\nbonds:\n  b: {interfaces: [eth0], mtu: 9000}\n'),
      finds: ['5:32 error network-mtu'],
    },
    {
      name: 'tells of all members in one finding',
      text: v2(
        'ethernets:\n  a: {mtu: 1500}\n  b: {mtu: 1400}\nbonds:\n  c: {interfaces: [a, b], mtu: 9000}\n',
      ),
      finds: ['6:32 error network-mtu'],
    },
    {
      name: 'warns of IPv6 on a small MTU, which networkd raises',
      text: v2('ethernets:\n  eth0: {mtu: 1000, addresses: ["2001:db8::1/64"]}\n'),
      finds: ['3:15 warning network-mtu'],
    },
    {
      name: 'refuses an IPv6 MTU above the link’s',
      text: v2('ethernets:\n  eth0: {mtu: 1400, ipv6-mtu: 1500}\n'),
      finds: ['3:31 error network-mtu'],
    },
  ]);
});

describe('bonds', () => {
  const bond = (parameters: string) =>
    v2(
      `${two}bonds:\n  bond0:\n    interfaces: [eth0, eth1]\n    parameters:\n      ${parameters.replaceAll('; ', '\n      ')}\n`,
    );
  check([
    {
      name: 'refuses an unknown mode',
      text: bond('mode: active-backups'),
      finds: ['9:13 error network-bond'],
      says: /Did you mean “active-backup”/,
    },
    { name: 'takes the kernel’s number of a mode', text: bond('mode: 4; lacp-rate: 1'), finds: [] },
    {
      name: 'refuses lacp-rate without 802.3ad',
      text: bond('mode: active-backup; mii-monitor-interval: 100; lacp-rate: fast'),
      finds: ['11:7 error network-bond'],
    },
    {
      name: 'names the default mode',
      text: bond('lacp-rate: fast'),
      finds: ['9:7 error network-bond'],
      says: /balance-rr, the default/,
    },
    {
      name: 'refuses a primary that is no member',
      text: bond('mode: active-backup; primary: eth7; mii-monitor-interval: 100'),
      finds: ['10:16 error network-bond'],
    },
    {
      name: 'refuses a primary in 802.3ad',
      text: bond('mode: 802.3ad; primary: eth0'),
      finds: ['10:7 error network-bond'],
    },
    {
      name: 'warns of a hash policy that has no effect',
      text: bond('mode: active-backup; transmit-hash-policy: layer3+4; mii-monitor-interval: 100'),
      finds: ['10:7 warning network-bond'],
    },
    {
      name: 'refuses both ways of monitoring',
      text: bond(
        'mode: active-backup; mii-monitor-interval: 100; arp-interval: 100; arp-ip-targets: [192.0.2.1]',
      ),
      finds: ['11:7 error network-bond'],
    },
    {
      name: 'refuses ARP monitoring without targets',
      text: bond('mode: active-backup; arp-interval: 100'),
      finds: ['10:7 error network-bond'],
    },
    {
      name: 'warns of targets without ARP monitoring',
      text: bond('mode: active-backup; mii-monitor-interval: 1s; arp-ip-targets: [192.0.2.1]'),
      finds: ['11:7 warning network-bond'],
    },
    {
      name: 'refuses 17 ARP targets',
      text: bond(
        `mode: active-backup; arp-interval: 9; arp-ip-targets: [${Array.from({ length: 17 }, (_, index) => `192.0.2.${index}`).join(', ')}]`,
      ),
      finds: ['11:23 error network-bond'],
    },
    {
      name: 'refuses an IPv6 ARP target',
      text: bond('mode: active-backup; arp-interval: 9; arp-ip-targets: ["2001:db8::1"]'),
      finds: ['11:24 error network-bond'],
    },
    {
      name: 'warns of a delay without carrier checks',
      text: bond('mode: 802.3ad; up-delay: 200'),
      finds: ['10:7 warning network-bond'],
    },
    {
      name: 'warns of a delay that is rounded',
      text: bond('mode: 802.3ad; mii-monitor-interval: 100ms; up-delay: 250'),
      finds: ['11:17 warning network-bond'],
      says: /200 ms/,
    },
    {
      name: 'tells that a bond never fails over',
      text: bond('mode: active-backup'),
      finds: ['6:3 info network-bond'],
    },
    {
      name: 'refuses a malformed duration',
      text: bond('mode: 802.3ad; mii-monitor-interval: fast'),
      finds: ['10:29 error value-invalid'],
    },
    {
      name: 'refuses numbers out of range',
      text: bond('mode: active-backup; mii-monitor-interval: 100; gratuitous-arp: 256'),
      finds: ['11:23 error network-bond'],
    },
  ]);
});

describe('what is most likely a slip', () => {
  check([
    {
      name: 'finds a default route without its prefix length',
      text: v2('ethernets:\n  a: {addresses: [192.0.2.1/24], routes: [{to: 0.0.0.0, via: 192.0.2.254}]}\n'),
      finds: ['3:48 warning network-route'],
      says: /0\.0\.0\.0\/0/,
    },
    {
      name: 'finds a VLAN that is named after another link',
      text: v2('ethernets: {a: {}, b: {}}\nvlans:\n  a.5: {id: 5, link: b}\n'),
      finds: ['4:22 warning network-vlan'],
    },
    {
      name: 'takes a VLAN with a dot of its own',
      text: v2('ethernets: {a: {}, b: {}}\nvlans:\n  storage.5: {id: 5, link: b}\n  a.6: {id: 6, link: a}\n'),
      finds: [],
    },
    {
      name: 'finds prefix lengths that lack a digit or are those of IPv4',
      text: v2('ethernets:\n  a: {addresses: [192.0.2.1/2, "2001:db8::1/24"]}\n'),
      finds: ['3:19 warning network-address', '3:32 warning network-address'],
    },
    {
      name: 'takes the largest networks that there are',
      text: v2('ethernets:\n  a: {addresses: [10.0.0.1/8, "2001:db8::1/32"]}\n'),
      finds: [],
    },
    {
      name: 'finds a rule for a table without routes',
      text: v2(
        'ethernets:\n  a: {addresses: [192.0.2.1/24], routing-policy: [{from: 192.0.2.0/24, table: 100}]}\n',
      ),
      finds: ['3:79 warning network-route'],
    },
    {
      name: 'takes rules for tables with routes, of VRFs, and of the system',
      text: v2(
        'ethernets:\n  a: {addresses: [192.0.2.1/24], routes: [{to: default, via: 192.0.2.2, table: 100}], routing-policy: [{from: 192.0.2.0/24, table: 100}, {to: 10.0.0.0/8, table: 7}, {to: 10.0.0.0/8, table: 254, priority: 5}]}\nvrfs: {v: {table: 7, interfaces: [a]}}\n',
      ),
      finds: [],
    },
    {
      name: 'says that a name is for one card, and addresses for all that fit a pattern',
      text: v2(
        'ethernets:\n  a: {match: {name: "en*"}, addresses: [192.0.2.1/24]}\n  b: {match: {name: "wa*"}, set-name: wan0}\n  c: {match: {name: "lan?"}, dhcp4: true}\n',
      ),
      finds: ['3:21 info network-match', '4:21 info network-match'],
    },
    {
      name: 'finds a version in quotes, which is no number to cloud-init',
      text: 'version: "2"\nethernets: {a: {dhcp4: true}}\n',
      finds: ['1:10 warning network-version'],
    },
  ]);
});

describe('what is told of a bond and of routes, in the words of the format', () => {
  const v1 = (params: string) =>
    `version: 1\nconfig:\n- {type: physical, name: a}\n- {type: physical, name: b}\n- {type: bond, name: c, bond_interfaces: [a, b], params: {${params}}}\n`;
  const nmstate = (options: string, mode = 'active-backup') =>
    `interfaces:\n- {name: a, type: ethernet, state: up}\n- {name: b, type: ethernet, state: up}\n- {name: c, type: bond, state: up, link-aggregation: {mode: ${mode}, options: {${options}}, port: [a, b]}}\n`;
  test.each([
    ['version 1', v1('bond-mode: 1'), '“bond-miimon: 100”'],
    [
      'version 1',
      v1('bond-mode: 1, bond_arp_interval: 100'),
      'bond_arp_interval needs addresses to ask; add “bond-arp-ip-target”',
    ],
    ['version 1', v1('bond-mode: 4, bond_primary: a'), 'bond_primary works in'],
    ['version 1', v1('bond-mode: 4, bond-updelay: 100'), 'bond-updelay has no effect without “bond-miimon”'],
    ['NMState', nmstate(''), '“miimon: 100”'],
    [
      'NMState',
      nmstate('miimon: 100, arp_interval: 100, arp_ip_target: 192.0.2.1'),
      'by carrier (miimon) or by ARP (arp_interval)',
    ],
    [
      'NMState',
      nmstate('miimon: 100, arp_ip_target: 192.0.2.1'),
      'arp_ip_target is used only with an “arp_interval”',
    ],
    [
      'NMState',
      nmstate('miimon: 100, updelay: 250'),
      'updelay is rounded down to 200 ms, a multiple of miimon',
    ],
    ['NMState', nmstate('miimon: 100', '802.3ad').replace('[a, b]', '[]'), 'add “port”'],
    [
      'version 1',
      'version: 1\nconfig:\n- {type: bridge, name: a, bridge_interfaces: [], params: {bridge_stp: true, bridge_fd: 40}}\n',
      'bridge_fd is 2 to 30 seconds, not 40; set “bridge_stp: false”',
    ],
    [
      'network_data',
      '{"links": [{"id": "a", "type": "phy", "name": "a"}, {"id": "b", "type": "phy", "name": "b"}, {"id": "c", "type": "bond", "bond_links": ["a", "b"], "bond_mode": "active-backup"}], "networks": []}',
      '“bond_miimon: 100”',
    ],
    [
      'version 1',
      'version: 1\nconfig:\n- {type: physical, name: a, subnets: [{type: static, address: 192.0.2.2/24, gateway: 192.0.2.1}, {type: static, address: 198.51.100.2/24, gateway: 198.51.100.1}]}\n',
      'Give one of them another “metric”.',
    ],
  ])('%s', (_format, text, expected) => {
    const messages = verdictOf(text).diagnostics.map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringContaining(expected));
  });
});

describe('a document that is read as another format', () => {
  test.each([
    ['nmstate', 'version: 2\nethernets: {a: {dhcp4: true}}\n', '1:1 error key-unknown'],
    ['nmstate', 'network:\n  version: 2\n', '1:1 error key-unknown'],
    ['network-data', 'interfaces: [{name: a, type: ethernet, state: up}]\n', '1:1 error key-unknown'],
    ['network-config', 'interfaces: [{name: a, type: ethernet, state: up}]\n', '1:1 error key-unknown'],
    ['network-config', '{"links": [], "networks": []}', '1:2 error key-unknown'],
  ] as const)('as %s is told what it is, once', (dialect, text, expected) => {
    const sink = new DiagnosticSink();
    const node = parseYaml(createSourceText('a.yaml', text), sink);
    if (node !== undefined) parseNetwork(node, sink, dialect);
    expect(sink.list()[0]?.message).toMatch(/^This is .*, and not /);
    expect(
      sink
        .list()
        .map(({ range: { start }, severity, code }) => `${start.line}:${start.column} ${severity} ${code}`),
    ).toEqual([expected]);
  });

  test('keeps its own findings when it only mixes the two', () => {
    const sink = new DiagnosticSink();
    const node = parseYaml(createSourceText('a.yaml', 'interfaces: []\nversion: 2\n'), sink);
    if (node !== undefined) parseNetwork(node, sink, 'nmstate');
    expect(sink.list().map(({ code }) => code)).toEqual(['key-unknown']);
  });
});

describe('documents of Kubernetes', () => {
  const around = 'apiVersion: nmstate.io/v1\nkind: NodeNetworkConfigurationPolicy\n';
  check([
    {
      name: 'are told as such, with the place of their network',
      text: `${around}spec: {desiredState: {interfaces: [{name: a, type: ethernet}]}}\n`,
      finds: ['2:7 error document-kind'],
      says: /under “spec\.desiredState”/,
    },
    {
      name: 'that carry no network are told as well',
      text: 'apiVersion: v1\nkind: ConfigMap\ndata: {}\n',
      finds: ['2:7 error document-kind'],
      says: /“ConfigMap”/,
    },
  ]);
});
