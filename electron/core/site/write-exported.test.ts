import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeExported } from './write-exported.ts';

let parent = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'siteforge-exported-'));
});
afterEach(() => rm(parent, { recursive: true }));

const file = (name: string) => ({ name, text: `${name}\n` });

test('writes into a folder of its own, for the account alone', async () => {
  await mkdir(join(parent, 'edge-netplan'));
  const folder = await writeExported(parent, 'edge-netplan', [file('a.yaml'), file('b.yaml')]);
  expect(folder).toBe(join(parent, 'edge-netplan-2'));
  expect(await readFile(join(folder, 'b.yaml'), 'utf8')).toBe('b.yaml\n');
  expect((await stat(join(folder, 'a.yaml'))).mode & 0o777).toBe(0o600);
  expect(await readdir(join(parent, 'edge-netplan'))).toEqual([]);
});

test('leaves nothing behind when a file cannot be written', async () => {
  const writing = writeExported(parent, 'edge', [file('a.yaml'), file('missing/b.yaml')]);
  await expect(writing).rejects.toMatchObject({ code: 'file-not-writable' });
  expect(await readdir(parent)).toEqual([]);
});
