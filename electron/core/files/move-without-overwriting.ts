import { link, lstat, rename, unlink } from 'node:fs/promises';
import { errnoOf } from './file-failures.ts';

/**
 * Gives a file another name and never writes over another file (`EEXIST`). link(2) refuses an existing name in one step,
 * which rename(2) does not. File systems without it get a look first.
 */
export async function moveWithoutOverwriting(source: string, target: string): Promise<void> {
  if (source === target) return;
  try {
    await link(source, target);
  } catch (thrown) {
    const errno = errnoOf(thrown);
    const isSameFile = errno === 'EEXIST' && (await areSameFile(source, target));
    const hasNoLinks = errno === 'EPERM' || errno === 'ENOTSUP' || errno === 'EMLINK' || errno === 'ENOSYS';
    if (!isSameFile && !(hasNoLinks && !(await isThere(target)))) throw thrown;
    return await rename(source, target);
  }
  try {
    await unlink(source);
  } catch (thrown) {
    await unlink(target).catch(() => undefined);
    throw thrown;
  }
}

/** On a disk that ignores case, the new name of a change of case is the old file. */
async function areSameFile(source: string, target: string): Promise<boolean> {
  const [one, other] = [await lstat(source), await lstat(target)];
  return one.ino === other.ino && one.dev === other.dev && source.toLowerCase() === target.toLowerCase();
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
