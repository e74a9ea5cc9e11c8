import { damagedImage, type ReadAt, sectorBytes } from './iso-sectors.ts';

/**
 * The names as people wrote them lie in the records' system use fields: SUSP (IEEE P1281) frames them, Rock Ridge
 * (IEEE P1282) has NM for the name. xorriso and grub-mkrescue always write them.
 */
export interface RockRidge {
  readonly readAt: ReadAt;
  readonly imageBytes: number;
  /** Bytes before the first entry of every system use field (SP); undefined when the image has no Rock Ridge. */
  readonly skip: number | undefined;
}

/** A forged chain of continuation areas (CE) may point at itself. */
const mostContinuations = 16;
const longestName = 255;

interface Entry {
  readonly signature: string;
  readonly bytes: Buffer;
}

function* entries(field: Buffer): Generator<Entry> {
  for (let at = 0; at + 4 <= field.length; ) {
    const length = field[at + 2] ?? 0;
    const signature = field.toString('latin1', at, at + 2);
    // Zeros fill the field to an even length; a shorter or longer entry ends what can be understood.
    if (length < 4 || at + length > field.length || signature === 'ST') return;
    yield { signature, bytes: field.subarray(at, at + length) };
    at += length;
  }
}

function systemUseField(record: Buffer): Buffer {
  const nameLength = record[32] ?? 0;
  const from = 33 + nameLength + (nameLength % 2 === 0 ? 1 : 0);
  return record.subarray(Math.min(from, record.length));
}

/** SUSP 5.3: SP is the first entry of the root's own record and carries 0xBE 0xEF. */
export function systemUseSkip(rootRecord: Buffer): number | undefined {
  const first = entries(systemUseField(rootRecord)).next();
  if (first.done === true || first.value.signature !== 'SP' || first.value.bytes.length < 7) return undefined;
  const { bytes } = first.value;
  return bytes[4] === 0xbe && bytes[5] === 0xef ? (bytes[6] ?? 0) : undefined;
}

/** SUSP 5.1: block, offset in it and length, each in both byte orders. */
async function continuation(entry: Buffer, rockRidge: RockRidge): Promise<Buffer> {
  if (entry.length < 28) throw damagedImage('a continuation area is not described');
  const [block, offset, length] = [entry.readUInt32LE(4), entry.readUInt32LE(12), entry.readUInt32LE(20)];
  const position = block * sectorBytes + offset;
  if (length > sectorBytes || position + length > rockRidge.imageBytes) {
    throw damagedImage('a continuation area lies outside the image');
  }
  return rockRidge.readAt(position, length);
}

/** The Rock Ridge name of a record; undefined when it has none. */
export async function rockRidgeName(record: Buffer, rockRidge: RockRidge): Promise<string | undefined> {
  if (rockRidge.skip === undefined) return undefined;
  let field: Buffer | undefined = systemUseField(record).subarray(rockRidge.skip);
  let name: string | undefined;
  for (let steps = 0; field !== undefined; steps += 1) {
    if (steps > mostContinuations) throw damagedImage('its continuation areas have no end');
    let next: Buffer | undefined;
    for (const { signature, bytes } of entries(field)) {
      if (signature === 'CE') next = bytes;
      // Flags 2 and 4 are "." and ".."; the others that matter only say that another NM follows.
      if (signature !== 'NM' || bytes.length < 5 || ((bytes[4] ?? 0) & 6) !== 0) continue;
      name = (name ?? '') + bytes.toString('utf8', 5);
      if (name.length > longestName) throw damagedImage('a file name is too long');
    }
    field = next === undefined ? undefined : await continuation(next, rockRidge);
  }
  return name;
}
