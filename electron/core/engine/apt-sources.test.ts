import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { mirrorOfThisMachine, parseDeb822, parseOneLine } from './apt-sources.ts';

const folders: string[] = [];

async function aptFolder(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'siteforge-apt-'));
  folders.push(folder);
  await mkdir(join(folder, 'sources.list.d'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

test('reads one-line sources with options and comments', () => {
  const text =
    '# deb http://old.example bookworm main\ndeb [arch=amd64 signed-by=/x] http://a.example/debian bookworm main\ndeb-src http://s.example x y\n';
  expect(parseOneLine(text)).toEqual([{ uri: 'http://a.example/debian', suite: 'bookworm' }]);
});

test('reads deb822 stanzas with several suites, comments and continuation lines', () => {
  const text =
    'Types: deb deb-src\n# a comment\nURIs: http://a.example/debian\nSuites: bookworm\n bookworm-updates\n\nTypes: deb\nEnabled: no\nURIs: http://off.example\nSuites: bookworm\n';
  expect(parseDeb822(text)).toEqual([
    { uri: 'http://a.example/debian', suite: 'bookworm' },
    { uri: 'http://a.example/debian', suite: 'bookworm-updates' },
  ]);
});

test('prefers the mirror of the wanted release, and never takes a security archive', async () => {
  const folder = await aptFolder({
    'sources.list':
      'deb http://security.example bookworm-security main\ndeb http://trixie.example trixie main\n',
    'sources.list.d/debian.sources': 'Types: deb\nURIs: http://bookworm.example\nSuites: bookworm\n',
    'sources.list.d/other.list': 'deb http://vendor.example cloud-sdk main\n',
  });
  expect(mirrorOfThisMachine('bookworm', folder)).toBe('http://bookworm.example');
  expect(mirrorOfThisMachine('bullseye', folder)).toBe('http://trixie.example');
});

test('finds no mirror where there is no apt', async () => {
  expect(mirrorOfThisMachine('bookworm', '/nonexistent')).toBeUndefined();
  const ubuntu = await aptFolder({ 'sources.list': 'deb http://ubuntu.example noble main\n' });
  expect(mirrorOfThisMachine('bookworm', ubuntu)).toBeUndefined();
});
