import { describe, expect, test } from 'vitest';
import { verdictOf } from '../testing/network-documents.ts';
import { checkCases, v2 } from './cases.test-support.ts';

describe('what netplan refuses', () => {
  checkCases([
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
  checkCases([
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

describe('the renderer', () => {
  checkCases([
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

test('warns of the number of a mode, which netplan refuses, and proposes the word', () => {
  const { diagnostics } = verdictOf(
    v2(
      'ethernets: {a: {}}\nbonds: {b: {interfaces: [a], parameters: {mode: 4, lacp-rate: "1", min-links: 1}}}\n',
    ),
  );
  expect(diagnostics).toMatchObject([
    { severity: 'warning', code: 'network-bond', fixes: [{ newText: '802.3ad' }] },
    { severity: 'warning', code: 'network-bond', fixes: [{ newText: 'fast' }] },
  ]);
});
