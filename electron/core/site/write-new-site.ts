import { randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import type { SiteFile } from '#shared/import/imported-site.ts';
import { syncFolder } from '../files/atomic-write.ts';
import { errnoOf, fileFailure } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';

/**
 * Writes a site into a folder that does not exist or is empty: all of it or nothing. What is private is readable for
 * its owner alone from the first byte on. No file is worth waiting for the disk: all can be made again. Throws `folder-not-empty`, `file-not-writable` or `disk-full`.
 */
export async function writeNewSite(folder: string, files: readonly SiteFile[]): Promise<void> {
  await requireEmpty(folder);
  const target = await realpath(folder).catch(() => resolve(folder));
  const draft = join(
    dirname(target),
    `.${basename(target).slice(0, 60)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    await makeFolder(dirname(target));
    await mkdir(draft);
    for (const file of files) await writeOne(draft, file);
    await syncFolder(draft);
    // rename(2) takes the place of an empty folder, and refuses one that got a file meanwhile.
    await rename(draft, target);
    await syncFolder(dirname(target));
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true });
    const errno = errnoOf(thrown);
    if (errno === 'ENOTEMPTY' || errno === 'EEXIST' || errno === 'ENOTDIR') throw notEmpty(folder);
    throw fileFailure(thrown, folder, 'write');
  }
}

/** Throws `folder-not-empty` for a folder with anything in it, and for a file. */
export async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((thrown: unknown) => {
    const errno = errnoOf(thrown);
    if (errno === 'ENOENT') return [];
    if (errno === 'ENOTDIR') throw notEmpty(folder, 'is a file');
    throw fileFailure(thrown, folder, 'write');
  });
  if (names.length > 0) throw notEmpty(folder);
}

function notEmpty(folder: string, what = 'is not empty'): SiteforgeError {
  return new SiteforgeError('folder-not-empty', { where: folder, message: `${folder} ${what}.` });
}

async function writeOne(root: string, { path, text, isPrivate }: SiteFile): Promise<void> {
  const file = join(root, path);
  await makeFolder(dirname(file), isPrivate ? 0o700 : 0o777);
  await writeFile(file, text, { flag: 'wx', mode: isPrivate ? 0o600 : 0o666 });
}
