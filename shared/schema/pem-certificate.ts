import { decodeBase64 } from './base64.ts';

const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END ([A-Z0-9 ]+)-----/g;

/**
 * What is wrong with a PEM certificate or chain (RFC 7468), as a sentence; undefined when nothing is. The body is
 * decoded and its outer DER length compared, which finds what pasting through a terminal cuts off.
 */
export function pemCertificateProblem(text: string): string | undefined {
  if (text.includes('PRIVATE KEY-----'))
    return 'This holds a private key. Only the certificate of the authority belongs here.';
  // Folded by a > of YAML, which no program reads (RFC 7468 section 3: the boundaries stand on lines of their own).
  if (/-----[^\S\r\n]+\S|\S[^\S\r\n]+-----END/.test(text.trim()))
    return 'The lines of the certificate run into one. Write | and not > before it.';
  const blocks = [...text.matchAll(block)];
  if (blocks.length === 0)
    return 'A certificate is a PEM block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.';
  for (const [, begin, body = '', end] of blocks) {
    if (begin !== 'CERTIFICATE' || end !== 'CERTIFICATE')
      return `This is a PEM block of the type ${begin}; a CERTIFICATE is needed.`;
    const bytes = decodeBase64(body.replace(/\s+/g, ''));
    if (bytes === undefined || derLength(bytes) !== bytes.length)
      return 'The certificate is cut short or damaged.';
  }
  const rest = text.replace(block, '').trim();
  return rest === '' ? undefined : 'There is text beside the PEM block; only the block itself belongs here.';
}

/** Length of the outer DER sequence with its header, or undefined (X.690 section 8.1). */
function derLength(bytes: Uint8Array): number | undefined {
  const first = bytes[1];
  if (bytes[0] !== 0x30 || first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const size = first & 0x7f;
  if (size === 0 || size > 4) return undefined;
  let length = 0;
  for (const byte of bytes.subarray(2, 2 + size)) length = length * 256 + byte;
  return 2 + size + length;
}
