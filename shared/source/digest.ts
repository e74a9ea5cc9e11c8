/** FNV-1a's 32-bit prime; the offsets are its basis and three others of the same family of constants. */
const prime = 0x01000193;
const offsets = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35] as const;

/**
 * A 128-bit digest of texts, 32 hexadecimal digits: four FNV-1a lanes over UTF-16 units, each rotated differently
 * and mixed at the end. It is an identity ("are these the same contents?"), not a security measure: collisions
 * can be made on purpose. The result is part of what is written to machines, so it must never change.
 */
export function contentDigest(texts: readonly string[]): string {
  let [first, second, third, fourth] = offsets.map((offset) => offset | 0) as [
    number,
    number,
    number,
    number,
  ];
  for (const text of texts) {
    // All lanes in one pass: the texts are read once, which is most of the cost.
    for (let offset = 0; offset < text.length; offset++) {
      const unit = text.charCodeAt(offset);
      first = rotated(Math.imul(first ^ unit, prime), 5);
      second = rotated(Math.imul(second ^ unit, prime), 11);
      third = rotated(Math.imul(third ^ unit, prime), 17);
      fourth = rotated(Math.imul(fourth ^ unit, prime), 23);
    }
    // The length separates ["ab", "c"] from ["a", "bc"].
    first = Math.imul(first ^ text.length, prime);
    second = Math.imul(second ^ text.length, prime);
    third = Math.imul(third ^ text.length, prime);
    fourth = Math.imul(fourth ^ text.length, prime);
  }
  const lanes = [first, second, third, fourth];
  return lanes.map((lane, index) => hexadecimal(avalanche(lane ^ (lanes[(index + 1) % 4] ?? 0)))).join('');
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
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
