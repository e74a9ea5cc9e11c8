import { expect, test } from 'vitest';
import { nameUuid } from './name-uuid.ts';

test('gives the UUID that the standard gives', () => {
  // From `uuid5(NAMESPACE_URL, NAME)` of Python’s uuid module.
  expect(nameUuid('ethernet://eth1')).toBe('0523c0a1-5f5e-5603-bcf2-68155d5d322e');
  expect(nameUuid(`bond://${'long'.repeat(30)}`)).toBe('0180661e-db27-5dd1-9b87-d59aaa7bc27c');
});
