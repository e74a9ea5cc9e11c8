import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock-file.ts';
import { ownIdentity } from './process-identity.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('lets one in at a time', async () => {
  const lock = join(folder, 'a.lock');
  let inside = 0;
  let most = 0;
  let waited = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await pause(20);
    inside--;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(lock, undefined, work, () => waited++)));
  expect([most, waited]).toEqual([1, 4]);
  expect(await readdir(folder)).toEqual([]);
});

test('takes over the lock of a process that is gone, once', async () => {
  const lock = join(folder, 'a.lock');
  await writeFile(lock, JSON.stringify({ ...ownIdentity(), pid: spawnSync('true').pid }));
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await pause(20);
    inside--;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(lock, undefined, work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('takes over a lock although somebody ended while taking it over', async () => {
  const lock = join(folder, 'a.lock');
  const gone = JSON.stringify({ ...ownIdentity(), pid: spawnSync('true').pid });
  await writeFile(lock, gone);
  await writeFile(`${lock}.taken-over`, gone);
  expect(await withLock(lock, AbortSignal.timeout(2000), async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('a process of the same number is not the one that held the lock', async () => {
  const lock = join(folder, 'a.lock');
  await writeFile(lock, JSON.stringify({ ...ownIdentity(), started: '1' }));
  let waited = 0;
  expect(
    await withLock(
      lock,
      AbortSignal.timeout(2000),
      async () => 'in',
      () => waited++,
    ),
  ).toBe('in');
  // Nobody else is there who could be waited for.
  expect(waited).toBe(0);
});

test('stops waiting when cancelled', async () => {
  const lock = join(folder, 'a.lock');
  await withLock(lock, undefined, async () => {
    await expect(withLock(lock, AbortSignal.timeout(50), async () => 'in')).rejects.toThrow();
  });
});

test('frees the lock when the work fails', async () => {
  const lock = join(folder, 'a.lock');
  await expect(withLock(lock, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(lock, undefined, async () => 'in')).toBe('in');
});
