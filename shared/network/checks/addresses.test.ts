import { describe } from 'vitest';
import { checkCases, v2 } from './cases.test-support.ts';

describe('addresses', () => {
  const address = (...addresses: string[]) =>
    v2(`ethernets:\n  eth0:\n    addresses:\n${addresses.map((text) => `    - ${text}\n`).join('')}`);
  checkCases([
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
      name: 'refuses a loopback address on a VLAN',
      text: v2('ethernets: {a: {}}\nvlans:\n  v: {id: 5, link: a, addresses: [127.0.0.5/8]}\n'),
      finds: ['4:35 error network-address'],
    },
    {
      name: 'refuses a loopback address on a card',
      text: address('127.0.0.5/8'),
      finds: ['5:7 error network-address'],
    },
    { name: 'refuses the prefix 0', text: address('192.0.2.5/0'), finds: ['5:7 error network-address'] },
    {
      name: 'refuses the same address twice, however it is written',
      text: address('2001:db8::1/64', '2001:DB8:0::1/64'),
      finds: ['6:7 error network-address-duplicate'],
    },
    {
      name: 'warns of the same address with another prefix, which the kernel takes',
      text: address('192.0.2.5/32', '192.0.2.5/26'),
      finds: ['6:7 warning network-address-duplicate'],
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

describe('the loopback', () => {
  checkCases([
    {
      name: 'has its own addresses',
      text: v2('ethernets:\n  lo: {match: {name: lo}, addresses: [127.0.0.1/8, "::1/128"]}\n'),
      finds: [],
    },
  ]);
});
