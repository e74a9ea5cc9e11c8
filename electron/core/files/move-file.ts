import { constants, copyFile, open, rename, unlink } from 'node:fs/promises';
import { errnoOf } from './file-failures.ts';

/** Copies a file's content, sharing its blocks where the file system can (Btrfs, XFS), and syncs it. */
export async function copyFileDurably(source: string, target: string): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  const handle = await open(target, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Renames, or copies and removes where source and target lie on different file systems. */
export async function moveFile(source: string, target: string): Promise<void> {
  try {
    await rename(source, target);
  } catch (thrown) {
    if (errnoOf(thrown) !== 'EXDEV') throw thrown;
    await copyFileDurably(source, target);
    await unlink(source);
  }
}
