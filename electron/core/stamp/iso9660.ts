import { SiteforgeError } from '#shared/errors.ts';
import { damagedImage, type Extent, type ReadAt, sectorBytes } from './iso-sectors.ts';
import { type RockRidge, rockRidgeName, systemUseSkip } from './rock-ridge.ts';

/**
 * Finds files in an ISO 9660 image (ECMA-119) by path. Everything read is hostile: a damaged or forged image gives
 * `image-damaged` and never a read outside the file, an endless walk, or more than a few MiB of memory.
 */
/** ECMA-119 6.2.1: the first 16 sectors are the system area. */
const firstDescriptor = 16;
const mostDescriptors = 64;
/** A folder of an image of ours has one sector; 4 MiB hold some 30,000 names. */
const largestDirectory = 4 * 1024 * 1024;
const deepestPath = 32;

export interface IsoVolume {
  readonly volumeId: string;
  /** Where a file lies; undefined when the image has no file of this path. Throws `image-damaged`. */
  find(path: string): Promise<Extent | undefined>;
}

interface DirectoryRecord {
  readonly name: string;
  /** Without Rock Ridge, as `plainName` gives it. */
  readonly isPlain: boolean;
  readonly extent: Extent;
  readonly isDirectory: boolean;
  /** ECMA-119 9.1.6, bit 7: the next record continues this file (files over 4 GiB). */
  readonly continues: boolean;
}

/** ECMA-119 7.3.3: a number written twice, little end first and big end first. A forger seldom keeps both. */
function bothEndian32(bytes: Buffer, at: number): number {
  const value = bytes.readUInt32LE(at);
  if (bytes.readUInt32BE(at + 4) !== value)
    throw damagedImage('a number differs between its two byte orders');
  return value;
}

async function primaryDescriptor(readAt: ReadAt, imageBytes: number): Promise<Buffer> {
  for (let sector = firstDescriptor; sector < firstDescriptor + mostDescriptors; sector += 1) {
    if ((sector + 1) * sectorBytes > imageBytes) break;
    const descriptor = await readAt(sector * sectorBytes, sectorBytes);
    if (descriptor.toString('latin1', 1, 6) !== 'CD001') break;
    const type = descriptor[0];
    if (type === 1) return descriptor;
    if (type === 255) break;
  }
  throw new SiteforgeError('image-not-stampable', { message: 'The file is not an ISO 9660 image.' });
}

/** A name without Rock Ridge: "GRUB.CFG;1" is grub.cfg, "VMLINUZ.;1" is vmlinuz. */
function plainName(identifier: string): string {
  return identifier.replace(/;\d+$/, '').replace(/\.$/, '').toLowerCase();
}

/** ECMA-119 7.4.1 has letters, digits and underscores only; mastering programs put an underscore for the others. */
function isNamed(record: DirectoryRecord, name: string): boolean {
  return record.name === (record.isPlain ? name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '_') : name);
}

function recordExtent(record: Buffer, imageBytes: number): Extent {
  if (record[26] !== 0 || record[27] !== 0) throw damagedImage('a file is interleaved');
  const offset = (bothEndian32(record, 2) + (record[1] ?? 0)) * sectorBytes;
  const length = bothEndian32(record, 10);
  if (offset + length > imageBytes) throw damagedImage('a file lies outside the image; it may be cut short');
  return { offset, length };
}

/** The records in a folder's content. A record never crosses a sector; a zero length skips to the next one. */
function* rawRecords(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; ) {
    const length = content[at] ?? 0;
    if (length === 0) {
      at = (Math.floor(at / sectorBytes) + 1) * sectorBytes;
      continue;
    }
    const sectorEnd = (Math.floor(at / sectorBytes) + 1) * sectorBytes;
    if (length < 34 || at + length > Math.min(content.length, sectorEnd)) {
      throw damagedImage('a directory record has an impossible length');
    }
    const record = content.subarray(at, at + length);
    if (33 + (record[32] ?? 0) > length) throw damagedImage('a file name is longer than its record');
    yield record;
    at += length;
  }
}

function isDotRecord(record: Buffer): boolean {
  return record[32] === 1 && (record[33] === 0 || record[33] === 1);
}

export async function openIsoVolume(readAt: ReadAt, imageBytes: number): Promise<IsoVolume> {
  const descriptor = await primaryDescriptor(readAt, imageBytes);
  if (descriptor.readUInt16LE(128) !== sectorBytes) throw damagedImage('its blocks are not of 2048 bytes');
  const rootRecord = descriptor.subarray(156, 190);
  if (rootRecord[0] !== 34) throw damagedImage('it has no root directory');
  const root = recordExtent(rootRecord, imageBytes);

  const readDirectory = async (extent: Extent): Promise<Buffer> => {
    if (extent.length > largestDirectory) throw damagedImage('a folder is too large to be real');
    return readAt(extent.offset, extent.length);
  };
  const rockRidge: RockRidge = {
    readAt,
    imageBytes,
    skip: systemUseSkip(await firstRecord(await readDirectory(root))),
  };

  const list = async (directory: Extent): Promise<DirectoryRecord[]> => {
    const records: DirectoryRecord[] = [];
    for (const raw of rawRecords(await readDirectory(directory))) {
      if (isDotRecord(raw)) continue;
      const flags = raw[25] ?? 0;
      const identifier = raw.toString('latin1', 33, 33 + (raw[32] ?? 0));
      const written = await rockRidgeName(raw, rockRidge);
      const extent = recordExtent(raw, imageBytes);
      records.push({
        name: written ?? plainName(identifier),
        isPlain: written === undefined,
        extent,
        isDirectory: (flags & 2) !== 0,
        continues: (flags & 0x80) !== 0,
      });
    }
    return records;
  };

  const find = async (path: string): Promise<Extent | undefined> => {
    const parts = path.split('/').filter((part) => part !== '');
    const last = parts.pop();
    if (last === undefined || parts.length > deepestPath) return undefined;
    let directory = root;
    for (const part of parts) {
      const next = (await list(directory)).find((each) => each.isDirectory && isNamed(each, part));
      if (next === undefined) return undefined;
      directory = next.extent;
    }
    return wholeFile(await list(directory), last);
  };
  return { volumeId: descriptor.toString('latin1', 40, 72).trimEnd(), find };
}

function firstRecord(content: Buffer): Buffer {
  const first = rawRecords(content).next();
  if (first.done === true || !isDotRecord(first.value)) throw damagedImage('its root directory is empty');
  return first.value;
}

/** Joins the records of one file, which must lie one behind the other. Two different files of one name are refused. */
function wholeFile(records: readonly DirectoryRecord[], name: string): Extent | undefined {
  const parts = records.filter((each) => !each.isDirectory && isNamed(each, name));
  const [first, ...rest] = parts;
  if (first === undefined) return undefined;
  let end = first.extent.offset + first.extent.length;
  for (const [at, part] of rest.entries()) {
    if (parts[at]?.continues !== true) throw damagedImage(`${JSON.stringify(name)} is in one folder twice`);
    if (part.extent.offset !== end) throw damagedImage(`${JSON.stringify(name)} lies in scattered parts`);
    end += part.extent.length;
  }
  if (parts.at(-1)?.continues === true) throw damagedImage(`${JSON.stringify(name)} has no end`);
  return { offset: first.extent.offset, length: end - first.extent.offset };
}
