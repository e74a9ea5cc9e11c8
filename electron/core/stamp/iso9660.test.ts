import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIsoVolume } from './iso9660.ts';
import { hasXorriso, makeTinyIso, tinyIndexPath, tinySeedPath } from './tiny-iso.test-support.ts';

const damaged = expect.objectContaining({ code: 'image-damaged' });
const sector = 2048;

/** Opens bytes as an image; fails the test when a read leaves them or is large. */
function open(image: Buffer) {
  const readAt = async (position: number, length: number): Promise<Buffer> => {
    if (position < 0 || position + length > image.length)
      throw new Error(`read outside: ${position}+${length}`);
    if (length > 8 * 1024 * 1024) throw new Error(`large read: ${length}`);
    return image.subarray(position, position + length);
  };
  return openIsoVolume(readAt, image.length);
}

function both32(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value, 0);
  bytes.writeUInt32BE(value, 4);
  return bytes;
}

interface Forged {
  block: number;
  length: number;
  flags?: number;
  name: string;
  systemUse?: Buffer;
}

function record({ block, length, flags = 0, name, systemUse = Buffer.alloc(0) }: Forged): Buffer {
  const nameBytes = Buffer.from(name, 'latin1');
  const head = Buffer.alloc(33);
  both32(block).copy(head, 2);
  both32(length).copy(head, 10);
  head[25] = flags;
  head[32] = nameBytes.length;
  const pad = Buffer.alloc(nameBytes.length % 2 === 0 ? 1 : 0);
  const whole = Buffer.concat([head, nameBytes, pad, systemUse]);
  whole[0] = whole.length;
  return whole;
}

const directory = 2;
/** An image whose root lies in sector 18 with these records, and whose other sectors are given. */
function forge(records: Buffer[], others: Record<number, Buffer> = {}, rootLength = sector): Buffer {
  const image = Buffer.alloc(32 * sector);
  image[16 * sector] = 1;
  image.write('CD001\x01', 16 * sector + 1, 'latin1');
  image.writeUInt16LE(sector, 16 * sector + 128);
  record({ block: 18, length: rootLength, flags: directory, name: '\0' }).copy(image, 16 * sector + 156);
  image[17 * sector] = 255;
  image.write('CD001\x01', 17 * sector + 1, 'latin1');
  Buffer.concat(records).copy(image, 18 * sector);
  for (const [at, bytes] of Object.entries(others)) bytes.copy(image, Number(at) * sector);
  return image;
}
const rockRidgeStart = Buffer.from([0x53, 0x50, 7, 1, 0xbe, 0xef, 0]);
const dot = record({ block: 18, length: sector, flags: directory, name: '\0' });
const rockRidgeDot = record({
  block: 18,
  length: sector,
  flags: directory,
  name: '\0',
  systemUse: rockRidgeStart,
});
const named = (name: string, flags = 0): Buffer =>
  Buffer.concat([Buffer.from([0x4e, 0x4d, 5 + name.length, 1, flags]), Buffer.from(name)]);
const continued = (block: number, offset: number, length: number): Buffer =>
  Buffer.concat([Buffer.from([0x43, 0x45, 28, 1]), both32(block), both32(offset), both32(length)]);

