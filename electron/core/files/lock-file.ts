import { randomBytes } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from './file-failures.ts';
import { makeFolder } from './make-folder.ts';
import { isAlive, ownIdentity, type ProcessIdentity, processIdentitySchema } from './process-identity.ts';

const pollMilliseconds = 200;

/**
 * Runs `work` while holding the lock file `path`; others wait, in this process or in another. A lock whose process
 * is gone is taken over. `onWait` is called once when the lock is held by somebody else.
 */
export async function withLock<Result>(
  path: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
  onWait: () => void = () => undefined,
): Promise<Result> {
  await makeFolder(dirname(path), 0o700);
  let told = false;
  while (!(await take(path))) {
    if (await removeIfStale(path)) continue;
    if (!told) onWait();
    told = true;
    await sleep(pollMilliseconds, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
  }
  try {
    return await work();
  } finally {
    await unlink(path).catch(() => undefined);
  }
}

async function take(path: string): Promise<boolean> {
  // Written aside and linked into place, so that no reader ever sees a lock without its owner.
  const prepared = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(prepared, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(ownIdentity()));
  } finally {
    await file.close();
  }
  try {
    await link(prepared, path);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return false;
    throw thrown;
  } finally {
    await unlink(prepared);
  }
}

/** True when the way is free for another try. */
async function removeIfStale(path: string): Promise<boolean> {
  const owner = await ownerOf(path);
  if (!isStale(owner)) return owner === 'absent';
  // Of several that find the lock stale one alone looks again and removes it. Without that, a slower one would remove the
  // fresh lock of a faster one.
  const guard = `${path}.taken-over`;
  if (!(await take(guard))) {
    const other = await ownerOf(guard);
    if (isStale(other)) await unlink(guard).catch(() => undefined);
    return isStale(other);
  }
  try {
    if (isStale(await ownerOf(path))) await unlink(path).catch(() => undefined);
  } finally {
    await unlink(guard).catch(() => undefined);
  }
  return true;
}

function isStale(owner: ProcessIdentity | 'absent' | 'unreadable'): boolean {
  return owner === 'unreadable' || (owner !== 'absent' && !isAlive(owner));
}

async function ownerOf(path: string): Promise<ProcessIdentity | 'absent' | 'unreadable'> {
  try {
    return processIdentitySchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (thrown) {
    return errnoOf(thrown) === 'ENOENT' ? 'absent' : 'unreadable';
  }
}
