import { describe, expect, test } from 'vitest';
import { verdictOf } from './testing/network-documents.ts';

/** A document of version 2; its body starts in line 2. */
const v2 = (body: string) => `version: 2\n${body}\n`;

const publicKey = 'keys: {public: "M9nt4YujIOmNrRmpIRTmYSfMdrpvE7u6WkG8FY8WjG4="}';
const peer = `${publicKey}, allowed-ips: [0.0.0.0/0]`;

describe('what netplan refuses for NetworkManager alone', () => {
  const events = 'access-points: {x: {}}, wakeonwlan';
  test.each([
    ['a link that is always off', 'ethernets', 'a: {activation-mode: off}', 22, 'value-invalid'],
    ['a card by its driver', 'ethernets', 'a: {match: {driver: [ixgbe, igb]}}', 22, 'network-match'],
    ['a modem by its driver', 'modems', 'm: {match: {driver: qmi}}', 21, 'network-match'],
    ['an MTU for IPv6 alone', 'ethernets', 'a: {ipv6-mtu: 1400}', 15, 'value-invalid'],
    [
      'an address with options',
      'ethernets',
      'a: {addresses: [{192.0.2.1/24: {label: "a:1"}}]}',
      17,
      'value-invalid',
    ],
    [
      'a route that drops packets',
      'ethernets',
      'a: {dhcp4: true, routes: [{to: 10.0.0.0/8, type: blackhole}]}',
      50,
      'value-invalid',
    ],
    [
      'a private key in a file',
      'tunnels',
      `a: {mode: wireguard, key: /k, peers: [{${peer}}]}`,
      27,
      'value-invalid',
    ],
    [
      'an event beside the usual ones, which no service can have,',
      'wifis',
      `a: {${events}: [default, any]}`,
      42,
      'value-invalid',
    ],
  ])('%s', (_name, section, link, column, code) => {
    const text = v2(`renderer: NetworkManager\n${section}:\n  ${link}`);
    expect(verdictOf(text).findings).toEqual([
      '2:11 warning network-unsupported',
      `4:${column + 2} error ${code}`,
    ]);
  });

  test.each([
    'ethernets: {a: {activation-mode: off, ipv6-mtu: 1400, match: {driver: igb}}}',
    'ethernets: {a: {addresses: [{192.0.2.1/24: {lifetime: 0}}], routes: [{to: 10.0.0.0/8, type: blackhole}]}}',
  ])('and networkd takes: %s', (body) => expect(verdictOf(v2(body)).findings).toEqual([]));

  test.each([
    'ethernets: {a: {activation-mode: manual, match: {driver: igb}, set-name: x}}',
    'wifis: {a: {access-points: {x: {}}, wakeonwlan: [default]}, b: {access-points: {x: {}}, wakeonwlan: [tcp]}}',
    'ethernets: {a: {dhcp4: true, routes: [{to: 10.0.0.0/8, via: 192.0.2.1, type: unicast}]}}',
  ])('but not: %s', (body) =>
    expect(verdictOf(v2(`renderer: NetworkManager\n${body}`)).findings).toEqual([
      '2:11 warning network-unsupported',
    ]),
  );
});
