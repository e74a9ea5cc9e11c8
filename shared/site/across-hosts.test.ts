import { describe, expect, test } from 'vitest';
import { analyse, type Changes, exampleSite, found, replace } from './changed-example.test-support.ts';

describe('across hosts', () => {
  test('reports an address that two hosts have, at the variables of both', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('oam-address: 10.20.0.21', 'oam-address: 10.20.0.22') });
    expect(lines).toEqual([
      'hosts/wk-1.yaml:30 error network-address-duplicate 10.20.0.22',
      'hosts/wk-2.yaml:30 error network-address-duplicate 10.20.0.22',
    ]);
  });

  test('reports an address of the network itself that all hosts would have, in the network', () => {
    const lines = found({ 'networks/bonded.yaml': replace('((var.oam-address))/24', '10.20.0.9/24') });
    expect(lines).toEqual(['networks/bonded.yaml:45 error network-address-duplicate 10.20.0.9/24']);
  });

  test('tells a wrong variable from a wrong prefix behind it', () => {
    expect(
      found({ 'hosts/wk-1.yaml': replace('oam-address: 10.20.0.21', 'oam-address: 10.20.0.2l') }),
    ).toEqual(['hosts/wk-1.yaml:30 error network-address 10.20.0.2l']);
    const lines = found({
      'networks/bonded.yaml': replace('((var.oam-address))/24', '((var.oam-address))/42'),
    });
    expect(lines).toContain('networks/bonded.yaml:45 error network-address ((var.oam-address))/42');
    expect(lines.every((line) => line.startsWith('networks/bonded.yaml'))).toBe(true);
  });

  test('warns of a prefix that is not that of the neighbours, at the fewer', () => {
    const bonded = exampleSite.get('networks/bonded.yaml') ?? '';
    const changes: Changes = {
      'networks/narrow.yaml': bonded.replace('((var.oam-address))/24', '((var.oam-address))/25'),
      'hosts/wk-2.yaml': replace('ref: bonded', 'ref: narrow'),
    };
    expect(found(changes)).toEqual(['hosts/wk-2.yaml:30 warning network-address 10.20.0.22']);
    const [message] = analyse(changes).diagnostics.map((each) => each.message);
    expect(message).toContain(
      '10.20.0.22 of wk-2 has the prefix /25, and on the “bond0.100” of cp-1, cp-2, wk-1 the same subnet has /24.',
    );
    // An address of one machine alone has no neighbours.
    const alone = bonded.replace('((var.oam-address))/24', '((var.oam-address))/32');
    const { diagnostics } = analyse({ ...changes, 'networks/narrow.yaml': alone });
    expect(diagnostics.filter(({ message: text }) => text.includes('the same subnet has'))).toEqual([]);
  });

  test('reports a MAC address that two hosts have, at both', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('52:54:00:20:21:01', '52:54:00:20:22:01') });
    expect(lines).toEqual([
      'hosts/wk-1.yaml:14 error network-mac-duplicate "52:54:00:20:22:01"',
      'hosts/wk-2.yaml:14 error network-mac-duplicate "52:54:00:20:22:01"',
    ]);
  });

  test('reports the MAC address of a management controller that another host has, which no network shows', () => {
    const bmc = replace('credentials:', 'mac: "52:54:00:20:ff:01"\n    credentials:');
    const lines = found({ 'hosts/wk-1.yaml': bmc, 'hosts/wk-2.yaml': bmc });
    expect(lines.map((line) => line.replace(/:\d+ /, ' '))).toEqual([
      'hosts/wk-1.yaml error network-mac-duplicate "52:54:00:20:ff:01"',
      'hosts/wk-2.yaml error network-mac-duplicate "52:54:00:20:ff:01"',
    ]);
  });

  test('reports a MAC address that stands twice in one host', () => {
    const lines = found({ 'hosts/wk-1.yaml': replace('52:54:00:20:21:02', '52:54:00:20:21:01') });
    expect(lines).toContain('hosts/wk-1.yaml:15 error network-mac-duplicate "52:54:00:20:21:01"');
  });
});
