import { lstat, readdir, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { formatBytes } from '../files/disk-space.ts';
import { withLock } from '../files/lock-file.ts';
import { lockOf, replacedSuffix } from './build-cache.ts';

/** In bytes. A tree and its image have about 0.6 GB together, so the first holds some sixteen builds. */
export interface CacheBudget {
  readonly results: number;
  readonly packages: number;
}
export const cacheBudget: CacheBudget = { results: 10 * 1024 ** 3, packages: 2 * 1024 ** 3 };

/** A build marks what it takes from the cache, then reads it for minutes at most. */
const untouchableMilliseconds = 60 * 60 * 1000;

interface Item {
  /** For people. */
  readonly title: string;
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly used: number;
  /** What a build holds while it makes the item. */
  readonly lock?: string;
}

/**
 * Removes what was not used for longest, until trees and images, and downloaded packages, each fit their budget. What
 * was used within the last hour and what a build is making stays, even beyond the budget. Answers a sentence for each
 * thing removed; never throws: an untidy cache is no reason to fail a build.
 */
export async function pruneCache(
  cache: string,
  budget: CacheBudget = cacheBudget,
  now = Date.now(),
): Promise<string[]> {
  const told: string[] = [];
  await removeReplaced(cache, now);
  const results = [...(await resultsIn(cache, 'trees')), ...(await resultsIn(cache, 'images'))];
  const packages = await filesBelow(join(cache, 'apt'));
  for (const [items, most] of [
    [results, budget.results],
    [packages, budget.packages],
  ] as const) {
    for (const item of overBudget(items, most, now)) {
      const size = formatBytes(item.bytes);
      const day = new Date(item.used).toISOString().slice(0, 10);
      if (await removeItem(item))
        told.push(`Removed from the cache: ${item.title}, ${size}, last used ${day}.`);
    }
  }
  return told;
}

/** Results that newer ones of the same key took the place of. */
async function removeReplaced(cache: string, now: number): Promise<void> {
  for (const folder of [join(cache, 'trees'), join(cache, 'images')]) {
    for (const name of await namesIn(folder)) {
      if (!name.includes(replacedSuffix)) continue;
      const status = await lstat(join(folder, name, 'entry.json')).catch(() => undefined);
      if (status !== undefined && now - status.mtimeMs <= untouchableMilliseconds) continue;
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

/** The least recently used first. */
function overBudget(items: readonly Item[], most: number, now: number): Item[] {
  let surplus = items.reduce((sum, { bytes }) => sum + bytes, 0) - most;
  const old = items.filter(({ used }) => now - used > untouchableMilliseconds);
  return old
    .toSorted((a, b) => a.used - b.used)
    .filter(({ bytes }) => {
      const wanted = surplus > 0;
      if (wanted) surplus -= bytes;
      return wanted;
    });
}

async function resultsIn(cache: string, stage: 'trees' | 'images'): Promise<Item[]> {
  const kind = stage === 'trees' ? 'root file system' : 'image';
  const items: Item[] = [];
  for (const key of await namesIn(join(cache, stage))) {
    // Half-made entries have other names; they belong to the process that makes them.
    if (!/^[0-9a-f]{64}$/.test(key)) continue;
    const path = join(cache, stage, key);
    const status = await lstat(join(path, 'entry.json')).catch(() => undefined);
    if (status === undefined) continue;
    const bytes = await sizeOf(path);
    const title = `${kind} ${key.slice(0, 12)}`;
    items.push({ title, path, bytes, used: status.mtimeMs, lock: lockOf(cache, key) });
  }
  return items;
}

async function filesBelow(folder: string): Promise<Item[]> {
  const items: Item[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    // Files that a builder is writing end otherwise.
    if (!entry.isFile() || !/\.(?:deb|tar\.gz)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const status = await lstat(path).catch(() => undefined);
    if (status) items.push({ title: entry.name, path, bytes: status.size, used: status.mtimeMs });
  }
  return items;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = (await namesIn(folder)).map(async (name) => {
    const status = await lstat(join(folder, name)).catch(() => undefined);
    return status?.isFile() ? status.size : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function removeItem({ path, lock }: Item): Promise<boolean> {
  try {
    if (lock === undefined) await unlink(path);
    else await withLock(lock, undefined, () => removeEntry(path), giveUp);
    return true;
  } catch {
    return false;
  }
}

/** Renamed first: an entry is whole or not there, never half removed. */
async function removeEntry(path: string): Promise<void> {
  // Another process may have taken it up since it was looked at.
  const status = await lstat(join(path, 'entry.json'));
  if (Date.now() - status.mtimeMs <= untouchableMilliseconds) giveUp();
  const aside = `${path}.removed-${process.pid}`;
  await rename(path, aside);
  await rm(aside, { recursive: true, force: true });
}

/** A lock that somebody holds is not waited for. */
function giveUp(): never {
  throw new SiteforgeError('cancelled');
}