describe('an ISO 9660 image', () => {
  it('gives files by the names of Rock Ridge', async () => {
    const long = record({
      block: 20,
      length: 5,
      name: 'LONG.;1',
      systemUse: Buffer.concat([named('long-', 1), continued(19, 8, 9)]),
    });
    const rest = Buffer.concat([Buffer.alloc(8), named('Name')]);
    const volume = await open(forge([rockRidgeDot, long], { 19: rest }));
    expect(await volume.find('/long-Name')).toEqual({ offset: 20 * sector, length: 5 });
    expect(await volume.find('/LONG')).toBeUndefined();
  });

  it('gives files by plain names, whatever their case', async () => {
    const volume = await open(forge([dot, record({ block: 20, length: 5, name: 'SITE_SEED.IMG;1' })]));
    expect(await volume.find('/site-seed.img')).toEqual({ offset: 20 * sector, length: 5 });
    expect(await volume.find('/site-seed')).toBeUndefined();
    expect(await volume.find('/')).toBeUndefined();
  });

  it('joins the parts of a file over 4 GiB', async () => {
    const parts = [
      record({ block: 20, length: sector, flags: 0x80, name: 'BIG.;1' }),
      record({ block: 21, length: 7, name: 'BIG.;1' }),
    ];
    const volume = await open(forge([dot, ...parts]));
    expect(await volume.find('/big')).toEqual({ offset: 20 * sector, length: sector + 7 });
  });

  it('ends in a folder that holds itself', async () => {
    const loop = record({ block: 18, length: sector, flags: directory, name: 'LOOP' });
    const volume = await open(forge([dot, loop]));
    expect(await volume.find(`${'/loop'.repeat(30)}/none`)).toBeUndefined();
    expect(await volume.find(`${'/loop'.repeat(5000)}/none`)).toBeUndefined();
  });

  const seed = (forged: Partial<Forged>): Buffer =>
    record({ block: 20, length: 5, name: 'SEED.;1', ...forged });
  const differing = seed({});
  differing[6] = 1;
  const shortRecord = seed({});
  shortRecord[0] = 20;
  const longName = seed({});
  longName[32] = 200;
  const loopingName = seed({ systemUse: continued(19, 0, 28) });
  it.each([
    ['a file outside the image', forge([dot, seed({ block: 31, length: sector + 1 })])],
    ['a file far outside the image', forge([dot, seed({ block: 0xffffffff, length: 0xffffffff })])],
    ['two byte orders that differ', forge([dot, differing])],
    ['a record shorter than its head', forge([dot, shortRecord])],
    ['a name longer than its record', forge([dot, longName])],
    ['one name twice', forge([dot, seed({}), seed({ block: 21 })])],
    ['parts that lie apart', forge([dot, seed({ flags: 0x80, length: sector }), seed({ block: 25 })])],
    ['a part without the next', forge([dot, seed({ flags: 0x80 })])],
    ['names that continue in a circle', forge([rockRidgeDot, loopingName], { 19: continued(19, 0, 28) })],
    ['a name that continues outside', forge([rockRidgeDot, seed({ systemUse: continued(900, 0, 28) })])],
  ])('refuses %s', async (_, image) => {
    await expect(open(image).then((volume) => volume.find('/seed'))).rejects.toEqual(damaged);
  });

  it('refuses a folder of 5 MiB', async () => {
    const image = Buffer.concat([forge([dot], {}, 5 * 1024 * 1024), Buffer.alloc(6 * 1024 * 1024)]);
    await expect(open(image)).rejects.toEqual(damaged);
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(64 * sector)],
    ['text', Buffer.alloc(64 * sector, 'no image ')],
  ])('is not %s', async (_, image) => {
    await expect(open(image)).rejects.toMatchObject({ code: 'image-not-stampable' });
  });
});

describe.runIf(hasXorriso)('an image of xorriso', () => {
  let folder: string;
  let image: Buffer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'siteforge-iso-'));
    image = await readFile(await makeTinyIso(folder));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('answers any damage to its structures with a place, nothing, or a code', async () => {
    // Descriptors and directories lie in the first sectors; the content behind them is not parsed.
    const flips = fc.array(fc.tuple(fc.integer({ min: 16 * sector, max: 33 * sector }), fc.nat(255)), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(flips, fc.constantFrom(tinySeedPath, tinyIndexPath), async (changes, path) => {
        const copy = Buffer.from(image);
        for (const [at, value] of changes) copy[at] = value;
        try {
          const extent = await open(copy).then((volume) => volume.find(path));
          if (extent !== undefined) expect(extent.offset + extent.length).toBeLessThanOrEqual(copy.length);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: expect.stringMatching(/^image-(damaged|not-stampable)$/) });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('answers every length that it is cut to with a code', async () => {
    for (let length = 0; length < 60 * sector; length += 1024) {
      const cut = image.subarray(0, length);
      const found = await open(cut)
        .then(
          (volume) => volume.find(tinySeedPath),
          (thrown: unknown) => thrown,
        )
        .catch((thrown: unknown) => thrown);
      expect(found).toMatchObject({ code: expect.stringMatching(/^image-(damaged|not-stampable)$/) });
    }
  });
});
