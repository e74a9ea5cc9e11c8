import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf } from '../files/file-digest.ts';
import { withLock } from '../files/lock-file.ts';
import { BuildCache, lockOf } from './build-cache.ts';
import { type CacheBudget, pruneCache } from './prune-cache.ts';

const hour = 60 * 60 * 1000;
const none: CacheBudget = { results: 0, packages: 0 };
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'siteforge-prune-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

/** An entry of about `bytes` that was last used `hours` ago. */
async function add(stage: 'trees' | 'images', name: string, bytes: number, hours: number): Promise<string> {
  const key = digestOf(name);
  const source = join(cache, 'source');
  await mkdir(source, { recursive: true });
  await writeFile(join(source, 'file'), Buffer.alloc(bytes));
  await new BuildCache(cache, stage).add(key, source, ['file'], null);
  await age(join(cache, stage, key, 'entry.json'), hours);
  return key;
}

async function age(path: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * hour);
  await utimes(path, then, then);
}

async function kept(stage: 'trees' | 'images'): Promise<string[]> {
  return (await readdir(join(cache, stage)).catch(() => [])).sort();
}

test('removes what was replaced, once nobody has used it for an hour', async () => {
  const key = await add('trees', 'profile', 1000, 3);
  await add('trees', 'profile', 1000, 0);
  expect(await kept('trees')).toHaveLength(2);
  await pruneCache(cache);
  expect(await kept('trees')).toEqual([key]);
  await add('trees', 'profile', 1000, 0);
  await pruneCache(cache);
  // The one before was used a moment ago.
  expect(await kept('trees')).toHaveLength(2);
});

test('removes trees and images, the least recently used first, until the rest fits', async () => {
  await add('trees', 'oldest', 100_000, 300);
  const middle = await add('images', 'middle', 100_000, 200);
  const young = await add('trees', 'young', 100_000, 100);
  const told = await pruneCache(cache, { ...none, results: 250_000 });
  expect([await kept('trees'), await kept('images')]).toEqual([[young], [middle]]);
  expect(told).toEqual([
    expect.stringMatching(/^Removed from the cache: root file system [0-9a-f]{12}, 97.8 KiB, last used 20/),
  ]);
  expect(await pruneCache(cache, { ...none, results: 250_000 })).toEqual([]);
});

test('what a build found a moment ago counts as used', async () => {
  const key = await add('trees', 'old', 1000, 300);
  expect(await new BuildCache(cache, 'trees').find(key)).toBeDefined();
  expect(await pruneCache(cache, none)).toEqual([]);
  expect(await kept('trees')).toEqual([key]);
});

test('leaves alone what somebody makes at the moment', async () => {
  const key = await add('trees', 'old', 1000, 300);
  const told = await withLock(lockOf(cache, key), undefined, () => pruneCache(cache, none));
  expect([told, await kept('trees')]).toEqual([[], [key]]);
  expect(await pruneCache(cache, none)).toHaveLength(1);
  expect(await kept('trees')).toEqual([]);
});

test('removes old packages beyond their own budget, and nothing that is half written', async () => {
  const archives = join(cache, 'apt/archives');
  await mkdir(archives, { recursive: true });
  for (const [name, hours] of [
    ['old_1_amd64.deb', 50],
    ['new_2_amd64.deb', 3],
    ['now_3_amd64.deb', 0],
    ['half_4_amd64.deb.0a1b.partial', 90],
  ] as const) {
    await writeFile(join(archives, name), Buffer.alloc(1000));
    await age(join(archives, name), hours);
  }
  const told = await pruneCache(cache, { ...none, packages: 2000 });
  expect(told).toEqual([expect.stringContaining('old_1_amd64.deb')]);
  await pruneCache(cache, none);
  expect((await readdir(archives)).sort()).toEqual(['half_4_amd64.deb.0a1b.partial', 'now_3_amd64.deb']);
});

test('an empty or missing cache is nothing to tidy', async () => {
  expect(await pruneCache(join(cache, 'absent'), none)).toEqual([]);
  await mkdir(join(cache, 'trees', 'not-a-key'), { recursive: true });
  await mkdir(join(cache, 'images', digestOf('without an entry')), { recursive: true });
  expect(await pruneCache(cache, none)).toEqual([]);
});
