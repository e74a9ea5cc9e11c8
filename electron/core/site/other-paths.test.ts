import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listOtherPaths, maximumOtherPaths } from './other-paths.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-other-paths-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
}

test('lists elements, names of secrets and what lies where documents are looked for', async () => {
  await write(
    'site.yaml',
    'README.md',
    'extra.yaml',
    '.git/config.yaml',
    'hosts/cp-1.yaml',
    'hosts/cp-2.yml',
  );
  await write('hosts/rack1/x.yaml', 'hosts/cp-3.txt', 'elements/own/element-deps', 'elements/readme.txt');
  await write('secrets/bmc-rack-1', 'secrets/.hidden', 'host/x.yaml');
  await symlink(join(folder, 'elements/own'), join(folder, 'elements/linked'));
  expect(await listOtherPaths(folder)).toEqual([
    'elements/',
    'elements/linked/',
    'elements/own/',
    'extra.yaml',
    'host/',
    'hosts/',
    'hosts/cp-3.txt',
    'hosts/rack1/x.yaml',
    'secrets/',
    'secrets/bmc-rack-1',
  ]);
});

test('tells a site without secrets from one whose folder of secrets is empty', async () => {
  await write('site.yaml');
  expect(await listOtherPaths(folder)).toEqual([]);
  await mkdir(join(folder, 'secrets'));
  expect(await listOtherPaths(folder)).toEqual(['secrets/']);
});

test('stops at a thousand', async () => {
  await write(...Array.from({ length: maximumOtherPaths + 20 }, (_, index) => `hosts/${index}.txt`));
  expect(await listOtherPaths(folder)).toHaveLength(maximumOtherPaths);
});
