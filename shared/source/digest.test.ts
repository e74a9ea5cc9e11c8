import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDigest } from './digest.ts';

test('never changes for the same contents', () => {
  expect(contentDigest(['edge-01', 'a: 1\n'])).toMatchInlineSnapshot(`"51b07f3db775eb2b"`);
});

test('differs when one character, the division or the order differs', () => {
  const digests = [['ab', 'c'], ['a', 'bc'], ['c', 'ab'], ['ab', 'd'], ['abc'], ['ab', 'c', '']].map(
    contentDigest,
  );
  expect(new Set(digests).size).toBe(digests.length);
});

test('gives 16 hexadecimal digits and no collision among many texts', () => {
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const digest = contentDigest([text]);
      expect(digest).toMatch(/^[0-9a-f]{16}$/);
      expect(seen.get(digest) ?? text).toBe(text);
      seen.set(digest, text);
    }),
    { numRuns: 2000 },
  );
});
