import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { fileFailure, isMissing } from './file-failures.ts';

/** Bytes that this account may still write where `path` is or will be. */
export async function freeBytes(path: string): Promise<number> {
  for (let place = path; ; place = dirname(place)) {
    try {
      const status = await statfs(place);
      return status.bavail * status.bsize;
    } catch (thrown) {
      if (!isMissing(thrown) || place === dirname(place)) throw thrown;
    }
  }
}

/** Throws `disk-full` with both figures when fewer than `bytes` are free at `path`. */
export async function requireSpace(path: string, bytes: number, purpose: string): Promise<void> {
  const free = await freeBytes(path);
  if (free >= bytes) return;
  throw new SiteforgeError('disk-full', {
    where: path,
    message: `${purpose} needs about ${formatBytes(bytes)}; ${formatBytes(free)} are free at ${path}.`,
  });
}

/** Throws `file-not-writable` when nothing can be written where `folder` is or will be. Root may write against modes. */
export async function requireWritable(folder: string): Promise<void> {
  for (let place = folder; ; place = dirname(place)) {
    try {
      return await access(place, constants.W_OK);
    } catch (thrown) {
      if (!isMissing(thrown) || place === dirname(place)) throw fileFailure(thrown, folder, 'write');
    }
  }
}

/** "1.4 GiB": binary units, as disks and ISO files are listed by most tools. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
