import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFailure } from '../files/file-failures.ts';
import { newFolder } from './rescue-site.ts';

/** netplan complains about files that others may read, and one may hold the key of a wireless network. */
export const exportedFileMode = 0o600;

/**
 * Writes files into a new folder inside `parent`: all of them or none, and none worth waiting for the disk. Answers the
 * folder, `NAME-2` when the name is taken. Throws `file-not-writable` or `disk-full`.
 */
export async function writeExported(
  parent: string,
  name: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<string> {
  const folder = await newFolder(parent, name);
  try {
    for (const file of files)
      await writeFile(join(folder, file.name), file.text, { flag: 'wx', mode: exportedFileMode });
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw fileFailure(thrown, folder, 'write');
  }
  return folder;
}
