import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UnsavedTexts } from './unsaved-texts.ts';

let data = '';
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'siteforge-unsaved-'));
});
afterEach(() => rm(data, { recursive: true }));

const baseDigest = 'a'.repeat(64);
const text = (path: string, content: string) => ({ path, text: content, baseDigest });
const folder = () => join(data, 'unsaved', 'site');
const files = () => readdir(folder());

/** As if the process that wrote the copies had been killed. */
async function killOwners(changed?: number): Promise<void> {
  for (const name of await files()) {
    const file = join(folder(), name);
    const kept = JSON.parse(await readFile(file, 'utf8'));
    kept.owner.boot = 'another';
    kept.changed = changed ?? kept.changed;
    await writeFile(join(folder(), `1${name}`), JSON.stringify(kept));
    await rm(file);
  }
}

test('gives the texts of a process that is gone to the next window, once', async () => {
  const before = new UnsavedTexts(data);
  await before.keep('site', 1, [text('hosts/a.yaml', 'one')]);
  await killOwners();
  const after = new UnsavedTexts(data);
  expect(await after.takeOver('site', 7)).toEqual([text('hosts/a.yaml', 'one')]);
  expect(await files()).toEqual([`${process.pid}-7.json`]);
  expect(await after.takeOver('site', 8)).toEqual([]);
  expect(await after.takeOver('other', 8)).toEqual([]);
});

test('leaves alone what a window that is open holds', async () => {
  const unsaved = new UnsavedTexts(data);
  await unsaved.keep('site', 1, [text('site.yaml', 'mine')]);
  expect(await unsaved.takeOver('site', 2)).toEqual([]);
});

test('gives the texts of a page that crashed to the page that takes its place, or to the next window', async () => {
  const unsaved = new UnsavedTexts(data);
  await unsaved.keep('site', 1, [text('site.yaml', 'mine')]);
  expect(await unsaved.takeOver('site', 1)).toEqual([text('site.yaml', 'mine')]);
  unsaved.noteCrash(1);
  expect(await unsaved.takeOver('site', 2)).toEqual([text('site.yaml', 'mine')]);
});

test('takes the newest text of a document that several crashed windows held', async () => {
  const unsaved = new UnsavedTexts(data);
  await unsaved.keep('site', 1, [text('a.yaml', 'new'), text('b.yaml', 'only')]);
  await killOwners(2000);
  await unsaved.keep('site', 2, [text('a.yaml', 'old')]);
  await killOwners();
  for (const name of await files()) {
    const kept = JSON.parse(await readFile(join(folder(), name), 'utf8'));
    if (kept.window === 2) await writeFile(join(folder(), name), JSON.stringify({ ...kept, changed: 1000 }));
  }
  const found = await unsaved.takeOver('site', 3);
  expect([...found].sort((a, b) => a.path.localeCompare(b.path))).toEqual([
    text('a.yaml', 'new'),
    text('b.yaml', 'only'),
  ]);
});

test('keeps nothing of what was saved, or of a window that was closed', async () => {
  const unsaved = new UnsavedTexts(data);
  await unsaved.keep('site', 1, [text('a.yaml', 'x')]);
  await unsaved.keep('site', 1, []);
  expect(await files()).toEqual([]);
  await unsaved.keep('site', 2, [text('a.yaml', 'x')]);
  const late = unsaved.keep('site', 2, [text('a.yaml', 'xy')]);
  unsaved.forget(2);
  await late;
  expect(await files()).toEqual([]);
});

test('writes for the account alone, and passes over a copy that is damaged', async () => {
  const unsaved = new UnsavedTexts(data);
  await unsaved.keep('site', 1, [text('a.yaml', 'x')]);
  const [name = ''] = await files();
  expect((await stat(join(folder(), name))).mode & 0o777).toBe(0o600);
  expect((await stat(folder())).mode & 0o777).toBe(0o700);
  await killOwners();
  await writeFile(join(folder(), 'torn.json'), '{"owner": {');
  await writeFile(join(folder(), 'other.json'), '[]');
  expect(await new UnsavedTexts(data).takeOver('site', 2)).toEqual([text('a.yaml', 'x')]);
});

test('gives the texts although its own copy cannot be written, and leaves them where they were until it can', async () => {
  await new UnsavedTexts(data).keep('site', 1, [text('a.yaml', 'mine')]);
  await killOwners();
  const [before = ''] = await files();
  const after = new UnsavedTexts(data);
  const inTheWay = join(folder(), `${process.pid}-7.json`);
  await mkdir(inTheWay);
  expect(await after.takeOver('site', 7)).toEqual([text('a.yaml', 'mine')]);
  expect(await files()).toContain(before);
  // They have a window, though their copy does not say so.
  expect(await after.takeOver('site', 8)).toEqual([]);
  await rm(inTheWay, { recursive: true });
  await after.keep('site', 7, [text('a.yaml', 'more')]);
  expect(await files()).toEqual([`${process.pid}-7.json`]);
});

test('leaves the texts of a page that crashed, though the one after it never saw them and was closed', async () => {
  const unsaved = new UnsavedTexts(data);
  await unsaved.keep('site', 1, [text('site.yaml', 'mine')]);
  unsaved.noteCrash(1);
  await unsaved.keep('other', 1, [text('site.yaml', 'not wanted')]);
  await unsaved.leave('site', 1);
  unsaved.forget(1);
  expect(await unsaved.takeOver('site', 2)).toEqual([text('site.yaml', 'mine')]);
  expect(await unsaved.takeOver('site', 3)).toEqual([]);
  expect(await unsaved.takeOver('other', 3)).toEqual([]);
});

test('keeps nothing of a site that its window left for another', async () => {
  const unsaved = new UnsavedTexts(data);
  await unsaved.keep('site', 1, [text('site.yaml', 'written elsewhere')]);
  await unsaved.leave('site', 1);
  expect(await files()).toEqual([]);
});
