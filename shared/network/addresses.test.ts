import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatIpAddress,
  formatIpInterface,
  type IpAddress,
  isLinkLocalIpv6,
  lastAddress,
  networkAddress,
  parseIpAddress,
  parseIpInterface,
  parseIpv4,
  parseIpv6,
  prefixOfNetmask,
  subnetContains,
  widthOf,
} from './addresses.ts';
import { isGroupMac, parseMacAddress } from './mac-address.ts';

const fourBytes = fc
  .bigInt({ min: 0n, max: (1n << 32n) - 1n })
  .map((bits): IpAddress => ({ family: 4, bits }));
const sixteenBytes = fc
  .bigInt({ min: 0n, max: (1n << 128n) - 1n })
  .map((bits): IpAddress => ({ family: 6, bits }));
/** Sparse groups, so that every placement of `::` occurs. */
const sparse = fc
  .array(fc.constantFrom<bigint[]>(0n, 0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 })
  .map(
    (groups): IpAddress => ({ family: 6, bits: groups.reduce((bits, group) => (bits << 16n) | group, 0n) }),
  );
const anyAddress = fc.oneof(fourBytes, sixteenBytes, sparse);

function address(text: string): IpAddress {
  const parsed = parseIpAddress(text);
  if (parsed === undefined) throw new Error(`not an address: ${text}`);
  return parsed;
}

function subnet(text: string) {
  const parsed = parseIpInterface(text);
  if (parsed === undefined) throw new Error(`not an interface address: ${text}`);
  return parsed;
}

describe('IPv4', () => {
  test.each(['0.0.0.0', '10.23.25.102', '255.255.255.255'])('reads %s', (text) => {
    expect(formatIpAddress(address(text))).toBe(text);
  });

  test.each([
    '999.1.1.1',
    '256.0.0.1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.4 ',
    '',
    '1..2.3',
    '+1.2.3.4',
    '1e1.0.0.0',
  ])('refuses "%s"', (text) => expect(parseIpv4(text)).toBeUndefined());
});

describe('IPv6', () => {
  test.each([
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['fe80::1', 'fe80::1'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
  ])('reads %s as %s', (text, canonical) => expect(formatIpAddress(address(text))).toBe(canonical));

  test.each([
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'g::1',
    'fe80::1%eth0',
    '1:2:3:4:5:6:7:8::',
    '::1.2.3.256',
    '1.2.3.4::',
    ':1:2:3:4:5:6:7',
  ])('refuses "%s"', (text) => expect(parseIpv6(text)).toBeUndefined());
});

test('an interface address needs a prefix within the width', () => {
  expect(formatIpInterface(subnet('10.0.0.5/24'))).toBe('10.0.0.5/24');
  for (const text of [
    '10.0.0.5',
    '10.0.0.5/33',
    '10.0.0.5/',
    '10.0.0.5/024',
    '2001:db8::1/129',
    '10.0.0.5/24/1',
    '/24',
  ]) {
    expect(parseIpInterface(text), text).toBeUndefined();
  }
});

test('knows the ends of a subnet and what lies in it', () => {
  const net = subnet('192.0.2.77/26');
  expect(formatIpAddress(networkAddress(net))).toBe('192.0.2.64');
  expect(formatIpAddress(lastAddress(net))).toBe('192.0.2.127');
  expect(subnetContains(net, address('192.0.2.128'))).toBe(false);
  expect(subnetContains(net, address('::1'))).toBe(false);
  expect(isLinkLocalIpv6(address('febf::1'))).toBe(true);
  expect(isLinkLocalIpv6(address('fec0::1'))).toBe(false);
});

test('netmasks have their ones first', () => {
  expect(prefixOfNetmask(address('255.255.255.0'))).toBe(24);
  expect(prefixOfNetmask(address('0.0.0.0'))).toBe(0);
  expect(prefixOfNetmask(address('255.255.255.255'))).toBe(32);
  expect(prefixOfNetmask(address('ffff:ffff::'))).toBe(32);
  expect(prefixOfNetmask(address('255.0.255.0'))).toBeUndefined();
});

test('every address survives formatting and parsing', () => {
  fc.assert(
    fc.property(anyAddress, (value) => {
      expect(address(formatIpAddress(value))).toEqual(value);
    }),
  );
});

test('a subnet holds exactly the addresses between its ends', () => {
  fc.assert(
    fc.property(anyAddress, anyAddress, fc.nat(128), (base, other, length) => {
      const net = { address: base, prefix: length % (widthOf(base.family) + 1) };
      const between = networkAddress(net).bits <= other.bits && other.bits <= lastAddress(net).bits;
      expect(subnetContains(net, other)).toBe(base.family === other.family && between);
    }),
  );
});

test('every prefix length comes back from its netmask', () => {
  fc.assert(
    fc.property(fc.constantFrom(4 as const, 6 as const), fc.nat(128), (family, length) => {
      const prefix = length % (widthOf(family) + 1);
      const ones = { family, bits: (1n << BigInt(widthOf(family))) - 1n };
      expect(prefixOfNetmask(networkAddress({ address: ones, prefix }))).toBe(prefix);
    }),
  );
});

test('no text makes the parsers throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcf:./-%') }), (text) => {
      const parsed = parseIpAddress(text);
      if (parsed !== undefined) expect(parseIpAddress(formatIpAddress(parsed))).toEqual(parsed);
      parseIpInterface(text);
      parseMacAddress(text);
    }),
  );
});

test('MAC addresses have one canonical form', () => {
  expect(parseMacAddress('52-54-00-9B-27-4C')).toBe('52:54:00:9b:27:4c');
  for (const text of [
    '52:54:00:9b:27',
    '52:54:00:9b:27:4g',
    '5254009b274c',
    '52:54-00:9b:27:4c',
    '2:54:00:9b:27:4c',
    '',
  ]) {
    expect(parseMacAddress(text), text).toBeUndefined();
  }
  expect(isGroupMac('01:00:5e:00:00:01')).toBe(true);
  expect(isGroupMac('52:54:00:00:00:01')).toBe(false);
});
