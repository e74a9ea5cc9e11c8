import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asAnotherAccount } from './other-account.test-support.ts';
import { writeNewSite } from './write-new-site.ts';

let parent = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'siteforge-new-site-'));
});
afterEach(() => rm(parent, { recursive: true }));

const files = [
  { path: 'site.yaml', text: 'a\n', isPrivate: false },
  { path: 'hosts/a.yaml', text: 'b\n', isPrivate: false },
  { path: 'secrets/password', text: 'c', isPrivate: true },
];

async function everything(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}
const all = ['hosts', 'hosts/a.yaml', 'secrets', 'secrets/password', 'site.yaml'];

test('makes the folder, and those above it', async () => {
  const folder = join(parent, 'rooms', 'west');
  await writeNewSite(folder, files);
  expect(await everything(folder)).toEqual(all);
  expect((await stat(join(folder, 'secrets/password'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'secrets'))).mode & 0o777).toBe(0o700);
  expect(await readdir(join(parent, 'rooms'))).toEqual(['west']);
});

test('leaves an empty folder its mode and its place', async () => {
  const folder = join(parent, 'west');
  await mkdir(folder);
  await chmod(folder, 0o2775);
  const before = await stat(folder);
  await writeNewSite(folder, files);
  const { ino, mode } = await stat(folder);
  expect({ ino, mode }).toEqual({ ino: before.ino, mode: before.mode });
  expect(await everything(folder)).toEqual(all);
});

test('takes a fresh git repository, which stays as it is', async () => {
  await mkdir(join(parent, '.git'));
  await writeFile(join(parent, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(parent, '.gitignore'), 'out/\n');
  await writeNewSite(parent, files);
  expect(await everything(parent)).toEqual(['.git', '.git/HEAD', '.gitignore', ...all].sort());
  expect(await readFile(join(parent, '.gitignore'), 'utf8')).toBe('out/\n');
});

test.each([
  ['a document of a site', 'hosts'],
  ['a letter', 'letter.txt'],
  ['a hidden file', '.env'],
])('refuses a repository with %s in it, and writes nothing', async (_what, name) => {
  await mkdir(join(parent, '.git'));
  await mkdir(join(parent, name));
  await expect(writeNewSite(parent, files)).rejects.toMatchObject({
    code: 'folder-not-empty',
    message: `${parent} is not empty: it holds ${name}.`,
  });
  expect(await everything(parent)).toEqual(['.git', name].sort());
});

test('writes nothing where a file of its own is there already', async () => {
  await writeFile(join(parent, '.gitignore'), 'mine\n');
  const ignoring = [...files, { path: '.gitignore', text: 'secrets/\n', isPrivate: false }];
  await expect(writeNewSite(parent, ignoring)).rejects.toMatchObject({
    code: 'folder-not-empty',
    message: `${parent} holds .gitignore already.`,
  });
  expect(await everything(parent)).toEqual(['.gitignore']);
  expect(await readFile(join(parent, '.gitignore'), 'utf8')).toBe('mine\n');
});

test('leaves nothing behind of what could not be written whole', async () => {
  const broken = [...files, { path: `hosts/${'x'.repeat(300)}`, text: '', isPrivate: false }];
  await mkdir(join(parent, 'there'));
  await expect(writeNewSite(join(parent, 'there'), broken)).rejects.toMatchObject({
    code: 'file-not-writable',
  });
  await expect(writeNewSite(join(parent, 'not-there'), broken)).rejects.toMatchObject({
    code: 'file-not-writable',
  });
  expect(await everything(parent)).toEqual(['there']);
});

test('refuses a file in the place of the folder', async () => {
  await writeFile(join(parent, 'file'), '');
  await expect(writeNewSite(join(parent, 'file'), files)).rejects.toMatchObject({ code: 'folder-not-empty' });
});

test('needs no more than the folder itself, and says where it may not write', async () => {
  const own = join(parent, 'own');
  await mkdir(own);
  await mkdir(join(parent, 'others'), { mode: 0o555 });
  await chmod(own, 0o777);
  await asAnotherAccount(parent, async () => {
    await writeNewSite(own, files);
    await expect(writeNewSite(join(parent, 'others'), files)).rejects.toMatchObject({
      code: 'file-not-writable',
      where: join(parent, 'others'),
    });
  });
  expect(await everything(own)).toEqual(all);
  expect(await everything(join(parent, 'others'))).toEqual([]);
});
