import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, lstat, readdir, readFile, readlink, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { isMissing } from './file-failures.ts';
import { makeFolder } from './make-folder.ts';

export interface FolderEntry {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly type: 'file' | 'link';
  readonly executable: boolean;
  readonly size: number;
}

export interface FolderLimits {
  readonly files: number;
  /** Bytes of all files together. */
  readonly bytes: number;
}

const limitsOfElements: FolderLimits = { files: 20_000, bytes: 512 * 1024 * 1024 };

/**
 * Files and symbolic links below a folder in the order of their paths; an absent folder is empty. Names for which
 * `skip` answers true are left out with all below them; devices, sockets and pipes always are.
 */
export async function listFolder(
  folder: string,
  skip: (path: string) => boolean = () => false,
  limits: FolderLimits = limitsOfElements,
): Promise<FolderEntry[]> {
  const found: FolderEntry[] = [];
  let bytes = 0;
  const walk = async (below: string): Promise<void> => {
    const names = await readdir(join(folder, below)).catch((thrown: unknown) => {
      if (below === '' && isMissing(thrown)) return [];
      throw thrown;
    });
    for (const name of names.sort()) {
      const path = below === '' ? name : `${below}/${name}`;
      if (skip(path)) continue;
      const status = await lstat(join(folder, path));
      if (status.isDirectory()) await walk(path);
      else if (status.isFile() || status.isSymbolicLink()) {
        bytes += status.size;
        found.push({
          path,
          type: status.isFile() ? 'file' : 'link',
          executable: (status.mode & 0o100) !== 0,
          size: status.size,
        });
        if (found.length > limits.files || bytes > limits.bytes) throw tooMuch(folder, limits);
      }
    }
  };
  await walk('');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function tooMuch(folder: string, limits: FolderLimits): SiteforgeError {
  return new SiteforgeError('document-too-large', {
    where: folder,
    message: `${folder} holds more than ${limits.files} files or ${limits.bytes / 1024 / 1024} MiB.`,
  });
}

/** A digest of names, run bits and contents: what a build sees of a folder, whatever its owner or times. */
export async function digestOfFolder(folder: string, entries: readonly FolderEntry[]): Promise<string> {
  const hash = createHash('sha256');
  for (const entry of entries) {
    const source = join(folder, entry.path);
    const content = entry.type === 'file' ? await readFile(source) : Buffer.from(await readlink(source));
    const kind = entry.type === 'link' ? 'link' : entry.executable ? 'program' : 'file';
    hash.update(`${kind}\0${entry.path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Copies the entries; run bits are kept, symbolic links are copied as links and not followed. */
export async function copyFolder(
  folder: string,
  entries: readonly FolderEntry[],
  target: string,
): Promise<void> {
  for (const entry of entries) {
    const to = join(target, entry.path);
    await makeFolder(dirname(to));
    if (entry.type === 'link') await symlink(await readlink(join(folder, entry.path)), to);
    else {
      await copyFile(join(folder, entry.path), to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await chmod(to, entry.executable ? 0o755 : 0o644);
    }
  }
}
