import { execFileSync } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Failure } from '#shared/errors.ts';
import { digestOf } from '../files/file-digest.ts';
import { type OpenSite, openSite } from './open-site.ts';
import { readSite } from './read-site.ts';
import { saveDocument } from './save-document.ts';
import type { DocumentChange } from './watch-site.ts';

let folder = '';
const open: OpenSite[] = [];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'siteforge-site-')), 'edge');
  await mkdir(join(folder, 'hosts'), { recursive: true });
  await writeFile(join(folder, 'site.yaml'), 'site\n');
  await writeFile(join(folder, 'hosts/a.yaml'), 'a\n');
});
afterEach(async () => {
  for (const site of open.splice(0)) site.close();
  await rm(join(folder, '..'), { recursive: true });
});

async function openWindow() {
  const changes: DocumentChange[] = [];
  const otherPaths: (readonly string[])[] = [];
  const vanished: Failure[] = [];
  const places = { data: '', builder: '', examples: '', cache: join(folder, '../cache') };
  const site = await openSite({
    folder,
    places,
    onChange: (some, others) => {
      changes.push(...some);
      if (others !== undefined) otherPaths.push(others);
    },
    onVanished: (failure) => vanished.push(failure),
  });
  open.push(site);
  return { site, changes, otherPaths, vanished };
}

describe('reading', () => {
  test('takes documents of known folders only', async () => {
    await mkdir(join(folder, 'secrets'));
    await writeFile(join(folder, 'secrets/x.yaml'), 'secret');
    await writeFile(join(folder, 'hosts/.hidden.yaml'), 'x');
    await writeFile(join(folder, 'hosts/notes.txt'), 'x');
    await mkdir(join(folder, 'hosts/folder.yaml'));
    expect([...(await readSite(folder)).files.keys()]).toEqual(['site.yaml', 'hosts/a.yaml']);
  });

  test('refuses links that leave the site, and follows those that stay', async () => {
    await symlink('/etc/passwd', join(folder, 'hosts/evil.yaml'));
    await symlink('/etc', join(folder, 'networks'));
    await symlink('a.yaml', join(folder, 'hosts/b.yaml'));
    const snapshot = await readSite(folder);
    expect(snapshot.files.get('hosts/b.yaml')).toBe('a\n');
    expect(snapshot.files.has('hosts/evil.yaml')).toBe(false);
    expect(snapshot.skipped).toEqual([{ path: 'hosts/evil.yaml', reason: 'leads-outside' }]);
  });

  test('shows a document that is too large without its text', async () => {
    await writeFile(join(folder, 'hosts/big.yaml'), Buffer.alloc(2 * 1024 * 1024 + 1));
    const big = (await readSite(folder)).documents.find(({ path }) => path === 'hosts/big.yaml');
    expect(big).toMatchObject({ text: '', tooLarge: true });
  });

  test('keeps a byte order mark and line ends', async () => {
    await writeFile(join(folder, 'hosts/dos.yaml'), '\ufeffa: 1\r\n');
    expect((await readSite(folder)).files.get('hosts/dos.yaml')).toBe('\ufeffa: 1\r\n');
  });

  test('stops at 2,000 documents and says which were left out', async () => {
    const names = Array.from({ length: 2001 }, (_, host) => `hosts/h${host}.yaml`);
    await Promise.all(names.map((name) => writeFile(join(folder, name), 'x')));
    const { documents, skipped } = await readSite(folder);
    expect([documents.length, skipped.length, skipped[0]?.reason]).toEqual([2000, 3, 'too-many']);
  });

  test.each(['/nonexistent', '/etc/passwd', '/usr'])('says that %s is no site', async (path) => {
    await expect(readSite(path)).rejects.toMatchObject({ code: 'site-not-found' });
  });
});

