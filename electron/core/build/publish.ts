import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { digestOfFile } from '../files/file-digest.ts';
import { fileFailure } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';
import { copyFileDurably } from '../files/move-file.ts';

export interface Publication {
  /** The verified image in the cache. */
  readonly source: string;
  readonly size: number;
  readonly sha256: string;
  readonly outFolder: string;
  readonly name: string;
  readonly manifestName: string;
  readonly manifest: object;
  readonly signal: AbortSignal;
}

/**
 * Puts an image and its manifest into a folder, each complete or not at all. An image that is there already, byte
 * for byte, is left alone. Answers false when the source is not what it should be: the cache was damaged.
 */
export async function publish(publication: Publication): Promise<boolean> {
  const { source, outFolder, name, sha256, signal } = publication;
  const target = join(outFolder, name);
  try {
    await makeFolder(outFolder);
    if (!(await isSame(target, publication))) {
      const temporary = join(outFolder, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
      try {
        signal.throwIfAborted();
        await copyFileDurably(source, temporary);
        // Read back: this finds a damaged cache as well as a disk that does not keep what it is given.
        if ((await digestOfFile(temporary, signal)) !== sha256) return false;
        await rename(temporary, target);
      } finally {
        await rm(temporary, { force: true });
      }
    }
    const text = `${JSON.stringify(publication.manifest, undefined, 2)}\n`;
    await writeFileAtomically(join(outFolder, publication.manifestName), text, { mode: 0o644 });
    return true;
  } catch (thrown) {
    signal.throwIfAborted();
    throw fileFailure(thrown, target, 'write');
  }
}

async function isSame(target: string, { size, sha256, signal }: Publication): Promise<boolean> {
  const status = await stat(target).catch(() => undefined);
  return status?.isFile() === true && status.size === size && (await digestOfFile(target, signal)) === sha256;
}
