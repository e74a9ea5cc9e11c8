import type { FileHandle } from 'node:fs/promises';
import { SiteforgeError } from '#shared/errors.ts';
import type { StampToFileOptions } from './stamp-file.ts';
import type { StampableImage } from './stampable-image.ts';

/** Measured: larger chunks gain nothing, and an abort is heard between two. */
const chunkBytes = 4 * 1024 * 1024;
const zeros = Buffer.alloc(chunkBytes);

/**
 * Copies an image to an empty file, reading one chunk while the last is written. `fs.copyFile` cannot be stopped, and
 * it fills holes; here a chunk of zeros stays a hole.
 */
export async function copyContent(
  source: FileHandle,
  target: FileHandle,
  image: StampableImage,
  options: StampToFileOptions,
): Promise<void> {
  const buffers = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)] as const;
  let writing: Promise<void> = Promise.resolve();
  try {
    for (let at = 0, turn: 0 | 1 = 0; at < image.size; turn = turn === 0 ? 1 : 0) {
      if (options.signal?.aborted === true) throw new SiteforgeError('cancelled');
      const chunk = await readChunk(source, buffers[turn], at, image);
      await writing;
      options.onProgress?.(at, image.size);
      writing = writeChunk(target, chunk, at);
      // Awaited one turn later; without a handler in between a failure would count as unhandled.
      writing.catch(() => undefined);
      at += chunk.length;
    }
  } finally {
    await writing;
  }
  await target.truncate(image.size);
  options.onProgress?.(image.size, image.size);
}

async function readChunk(
  source: FileHandle,
  buffer: Buffer,
  at: number,
  image: StampableImage,
): Promise<Buffer> {
  const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, image.size - at), at);
  if (bytesRead > 0) return buffer.subarray(0, bytesRead);
  throw new SiteforgeError('image-changed', {
    where: image.path,
    message: `${image.path} was cut short at byte ${at} while it was copied.`,
  });
}

async function writeChunk(target: FileHandle, chunk: Buffer, at: number): Promise<void> {
  if (chunk.equals(zeros.subarray(0, chunk.length))) return;
  for (let done = 0; done < chunk.length; ) {
    done += (await target.write(chunk, done, chunk.length - done, at + done)).bytesWritten;
  }
}
