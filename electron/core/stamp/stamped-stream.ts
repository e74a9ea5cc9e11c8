import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { SiteforgeError } from '#shared/errors.ts';
import { type AreaPatch, areaPatches, type Stamp } from './area-patches.ts';
import { openImageFile, requireUnchanged, type StampableImage } from './stampable-image.ts';

/** Offsets in bytes, both inclusive, as in an HTTP range and in `fs.createReadStream`. */
export interface ByteRange {
  readonly start?: number;
  readonly end?: number;
}

const chunkBytes = 512 * 1024;
/** The first read is small: a BMC asks for single sectors, and the first byte should not wait for half a MiB. */
const firstChunkBytes = 64 * 1024;

/**
 * The image with the stamp in it, or a range of that, as a stream. Nothing is copied or rebuilt; only the range is
 * read. Throws at once for a stamp that does not fit and a range outside the image (RangeError); the stream fails with
 * `image-changed` when the file is not the one that was opened, `image-damaged` when it is cut short while it is read.
 */
export function stampedStream(image: StampableImage, stamp: Stamp, range: ByteRange = {}): Readable {
  return patchedStream(image, areaPatches(image.index, stamp), range);
}

/** `stampedStream` for callers that serve many ranges of one stamp and keep its patches. */
export function patchedStream(
  image: StampableImage,
  patches: readonly AreaPatch[],
  range: ByteRange = {},
): Readable {
  const { start = 0, end = image.size - 1 } = range;
  const valid = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end;
  if (!valid || end >= image.size) {
    throw new RangeError(`no range of an image of ${image.size} bytes: ${start}-${end}`);
  }
  return Readable.from(patchedChunks(image, patches, start, end + 1), {
    objectMode: false,
    highWaterMark: chunkBytes,
  });
}

async function* patchedChunks(
  image: StampableImage,
  patches: readonly AreaPatch[],
  start: number,
  stop: number,
): AsyncGenerator<Uint8Array> {
  const file = await openImageFile(image.path);
  try {
    await requireUnchanged(file, image);
    let size = firstChunkBytes;
    for (let at = start; at < stop; ) {
      const patch = patches.find((each) => each.offset + each.bytes.length > at && each.offset < stop);
      const chunk =
        patch !== undefined && patch.offset <= at
          ? patch.bytes.subarray(at - patch.offset, stop - patch.offset)
          : await readSome(file, image, at, Math.min(size, (patch?.offset ?? stop) - at));
      yield chunk;
      at += chunk.length;
      size = chunkBytes;
    }
  } finally {
    await file.close();
  }
}

async function readSome(
  file: FileHandle,
  image: StampableImage,
  at: number,
  length: number,
): Promise<Buffer> {
  // Not from the pool: the consumer may keep the chunk.
  const buffer = Buffer.allocUnsafeSlow(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead > 0) return buffer.subarray(0, bytesRead);
  throw new SiteforgeError('image-damaged', {
    where: image.path,
    message: `The image was cut short at byte ${at} while it was read.`,
  });
}
