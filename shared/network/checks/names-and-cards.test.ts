import { describe, expect, test } from 'vitest';
import { verdictOf } from '../testing/network-documents.ts';
import { checkCases, v2 } from './cases.test-support.ts';

describe('names and cards', () => {
  checkCases([
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
    ...['all', 'default'].map((name) => ({
      name: `refuses the kernel’s own ${name}`,
      text: v2(`bridges:\n  ${name}: {interfaces: []}\n`),
      finds: ['3:3 error network-interface-name'],
    })),
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
      name: 'warns of a name for all cards',
      text: v2('ethernets:\n  eth0: {match: {}, set-name: oam0}\n'),
      finds: ['3:31 warning network-match'],
      says: /fits every card/,
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

test.each([
  ['52:54:00:20:21:2', '52:54:00:20:21:02'],
  ['8:0:27:A:b:1', '08:00:27:0a:0b:01'],
  ['5254.0020.2102', '52:54:00:20:21:02'],
  ['525400-202102', undefined],
  ['525400202102', '52:54:00:20:21:02'],
  ['52:54:00:20:21', undefined],
  ['52:54:00:20:21:022', undefined],
])('mends the MAC address %s where it can mean only one', (written, meant) => {
  const [found] = verdictOf(v2(`ethernets: {a: {match: {macaddress: "${written}"}}}\n`)).diagnostics;
  expect(found?.code).toBe('network-mac');
  expect(found?.fixes?.[0]?.newText).toBe(meant === undefined ? undefined : `"${meant}"`);
});
