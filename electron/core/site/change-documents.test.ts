import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  lstat,
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
import { createDocuments, removeDocument, renameDocument } from './change-documents.ts';
import { asAnotherAccount } from './other-account.test-support.ts';

let folder = '';
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'siteforge-change-')), 'edge');
  await mkdir(join(folder, 'hosts'), { recursive: true });
  await writeFile(join(folder, 'site.yaml'), 'site\n');
  await writeFile(join(folder, 'hosts/a.yaml'), 'a\n', { mode: 0o640 });
});
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

const createDocument = (site: string, path: string, text: string) => createDocuments(site, [{ path, text }]);
const hosts = () => readdir(join(folder, 'hosts'));
const read = (path: string) => readFile(join(folder, path), 'utf8');
const code = (wanted: string) => expect.objectContaining({ code: wanted });

const badNames = [
  '../x.yaml',
  'hosts/../../x.yaml',
  'hosts/..yaml',
  'hosts/a/b.yaml',
  '/etc/x.yaml',
  'secrets/x.yaml',
  'hosts/x.yml',
  'hosts/X.yaml',
  'hosts/x y.yaml',
  'hosts/x\0.yaml',
  `hosts/${'x'.repeat(64)}.yaml`,
  'site.yaml',
];

describe('creating', () => {
  test('writes the text, in a folder that need not exist', async () => {
    await createDocument(folder, 'images/x.yaml', 'é\n');
    expect(await read('images/x.yaml')).toBe('é\n');
  });

  test.each(['hosts/a.yaml', 'networks/oob.yaml'])('never writes over %s', async (path) => {
    await mkdir(join(folder, 'networks'));
    await writeFile(join(folder, path), 'theirs');
    await expect(createDocument(folder, path, 'mine')).rejects.toEqual(code('document-exists'));
    expect(await read(path)).toBe('theirs');
  });

  test.each(['A.yaml', 'a.yml', 'A.yml'])('takes %s for the same name as a.yaml', async (name) => {
    await unlink(join(folder, 'hosts/a.yaml'));
    await writeFile(join(folder, 'hosts', name), 'theirs');
    await expect(createDocument(folder, 'hosts/a.yaml', 'mine')).rejects.toEqual(code('document-exists'));
    expect(await hosts()).toEqual([name]);
  });

  test('of several at once, one wins and the others are told', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => createDocument(folder, 'hosts/new.yaml', `text ${index}`)),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [refused] = made.filter((one) => one.status === 'rejected');
    expect(refused?.reason).toEqual(code('document-exists'));
  });

  test.each(badNames)('refuses %s', async (path) => {
    await expect(createDocument(folder, path, 'x')).rejects.toEqual(code('request-invalid'));
    expect(await hosts()).toEqual(['a.yaml']);
  });

  test('does not follow a folder that leads out of the site', async () => {
    await mkdir(join(folder, '../elsewhere'));
    await symlink('../elsewhere', join(folder, 'networks'));
    await expect(createDocument(folder, 'networks/x.yaml', 'x')).rejects.toEqual(code('request-invalid'));
    expect(await readdir(join(folder, '../elsewhere'))).toEqual([]);
  });

  test('says that the site is gone instead of making it anew', async () => {
    await rename(folder, `${folder}-pulled`);
    await expect(createDocument(folder, 'hosts/x.yaml', 'x')).rejects.toEqual(code('site-vanished'));
    await rename(`${folder}-pulled`, folder);
  });

  test('says that a folder cannot be written', async () => {
    await chmod(join(folder, 'hosts'), 0o555);
    await asAnotherAccount(join(folder, '..'), async () => {
      await expect(createDocument(folder, 'hosts/x.yaml', 'x')).rejects.toEqual(code('site-read-only'));
    });
  });

  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ path: `hosts/node-${at}.yaml`, text: `node ${at}\n` }));

  test('writes many at once, in several folders, and answers the digest of each', async () => {
    const digests = await createDocuments(folder, [...many(100), { path: 'images/x.yaml', text: 'x' }]);
    expect(Object.keys(digests)).toHaveLength(101);
    expect(digests['hosts/node-7.yaml']).toBe(digestOf('node 7\n'));
    expect(await hosts()).toHaveLength(101);
    expect(await read('images/x.yaml')).toBe('x');
  });

  test('writes none of many when the name of one is taken', async () => {
    const documents = [...many(40), { path: 'hosts/a.yaml', text: 'mine' }];
    await expect(createDocuments(folder, documents)).rejects.toEqual(code('document-exists'));
    expect(await hosts()).toEqual(['a.yaml']);
    expect(await read('hosts/a.yaml')).toBe('a\n');
  });

  test('takes back what is written when another in the batch cannot be', async () => {
    await mkdir(join(folder, '../elsewhere'));
    await symlink('../elsewhere', join(folder, 'networks'));
    const documents = [...many(40), { path: 'networks/x.yaml', text: 'x' }];
    await expect(createDocuments(folder, documents)).rejects.toEqual(code('request-invalid'));
    expect(await hosts()).toEqual(['a.yaml']);
  });

  test('refuses a batch that names a document twice', async () => {
    const documents = [...many(2), ...many(1)];
    await expect(createDocuments(folder, documents)).rejects.toEqual(code('request-invalid'));
    expect(await hosts()).toEqual(['a.yaml']);
  });

  test.skipIf(process.getuid?.() !== 0)('takes a batch back that fills the disk', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', join(folder, 'hosts')]);
    try {
      const large = many(40).map(({ path }) => ({ path, text: 'x'.repeat(50_000) }));
      await expect(createDocuments(folder, large)).rejects.toEqual(code('disk-full'));
      expect(await hosts()).toEqual([]);
    } finally {
      execFileSync('umount', [join(folder, 'hosts')]);
    }
  });

  test.skipIf(process.getuid?.() !== 0)(
    'leaves nothing of a text that the disk has no room for',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', join(folder, 'hosts')]);
      try {
        const full = createDocument(folder, 'hosts/big.yaml', 'x'.repeat(2e6));
        await expect(full).rejects.toEqual(code('disk-full'));
        expect(await hosts()).toEqual([]);
      } finally {
        execFileSync('umount', [join(folder, 'hosts')]);
      }
    },
  );
});

