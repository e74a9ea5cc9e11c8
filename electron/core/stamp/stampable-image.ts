import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { SiteforgeError } from '#shared/errors.ts';
import { type AreaIndex, areaIndexPath, largestAreaIndex, parseAreaIndex } from '#shared/stamp/area-index.ts';
import { fileFailure } from '../files/file-failures.ts';
import type { ReadAt } from './iso-sectors.ts';
import { type IsoVolume, openIsoVolume } from './iso9660.ts';

/** What was learnt about an image at one moment; nothing stays open. Sizes in bytes. */
export interface StampableImage {
  readonly path: string;
  readonly size: number;
  readonly volumeId: string;
  readonly index: AreaIndex;
  /** Tells the file from one that took its place or was written to since. */
  readonly identity: FileIdentity;
}

export interface FileIdentity {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
  readonly modifiedMilliseconds: number;
}

export async function identityOf(file: FileHandle): Promise<FileIdentity> {
  const status = await file.stat();
  const { dev: device, ino: inode, size, mtimeMs: modifiedMilliseconds } = status;
  return { device, inode, size, modifiedMilliseconds };
}

/** Throws `image-changed` when the open file is not the one that `image` describes. */
export async function requireUnchanged(file: FileHandle, image: StampableImage): Promise<void> {
  const now = await identityOf(file);
  const known = image.identity;
  const same =
    now.device === known.device &&
    now.inode === known.inode &&
    now.size === known.size &&
    now.modifiedMilliseconds === known.modifiedMilliseconds;
  if (!same) throw new SiteforgeError('image-changed', { where: image.path });
}

/** Reads exactly; `image-damaged` when the file ends before. */
export function exactReader(file: FileHandle, where: string): ReadAt {
  return async (position, length) => {
    const buffer = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await file.read(buffer, done, length - done, position + done);
      if (bytesRead === 0) {
        const message = `The image ends at byte ${position + done}, before its content does.`;
        throw new SiteforgeError('image-damaged', { where, message });
      }
      done += bytesRead;
    }
    return buffer;
  };
}

/** Opens an image for reading. Other things than regular files are refused: a stamp is not for devices. */
export async function openImageFile(path: string): Promise<FileHandle> {
  // Without "non-blocking", a named pipe that nobody writes into is waited for until somebody does.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((thrown: unknown) => {
    throw fileFailure(thrown, path, 'read');
  });
  const regular = await file.stat().then(
    (status) => status.isFile(),
    () => false,
  );
  if (regular) return file;
  await file.close();
  throw new SiteforgeError('file-not-readable', { where: path, message: `${path} is not a regular file.` });
}

/**
 * Reads an image's index of stamp areas and checks it against the image's own directory: an index that names other
 * bytes than those of its files is refused. A few sectors are read, whatever the image's size.
 * Errors: `image-not-stampable`, `image-damaged`, `file-not-found`, `file-not-readable`.
 */
export async function openStampable(path: string): Promise<StampableImage> {
  const file = await openImageFile(path);
  try {
    const identity = await identityOf(file);
    const readAt = exactReader(file, path);
    const volume = await openIsoVolume(readAt, identity.size);
    const index = await readIndex(volume, readAt, path);
    await requireAreasInDirectory(volume, index, path);
    return { path, size: identity.size, volumeId: volume.volumeId, index, identity };
  } catch (thrown) {
    throw thrown instanceof SiteforgeError && thrown.where === undefined
      ? new SiteforgeError(thrown.code, { message: thrown.message, where: path, cause: thrown })
      : fileFailure(thrown, path, 'read');
  } finally {
    await file.close();
  }
}

async function readIndex(volume: IsoVolume, readAt: ReadAt, where: string): Promise<AreaIndex> {
  const extent = await volume.find(areaIndexPath);
  if (extent === undefined) throw new SiteforgeError('image-not-stampable', { where });
  if (extent.length > largestAreaIndex) {
    throw new SiteforgeError('image-damaged', { where, message: 'The index of stamp areas is too large.' });
  }
  const text = (await readAt(extent.offset, extent.length)).toString('utf8');
  return parseAreaIndex(text, where);
}

async function requireAreasInDirectory(volume: IsoVolume, index: AreaIndex, where: string): Promise<void> {
  for (const area of [index.seed, index.kernelArguments]) {
    const extent = await volume.find(area.path);
    if (extent !== undefined && extent.offset === area.offset && extent.length === area.length) continue;
    const found = extent === undefined ? 'is not there' : `has ${extent.length} bytes at ${extent.offset}`;
    throw new SiteforgeError('image-damaged', {
      where,
      message: `The index says that ${area.path} has ${area.length} bytes at ${area.offset}, but it ${found}. Nothing was written.`,
    });
  }
}
