import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { siteIdOf } from '../site/site-folder.ts';
import { KeyStore } from './key-store.ts';
import { forgetValues } from './known-values.ts';
import { SiteSecrets } from './site-secrets.ts';
import { makeSmallSite, turningCipher } from './small-site.test-support.ts';

let folder: string;
let data: string;
beforeEach(async () => {
  folder = await makeSmallSite();
  data = join(dirname(folder), 'data');
});
afterEach(async () => {
  forgetValues();
  await rm(dirname(folder), { recursive: true, force: true });
});

const secretsOf = (cipher = turningCipher()) =>
  new SiteSecrets({ folder, siteId: siteIdOf(folder) }, new KeyStore(data, cipher));
const inFolder = (name: string) => join(folder, 'secrets', name);
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('a value in the folder is for its owner alone, and git is told before anything can be committed', async () => {
  const secrets = secretsOf();
  await secrets.set('join-token', 'folder', 'abc 123');
  expect([await modeOf(join(folder, 'secrets')), await modeOf(inFolder('join-token'))]).toEqual([
    '700',
    '600',
  ]);
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toContain('secrets/\n');
  expect(await secrets.findings()).toEqual([]);
  expect(await secrets.value('join-token')).toBe('abc 123');
});

test('a value in the key store is encrypted, and stands for no other name or site', async () => {
  const secrets = secretsOf();
  await secrets.set('join-token', 'key-store', 'abcdefgh');
  const [file = ''] = await readdir(join(data, 'secrets', siteIdOf(folder)));
  const path = join(data, 'secrets', siteIdOf(folder), file);
  expect(await readFile(path, 'utf8')).not.toContain('abcdefgh');
  expect([await modeOf(path), await modeOf(dirname(path))]).toEqual(['600', '700']);
  expect(await secrets.value('join-token')).toBe('abcdefgh');
  await writeFile(join(dirname(path), 'other.secret.json'), await readFile(path));
  await expect(secrets.value('other')).rejects.toMatchObject({ code: 'secret-unreadable' });
  await expect(secretsOf(turningCipher(1)).value('join-token')).rejects.toMatchObject({
    code: 'secret-unreadable',
  });
});

test('a key store that encrypts nothing takes nothing', async () => {
  const secrets = secretsOf({ ...turningCipher(), unusable: () => 'No keyring answers.' });
  await expect(secrets.set('a', 'key-store', 'abcdefgh')).rejects.toMatchObject({
    code: 'key-store-unavailable',
    message: 'No keyring answers.',
  });
  expect(await readdir(dirname(folder))).toEqual(['hall']);
});

test('a value that is set in one place leaves the other, and the folder counts where both have the name', async () => {
  const secrets = secretsOf();
  await secrets.set('a', 'key-store', 'first value');
  await secrets.set('a', 'folder', 'second value');
  expect(await secrets.list()).toMatchObject([{ name: 'a', where: 'folder' }]);
  expect(await new KeyStore(data).list(siteIdOf(folder))).toEqual([]);
  await secrets.set('a', 'key-store', 'third value');
  expect(await secrets.list()).toMatchObject([{ name: 'a', where: 'key-store' }]);
  await writeFile(inFolder('a'), 'fourth value\n');
  expect(await secrets.list()).toMatchObject([{ name: 'a', where: 'folder' }]);
  expect(await secrets.value('a')).toBe('fourth value');
  await secrets.remove('a');
  expect(await secrets.list()).toEqual([]);
  await expect(secrets.remove('a')).rejects.toMatchObject({ code: 'secret-missing' });
});

test('a single line loses its line end, a key keeps all of it, and a name finds its file with an ending', async () => {
  await mkdir(join(folder, 'secrets'), { mode: 0o700 });
  const pem = '-----BEGIN KEY-----\r\nAAAA\r\n-----END KEY-----\r\n';
  for (const [name, text] of [
    ['line', 'pass word \r\n'],
    ['key.pem', pem],
  ] as const)
    await writeFile(inFolder(name), text, { mode: 0o600 });
  expect(await secretsOf().value('line')).toBe('pass word ');
  expect(await secretsOf().value('key.pem')).toBe(pem);
  expect(await secretsOf().value('key')).toBe(pem);
  expect(await secretsOf().value('ke')).toBeUndefined();
});

test('a file that is empty, no text or too large is told without its content', async () => {
  await mkdir(join(folder, 'secrets'), { mode: 0o700 });
  for (const content of [' \n', Buffer.from([0x61, 0xff]), 'a\0b', Buffer.alloc(300_000, 'a')]) {
    await writeFile(inFolder('x'), content, { mode: 0o600 });
    const thrown = await secretsOf()
      .value('x')
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'secret-value-invalid', where: 'secrets/x', cause: undefined });
  }
});

