import { describe, expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { validateText } from '../site/validate-text.ts';
import { formatIpInterface } from './addresses.ts';
import { renderVersion2 } from './render-version-2.ts';
import { modelOf, verdictOf } from './testing/network-documents.ts';

/** A document of version 2; its body starts in line 2. */
const v2 = (body: string) => `version: 2\n${body}\n`;

describe('what netplan refuses with the whole file', () => {
  test.each([
    ['a pattern as an id', 'ethernets: {en*: {dhcp4: true}}', '2:13 error network-interface-name'],
    [
      'a virtual function of an unknown card',
      'ethernets: {vf0: {link: eno9}}',
      '2:25 error network-link-unknown',
    ],
    [
      'a VXLAN on an unknown link',
      'tunnels: {t: {mode: vxlan, id: 3, link: zz}}',
      '2:41 error network-link-unknown',
    ],
    [
      'a link in two VRFs',
      'ethernets: {a: {}}\nvrfs: {x: {table: 1, interfaces: [a]}, y: {table: 2, interfaces: [a]}}',
      '3:67 error network-link-reused',
    ],
    [
      'a rule between two families',
      'ethernets: {a: {routing-policy: [{from: 10.0.0.0/8, to: "2001:db8::/32"}]}}',
      '2:57 error network-route',
    ],
    ['a modem for networkd', 'modems: {m: {apn: x}}', '2:10 error value-invalid'],
    ['a stable address for networkd', 'ethernets: {a: {macaddress: stable}}', '2:29 error network-mac'],
    ['a wireless card without network', 'wifis: {w: {dhcp4: true}}', '2:12 error key-missing'],
    ['a short passphrase', 'wifis: {w: {access-points: {x: {password: short}}}}', '2:43 warning value-range'],
    [
      'a misspelt key of a wireless network',
      'wifis: {w: {access-points: {x: {passwort: long-enough}}}}',
      '2:33 error key-unknown',
    ],
    [
      'an unknown event to wake for',
      'wifis: {w: {wakeonwlan: [all], access-points: {x: {}}}}',
      '2:26 error value-invalid',
    ],
    [
      'a malformed end of a tunnel',
      'tunnels: {t: {mode: gre, local: 1.1.O.1, remote: 192.0.2.2}}',
      '2:33 error network-gateway',
    ],
    [
      'a peer without prefix length',
      'tunnels: {t: {mode: wireguard, peers: [{allowed-ips: [10.0.0.1]}]}}',
      '2:55 error network-address',
    ],
    [
      'a peer without port',
      'tunnels: {t: {mode: wireguard, peers: [{endpoint: 192.0.2.1}]}}',
      '2:51 error network-address',
    ],
  ])('%s', (_name, body, finding) => expect(verdictOf(v2(body)).findings).toEqual([finding]));
});

describe('what netplan takes', () => {
  test.each([
    'ethernets: {vf0: {link: eno1}, eno1: {}}',
    'wifis: {w: {access-points: {home: {}, away: {password: long-enough, hidden: true}}}}',
    'ethernets: {all: {match: {name: "en*"}, dhcp4: true}}',
    'tunnels: {t: {mode: wireguard, peers: [{endpoint: "[2001:db8::1]:51820", allowed-ips: [0.0.0.0/0]}, {endpoint: "vpn.example.org:51820"}]}}',
  ])('%s', (body) => expect(verdictOf(v2(body)).findings).toEqual([]));

  test('a gateway of a VRF whose members have their addresses elsewhere', () => {
    const body = 'vrfs: {x: {table: 1, routes: [{to: default, via: 192.0.2.1}]}}';
    expect(verdictOf(v2(body)).findings).toEqual(['2:50 warning network-gateway']);
  });
});

describe('a netmask after the slash', () => {
  const text = v2('ethernets: {a: {addresses: [192.0.2.10/255.255.255.0]}}');

  test('is a warning with the prefix length as its fix', () => {
    const [found] = verdictOf(text).diagnostics;
    expect(found).toMatchObject({ severity: 'warning', code: 'network-address' });
    expect(found?.fixes?.[0]?.newText).toBe('192.0.2.10/24');
  });

  test('is read as cloud-init reads it', () => {
    const [address] = modelOf(text).links[0]?.addresses ?? [];
    expect(address && formatIpInterface(address.value)).toBe('192.0.2.10/24');
  });

  test('is refused when its ones do not come first', () => {
    const body = 'ethernets: {a: {addresses: [192.0.2.10/255.0.255.0]}}';
    expect(verdictOf(v2(body)).findings).toEqual(['2:29 error network-address']);
  });
});

describe('numbers to base 60', () => {
  const findings = (text: string) =>
    validateText('networks/a.yaml', text).map(({ severity, code, fixes }) => [
      severity,
      code,
      fixes?.[0]?.newText,
    ]);

  test('finds a MAC address that YAML 1.1 takes for a number', () => {
    const text = 'version: 1\nconfig:\n- {type: physical, name: a, mac_address: 52:54:00:12:34:56}\n';
    expect(findings(text)).toContainEqual(['warning', 'value-type', "'52:54:00:12:34:56'"]);
  });

  test('leaves those with letters or quotes alone, and NMState, whose reader knows YAML 1.2', () => {
    const address = (mac: string) =>
      `version: 1\nconfig:\n- {type: physical, name: a, mac_address: ${mac}}\n`;
    expect(findings(address('52:54:00:12:34:5a'))).toEqual([]);
    expect(findings(address('"52:54:00:12:34:56"'))).toEqual([]);
    const nmstate = 'interfaces:\n- {name: a, type: ethernet, mac-address: 52:54:00:12:34:56}\n';
    expect(findings(nmstate)).toEqual([]);
  });
});

describe('what hosts receive', () => {
  const render = (body: string) => renderVersion2(modelOf(v2(body)), new DiagnosticSink());

  test('lacks members that netplan 0.106 does not know', () => {
    const body = 'virtual-ethernets: {p: {peer: q}, q: {peer: p}}\nbridges: {br0: {interfaces: [p]}}';
    expect(render(body)).toEqual({ version: 2, bridges: { br0: { interfaces: [] } } });
  });

  test('lacks words in the place of a MAC address, which netplan 0.106 refuses', () => {
    const sink = new DiagnosticSink();
    const model = modelOf(v2('ethernets: {a: {macaddress: random}}'));
    expect(renderVersion2(model, sink)).toEqual({ version: 2, ethernets: { a: {} } });
    expect(sink.list().map(({ code }) => code)).toEqual(['network-unsupported']);
  });
});
