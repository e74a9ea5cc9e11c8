/** The namespace of URLs (RFC 9562 section 6.6). */
const urlNamespace = '6ba7b8119dad11d180b400c04fd430c8';

/** The UUID of version 5 (RFC 9562 section 5.5) of a name in the namespace of URLs: always the same for one name. */
export function nameUuid(name: string): string {
  const bytes = [...octetsOf(urlNamespace), ...new TextEncoder().encode(name)];
  const digest = sha1(bytes).slice(0, 16);
  const marked = digest.map((octet, index) => {
    if (index === 6) return (octet & 0x0f) | 0x50;
    return index === 8 ? (octet & 0x3f) | 0x80 : octet;
  });
  const digits = marked.map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return [8, 12, 16, 20, 32].map((end, index) => digits.slice([0, 8, 12, 16, 20][index], end)).join('-');
}

function octetsOf(hexadecimal: string): number[] {
  return Array.from({ length: hexadecimal.length / 2 }, (_, index) =>
    Number.parseInt(hexadecimal.slice(2 * index, 2 * index + 2), 16),
  );
}

const rotated = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));

/** SHA-1 (FIPS 180-4 section 6.1), which the version asks for; an identity here, and no protection. */
function sha1(message: readonly number[]): number[] {
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const words = paddedWords(message);
  for (let block = 0; block < words.length; block += 16)
    state = compressed(state, words.slice(block, block + 16));
  return state.flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff));
}

/** The message, a one bit, zeros, and its length in bits, in words of four octets. */
function paddedWords(message: readonly number[]): number[] {
  const words = new Array<number>((((message.length + 8) >> 6) + 1) * 16).fill(0);
  for (const [index, octet] of [...message, 0x80].entries()) {
    words[index >> 2] = (words[index >> 2] ?? 0) | (octet << (24 - 8 * (index & 3)));
  }
  words[words.length - 1] = message.length * 8;
  return words;
}

function compressed(state: readonly number[], block: readonly number[]): number[] {
  const schedule = [...block];
  const at = (index: number) => schedule[index] ?? 0;
  for (let index = 16; index < 80; index++) {
    schedule.push(rotated(at(index - 3) ^ at(index - 8) ^ at(index - 14) ^ at(index - 16), 1));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (const [round, word] of schedule.entries()) {
    const next = (rotated(a, 5) + mixed(Math.floor(round / 20), b, c, d) + e + word) | 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  return [a, b, c, d, e].map((word, index) => (word + (state[index] ?? 0)) | 0);
}

function mixed(quarter: number, b: number, c: number, d: number): number {
  if (quarter === 0) return ((b & c) | (~b & d)) + 0x5a827999;
  if (quarter === 2) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + (quarter === 1 ? 0x6ed9eba1 : 0xca62c1d6);
}
