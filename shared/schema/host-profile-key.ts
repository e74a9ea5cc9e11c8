import { decodeBase64 } from './base64.ts';

/** The polynomial and the start of CRC-24 (RFC 4880 section 6.1). */
const crcPolynomial = 0x1864cfb;
const crcStart = 0xb704ce;
/** Packet tags (RFC 4880 section 4.3): 6 is a public key, 5 a secret one. */
const publicKeyTag = 6;

/**
 * What is wrong with an armoured OpenPGP public key, as a sentence; undefined when nothing is. The body is decoded and
 * its checksum compared, because apt only says that a repository is not signed, when its key was cut short by a paste.
 */
export function armouredKeyProblem(text: string): string | undefined {
  if (/-----BEGIN PGP PRIVATE KEY BLOCK-----/.test(text))
    return 'This is a private key. Hosts only need the public one (gpg --export --armor).';
  const block = /-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n([\s\S]*?)-----END PGP PUBLIC KEY BLOCK-----/.exec(
    text,
  );
  if (block === null)
    return 'A repository key is an armoured text from BEGIN to END PGP PUBLIC KEY BLOCK (gpg --export --armor).';
  // Headers such as "Version:" and "Comment:" stand in front of the first empty line (RFC 4880 section 6.2).
  const lines = (block[1] ?? '').split(/\r?\n/).map((line) => line.trim());
  const body = lines.filter((line) => line !== '' && !/^[A-Za-z-]+: /.test(line));
  const checksum = body.findLast((line) => /^=[A-Za-z0-9+/]{4}$/.test(line));
  const bytes = decodeBase64(body.filter((line) => line !== checksum).join(''));
  if (bytes === undefined) return 'The key is cut short or damaged: its text is not whole base64.';
  const expected = checksum === undefined ? undefined : decodeBase64(checksum.slice(1));
  if (expected !== undefined && crc24(bytes) !== bigEndian(expected))
    return 'The key is damaged: its checksum does not fit. Copy it again.';
  return packetTag(bytes[0] ?? 0) === publicKeyTag ? undefined : 'The text is no OpenPGP public key.';
}

function packetTag(first: number): number {
  if ((first & 0x80) === 0) return -1;
  return (first & 0x40) === 0 ? (first >> 2) & 0x0f : first & 0x3f;
}

function crc24(bytes: Uint8Array): number {
  let crc = crcStart;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= crcPolynomial;
    }
  }
  return crc & 0xffffff;
}

function bigEndian(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
