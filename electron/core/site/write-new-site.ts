import { randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import type { SiteFile } from '#shared/import/imported-site.ts';
import { syncFolder } from '../files/atomic-write.ts';
import { errnoOf, fileFailure } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';

/** What an engineer's folder holds before it holds a site: a repository that was just made, or the root of a disk. */
const asGoodAsNothing = new Set(['.git', '.gitattributes', '.gitignore', '.gitkeep', 'lost+found']);

/**
 * Writes a site into a folder that does not exist or is empty: all of it or nothing. A fresh git repository is as good
 * as empty, and stays as it is. What is private is readable for its owner alone from the first byte on. No file is
 * worth waiting for the disk: all can be made again. Throws `folder-not-empty`, `file-not-writable` or `disk-full`.
 */
export async function writeNewSite(folder: string, files: readonly SiteFile[]): Promise<void> {
  const isThere = await requireEmpty(folder);
  const target = await realpath(folder).catch(() => resolve(folder));
  const parent = dirname(target);
  const name = `${basename(target).slice(0, 60)}.${randomBytes(6).toString('hex')}.tmp`;
  // A folder that is there keeps its owner and mode, may be where a disk is mounted, and its parent may be another's.
  const draft = isThere ? join(target, `.${name}`) : join(parent, `.${name}`);
  try {
    if (!isThere) await makeFolder(parent);
    await mkdir(draft);
    for (const file of files) await writeOne(draft, file);
    await syncFolder(draft);
    if (isThere) await moveInto(target, draft);
    // rename(2) takes the place of an empty folder, and refuses one that got a file meanwhile.
    else await rename(draft, target);
    await syncFolder(isThere ? target : parent);
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true });
    const errno = errnoOf(thrown);
    if (errno === 'ENOTEMPTY' || errno === 'EEXIST' || errno === 'ENOTDIR') throw notEmpty(folder);
    throw thrown instanceof SiteforgeError ? thrown : fileFailure(thrown, folder, 'write');
  }
}

/** The document that makes a folder a site comes last: what breaks off before it is none. */
async function moveInto(target: string, draft: string): Promise<void> {
  const last = 'site.yaml';
  const drafted = await readdir(draft);
  const names = [...drafted.filter((name) => name !== last), ...drafted.filter((name) => name === last)];
  const there = new Set(await readdir(target));
  const taken = names.find((name) => there.has(name));
  if (taken !== undefined) throw notEmpty(target, `holds ${taken} already`);
  const moved: string[] = [];
  try {
    for (const name of names) {
      await rename(join(draft, name), join(target, name));
      moved.push(name);
    }
    await rmdir(draft);
  } catch (thrown) {
    for (const name of moved) await rm(join(target, name), { recursive: true, force: true });
    throw thrown;
  }
}

/** Whether the folder is there. Throws `folder-not-empty` for one with anything of its own in it, and for a file. */
export async function requireEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((thrown: unknown) => {
    const errno = errnoOf(thrown);
    if (errno === 'ENOENT') return undefined;
    if (errno === 'ENOTDIR') throw notEmpty(folder, 'is a file');
    throw fileFailure(thrown, folder, 'write');
  });
  const own = names?.find((name) => !asGoodAsNothing.has(name));
  if (own !== undefined) throw notEmpty(folder, `is not empty: it holds ${own}`);
  return names !== undefined;
}

function notEmpty(folder: string, what = 'is not empty'): SiteforgeError {
  return new SiteforgeError('folder-not-empty', { where: folder, message: `${folder} ${what}.` });
}

async function writeOne(root: string, { path, text, isPrivate }: SiteFile): Promise<void> {
  const file = join(root, path);
  await makeFolder(dirname(file), isPrivate ? 0o700 : 0o777);
  await writeFile(file, text, { flag: 'wx', mode: isPrivate ? 0o600 : 0o666 });
}
