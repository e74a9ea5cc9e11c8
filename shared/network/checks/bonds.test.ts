import { describe, expect, test } from 'vitest';
import { verdictOf } from '../testing/network-documents.ts';
import { checkCases, twoCards, v2 } from './cases.test-support.ts';

describe('bonds', () => {
  const bond = (parameters: string) =>
    v2(
      `${twoCards}bonds:\n  bond0:\n    interfaces: [eth0, eth1]\n    parameters:\n      ${parameters.replaceAll('; ', '\n      ')}\n`,
    );
  checkCases([
    {
      name: 'refuses an unknown mode',
      text: bond('mode: active-backups'),
      finds: ['9:13 error network-bond'],
      says: /Did you mean “active-backup”/,
    },
    {
      name: 'knows what switches call a mode',
      text: bond('mode: LACP'),
      finds: ['9:13 error network-bond'],
      says: /“802\.3ad” is what it is called here\.$/,
    },
    {
      name: 'refuses a number that is no mode of the kernel',
      text: bond('mode: 7'),
      finds: ['9:13 error network-bond'],
    },
    {
      name: 'warns of seconds between checks of the carrier',
      text: bond('mode: active-backup; mii-monitor-interval: 100s'),
      finds: ['10:29 warning network-bond'],
      says: /of 100 seconds the bond learns/,
    },
    {
      name: 'takes checks every second',
      text: bond('mode: active-backup; mii-monitor-interval: 1s'),
      finds: [],
    },
    {
      name: 'refuses to wait for more members than there are',
      text: bond('mode: 802.3ad; min-links: 3'),
      finds: ['10:18 error network-bond'],
      says: /never comes up: min-links waits for 3 members, and it has 2/,
    },
    {
      name: 'takes a bond that needs all its members',
      text: bond('mode: 802.3ad; min-links: 2'),
      finds: [],
    },
    {
      name: 'takes the kernel’s number of a mode, which netplan does not',
      text: bond('mode: 4; lacp-rate: 1; min-links: 1'),
      finds: ['9:13 warning network-bond', '10:18 warning network-bond'],
    },
    {
      name: 'warns of lacp-rate without 802.3ad, which networkd passes over',
      text: bond('mode: active-backup; mii-monitor-interval: 100; lacp-rate: fast; ad-select: bandwidth'),
      finds: ['11:7 warning network-bond', '12:7 warning network-bond'],
    },
    {
      name: 'refuses lacp-rate without 802.3ad for NetworkManager',
      text: bond('mode: active-backup; mii-monitor-interval: 100; lacp-rate: fast').replace(
        'bonds:\n',
        'bonds:\n  renderer: NetworkManager\n',
      ),
      finds: ['6:13 warning network-unsupported', '12:7 error network-bond'],
    },
    {
      name: 'names the default mode',
      text: bond('lacp-rate: fast'),
      finds: ['9:7 warning network-bond'],
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
