import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCpio } from '#shared/stamp/cpio.ts';
import type { Seed } from '#shared/stamp/seed-archive.ts';
import { areaPatches, deterministicGzip, type Stamp } from './area-patches.ts';
import { inspectImage, inspectSeedArea } from './inspect-image.ts';
import { resetImage, stampToFile } from './stamp-file.ts';
import { openStampable, type StampableImage } from './stampable-image.ts';
import { stampedStream } from './stamped-stream.ts';
import { hasXorriso, makeTinyIso, patchFile } from './tiny-iso.test-support.ts';

const seed: Seed = {
  userData: '#cloud-config\nhostname: cp-1\n',
  metaData: 'instance-id: cp-1-0001\nlocal-hostname: cp-1\n',
  networkConfig: 'version: 2\nethernets: {}\n',
  vendorData: '',
};
const stamp: Stamp = { seed, kernelArguments: ['isolcpus=2-7', 'site.mark=a$b'] };
const code = (name: string) => expect.objectContaining({ code: name });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-stamp-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** Everything but the areas. */
function outside(bytes: Buffer, image: StampableImage): Buffer {
  const copy = Buffer.from(bytes);
  for (const area of [image.index.seed, image.index.kernelArguments]) {
    copy.fill(0, area.offset, area.offset + area.length);
  }
  return copy;
}

describe('the compressed seed', () => {
  it('has a header without time and system', () => {
    expect(deterministicGzip(Buffer.from('x')).subarray(0, 10).toString('hex')).toBe('1f8b08000000000002ff');
  });
});

describe.runIf(hasXorriso)('a stampable image', () => {
  it.each([true, false])('is found out with Rock Ridge: %s', async (rockRidge) => {
    const image = await openStampable(await makeTinyIso(folder, { rockRidge }));
    expect(image.volumeId).toBe('TINY_NODE');
    expect(await inspectImage(image)).toMatchObject({ seed: { state: 'empty' }, kernelArguments: [] });
  });

  it('is not one whose index points elsewhere', async () => {
    const path = await makeTinyIso(folder, {
      index: (index) => ({ ...index, seed: { ...index.seed, offset: index.seed.offset + 2048 } }),
    });
    await expect(openStampable(path)).rejects.toMatchObject({ code: 'image-damaged', where: path });
  });

  it('is not one whose index names another length or a file that is not there', async () => {
    const long = await makeTinyIso(join(folder, 'a'), {
      index: (index) => ({ ...index, seed: { ...index.seed, length: index.seed.length + 2048 } }),
    });
    await expect(openStampable(long)).rejects.toEqual(code('image-damaged'));
    const absent = await makeTinyIso(join(folder, 'b'), {
      index: (index) => ({ ...index, seed: { ...index.seed, path: '/live/other.img' } }),
    });
    await expect(openStampable(absent)).rejects.toThrow(/is not there/);
  });

  it('is not a file without index, a folder, or nothing', async () => {
    const path = join(folder, 'x.iso');
    await writeFile(path, 'x'.repeat(100_000));
    await expect(openStampable(path)).rejects.toEqual(code('image-not-stampable'));
    await expect(openStampable(folder)).rejects.toMatchObject({ code: expect.stringMatching(/^file-not-/) });
    await expect(openStampable(join(folder, 'none'))).rejects.toEqual(code('file-not-found'));
  });
});

