import { describe } from 'vitest';
import { checkCases, v2 } from './cases.test-support.ts';

describe('MTU', () => {
  const vlan = (below: string, mtu: number) =>
    v2(`ethernets:\n  eth0: {${below}}\nvlans:\n  v5: {id: 5, link: eth0, mtu: ${mtu}}\n`);
  checkCases([
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
      name: 'warns of it in what OpenStack writes',
      text: '{"links": [{"id": "e", "type": "phy", "mtu": 1500, "ethernet_mac_address": "52:54:00:00:00:01"},\n{"id": "b", "type": "bond", "bond_mode": "802.3ad", "bond_links": ["e"], "mtu": 9000}],\n"networks": [], "services": []}',
      finds: ['2:81 warning network-mtu'],
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
      name: 'warns of it where IPv6 comes by DHCP',
      text: v2('ethernets:\n  eth0: {mtu: 1000, dhcp6: true}\n'),
      finds: ['3:15 warning network-mtu'],
    },
    {
      name: 'refuses an IPv6 MTU above the link’s',
      text: v2('ethernets:\n  eth0: {mtu: 1400, ipv6-mtu: 1500}\n'),
      finds: ['3:31 error network-mtu'],
    },
  ]);
});
