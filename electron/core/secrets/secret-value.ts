import { SiteforgeError } from '#shared/errors.ts';

/** Bytes. A seed has 1 MiB for everything; keys and chains of certificates are far below this. */
export const maximumValueBytes = 256 * 1024;

/**
 * The value of a file's content. An editor ends a line that was meant without an end: a single line loses it. Texts of
 * several lines, such as keys and certificates, stay as they are. Errors: `secret-value-invalid`.
 */
export function valueOfContent(bytes: Uint8Array, where: string): string {
  if (bytes.length > maximumValueBytes) throw invalid(where, 'It is larger than 256 KiB.');
  const text = decoded(bytes, where).replace(/^\uFEFF/, '');
  const line = text.replace(/\r?\n$/, '');
  return requireValue(line.includes('\n') ? text : line, where);
}

/** Errors: `secret-value-invalid`. What is wrong is told without the value. */
export function requireValue(value: string, where: string): string {
  if (Buffer.byteLength(value) > maximumValueBytes) throw invalid(where, 'It is larger than 256 KiB.');
  if (value.trim() === '') throw invalid(where, 'It is empty.');
  if (value.includes('\0')) throw invalid(where, 'It holds a zero byte: values are texts.');
  return value;
}

function decoded(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder's own error is not kept: nothing of the content may travel with a failure.
    throw invalid(where, 'It is not UTF-8: values are texts. Give keys and certificates in PEM.');
  }
}

function invalid(where: string, reason: string): SiteforgeError {
  return new SiteforgeError('secret-value-invalid', {
    where,
    message: `The value of ${where} cannot be used. ${reason}`,
  });
}
