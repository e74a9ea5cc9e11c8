/** FNV-1a's 32-bit prime; the offsets are its basis and three others of the same family of constants. */
const prime = 0x01000193;
const offsets = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35] as const;

/**
 * A 128-bit digest of texts, 32 hexadecimal digits: four FNV-1a lanes over UTF-16 units, each rotated differently
 * and mixed at the end. It is an identity ("are these the same contents?"), not a security measure: collisions
 * can be made on purpose. The result is part of what is written to machines, so it must never change.
 */
export function contentDigest(texts: readonly string[]): string {
  const lanes = offsets.map((offset) => offset | 0);
  for (const text of texts) {
    for (let lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = fold(lanes[lane] ?? 0, text, 5 + lane * 6);
    }
  }
  return lanes.map((lane, index) => hexadecimal(avalanche(lane ^ (lanes[(index + 1) % 4] ?? 0)))).join('');
}

function fold(start: number, text: string, rotation: number): number {
  let hash = start;
  for (let offset = 0; offset < text.length; offset++) {
    hash = Math.imul(hash ^ text.charCodeAt(offset), prime);
    hash = (hash << rotation) | (hash >>> (32 - rotation));
  }
  // The length separates ["ab", "c"] from ["a", "bc"].
  return Math.imul(hash ^ text.length, prime);
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
