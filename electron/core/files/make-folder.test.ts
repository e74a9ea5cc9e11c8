import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-make-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('makes what is missing, and tells the first that it made', async () => {
  const deep = join(folder, 'a', 'b', 'c');
  expect(await makeFolder(deep, 0o700)).toBe(join(folder, 'a'));
  expect((await stat(deep)).mode & 0o777).toBe(0o700);
  expect(await makeFolder(deep)).toBeUndefined();
  expect(await makeFolder(join(deep, 'd'))).toBe(join(deep, 'd'));
});

test('refuses a file in the way', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(process.platform === 'linux')(
  'ends where nothing can be made, though what is above is there',
  () => expect(makeFolder('/proc/self/siteforge/below')).rejects.toMatchObject({ code: 'ENOENT' }),
);