describe('saving', () => {
  test('keeps the mode and leaves no other file', async () => {
    await chmod(join(folder, 'hosts/a.yaml'), 0o640);
    const { digest } = await saveDocument(folder, {
      path: 'hosts/a.yaml',
      text: 'é\r\n',
      baseDigest: digestOf('a\n'),
    });
    expect(await readFile(join(folder, 'hosts/a.yaml'), 'utf8')).toBe('é\r\n');
    expect(digest).toBe(digestOf('é\r\n'));
    expect((await stat(join(folder, 'hosts/a.yaml'))).mode & 0o777).toBe(0o640);
    expect(await readdir(join(folder, 'hosts'))).toEqual(['a.yaml']);
  });

  test('refuses to overwrite what somebody else wrote, unless forced', async () => {
    const request = { path: 'hosts/a.yaml', text: 'mine', baseDigest: digestOf('older') };
    await expect(saveDocument(folder, request)).rejects.toMatchObject({ code: 'document-changed-on-disk' });
    await saveDocument(folder, { ...request, force: true });
    expect(await readFile(join(folder, 'hosts/a.yaml'), 'utf8')).toBe('mine');
  });

  test('a new document must not exist, and makes its folder', async () => {
    await saveDocument(folder, { path: 'images/x.yaml', text: 'x', baseDigest: null });
    const again = saveDocument(folder, { path: 'images/x.yaml', text: 'y', baseDigest: null });
    await expect(again).rejects.toMatchObject({ code: 'document-changed-on-disk' });
  });

  test.each([
    '../x.yaml',
    'hosts/../../x.yaml',
    '/etc/x.yaml',
    'secrets/x.yaml',
    'hosts/a.sh',
    'hosts/a/b.yaml',
    '.git/x.yaml',
  ])('refuses %s', async (path) => {
    const save = saveDocument(folder, { path, text: 'x', baseDigest: null, force: true });
    await expect(save).rejects.toMatchObject({ code: 'request-invalid' });
  });

  test('does not write through a link that leaves the site', async () => {
    await writeFile(join(folder, '../victim.yaml'), 'safe');
    await symlink('../../victim.yaml', join(folder, 'hosts/link.yaml'));
    const save = saveDocument(folder, { path: 'hosts/link.yaml', text: 'x', baseDigest: null, force: true });
    await expect(save).rejects.toMatchObject({ code: 'request-invalid' });
    expect(await readFile(join(folder, '../victim.yaml'), 'utf8')).toBe('safe');
  });

  test('writes through a link that stays, and keeps it a link', async () => {
    await symlink('a.yaml', join(folder, 'hosts/b.yaml'));
    await saveDocument(folder, { path: 'hosts/b.yaml', text: 'new', baseDigest: digestOf('a\n') });
    expect(await readFile(join(folder, 'hosts/a.yaml'), 'utf8')).toBe('new');
  });

  test.skipIf(process.getuid?.() !== 0)('tells a full disk and a read-only one apart', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', join(folder, 'hosts')]);
    try {
      const full = saveDocument(folder, { path: 'hosts/big.yaml', text: 'x'.repeat(2e6), baseDigest: null });
      await expect(full).rejects.toMatchObject({ code: 'disk-full' });
      expect(await readdir(join(folder, 'hosts'))).toEqual([]);
      execFileSync('mount', ['-o', 'remount,ro', join(folder, 'hosts')]);
      const frozen = saveDocument(folder, { path: 'hosts/new.yaml', text: 'x', baseDigest: null });
      await expect(frozen).rejects.toMatchObject({ code: 'site-read-only' });
    } finally {
      execFileSync('umount', [join(folder, 'hosts')]);
    }
  });

  test('says that the site is gone when its disk was pulled', async () => {
    await rename(folder, `${folder}-pulled`);
    const save = saveDocument(folder, { path: 'hosts/a.yaml', text: 'x', baseDigest: digestOf('a\n') });
    await expect(save).rejects.toMatchObject({
      code: expect.stringMatching(/site-vanished|document-changed/),
    });
  });
});

describe('watching', () => {
  test('two windows see the saves of the other and not their own', async () => {
    const [one, two] = [await openWindow(), await openWindow()];
    await one.site.save([{ path: 'hosts/a.yaml', text: 'new', baseDigest: digestOf('a\n') }]);
    await expect
      .poll(() => two.changes)
      .toEqual([{ path: 'hosts/a.yaml', text: 'new', digest: digestOf('new') }]);
    await two.site.remove('hosts/a.yaml');
    await expect.poll(() => one.changes).toEqual([{ path: 'hosts/a.yaml', text: null, digest: null }]);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect([one.changes.length, two.changes.length]).toEqual([1, 1]);
    const backups = await readdir(join(folder, '../cache/backups'), { recursive: true });
    expect(backups.filter((path) => path.endsWith('a.yaml'))).toHaveLength(1);
  });

  test('sees new folders, and files that editors replace', async () => {
    const { changes } = await openWindow();
    await mkdir(join(folder, 'images'));
    await writeFile(join(folder, 'images/i.yaml'), 'i');
    await expect.poll(() => changes.map(({ path }) => path)).toEqual(['images/i.yaml']);
    for (const text of ['second', 'third!']) {
      await writeFile(join(folder, 'images/.i.yaml.swp'), text);
      await rename(join(folder, 'images/.i.yaml.swp'), join(folder, 'images/i.yaml'));
      await expect.poll(() => changes.at(-1)?.text).toBe(text);
    }
  });

  test('tells what came and went beside the documents', async () => {
    const { site, changes, otherPaths } = await openWindow();
    expect(site.snapshot.otherPaths).toEqual(['hosts/']);
    await mkdir(join(folder, 'elements/own'), { recursive: true });
    await expect.poll(() => otherPaths.at(-1)).toEqual(['elements/', 'elements/own/', 'hosts/']);
    await rm(join(folder, 'elements'), { recursive: true });
    await expect.poll(() => otherPaths.at(-1), { timeout: 5000 }).toEqual(['hosts/']);
    expect(changes).toEqual([]);
  });

  test('gathers what changes together and drops what changed back', async () => {
    const { changes } = await openWindow();
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (let host = 0; host < 50; host++) await writeFile(join(folder, `hosts/h${host}.yaml`), 'x');
    await unlink(join(folder, 'hosts/h0.yaml'));
    await expect
      .poll(() => new Set(changes.map(({ path }) => path)).size, { timeout: 3000 })
      .toBeGreaterThan(48);
  });

  test('tells once that the site is gone, and goes on when it is back', async () => {
    const { changes, vanished } = await openWindow();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await rename(folder, `${folder}-pulled`);
    await expect.poll(() => vanished.map(({ code }) => code), { timeout: 5000 }).toEqual(['site-vanished']);
    await rename(`${folder}-pulled`, folder);
    await writeFile(join(folder, 'hosts/a.yaml'), 'back');
    await expect.poll(() => changes.map(({ text }) => text), { timeout: 8000 }).toEqual(['back']);
  }, 15_000);
});
