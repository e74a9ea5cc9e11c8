import { describe, expect, test } from 'vitest';
import { analyse, found, replace } from './changed-example.test-support.ts';

test('tells once of a card that none of the hosts of a network has', () => {
  const analysis = analyse({ 'networks/bonded.yaml': replace('((mac.eno1))', '"52:54:00:99:99:99"') });
  expect(
    analysis.diagnostics.filter(({ code }) => code === 'network-match').map(({ message }) => message),
  ).toEqual([
    'No card of 4 hosts has 52:54:00:99:99:99: cp-1, cp-2, wk-1, wk-2. A network of several hosts says ((mac.NAME)).',
  ]);
});

describe('a network of several hosts', () => {
  const without = (lines: string[]) => lines.map((line) => line.replace(/:\d+ /, ' '));

  test('sends what only one host has to the value of that host', () => {
    const lines = found({
      'hosts/wk-1.yaml': replace('oam-address: 10.20.0.21', 'oam-address: 10.20.0.255'),
    });
    expect(without(lines)).toEqual(['hosts/wk-1.yaml error network-address 10.20.0.255']);
  });

  test('names the host whose values do not fit what all have', () => {
    const { diagnostics } = analyse({ 'hosts/wk-1.yaml': replace('10.20.0.21', '10.21.0.21') });
    expect(diagnostics).toMatchObject([{ file: 'networks/bonded.yaml', code: 'network-gateway' }]);
    expect(diagnostics[0]?.message).toMatch(/Only for wk-1: look at the values there\.$/);
  });

  test('names beside each mistake the hosts that make it, not those that make another at the same place', () => {
    const { diagnostics } = analyse({
      'hosts/wk-1.yaml': replace('10.20.0.21', '10.21.0.21'),
      'hosts/wk-2.yaml': replace('10.20.0.22', '10.20.0.1'),
    });
    const told = diagnostics.map(({ message }) => message.replace(/\.? (?=Only)/, '|').split('|'));
    expect(told).toEqual([
      [expect.stringContaining('in no subnet'), 'Only for wk-1: look at the values there.'],
      [expect.stringContaining('own address'), 'Only for wk-2: look at the values there.'],
    ]);
  });

  test('names nobody when all have it', () => {
    const { diagnostics } = analyse({ 'networks/bonded.yaml': replace('via: 10.20.0.1', 'via: 10.21.0.1') });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).not.toContain('Only for');
  });

  test('warns about an address in the subnet of another link', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('10.50.0.21', '10.20.0.77') });
    expect(without(lines)).toEqual(['hosts/wk-1.yaml warning network-address 10.20.0.77']);
    const all = found({ 'networks/bonded.yaml': replace('((var.oam-address))/24', '((var.oam-address))/8') });
    expect(all).toContainEqual(expect.stringContaining('warning network-address ((var.storage-address))/24'));
  });

  test.each([
    ['    addresses:\n      - ((var.oam', '    adresses:\n      - ((var.oam', 'key-unknown'],
    ['ethernets:', 'ethernet:', 'key-unknown'],
    ['mode: 802.3ad', 'mode: lacp', 'network-bond'],
    ['via: 10.20.0.1', 'via: 10.20.0.l', 'network-gateway'],
    ['id: 400', 'id: 40', 'network-vlan'],
  ])('makes one finding of one mistake: %j', (from, to, code) => {
    expect(
      analyse({ 'networks/bonded.yaml': replace(from, to) }).diagnostics.map((each) => each.code),
    ).toEqual([code]);
  });

  test('keeps the findings of other links beside a mistake in one', () => {
    const lines = found({
      'networks/bonded.yaml': (text) =>
        text.replace('mode: 802.3ad', 'mode: lacp').replace('via: 10.20.0.1', 'via: 10.21.0.1'),
    });
    expect(lines.map((line) => line.split(' ')[2])).toEqual(['network-bond', 'network-gateway']);
  });

  test('reports a BMC that two hosts name', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('10.10.0.21', '10.10.0.22') });
    expect(without(lines).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'hosts/wk-1.yaml error network-address-duplicate',
      'hosts/wk-2.yaml error network-address-duplicate',
    ]);
  });
});

describe('networks', () => {
  test('checks a network that no host uses, but not the values that only a host would give', () => {
    const network =
      'version: 2\nethernets:\n  e0:\n    match: {macaddress: ((mac.e0))}\n    addresses: [((var.a))/24, 10.0.0.1]\n    routes: [{to: default, via: 10.9.9.9}]\n';
    expect(found({ 'networks/spare.yaml': network })).toEqual([
      'networks/spare.yaml:1 info reference-unused version: 2',
      'networks/spare.yaml:5 error network-address 10.0.0.1',
    ]);
  });

  test.each([
    ['a gateway', 'via: 10.9.9.9', 'via: 10.9.9', 'network-gateway 10.9.9'],
    ['a destination', 'to: default', 'to: everywhere', 'network-route everywhere'],
    ['a metric', 'via: 10.9.9.9', 'via: 10.9.9.9, metric: -1', 'network-route -1'],
  ])('checks %s that is wrong by itself beside addresses of hosts', (_what, from, to, finding) => {
    const network =
      'version: 2\nethernets:\n  e0:\n    addresses: [((var.a))/24]\n    routes: [{to: default, via: 10.9.9.9}]\n';
    expect(found({ 'networks/spare.yaml': network.replace(from, to) })).toEqual([
      'networks/spare.yaml:1 info reference-unused version: 2',
      `networks/spare.yaml:5 error ${finding}`,
    ]);
  });

  test('checks a network inside the document of a host', () => {
    const inline =
      'inline: {version: 2, ethernets: {eno1: {addresses: [((var.oam-address))/24, 10.0.0.1/99]}}}';
    expect(found({ 'hosts/eph-1.yaml': replace('ref: single-link', inline) })).toContainEqual(
      expect.stringMatching(/^hosts\/eph-1.yaml:\d+ error network-address 10.0.0.1\/99$/),
    );
  });
});
