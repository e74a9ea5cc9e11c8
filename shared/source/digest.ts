/** Odd multipliers with bits all over (those of MurmurHash3 and xxHash), one for each lane. */
const multipliers = [0x85ebca6b, 0x9e3779b1] as const;
const offsets = [0x811c9dc5, 0xc2b2ae35] as const;

/**
 * A 64-bit digest of texts, 16 hexadecimal digits: two lanes over pairs of UTF-16 units, each multiplied and rotated
 * in its own way and mixed at the end. It is an identity ("are these the same contents?"), not a security measure:
 * collisions can be made on purpose. The result is part of what is written to machines, so it must never change.
 */
export function contentDigest(texts: readonly string[]): string {
  let first = offsets[0] | 0;
  let second = offsets[1] | 0;
  for (const text of texts) {
    // Two units at a time and both lanes in one pass: the text of every host is read after every keystroke.
    for (let offset = 0; offset < text.length; offset += 2) {
      // Behind the end of an odd text stands NaN, for which V8 would compile this anew.
      const following = offset + 1 < text.length ? text.charCodeAt(offset + 1) : 0;
      const units = text.charCodeAt(offset) | (following << 16);
      const one = Math.imul(first ^ units, multipliers[0]);
      const two = Math.imul(second ^ units, multipliers[1]);
      first = (one << 13) | (one >>> 19);
      second = (two << 17) | (two >>> 15);
    }
    // The length separates ["ab", "c"] from ["a", "bc"].
    first = Math.imul(first ^ text.length, multipliers[0]);
    second = Math.imul(second ^ text.length, multipliers[1]);
  }
  return hexadecimal(avalanche(first ^ second)) + hexadecimal(avalanche(second ^ (first >>> 7)));
}

/** Spreads every input bit over all output bits, as the finaliser of MurmurHash3 does. */
function avalanche(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function hexadecimal(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
