import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, suggest } from './suggest.ts';

test('counts a swap of neighbours as one edit', () => {
  expect(editDistance('adress', 'address')).toBe(1);
  expect(editDistance('mtu', 'mut')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('gateway', 'getaways')).toBe(3);
});

test('proposes the nearest candidate', () => {
  const keys = ['addresses', 'dhcp4', 'dhcp6', 'mtu', 'gateway4', 'set-name'];
  expect(suggest('adresses', keys)).toBe('addresses');
  expect(suggest('set_name', keys)).toBe('set-name');
  expect(suggest('MTU', keys)).toBe('mtu');
  expect(suggest('dhpc4', keys)).toBe('dhcp4');
});

test('proposes no other key of the same family', () => {
  expect(suggest('network_name', ['network_id'])).toBeUndefined();
  expect(suggest('network_idd', ['network_id'])).toBe('network_id');
  expect(suggest('bond_lacp_rt', ['bond_mode', 'bond_lacp_rate'])).toBe('bond_lacp_rate');
  expect(suggest('set-nmae', ['set-name'])).toBe('set-name');
});

test('proposes nothing when nothing is near', () => {
  expect(suggest('colour', ['addresses', 'mtu'])).toBeUndefined();
  expect(suggest('x', ['a', 'b'])).toBeUndefined();
  expect(suggest('a'.repeat(10_000), ['a'.repeat(10_000)])).toBeUndefined();
});

test('is a metric on equal words and symmetric', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
