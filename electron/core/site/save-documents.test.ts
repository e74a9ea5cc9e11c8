import { execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
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
import { digestOf } from '../files/file-digest.ts';
import { asAnotherAccount } from './other-account.test-support.ts';
import type { SaveRequest } from './save-document.ts';
import { saveDocuments } from './save-documents.ts';

let folder = '';
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'siteforge-save-')), 'edge');
  for (const below of ['hosts', 'networks']) await mkdir(join(folder, below), { recursive: true });
  for (const name of names) await writeFile(join(folder, 'hosts', name), `old ${name}`, { mode: 0o640 });
});
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

const names = Array.from({ length: 40 }, (_, at) => `node-${String(at).padStart(2, '0')}.yaml`);
const requests = (): SaveRequest[] =>
  names.map((name) => ({
    path: `hosts/${name}`,
    text: `new ${name}`,
    baseDigest: digestOf(`old ${name}`),
  }));
const read = (name: string) => readFile(join(folder, 'hosts', name), 'utf8');
const leftovers = async () => (await readdir(join(folder, 'hosts'))).filter((name) => name.endsWith('.tmp'));

describe('saving many documents', () => {
  test('writes all, answers their digests in order, and keeps their modes', async () => {
    const { saved, failed } = await saveDocuments(folder, requests());
    expect(failed).toEqual([]);
    expect(saved).toEqual(names.map((name) => ({ path: `hosts/${name}`, digest: digestOf(`new ${name}`) })));
    for (const name of names) expect(await read(name)).toBe(`new ${name}`);
    expect((await stat(join(folder, 'hosts', names[3] ?? ''))).mode & 0o777).toBe(0o640);
    expect(await leftovers()).toEqual([]);
  });

  test('never writes what could not be read over what is on disk', async () => {
    const latin = Buffer.from('# Z\xfcrich\n', 'latin1');
    await writeFile(join(folder, 'hosts/node-00.yaml'), latin);
    const order = { path: 'hosts/node-00.yaml', baseDigest: digestOf(latin) };
    const { failed } = await saveDocuments(folder, [{ ...order, text: '# Z\ufffdrich, hall 3\n' }]);
    expect(failed).toMatchObject([{ failure: { code: 'document-not-utf8' } }]);
    expect((await readFile(join(folder, 'hosts/node-00.yaml'))).equals(latin)).toBe(true);
    expect((await saveDocuments(folder, [{ ...order, text: '# Zürich, hall 3\n' }])).failed).toEqual([]);
    expect(await read('node-00.yaml')).toBe('# Zürich, hall 3\n');
    // One that holds the character itself is a text as any other.
    await writeFile(join(folder, 'hosts/node-01.yaml'), '# \ufffd\n');
    const own = { path: 'hosts/node-01.yaml', text: '# \ufffd.\n', baseDigest: digestOf('# \ufffd\n') };
    expect((await saveDocuments(folder, [own])).failed).toEqual([]);
  });

  test('tells which changed on disk, leaves those alone and writes the others', async () => {
    await writeFile(join(folder, 'hosts/node-07.yaml'), 'theirs');
    await unlink(join(folder, 'hosts/node-09.yaml'));
    const { saved, failed } = await saveDocuments(folder, requests());
    expect(failed.map(({ path, failure }) => [path, failure.code, failure.message])).toEqual([
      [
        'hosts/node-07.yaml',
        'document-changed-on-disk',
        'hosts/node-07.yaml was changed on disk since it was opened.',
      ],
      [
        'hosts/node-09.yaml',
        'document-changed-on-disk',
        'hosts/node-09.yaml was removed on disk since it was opened.',
      ],
    ]);
    expect(saved).toHaveLength(38);
    expect(await read('node-07.yaml')).toBe('theirs');
    expect(await readdir(join(folder, 'hosts'))).toEqual(names.filter((name) => name !== 'node-09.yaml'));
    expect(await read('node-08.yaml')).toBe('new node-08.yaml');
  });

  test('writes over a change on disk where that is asked for', async () => {
    await writeFile(join(folder, 'hosts/node-07.yaml'), 'theirs');
    const forced = requests().map((request) => ({ ...request, force: true }));
    expect((await saveDocuments(folder, forced)).failed).toEqual([]);
    expect(await read('node-07.yaml')).toBe('new node-07.yaml');
  });

  test.skipIf(process.getuid?.() !== 0)('leaves a document to its owner, with its mode', async () => {
    const file = join(folder, 'hosts/node-01.yaml');
    await chown(file, 12_345, 23_456);
    await chmod(file, 0o604);
    expect((await saveDocuments(folder, requests())).failed).toEqual([]);
    const { uid, gid, mode } = await stat(file);
    expect([uid, gid, mode & 0o7777]).toEqual([12_345, 23_456, 0o604]);
  });

  test('writes over what it cannot read where that is asked for', async () => {
    await chmod(join(folder, 'hosts'), 0o777);
    await chmod(join(folder, 'hosts/node-01.yaml'), 0o200);
    await asAnotherAccount(join(folder, '..'), async () => {
      const closed = { path: 'hosts/node-01.yaml', text: 'mine', baseDigest: null };
      const refused = await saveDocuments(folder, [closed]);
      expect(refused.failed).toMatchObject([{ failure: { code: 'site-read-only' } }]);
      expect((await saveDocuments(folder, [{ ...closed, force: true }])).failed).toEqual([]);
    });
    expect(await read('node-01.yaml')).toBe('mine');
  });

  test('never makes a site anew that is gone', async () => {
    await rename(folder, `${folder}-pulled`);
    const { saved, failed } = await saveDocuments(folder, requests());
    expect(saved).toEqual([]);
    expect(new Set(failed.map(({ failure }) => failure.code))).toEqual(new Set(['document-changed-on-disk']));
    expect(await readdir(join(folder, '..'))).toEqual(['edge-pulled']);
  });

  test.each([
    ['a path that is no document', 'hosts/../../x.yaml'],
    ['a file of another kind', 'x.sh'],
    ['a secret', 'secrets/x.yaml'],
    ['a document that is named twice', 'hosts/node-00.yaml'],
  ])('writes nothing for %s', async (_, path) => {
    const wrong = { path, text: 'x', baseDigest: null };
    await expect(saveDocuments(folder, [...requests(), wrong])).rejects.toMatchObject({
      code: 'request-invalid',
      where: path,
    });
    for (const name of names) expect(await read(name)).toBe(`old ${name}`);
  });

  test('two paths of one file cannot both be based on its old text', async () => {
    await symlink('node-00.yaml', join(folder, 'hosts/link.yaml'));
    const [first] = requests();
    if (first === undefined) throw new Error('there is a request');
    const { saved, failed } = await saveDocuments(folder, [
      first,
      { ...first, path: 'hosts/link.yaml', text: 'another' },
    ]);
    expect([...saved, ...failed].map(({ path }) => path).sort()).toEqual([
      'hosts/link.yaml',
      'hosts/node-00.yaml',
    ]);
    expect(failed.map(({ failure }) => failure.code)).toEqual(['document-changed-on-disk']);
    const written = saved[0]?.path === first.path ? first.text : 'another';
    expect(await read('node-00.yaml')).toBe(written);
    expect(await leftovers()).toEqual([]);
  });

  test('tells which may not be written, and writes the others', async () => {
    await writeFile(join(folder, 'networks/a.yaml'), 'old');
    await chmod(join(folder, 'networks'), 0o555);
    await chmod(join(folder, 'hosts'), 0o777);
    for (const name of names) await chmod(join(folder, 'hosts', name), 0o644);
    await asAnotherAccount(join(folder, '..'), async () => {
      const closed = { path: 'networks/a.yaml', text: 'x', baseDigest: digestOf('old') };
      const { saved, failed } = await saveDocuments(folder, [closed, ...requests()]);
      expect(failed).toMatchObject([{ path: 'networks/a.yaml', failure: { code: 'site-read-only' } }]);
      expect(saved).toHaveLength(40);
    });
  });

  test.skipIf(process.getuid?.() !== 0)(
    'on a full disk leaves whole documents only, and tells which are old',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', join(folder, 'networks')]);
      try {
        const large = names.map((name) => ({
          path: `networks/${name}`,
          text: name.padEnd(60_000),
          baseDigest: null,
        }));
        const { saved, failed } = await saveDocuments(folder, large);
        expect(failed.length).toBeGreaterThan(0);
        expect(new Set(failed.map(({ failure }) => failure.code))).toEqual(new Set(['disk-full']));
        expect((await readdir(join(folder, 'networks'))).sort()).toEqual(
          saved.map(({ path }) => path.slice('networks/'.length)).sort(),
        );
        for (const { path } of saved) expect(await readFile(join(folder, path), 'utf8')).toHaveLength(60_000);
      } finally {
        execFileSync('umount', [join(folder, 'networks')]);
      }
    },
  );
});