describe('renaming', () => {
  test('keeps the file: content, mode and inode', async () => {
    const before = await stat(join(folder, 'hosts/a.yaml'));
    await renameDocument(folder, 'hosts/a.yaml', 'hosts/b.yaml');
    const after = await stat(join(folder, 'hosts/b.yaml'));
    expect([after.ino, after.mode, after.nlink]).toEqual([before.ino, before.mode, 1]);
    expect(await hosts()).toEqual(['b.yaml']);
  });

  test.each(['b.yaml', 'B.yaml', 'b.yml'])('never replaces %s', async (name) => {
    await writeFile(join(folder, 'hosts', name), 'theirs');
    const renaming = renameDocument(folder, 'hosts/a.yaml', 'hosts/b.yaml');
    await expect(renaming).rejects.toEqual(code('document-exists'));
    expect([await read(`hosts/${name}`), await read('hosts/a.yaml')]).toEqual(['theirs', 'a\n']);
  });

  test('does not replace another name of the same file', async () => {
    await link(join(folder, 'hosts/a.yaml'), join(folder, 'hosts/b.yaml'));
    const renaming = renameDocument(folder, 'hosts/a.yaml', 'hosts/b.yaml');
    await expect(renaming).rejects.toEqual(code('document-exists'));
    expect(await hosts()).toEqual(['a.yaml', 'b.yaml']);
  });

  test('changes the case of a name, and .yml to .yaml', async () => {
    await rename(join(folder, 'hosts/a.yaml'), join(folder, 'hosts/Edge.yml'));
    await renameDocument(folder, 'hosts/Edge.yml', 'hosts/edge.yaml');
    expect(await hosts()).toEqual(['edge.yaml']);
  });

  test('renames a link, not what it stands for', async () => {
    await symlink('a.yaml', join(folder, 'hosts/b.yaml'));
    await renameDocument(folder, 'hosts/b.yaml', 'hosts/c.yaml');
    expect(await hosts()).toEqual(['a.yaml', 'c.yaml']);
    expect((await lstat(join(folder, 'hosts/c.yaml'))).isSymbolicLink()).toBe(true);
  });

  test('says that a document is gone', async () => {
    const renaming = renameDocument(folder, 'hosts/gone.yaml', 'hosts/b.yaml');
    await expect(renaming).rejects.toEqual(code('document-not-found'));
  });

  test.each([...badNames, 'networks/a.yaml'])('refuses the new name %s', async (to) => {
    await expect(renameDocument(folder, 'hosts/a.yaml', to)).rejects.toEqual(code('request-invalid'));
    expect(await hosts()).toEqual(['a.yaml']);
  });

  test.each(['../a.yaml', 'hosts/../../etc/passwd', 'secrets/a.yaml'])('does not touch %s', async (from) => {
    await expect(renameDocument(folder, from, 'hosts/b.yaml')).rejects.toEqual(code('request-invalid'));
  });
});

describe('removing', () => {
  const backups = () => ({ backups: join(folder, '../backups') });

  test('keeps a copy among the backups', async () => {
    await removeDocument(folder, 'hosts/a.yaml', backups());
    expect(await hosts()).toEqual([]);
    const [copy = ''] = await readdir(join(folder, '../backups'));
    expect(await readFile(join(folder, '../backups', copy), 'utf8')).toBe('a\n');
  });

  test('of a link, what it stands for stays', async () => {
    await symlink('a.yaml', join(folder, 'hosts/b.yaml'));
    await removeDocument(folder, 'hosts/b.yaml', backups());
    expect(await hosts()).toEqual(['a.yaml']);
  });

  test('hands the file to the trash', async () => {
    const discarded: string[] = [];
    const discard = async (file: string) => {
      discarded.push(file);
      await unlink(file);
    };
    await removeDocument(folder, 'hosts/a.yaml', { discard });
    expect(discarded).toEqual([join(folder, 'hosts/a.yaml')]);
  });

  test.each([
    ['fails', () => Promise.reject(new Error('no trash here'))],
    ['does nothing', () => Promise.resolve()],
  ])('says so when the trash %s, and the document stays', async (_what, discard) => {
    const removing = removeDocument(folder, 'hosts/a.yaml', { discard });
    await expect(removing).rejects.toEqual(code('trash-unavailable'));
    expect(await hosts()).toEqual(['a.yaml']);
  });

  test('says that a document is gone already', async () => {
    const removing = removeDocument(folder, 'hosts/gone.yaml', backups());
    await expect(removing).rejects.toEqual(code('document-not-found'));
  });
});