test('a link that leaves the site is no secret, and is never written through', async () => {
  await mkdir(join(folder, 'secrets'), { mode: 0o700 });
  const outside = join(dirname(folder), 'shadow');
  await writeFile(outside, 'of another');
  await symlink(outside, inFolder('x'));
  expect(await secretsOf().list()).toEqual([]);
  await expect(secretsOf().value('x')).rejects.toMatchObject({ code: 'secret-value-invalid' });
  await secretsOf().set('x', 'folder', 'of the site');
  expect(await readFile(outside, 'utf8')).toBe('of another');
  expect(await secretsOf().value('x')).toBe('of the site');
});

test('what others can read, and what git would take, is told and put right', async () => {
  await mkdir(join(folder, 'secrets'));
  await chmod(join(folder, 'secrets'), 0o755);
  await writeFile(inFolder('a'), 'value', { mode: 0o600 });
  await writeFile(inFolder('b'), 'value');
  await chmod(inFolder('b'), 0o644);
  const secrets = secretsOf();
  expect((await secrets.findings()).map(({ code, path }) => [code, path])).toEqual([
    ['secret-permissions', 'secrets/'],
    ['secret-permissions', 'secrets/b'],
    ['secret-not-ignored', '.gitignore'],
  ]);
  await secrets.mend();
  expect(await secrets.findings()).toEqual([]);
  expect([await modeOf(join(folder, 'secrets')), await modeOf(inFolder('b'))]).toEqual(['700', '600']);
});

describe('another name', () => {
  const names = async (secrets: SiteSecrets) =>
    (await secrets.list()).map(({ name, where }) => `${name} ${where}`);

  test('keeps the value where it lies', async () => {
    const secrets = secretsOf();
    await secrets.set('a', 'folder', 'value in a file');
    await secrets.set('b', 'key-store', 'value in the store');
    await secrets.rename('a', 'c');
    await secrets.rename('b', 'd');
    expect(await names(secrets)).toEqual(['c folder', 'd key-store']);
    expect(await secrets.value('c')).toBe('value in a file');
    expect(await secrets.value('d')).toBe('value in the store');
    expect(await modeOf(inFolder('c'))).toBe('600');
    await expect(secrets.rename('a', 'e')).rejects.toMatchObject({ code: 'secret-missing' });
  });

  test('takes what the folder hides in the key store along', async () => {
    const secrets = secretsOf();
    await secrets.set('a', 'key-store', 'value in the store');
    await mkdir(join(folder, 'secrets'), { mode: 0o700 });
    await writeFile(inFolder('a'), 'value in a file\n');
    await secrets.rename('a', 'b');
    expect(await names(secrets)).toEqual(['b folder']);
    expect((await new KeyStore(data).list(siteIdOf(folder))).map(({ name }) => name)).toEqual(['b']);
  });

  test('is refused when it has a value of its own, in either place and in another case', async () => {
    const secrets = secretsOf();
    await secrets.set('a', 'folder', 'value in a file');
    await secrets.set('b', 'key-store', 'value in the store');
    for (const [from, to] of [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'B'],
    ] as const)
      await expect(secrets.rename(from, to)).rejects.toMatchObject({ code: 'secret-exists' });
    expect(await names(secrets)).toEqual(['a folder', 'b key-store']);
    expect(await secrets.value('a')).toBe('value in a file');
    await secrets.rename('a', 'A');
    expect(await names(secrets)).toEqual(['A folder', 'b key-store']);
  });

  test('is in neither place when one refuses', async () => {
    const secrets = secretsOf();
    await secrets.set('a', 'key-store', 'value in the store');
    await mkdir(join(folder, 'secrets'), { mode: 0o700 });
    await writeFile(inFolder('a'), 'value in a file\n');
    // A folder is no secret, but its name is taken.
    await mkdir(inFolder('b'));
    await expect(secrets.rename('a', 'b')).rejects.toMatchObject({ where: 'secrets/b' });
    await rm(inFolder('a'));
    expect(await names(secrets)).toEqual(['a key-store']);
    expect(await secrets.value('a')).toBe('value in the store');
    const locked = secretsOf(turningCipher(1));
    await expect(locked.rename('a', 'c')).rejects.toMatchObject({ code: 'secret-unreadable' });
    expect(await names(locked)).toEqual(['a key-store']);
  });
});