describe.runIf(hasXorriso)('a stamp', () => {
  let image: StampableImage;
  let original: Buffer;
  const out = (): string => join(folder, 'cp-1.iso');
  beforeEach(async () => {
    image = await openStampable(await makeTinyIso(folder));
    original = await readFile(image.path);
  });

  it('is read back from the file it was written to', async () => {
    await stampToFile(image, stamp, out());
    const inspection = await inspectImage(await openStampable(out()));
    expect(inspection.seed).toMatchObject({ state: 'stamped', host: 'cp-1', instanceId: 'cp-1-0001', seed });
    expect(inspection.seed).toMatchObject({ files: [{ name: 'user-data', size: 29 }, {}, {}] });
    expect(inspection.kernelArguments).toEqual(stamp.kernelArguments);
    expect(inspection.bakedKernelArguments).toBe('boot=live');
  });

  it('changes nothing outside the areas, and not the source', async () => {
    await stampToFile(image, stamp, out());
    const stamped = await readFile(out());
    expect(stamped.equals(original)).toBe(false);
    expect(outside(stamped, image).equals(outside(original, image))).toBe(true);
    expect((await readFile(image.path)).equals(original)).toBe(true);
  });

  it('gives equal bytes for equal seeds, as file and as stream', async () => {
    await stampToFile(image, stamp, out());
    const again = join(folder, 'again.iso');
    await stampToFile(image, structuredClone(stamp), again);
    const bytes = await readFile(out());
    expect(bytes.equals(await readFile(again))).toBe(true);
    expect(bytes.equals(await bytesOf(stampedStream(image, stamp)))).toBe(true);
  });

  it('streams any range as that slice of the whole', async () => {
    await stampToFile(image, stamp, out());
    const whole = await readFile(out());
    const { seed: seedArea, kernelArguments } = image.index;
    const edges = [seedArea, kernelArguments].flatMap((area) => [area.offset, area.offset + area.length]);
    const place = fc.oneof(
      fc.nat(whole.length - 1),
      fc.tuple(fc.constantFrom(...edges), fc.integer({ min: -3, max: 3 })).map(([edge, by]) => edge + by),
    );
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const bytes = await bytesOf(stampedStream(image, stamp, { start, end }));
        expect(bytes.equals(whole.subarray(start, end + 1))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([{ start: -1 }, { end: 1e9 }, { start: 5, end: 4 }, { start: Number.NaN }, { start: 0.5 }])(
    'has no range %j',
    (range) => {
      expect(() => stampedStream(image, stamp, range)).toThrow(RangeError);
    },
  );

  it('fails as a stream when the image has changed since', async () => {
    await utimes(image.path, 1, 1);
    await expect(text(stampedStream(image, stamp))).rejects.toEqual(code('image-changed'));
    await truncate(image.path, 40_000);
    await expect(text(stampedStream(image, stamp))).rejects.toEqual(code('image-changed'));
    await expect(stampToFile(image, stamp, out())).rejects.toEqual(code('image-changed'));
    expect(await readdir(folder)).not.toContain('cp-1.iso');
  });

  it('takes away all of the host that was stamped before', async () => {
    await stampToFile(image, stamp, out());
    const stamped = await openStampable(out());
    await stampToFile(
      stamped,
      { seed: { ...seed, userData: '' }, kernelArguments: [] },
      join(folder, 'next.iso'),
    );
    const next = await inspectImage(await openStampable(join(folder, 'next.iso')));
    expect(next.kernelArguments).toEqual([]);
    expect(next.seed).toMatchObject({ seed: { userData: '' } });
  });

  it('is reset to the image as it was built, in place and in a copy', async () => {
    await stampToFile(image, stamp, out());
    const stamped = await openStampable(out());
    await resetImage(stamped, join(folder, 'clean.iso'));
    expect((await readFile(join(folder, 'clean.iso'))).equals(original)).toBe(true);
    await resetImage(stamped);
    expect((await readFile(out())).equals(original)).toBe(true);
  });

  it('goes into the image itself only when asked, under whatever name', async () => {
    await link(image.path, join(folder, 'hard.iso'));
    await symlink(image.path, join(folder, 'soft.iso'));
    for (const name of [image.path, join(folder, 'hard.iso'), join(folder, 'soft.iso')]) {
      await expect(stampToFile(image, stamp, name)).rejects.toEqual(code('output-is-source'));
    }
    expect((await readFile(image.path)).equals(original)).toBe(true);
    const whole = await bytesOf(stampedStream(image, stamp));
    await stampToFile(image, stamp, image.path, { inPlace: true });
    expect((await readFile(image.path)).equals(whole)).toBe(true);
  });

  it('is for its owner alone, also over a file that was for all', async () => {
    await writeFile(out(), 'old', { mode: 0o644 });
    await stampToFile(image, stamp, out());
    expect((await stat(out())).mode & 0o777).toBe(0o600);
  });

  it('leaves the old output and nothing else after an abort', async () => {
    await writeFile(out(), 'old');
    const before = await readdir(folder);
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    await expect(stampToFile(image, stamp, out(), options)).rejects.toEqual(code('cancelled'));
    expect(await readFile(out(), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(before);
  });

  it('refuses a folder as output, and one that does not exist', async () => {
    await mkdir(join(folder, 'sub'));
    await expect(stampToFile(image, stamp, join(folder, 'sub'))).rejects.toEqual(code('file-not-writable'));
    await expect(stampToFile(image, stamp, join(folder, 'none', 'x'))).rejects.toEqual(
      code('file-not-writable'),
    );
  });

  it('refuses a seed that does not fit, before anything is written', async () => {
    const noise = Array.from({ length: 200_000 }, (_, at) => ((at * 2_654_435_761) >>> 3).toString(36)).join(
      '',
    );
    const large = { ...stamp, seed: { ...seed, userData: noise } };
    expect(() => areaPatches(image.index, large)).toThrow(code('seed-too-large'));
    await expect(stampToFile(image, large, out())).rejects.toEqual(code('seed-too-large'));
    expect(await readdir(folder)).not.toContain('cp-1.iso');
  });

  const plain = writeCpio([
    { path: 'site-seed/user-data', kind: 'file', mode: 0o600, data: Uint8Array.from(Buffer.from('u')) },
    {
      path: 'site-seed/meta-data',
      kind: 'file',
      mode: 0o600,
      data: Uint8Array.from(Buffer.from('{"local-hostname": "w-1"}')),
    },
  ]);
  it('is read when another tool wrote the archive without compression', async () => {
    await patchFile(image.path, image.index.seed.offset, plain);
    expect((await inspectImage(await openStampable(image.path))).seed).toMatchObject({
      state: 'stamped',
      host: 'w-1',
    });
  });

  it.each([
    ['text', Buffer.from('hello')],
    ['half a gzip', gzipSync(plain).subarray(0, 60)],
    ['something behind the gzip', Buffer.concat([gzipSync(plain), Buffer.from('x')])],
    ['gzip of garbage', gzipSync('garbage')],
    ['an archive of something else', gzipSync(writeCpio([]))],
  ])('that is %s is told as unreadable and can be reset', async (_, area) => {
    await patchFile(image.path, image.index.seed.offset, area);
    const opened = await openStampable(image.path);
    expect((await inspectImage(opened)).seed).toMatchObject({
      state: 'unreadable',
      reason: expect.any(String),
    });
    await resetImage(opened);
    expect((await readFile(image.path)).equals(original)).toBe(true);
  });

  it('that unpacks to more than 64 MiB is not unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    const area = Buffer.concat([bomb, Buffer.alloc(1000)]);
    const seen = inspectSeedArea(area, image.index);
    expect(seen).toMatchObject({
      state: 'unreadable',
      reason: expect.stringMatching(/larger than|too large/),
    });
  });
});
