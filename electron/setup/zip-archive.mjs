import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

// Field offsets from PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory header)
// and 4.3.16 (end of central directory).
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * @typedef {object} ZipEntry
 * @property {string} name with forward slashes; ends with one for a folder
 * @property {number} method
 * @property {number} compressedSize bytes
 * @property {number} size bytes
 * @property {number} mode Unix mode with file type, 0 when the archive was not made on Unix
 * @property {number} offset of the local header in the archive
 */

/**
 * Where the central directory lies, from the last bytes of an archive.
 *
 * @param {Buffer} tail
 * @returns {{offset: number, length: number, count: number}}
 */
export function parseEnd(tail) {
  for (let at = tail.length - END_LENGTH; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    if (at + END_LENGTH + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const found = {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    };
    if (found.count === 0xffff || found.offset === 0xffffffff)
      throw new Error('ZIP64 archives are not read here');
    return found;
  }
  throw new Error('not a ZIP archive, or not all of it');
}

/**
 * @param {Buffer} directory the bytes of the central directory
 * @returns {ZipEntry[]}
 */
export function parseDirectory(directory) {
  /** @type {ZipEntry[]} */
  const entries = [];
  let at = 0;
  while (at + ENTRY_LENGTH <= directory.length && directory.readUInt32LE(at) === ENTRY_SIGNATURE) {
    const nameLength = directory.readUInt16LE(at + 28);
    const next =
      at + ENTRY_LENGTH + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > directory.length) break;
    entries.push({
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt16LE(at + 40),
      offset: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength),
    });
    at = next;
  }
  if (at !== directory.length) throw new Error(`the ZIP directory is broken at byte ${at}`);
  return entries;
}

/**
 * An archive on disk, read by random access.
 *
 * @template T
 * @param {string} path
 * @param {(archive: {entries: ZipEntry[], extract: (entry: ZipEntry, target: string) => Promise<void>}) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withZip(path, use) {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, END_LENGTH + LONGEST_COMMENT));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = parseEnd(tail);
    if (end.offset + end.length > size) throw new Error('the ZIP directory lies outside the file');
    const directory = Buffer.alloc(end.length);
    await file.read(directory, 0, end.length, end.offset);
    const entries = parseDirectory(directory);
    if (entries.length !== end.count)
      throw new Error(`${entries.length} ZIP entries where ${end.count} are announced`);
    return await use({ entries, extract: (entry, target) => extractEntry(path, file, entry, target) });
  } finally {
    await file.close();
  }
}

/**
 * @param {string} path of the archive
 * @param {import('node:fs/promises').FileHandle} file the archive, open
 * @param {ZipEntry} entry
 * @param {string} target
 */
async function extractEntry(path, file, entry, target) {
  const header = Buffer.alloc(LOCAL_LENGTH);
  await file.read(header, 0, LOCAL_LENGTH, entry.offset);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE)
    throw new Error(`${entry.name}: no ZIP entry at its offset`);
  const start = entry.offset + LOCAL_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28);
  const mode = entry.mode & 0o111 ? 0o755 : 0o644;
  const output = createWriteStream(target, { mode, flags: 'wx' });
  if (entry.compressedSize === 0) return void (await pipeline([], output));
  const input = createReadStream(path, { start, end: start + entry.compressedSize - 1 });
  if (entry.method === STORED) await pipeline(input, output);
  else if (entry.method === DEFLATED) await pipeline(input, createInflateRaw(), output);
  else throw new Error(`${entry.name}: ZIP method ${entry.method} is not read here`);
  if (output.bytesWritten !== entry.size)
    throw new Error(`${entry.name}: ${output.bytesWritten} of ${entry.size} bytes`);
}
