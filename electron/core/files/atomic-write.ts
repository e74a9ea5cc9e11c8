import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isMissing } from './file-failures.ts';

/** A file's new content, on the disk beside it. Either of the two ends it. */
export interface StagedFile {
  /** Takes the place of the file. A power cut may still undo it until `syncFolder`. */
  replace(): Promise<void>;
  discard(): Promise<void>;
}

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
  const staged = await stageFile(path, content, options);
  await staged.replace();
  await syncFolder(dirname(path));
}

/** Whose a file is, and who may do what with it. */
export interface FileOwner {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The first half of `writeFileAtomically`, for files of which several are written before the first is replaced.
 * `existing` spares a look at the file for who has looked; null when there is none.
 */
export async function stageFile(
  path: string,
  content: string | Uint8Array,
  options: { mode?: number; existing?: FileOwner | null } = {},
): Promise<StagedFile> {
  const existing = options.existing === undefined ? await ownerOf(path) : options.existing;
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 60)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  const mode = options.mode ?? (existing ? existing.mode & 0o7777 : undefined);
  const discard = () => unlink(temporary).catch(() => undefined);
  const orDiscard = async (thrown: unknown): Promise<never> => {
    await discard();
    throw thrown;
  };
  await writeNew(temporary, content, mode, existing).catch(orDiscard);
  return { replace: () => rename(temporary, path).catch(orDiscard), discard };
}

async function ownerOf(path: string): Promise<FileOwner | null> {
  return lstat(path).catch((thrown: unknown) => {
    if (isMissing(thrown)) return null;
    throw thrown;
  });
}

async function writeNew(
  path: string,
  content: string | Uint8Array,
  mode: number | undefined,
  owner: FileOwner | null,
): Promise<void> {
  const file = await open(path, 'wx', mode ?? 0o666);
  try {
    await file.writeFile(content);
    // One look instead of two changes: mostly there is nothing to change.
    const made = await file.stat();
    const isGivenAway = owner !== null && (made.uid !== owner.uid || made.gid !== owner.gid);
    if (isGivenAway) await keepOwner(file, owner);
    // After the owner, whose change takes some bits away.
    if (mode !== undefined && (isGivenAway || (made.mode & 0o7777) !== mode)) await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
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
