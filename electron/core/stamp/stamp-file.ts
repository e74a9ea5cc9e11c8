import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { syncFolder } from '../files/atomic-write.ts';
import { errnoOf, fileFailure } from '../files/file-failures.ts';
import { type AreaPatch, areaPatches, emptyStamp, type Stamp } from './area-patches.ts';
import { copyContent } from './copy-content.ts';
import { openImageFile, requireUnchanged, type StampableImage } from './stampable-image.ts';

export interface StampToFileOptions {
  /** Allows `out` to be the image itself: its areas are then changed in place. */
  readonly inPlace?: boolean;
  readonly signal?: AbortSignal;
  /** Bytes copied so far, of the image's size; a clone reports once. */
  readonly onProgress?: (copied: number, total: number) => void;
}

/** A stamped image holds the host's keys and passwords: it is for its owner alone. */
const privateMode = 0o600;
/** One block: written last, so that a power cut while stamping in place leaves an area without a seed, not half of one. */
const headBytes = 4096;

/**
 * Writes the image with the stamp in it to `out`. The copy is a clone where the file system can share blocks. `out`
 * appears complete (it is renamed into place, mode 0600) or not at all, also after an abort.
 * Errors: `output-is-source`, `file-not-writable`, `disk-full`, `image-changed`, `cancelled`, those of the stamp.
 */
export async function stampToFile(
  image: StampableImage,
  stamp: Stamp,
  out: string,
  options: StampToFileOptions = {},
): Promise<void> {
  const patches = areaPatches(image.index, stamp);
  if (await isSource(image, out)) {
    if (options.inPlace !== true) {
      throw new SiteforgeError('output-is-source', { where: out, message: `${out} is the image itself.` });
    }
    return patchInPlace(image, patches);
  }
  const temporary = join(
    dirname(out),
    `.${basename(out).slice(0, 60)}.${randomBytes(6).toString('hex')}.part`,
  );
  try {
    await copyImage(image, temporary, options);
    await writePatches(temporary, patches);
    throwIfAborted(options.signal);
    await rename(temporary, out);
  } catch (thrown) {
    await unlink(temporary).catch(() => undefined);
    throw fileFailure(thrown, out, 'write');
  }
  await syncFolder(dirname(out));
}

/** Takes seed and kernel arguments out: in place, or in a copy at `out`. */
export async function resetImage(
  image: StampableImage,
  out: string = image.path,
  options: Pick<StampToFileOptions, 'signal'> = {},
): Promise<void> {
  await stampToFile(image, emptyStamp, out, { ...options, inPlace: out === image.path });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new SiteforgeError('cancelled');
}

/** Whether `out` is the image under any name (links included). Folders and devices are refused here. */
async function isSource(image: StampableImage, out: string): Promise<boolean> {
  const status = await stat(out).catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return undefined;
    throw fileFailure(thrown, out, 'write');
  });
  if (status === undefined) return false;
  if (!status.isFile()) {
    const message = `${out} is not a regular file.`;
    throw new SiteforgeError('file-not-writable', { where: out, message });
  }
  return status.dev === image.identity.device && status.ino === image.identity.inode;
}

async function copyImage(image: StampableImage, to: string, options: StampToFileOptions): Promise<void> {
  throwIfAborted(options.signal);
  const source = await openImageFile(image.path);
  try {
    await requireUnchanged(source, image);
    if (await clone(image.path, to)) {
      options.onProgress?.(image.size, image.size);
    } else {
      const target = await open(to, 'wx', privateMode);
      try {
        await copyContent(source, target, image, options);
      } finally {
        await target.close();
      }
    }
    // A builder that writes into the image meanwhile would have left a mixture.
    await requireUnchanged(source, image);
  } finally {
    await source.close();
  }
}

/** Shares the blocks on btrfs, XFS, APFS and others; false where that is not possible. */
async function clone(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') throw thrown;
    await unlink(to).catch(() => undefined);
    return false;
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

async function writePatches(path: string, patches: readonly AreaPatch[]): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.chmod(privateMode);
    for (const patch of patches) await writeAt(file, patch.bytes, patch.offset);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Three steps, each on the disk before the next: no head, the rest, the head. */
async function patchInPlace(image: StampableImage, patches: readonly AreaPatch[]): Promise<void> {
  const file = await open(image.path, 'r+').catch((thrown: unknown) => {
    throw fileFailure(thrown, image.path, 'write');
  });
  try {
    await requireUnchanged(file, image);
    const seed = patches.find((patch) => patch.offset === image.index.seed.offset);
    const whole = patches.filter((patch) => patch !== seed);
    if (seed !== undefined) {
      await writeAt(file, new Uint8Array(headBytes), seed.offset);
      await file.sync();
      await writeAt(file, seed.bytes.subarray(headBytes), seed.offset + headBytes);
    }
    for (const patch of whole) await writeAt(file, patch.bytes, patch.offset);
    await file.sync();
    if (seed === undefined) return;
    await writeAt(file, seed.bytes.subarray(0, headBytes), seed.offset);
    await file.sync();
  } catch (thrown) {
    throw fileFailure(thrown, image.path, 'write');
  } finally {
    await file.close();
  }
}
