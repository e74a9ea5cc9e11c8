import { SiteforgeError } from '#shared/errors.ts';

/**
 * The "new ASCII" (newc) archive that the kernel unpacks as an initramfs: a 110-byte header of 13 hexadecimal fields of
 * eight digits after the magic, the name with its NUL, and the data, name and data each padded to four bytes
 * (Linux, Documentation/driver-api/early-userspace/buffer-format.rst).
 */
export interface CpioEntry {
  /** Relative, forward slashes, no `.` or `..` parts. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Permission bits only, such as 0o600. */
  readonly mode: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

const magic = '070701';
const headerBytes = 110;
const trailer = 'TRAILER!!!';
const fileType = 0o100000;
const directoryType = 0o040000;
const typeMask = 0o170000;
/** PATH_MAX of Linux: the kernel skips longer names in silence. */
const longestName = 4096;
const mostEntries = 65_536;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}

function isSafePath(path: string): boolean {
  if (path.includes('\0')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The bytes of one entry. Inode numbers count from 1 and times are 0, so that equal entries give equal bytes. */
function entryBytes(path: string, mode: number, inode: number, data: Uint8Array): Uint8Array {
  const name = encoder.encode(`${path}\0`);
  const links = (mode & typeMask) === directoryType ? 2 : 1;
  const fields = [inode, mode, 0, 0, links, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const header = magic + fields.map((value) => value.toString(16).toUpperCase().padStart(8, '0')).join('');
  const dataAt = headerBytes + name.length + padding(headerBytes + name.length);
  const bytes = new Uint8Array(dataAt + data.length + padding(data.length));
  bytes.set(encoder.encode(header), 0);
  bytes.set(name, headerBytes);
  bytes.set(data, dataAt);
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A complete archive with its trailer. Throws RangeError for a path that is not relative and plain. */
export function writeCpio(entries: readonly CpioEntry[]): Uint8Array<ArrayBuffer> {
  const parts = entries.map((entry, at) => {
    if (!isSafePath(entry.path) || encoder.encode(entry.path).length >= longestName) {
      throw new RangeError(`not a path for an archive: ${JSON.stringify(entry.path)}`);
    }
    const type = entry.kind === 'directory' ? directoryType : fileType;
    return entryBytes(entry.path, type | (entry.mode & 0o7777), at + 1, entry.data);
  });
  return join([...parts, entryBytes(trailer, 0, 0, new Uint8Array(0))]);
}

function damaged(message: string): SiteforgeError {
  return new SiteforgeError('seed-unreadable', { message: `The archive in the stamp area: ${message}.` });
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

interface Header {
  readonly mode: number;
  readonly size: number;
  readonly nameLength: number;
}

function readHeader(bytes: Uint8Array, at: number): Header {
  if (at + headerBytes > bytes.length) throw damaged(`it ends inside a header at byte ${at}`);
  if (ascii(bytes, at, at + 6) !== magic) throw damaged(`no newc header at byte ${at}`);
  const field = (index: number): number => {
    const digits = ascii(bytes, at + 6 + index * 8, at + 14 + index * 8);
    if (!/^[0-9a-fA-F]{8}$/.test(digits)) throw damaged(`a header field at byte ${at} is not hexadecimal`);
    return Number.parseInt(digits, 16);
  };
  return { mode: field(1), size: field(6), nameLength: field(11) };
}

function readName(bytes: Uint8Array, at: number, length: number): string {
  if (length < 2 || length > longestName) throw damaged(`a name of ${length} bytes at byte ${at}`);
  if (at + length > bytes.length) throw damaged(`it ends inside a name at byte ${at}`);
  const raw = bytes.subarray(at, at + length);
  if (raw.indexOf(0) !== length - 1) throw damaged(`a name at byte ${at} does not end where it says`);
  try {
    return decoder.decode(raw.subarray(0, length - 1));
  } catch {
    throw damaged(`a name at byte ${at} is not UTF-8`);
  }
}

function skipPadding(bytes: Uint8Array, from: number): number {
  const to = from + padding(from);
  for (let at = from; at < to; at += 1) {
    if (bytes[at] !== 0) throw damaged(`the padding at byte ${at} is not zero or missing`);
  }
  return to;
}

function readEntry(bytes: Uint8Array, header: Header, path: string, at: number): CpioEntry {
  if (!isSafePath(path)) throw damaged(`${JSON.stringify(path)} is not a plain relative path`);
  const type = header.mode & typeMask;
  if (type !== fileType && type !== directoryType) {
    throw damaged(`${JSON.stringify(path)} is neither a file nor a folder`);
  }
  if (type === directoryType && header.size !== 0)
    throw damaged(`the folder ${JSON.stringify(path)} has data`);
  if (header.size > bytes.length - at) throw damaged(`it ends inside ${JSON.stringify(path)}`);
  return {
    path,
    kind: type === directoryType ? 'directory' : 'file',
    mode: header.mode & 0o7777,
    data: bytes.slice(at, at + header.size) as Uint8Array<ArrayBuffer>,
  };
}

/**
 * Reads one archive that starts at byte 0, up to its trailer; only zeros may follow. Strict: device nodes, links, paths
 * with `..`, repeated paths and anything truncated are refused with `seed-unreadable`.
 */
export function readCpio(bytes: Uint8Array): CpioEntry[] {
  const entries: CpioEntry[] = [];
  const seen = new Set<string>();
  let at = 0;
  for (;;) {
    const header = readHeader(bytes, at);
    const path = readName(bytes, at + headerBytes, header.nameLength);
    const dataAt = skipPadding(bytes, at + headerBytes + header.nameLength);
    if (path === trailer) {
      if (header.size !== 0) throw damaged('the trailer has data');
      at = dataAt;
      break;
    }
    if (entries.length >= mostEntries) throw damaged(`it has more than ${mostEntries} entries`);
    if (seen.has(path)) throw damaged(`${JSON.stringify(path)} is in it twice`);
    seen.add(path);
    entries.push(readEntry(bytes, header, path, dataAt));
    at = skipPadding(bytes, dataAt + header.size);
  }
  if (bytes.subarray(at).some((byte) => byte !== 0)) throw damaged('something follows its end');
  return entries;
}
