import { randomFillSync } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { analyseSite } from '../../electron/core/site/analyse-site.ts';
import { readSite } from '../../electron/core/site/read-site.ts';
import { type HostStamp, hostStamp } from '../../electron/core/stamp/host-stamp.ts';
import { stampToFile } from '../../electron/core/stamp/stamp-file.ts';
import { openStampable, type StampableImage } from '../../electron/core/stamp/stampable-image.ts';
import { stampedStream } from '../../electron/core/stamp/stamped-stream.ts';
import { makeTinyIso } from '../../electron/core/stamp/tiny-iso.test-support.ts';
import { run } from './commands.ts';
import type { Bench, Figure, Measure, Peer } from './figure.ts';
import { copyExample } from './generated-site.ts';
import { inTurns, median } from './sampling.ts';

const megabyte = 1e6;
const small = 300 * megabyte;
const large = 4e9;
const streamRounds = 101;
const copyRounds = 15;

async function measure(bench: Bench): Promise<Figure[]> {
  const site = path.join(bench.scratch, 'edge-berlin');
  copyExample(bench.checkout, site);
  const stamp = hostStamp(analyseSite(await readSite(site)), 'cp-1');
  return [...(await firstByte(bench, stamp)), ...(await wholeFile(bench, stamp))];
}

/** A hole behind the files: its size is what matters, not what stands in it. */
async function sparseImage(scratch: string, size: number): Promise<string> {
  const folder = path.join(scratch, `iso-of-${size}`);
  await mkdir(folder);
  const image = await makeTinyIso(folder, { seedBytes: 1024 ** 2 });
  await truncate(image, size);
  return image;
}

async function firstByte({ scratch }: Bench, stamp: HostStamp): Promise<Figure[]> {
  const images = {
    small: await openStampable(await sparseImage(scratch, small)),
    large: await openStampable(await sparseImage(scratch, large)),
  };
  const samples = await inTurns(streamRounds, {
    small: () => readFirst(images.small, stamp),
    large: () => readFirst(images.large, stamp),
    fromPath: async () => readFirst(await openStampable(images.large.path), stamp),
  });
  const title = (size: string) => `First byte of a stamped stream, ISO of ${size}`;
  const peer = peerOf('the same of 300 MB', samples.large, samples.small);
  return [
    {
      ...ofMilliseconds(title('300 MB'), samples.small, 50),
      note: 'gzip of the seed, one open, one read of 64 KiB',
    },
    { ...ofMilliseconds(title('4 GB'), samples.large, 50), note: `${peer.ratio.toFixed(2)} x the small one` },
    {
      ...ofMilliseconds('The same from the path alone, 4 GB', samples.fromPath, 50),
      note: 'finds the areas in the ISO first',
    },
  ];
}

async function readFirst(image: StampableImage, stamp: HostStamp): Promise<void> {
  for await (const chunk of stampedStream(image, stamp)) {
    if ((chunk as Uint8Array).length === 0) throw new Error('an empty first chunk');
    return;
  }
}

/** Bytes that do not compress and leave no hole, as in a real image. */
async function denseImage(scratch: string): Promise<string> {
  const folder = path.join(scratch, 'dense');
  await mkdir(folder);
  const squashfs = randomFillSync(Buffer.allocUnsafe(small));
  return makeTinyIso(folder, {
    seedBytes: 1024 ** 2,
    files: { '/live/filesystem.squashfs': squashfs },
  });
}

async function wholeFile({ scratch }: Bench, stamp: HostStamp): Promise<Figure[]> {
  const image = await openStampable(await denseImage(scratch));
  const out = path.join(scratch, 'copy.iso');
  const fresh = (work: () => Promise<unknown>) => async () => {
    await work();
    await rm(out);
  };
  // What one leaves unwritten would be paid by the next that waits for the disk.
  const sync = () => run(['sync']);
  const works = {
    stamp: fresh(() => stampToFile(image, stamp, out)),
    durableCopy: fresh(async () => {
      await run(['cp', image.path, out]);
      await run(['sync', out]);
    }),
  };
  // A copy that nobody waits for leaves the disk busy even after a sync, so it does not take turns with the others.
  const plain = { copy: fresh(() => run(['cp', image.path, out])) };
  const samples = {
    ...(await inTurns(copyRounds, works, sync)),
    ...(await inTurns(copyRounds, plain, sync)),
  };
  const cloned = (await clones(image.path, out)) ? 'the file system shared the blocks' : 'no shared blocks';
  const title = `Stamped into a new file of ${Math.round(image.size / megabyte)} MB`;
  return [
    {
      ...ofMilliseconds(title, samples.stamp, 1.1),
      peer: peerOf('cp, then sync of the copy', samples.stamp, samples.durableCopy),
      note: `on the disk before it ends; ${cloned}`,
    },
    {
      ...ofMilliseconds(title, samples.stamp),
      peer: peerOf('cp alone, which leaves it in memory', samples.stamp, samples.copy),
    },
  ];
}

async function clones(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  } finally {
    await rm(to, { force: true });
  }
}

function peerOf(title: string, subject: readonly number[], peer: readonly number[]): Peer {
  const value = median(peer);
  return { title, value, ratio: median(subject) / value, samples: peer };
}

function ofMilliseconds(title: string, samples: readonly number[], target?: number): Figure {
  const limit = target === undefined ? {} : { target };
  return { measure: 'stamp', title, value: median(samples), unit: 'ms', samples, ...limit };
}

export const stampImage: Measure = { name: 'stamp', title: 'Stamping an ISO', run: measure };
