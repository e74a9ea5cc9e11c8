import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isMissing } from './file-failures.ts';

/**
 * Replaces a file's content so that a reader, or a power cut, sees the old content or the new one and nothing
 * between. The mode of an existing file is kept, as is its owner where the account may give files away.
 * Throws the error of the system call; the temporary file is removed.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  options: { mode?: number } = {},
): Promise<void> {
  const existing = await lstat(path).catch((thrown: unknown) => {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  });
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 60)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  const mode = options.mode ?? (existing ? existing.mode & 0o7777 : undefined);
  try {
    const file = await open(temporary, 'wx', mode ?? 0o666);
    try {
      await file.writeFile(content);
      if (mode !== undefined) await file.chmod(mode);
      if (existing) await keepOwner(file, existing);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await unlink(temporary).catch(() => undefined);
    throw thrown;
  }
  await syncFolder(dirname(path));
}

/** An editor run as root must not take a file away from its owner; another account cannot give files away at all. */
async function keepOwner(file: FileHandle, existing: { uid: number; gid: number }): Promise<void> {
  await file.chown(existing.uid, existing.gid).catch(() => undefined);
}

/** Makes a rename in this folder durable. Some network file systems cannot sync a folder: they get no guarantee. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
