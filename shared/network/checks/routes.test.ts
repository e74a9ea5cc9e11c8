import { describe } from 'vitest';
import { checkCases, v2 } from './cases.test-support.ts';

describe('routes and gateways', () => {
  const link = (body: string) => v2(`ethernets:\n  eth0:\n    addresses: [192.0.2.10/24]\n${body}`);
  checkCases([
    {
      name: 'warns of a route to the subnet of the link itself',
      text: v2(
        'ethernets:\n  eth0:\n    addresses: [192.0.2.10/24]\n    routes:\n    - {to: 192.0.2.0/24, via: 192.0.2.1}\n    - {to: 192.0.2.0/25, via: 192.0.2.1}\n    - {to: 192.0.2.0/24, via: 192.0.2.1, table: 7}\n',
      ),
      finds: ['6:12 warning network-route'],
      says: /the subnet of this very link/,
    },
    ...(
      [
        ['gateway that is the host itself', '10.0.0.0/8, gateway: 192.0.2.10', '7:53 error network-route'],
        ['gateway that is a subnet', '10.0.0.0/8, gateway: 192.0.2.0', '7:53 error network-route'],
        ['subnet of a link', '192.0.2.0/24, gateway: 192.0.2.1', '7:32 warning network-route'],
        ['part of a subnet', '192.0.2.0/25, gateway: 192.0.2.1', undefined],
        ['single address', '192.0.2.77/32, gateway: 192.0.2.1', undefined],
      ] as const
    ).map(([what, route, finding]) => ({
      name: `judges a route of the host in version 1 with a ${what}`,
      text: `version: 1\nconfig:\n  - type: physical\n    name: eth0\n    subnets:\n      - {type: static, address: 192.0.2.10/24}\n  - {type: route, destination: ${route}}\n`,
      finds: finding === undefined ? [] : [finding],
    })),
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
      name: 'warns of a network without its prefix length, which is a single address',
      text: link(
        '    routes:\n    - {to: 10.99.0.0, via: 192.0.2.1}\n    - {to: 10.99.5.0, via: 192.0.2.1}\n',
      ),
      finds: ['6:12 warning network-route', '7:12 warning network-route'],
      says: /Write 10\.99\.0\.0\/16 for the network[\s\S]*10\.99\.5\.0\/24/,
    },
    {
      name: 'takes a single address, with its length or with an end that a host can have',
      text: link(
        '    routes:\n    - {to: 10.99.0.0/32, via: 192.0.2.1}\n    - {to: 10.99.0.7, via: 192.0.2.1}\n',
      ),
      finds: [],
    },
    {
      name: 'refuses a default route without via, in a table too',
      text: link('    routes:\n    - {to: default, table: 101}\n'),
      finds: ['6:7 error network-route'],
    },
    ...[
      '{to: 169.254.0.0/16}',
      '"to": "fe80::/10"',
      '{to: 10.0.0.0/8, table: 101}',
      '{to: 198.51.100.1/32}',
    ].map((route) => ({
      name: `warns of a route without via that is on the link: ${route}`,
      text: link(`    routes:\n    - ${route}\n`),
      finds: ['6:7 warning network-route'],
      says: /“scope: link” says so/,
    })),
    {
      name: 'refuses a route without destination',
      text: link('    routes:\n    - via: 192.0.2.1\n'),
      finds: ['6:7 error network-route'],
    },
    {
      name: 'refuses a gateway that is the host’s own, also between neighbours of the link itself',
      text: v2(
        'ethernets:\n  eth0:\n    addresses: ["fe80::5/64"]\n    routes:\n    - {to: default, via: "fe80::5"}\n    - {to: "2001:db8::/32", via: "fe80::1"}\n',
      ),
      finds: ['6:26 error network-gateway'],
    },
    {
      name: 'warns of a route that sends from an address of nobody',
      text: v2(
        'ethernets:\n  eth0:\n    addresses: [192.0.2.10/24]\n    routes:\n    - {to: 10.0.0.0/8, via: 192.0.2.1, from: 192.0.2.11}\n    - {to: 10.0.0.0/16, via: 192.0.2.1, from: 192.0.2.10}\n    - {to: 10.1.0.0/16, via: 192.0.2.1, from: 198.51.100.5}\n  eth1: {addresses: [198.51.100.5/24]}\n',
      ),
      finds: ['6:46 warning network-route'],
    },
    {
      name: 'says nothing of an address to send from that DHCP may give',
      text: v2(
        'ethernets:\n  eth0:\n    addresses: [192.0.2.10/24]\n    routes:\n    - {to: 10.0.0.0/8, via: 192.0.2.1, from: 192.0.2.11}\n  eth1: {dhcp4: true}\n',
      ),
      finds: [],
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
      finds: ['5:5 info network-deprecated', '5:15 error network-gateway'],
      says: /Its subnets: 192\.0\.2\.0\/24/,
    },
    {
      name: 'warns of such a gateway where NetworkManager is asked for, which reaches it by itself',
      text: link('    renderer: NetworkManager\n    routes: [{to: default, via: 198.51.100.1}]\n'),
      finds: ['5:15 warning network-unsupported', '6:33 warning network-gateway'],
      says: /NetworkManager then adds a route to the gateway itself/,
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
      finds: ['5:5 info network-deprecated', '5:15 error network-gateway'],
      says: /It is on “eth1”/,
    },
    {
      name: 'warns of a gateway on another link in version 1, which ifupdown finds by itself',
      text: [
        'version: 1',
        'config:',
        '- type: physical',
        '  name: eth0',
        '  subnets: [{type: static, address: 192.0.2.10/24}]',
        '- type: physical',
        '  name: eth1',
        '  subnets:',
        '  - type: static',
        '    address: 198.51.100.7/24',
        '    routes: [{network: 203.0.113.0/24, gateway: 192.0.2.1}]',
        '    gateway: 203.0.113.1',
        '',
      ].join('\n'),
      finds: ['11:49 warning network-route', '12:14 error network-gateway'],
      says: /It is on “eth0”/,
    },
    {
      name: 'refuses the host itself as gateway',
      text: link('    gateway4: 192.0.2.10\n'),
      finds: ['5:5 info network-deprecated', '5:15 error network-gateway'],
    },
    {
      name: 'refuses the broadcast address as gateway',
      text: link('    gateway4: 192.0.2.255\n'),
      finds: ['5:5 info network-deprecated', '5:15 error network-gateway'],
    },
    {
      name: 'warns of an IPv6 gateway that only an advertisement could bring',
      text: link('    gateway6: 2001:db8::1\n'),
      finds: ['5:5 info network-deprecated', '5:15 warning network-gateway'],
    },
    {
      name: 'refuses it where advertisements are off',
      text: link('    accept-ra: false\n    gateway6: 2001:db8::1\n'),
      finds: ['6:5 info network-deprecated', '6:15 error network-gateway'],
    },
    {
      name: 'allows a link-local gateway',
      text: link('    gateway6: fe80::1\n'),
      finds: ['5:5 info network-deprecated'],
    },
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
      finds: ['5:5 info network-deprecated', '6:14 warning network-route'],
    },
    {
      name: 'allows two default routes of different metrics',
      text: link('    gateway4: 192.0.2.1\n    routes: [{to: default, via: 192.0.2.2, metric: 200}]\n'),
      finds: ['5:5 info network-deprecated'],
    },
    {
      name: 'allows two default routes in different tables',
      text: link('    gateway4: 192.0.2.1\n    routes: [{to: default, via: 192.0.2.2, table: 200}]\n'),
      finds: ['5:5 info network-deprecated'],
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

describe('what is the same twice', () => {
  const routes = (...list: string[]) =>
    v2(
      `ethernets:\n  a:\n    addresses: [192.0.2.5/24]\n    routes:\n${list.map((route) => `    - {${route}}\n`).join('')}`,
    );
  checkCases([
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
