import { describe } from 'vitest';
import { checkCases, twoCards, v2 } from './cases.test-support.ts';

describe('links', () => {
  checkCases([
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
        `${twoCards}vlans:\n  a: {id: 5, link: eth0}\n  b: {id: 5, link: eth1}\n  c: {id: 5, link: eth0}\n`,
      ),
      finds: ['8:11 error network-vlan'],
    },
    {
      name: 'warns of a VLAN on a card of a bond',
      text: v2(
        `${twoCards}bonds:\n  bond0: {interfaces: [eth0, eth1]}\nvlans:\n  bond0.5: {id: 5, link: eth1}\n  v6: {id: 6, link: bond0}\n`,
      ),
      finds: ['8:26 warning network-vlan'],
      says: /“eth1” is part of “bond0”.*Write “bond0”/,
    },
    {
      name: 'warns of it in version 1',
      text: 'version: 1\nconfig:\n- {type: physical, name: e1}\n- {type: bond, name: b0, bond_interfaces: [e1]}\n- {type: vlan, name: v5, vlan_id: 5, vlan_link: e1}\n',
      finds: ['5:49 warning network-vlan'],
      says: /“e1” is part of “b0”.*Write “b0”/,
    },
    {
      name: 'warns of it in network_data, by the id of the bond',
      text: JSON.stringify({
        links: [
          { id: 'e1', name: 'eth1', type: 'phy', ethernet_mac_address: '52:54:00:00:00:01' },
          { id: 'bond-one', type: 'bond', bond_mode: '802.3ad', bond_links: ['e1'] },
          { id: 'v', type: 'vlan', vlan_id: 5, vlan_mac_address: null, vlan_link: 'e1' },
        ],
        networks: [],
      }),
      finds: ['1:239 warning network-vlan'],
      says: /is part of “bond0”.*Write “bond-one”/,
    },
    {
      name: 'takes a VLAN on a card of a bridge',
      text: v2(`${twoCards}bridges:\n  br0: {interfaces: [eth0]}\nvlans:\n  v5: {id: 5, link: eth0}\n`),
      finds: [],
    },
    {
      name: 'refuses an undefined bond member',
      text: v2(`${twoCards}bonds:\n  bond0: {interfaces: [eth0, nic9]}\n`),
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
      text: v2(`${twoCards}bonds:\n  a: {interfaces: [eth0, eth1]}\n  b: {interfaces: [eth1]}\n`),
      finds: ['7:20 error network-link-reused'],
    },
    {
      name: 'refuses a member twice',
      text: v2(`${twoCards}bonds:\n  a: {interfaces: [eth0, eth0]}\n`),
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
      text: v2(
        `${twoCards}bridges:\n  br0:\n    interfaces: [eth0]\n    parameters: {path-cost: {eth1: 5}}\n`,
      ),
      finds: ['8:30 error network-bridge'],
    },
    {
      name: 'warns of a forward delay that the tree refuses',
      text: v2(`${twoCards}bridges:\n  br0:\n    interfaces: [eth0]\n    parameters: {forward-delay: 0}\n`),
      finds: ['8:33 warning network-bridge'],
    },
    {
      name: 'allows no forward delay without a tree',
      text: v2(
        `${twoCards}bridges:\n  br0:\n    interfaces: [eth0]\n    parameters: {forward-delay: 0, stp: false}\n`,
      ),
      finds: [],
    },
  ]);
});
