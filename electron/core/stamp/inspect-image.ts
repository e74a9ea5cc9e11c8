import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { SiteforgeError } from '#shared/errors.ts';
import type { AreaIndex } from '#shared/stamp/area-index.ts';
import { readCpio } from '#shared/stamp/cpio.ts';
import { parseKernelArguments } from '#shared/stamp/kernel-arguments.ts';
import { type Seed, type SeedFileName, seedFromEntries } from '#shared/stamp/seed-archive.ts';
import { exactReader, openImageFile, requireUnchanged, type StampableImage } from './stampable-image.ts';

export interface InspectedFile {
  readonly name: SeedFileName;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

export type InspectedSeed =
  | { readonly state: 'empty' }
  | {
      readonly state: 'stamped';
      /** `local-hostname` of the meta-data; undefined when it names none. */
      readonly host: string | undefined;
      readonly instanceId: string | undefined;
      readonly files: readonly InspectedFile[];
      /** Compressed bytes in use of the area. */
      readonly usedBytes: number;
      /** The contents, secrets included: for extraction, not for logs. */
      readonly seed: Seed;
    }
  | { readonly state: 'unreadable'; readonly reason: string };

export interface Inspection {
  readonly path: string;
  readonly size: number;
  readonly volumeId: string;
  readonly architecture: string;
  /** What the image was made of; undefined for images of earlier versions. */
  readonly origin: AreaIndex['origin'];
  readonly seedAreaBytes: number;
  readonly seed: InspectedSeed;
  /** Stamped, not baked, arguments. */
  readonly kernelArguments: readonly string[];
  readonly bakedKernelArguments: string;
}

/** An archive of a few KiB can unpack to gigabytes; the seed of a real host has well under 1 MiB. */
const largestArchive = 64 * 1024 * 1024;

/** What is stamped into an image. A seed that cannot be read is told, not thrown: the image can still be reset. */
export async function inspectImage(image: StampableImage): Promise<Inspection> {
  const { index } = image;
  const file = await openImageFile(image.path);
  try {
    await requireUnchanged(file, image);
    const readAt = exactReader(file, image.path);
    const seedArea = await readAt(index.seed.offset, index.seed.length);
    const argumentsArea = await readAt(index.kernelArguments.offset, index.kernelArguments.length);
    return {
      path: image.path,
      size: image.size,
      volumeId: image.volumeId,
      architecture: index.architecture,
      origin: index.origin,
      seedAreaBytes: index.seed.length,
      seed: inspectSeedArea(seedArea, index),
      kernelArguments: parseKernelArguments(argumentsArea, index.kernelArguments),
      bakedKernelArguments: index.baked.kernelArguments,
    };
  } finally {
    await file.close();
  }
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

export function inspectSeedArea(area: Buffer, index: AreaIndex): InspectedSeed {
  if (isZero(area)) return { state: 'empty' };
  try {
    const { archive, usedBytes } = unpack(area);
    const seed = seedFromEntries(readCpio(archive), index.seed.directory);
    if (seed === undefined) return { state: 'unreadable', reason: 'It holds an archive without a seed.' };
    return { state: 'stamped', ...namesIn(seed.metaData), files: filesOf(seed), usedBytes, seed };
  } catch (thrown) {
    if (!(thrown instanceof SiteforgeError)) throw thrown;
    return { state: 'unreadable', reason: thrown.message };
  }
}

/** The kernel takes a plain archive as well; both end where only zeros follow. */
function unpack(area: Buffer): { archive: Uint8Array; usedBytes: number } {
  if (area[0] !== 0x1f || area[1] !== 0x8b) {
    const used = area.length - trailingZeros(area);
    return { archive: area, usedBytes: used };
  }
  let unpacked: { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    const options = { maxOutputLength: largestArchive, info: true };
    // With `info` Node answers with the engine as well, which knows where the compressed data ended; its types do not say so.
    unpacked = gunzipSync(area, options) as unknown as typeof unpacked;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new SiteforgeError('seed-unreadable', { message: `It cannot be decompressed (${detail}).`, cause });
  }
  const usedBytes = unpacked.engine.bytesWritten;
  if (!isZero(area.subarray(usedBytes))) {
    throw new SiteforgeError('seed-unreadable', { message: 'Something follows the compressed archive.' });
  }
  return { archive: unpacked.buffer, usedBytes };
}

function trailingZeros(bytes: Buffer): number {
  let count = 0;
  while (count < bytes.length && bytes[bytes.length - 1 - count] === 0) count += 1;
  return count;
}

function filesOf(seed: Seed): InspectedFile[] {
  const texts: readonly (readonly [SeedFileName, string])[] = [
    ['user-data', seed.userData],
    ['meta-data', seed.metaData],
    ['network-config', seed.networkConfig],
    ['vendor-data', seed.vendorData],
  ];
  return texts
    .filter(([name, text]) => text !== '' || name === 'user-data' || name === 'meta-data')
    .map(([name, text]) => {
      const bytes = Buffer.from(text, 'utf8');
      return { name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
}

/** Meta-data is YAML, of which JSON is a part. What is not a mapping names no host. */
function namesIn(metaData: string): { host: string | undefined; instanceId: string | undefined } {
  let value: unknown;
  try {
    value = parse(metaData, { logLevel: 'silent' });
  } catch {
    value = undefined;
  }
  const text = (key: string): string | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  return { host: text('local-hostname') ?? text('hostname'), instanceId: text('instance-id') };
}
