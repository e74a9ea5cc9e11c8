import { decodeBase64 } from '../schema/base64.ts';

/** The text of a part of a message, or undefined where its encoding is not known or not kept (RFC 2045, section 6). */
export function decodedPart(body: string, encoding: string): string | undefined {
  const bytes =
    encoding === 'base64'
      ? decodeBase64(body.replace(/\s/g, ''))
      : encoding === 'quoted-printable'
        ? quotedPrintableBytes(body)
        : undefined;
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** RFC 2045, section 6.7: a line that ends with = goes on, and = before two hexadecimal digits is that byte. */
function quotedPrintableBytes(body: string): Uint8Array {
  const bytes: number[] = [];
  const units = body.replace(/=[ \t]*(\r\n|\n|\r)/g, '').matchAll(/=([0-9A-Fa-f]{2})|[\s\S]/g);
  for (const [unit, code] of units)
    bytes.push(code === undefined ? unit.charCodeAt(0) & 0xff : Number.parseInt(code, 16));
  return Uint8Array.from(bytes);
}
