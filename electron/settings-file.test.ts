import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SettingsFile } from './settings-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-settings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a disk that takes nothing stops no work, and what changed meanwhile is written with the next change', async () => {
  const home = join(folder, 'home');
  const settings = await SettingsFile.read(join(home, 'settings.json'));
  await settings.rememberFolder('/srv/first');
  await settings.rememberBounds({ width: 1000, height: 700 });
  await expect(settings.changeSettings({ theme: 'dark' })).rejects.toMatchObject({
    code: 'file-not-writable',
  });
  expect([settings.recentFolders, settings.settings.theme]).toEqual([['/srv/first'], 'dark']);

  await mkdir(home);
  await settings.rememberFolder('/srv/second');
  const again = await SettingsFile.read(join(home, 'settings.json'));
  expect(again.recentFolders).toEqual(['/srv/second', '/srv/first']);
  expect([again.settings.theme, again.bounds]).toEqual(['dark', { width: 1000, height: 700 }]);
});
