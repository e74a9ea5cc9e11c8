import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Failure } from '#shared/errors.ts';
import { asAnotherAccount } from './other-account.test-support.ts';
import { readSite } from './read-site.ts';
import { rescueBeside, rescueIntoFolder } from './rescue-site.ts';
import { type DocumentChange, SiteWatcher } from './watch-site.ts';

let parent = '';
let folder = '';
let watcher: SiteWatcher | undefined;
const changes: DocumentChange[] = [];
const vanished: Failure[] = [];
const told: number[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'siteforge-trouble-'));
  folder = join(parent, 'edge');
  for (const below of ['hosts', 'networks']) await mkdir(join(folder, below), { recursive: true });
  await writeFile(join(folder, 'site.yaml'), 'site\n');
  await writeFile(join(folder, 'hosts/a.yaml'), 'a\n');
  await writeFile(join(folder, 'networks/n.yaml'), 'n\n');
});
afterEach(async () => {
  watcher?.close();
  watcher = undefined;
  for (const list of [changes, vanished, told]) list.length = 0;
  await chmod(join(folder, 'hosts'), 0o755).catch(() => undefined);
  await rm(parent, { recursive: true });
});

async function watchSite(): Promise<SiteWatcher> {
  const { documents, otherPaths } = await readSite(folder);
  watcher = new SiteWatcher({
    folder,
    known: new Map(documents.map(({ path, digest }) => [path, digest])),
    knownOtherPaths: otherPaths,
    onChange: (some) => {
      told.push(some.length);
      changes.push(...some);
    },
    onVanished: (failure) => vanished.push(failure),
  });
  await watcher.look();
  return watcher;
}

describe('a folder that cannot be read', () => {
  test('is told, and the others are read', async () => {
    await chmod(join(folder, 'hosts'), 0o000);
    await asAnotherAccount(parent, async () => {
      const { files, skipped } = await readSite(folder);
      expect([...files.keys()]).toEqual(['site.yaml', 'networks/n.yaml']);
      expect(skipped).toEqual([{ path: 'hosts', reason: 'unreadable' }]);
    });
  });

  test('of which the names can be listed only: each document is told', async () => {
    await chmod(join(folder, 'hosts'), 0o444);
    await asAnotherAccount(parent, async () => {
      const { skipped } = await readSite(folder);
      expect(skipped).toEqual([{ path: 'hosts/a.yaml', reason: 'unreadable' }]);
    });
  });

  test('that is a link to itself is told as well', async () => {
    await rm(join(folder, 'hosts'), { recursive: true });
    await symlink('hosts', join(folder, 'hosts'));
    const { files, skipped } = await readSite(folder);
    expect([...files.keys()]).toEqual(['site.yaml', 'networks/n.yaml']);
    expect(skipped).toEqual([{ path: 'hosts', reason: 'unreadable' }]);
  });

  test('takes none of its documents away from the window, and gives them on when it is readable', async () => {
    const looking = await watchSite();
    await chmod(join(folder, 'hosts'), 0o000);
    await asAnotherAccount(parent, () => looking.look());
    expect([changes, vanished]).toEqual([[], []]);
    await chmod(join(folder, 'hosts'), 0o755);
    await writeFile(join(folder, 'hosts/a.yaml'), 'new');
    await looking.look();
    await expect.poll(() => changes.map(({ text }) => text)).toEqual(['new']);
  });
});

test('a site that comes back is told, though nothing in it changed', async () => {
  const looking = await watchSite();
  await rename(folder, `${folder}-pulled`);
  await looking.look();
  await expect.poll(() => vanished.length).toBe(1);
  await rename(`${folder}-pulled`, folder);
  await looking.look();
  await expect.poll(() => told).toEqual([0]);
  expect(changes).toEqual([]);
});

test('a folder that is removed file by file is told as gone, and not as documents that were removed', async () => {
  await watchSite();
  for (let host = 0; host < 300; host++) await writeFile(join(folder, `hosts/h${host}.yaml`), 'x');
  await expect.poll(() => changes.length, { timeout: 5000 }).toBe(300);
  changes.length = 0;
  await rm(folder, { recursive: true });
  await expect.poll(() => vanished.map(({ code }) => code), { timeout: 5000 }).toEqual(['site-vanished']);
  expect(changes).toEqual([]);
});

test('documents that are removed one after the other are told one after the other', async () => {
  await watchSite();
  for (const path of ['hosts/a.yaml', 'networks/n.yaml']) {
    await rm(join(folder, path));
    await expect.poll(() => changes.at(-1), { timeout: 2000 }).toEqual({ path, text: null, digest: null });
  }
});

test('a document that is really removed is told', async () => {
  await watchSite();
  await rm(join(folder, 'hosts/a.yaml'));
  await expect.poll(() => changes).toEqual([{ path: 'hosts/a.yaml', text: null, digest: null }]);
});

describe('rescuing the texts of a window', () => {
  const documents = [
    { path: 'site.yaml', text: 'mine\n' },
    { path: 'hosts/a.yaml', text: 'mine\n' },
  ];

  test('makes the folder again', async () => {
    await rm(folder, { recursive: true });
    await rescueIntoFolder(folder, documents);
    expect([...(await readSite(folder)).files]).toEqual(documents.map(({ path, text }) => [path, text]));
  });

  test('writes over nothing that is there', async () => {
    await rm(join(folder, 'hosts/a.yaml'));
    await rescueIntoFolder(folder, documents);
    expect(await readFile(join(folder, 'site.yaml'), 'utf8')).toBe('site\n');
    expect(await readFile(join(folder, 'hosts/a.yaml'), 'utf8')).toBe('mine\n');
  });

  test('does not write under the mount point of a disk that is missing', async () => {
    const missing = join(parent, 'media/stick/edge');
    await expect(rescueIntoFolder(missing, documents)).rejects.toMatchObject({ code: 'site-vanished' });
    expect(await readdir(parent)).toEqual(['edge']);
  });

  test('goes into a new folder beside what is there', async () => {
    const written = await rescueBeside(parent, 'edge', documents);
    expect(written).toBe(`${folder}-2`);
    expect(await readFile(join(written, 'site.yaml'), 'utf8')).toBe('mine\n');
    expect(await readFile(join(folder, 'site.yaml'), 'utf8')).toBe('site\n');
  });
});
