import { describe } from 'vitest';
import { checkCases, v2 } from './cases.test-support.ts';

describe('what is most likely a slip', () => {
  checkCases([
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
      // A routing daemon fills tables that stand nowhere.
      says: /changes nothing unless another program fills it/,
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

describe('what cloud-init’s own examples hold', () => {
  checkCases([
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
