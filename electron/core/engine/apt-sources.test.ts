import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { parseDeb822, parseOneLine, readAptSources } from './apt-sources.ts';
import { debianSourcesOfThisMachine, selectDebianSources, sourceLine } from './debian-sources.ts';

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

const lines = (text: string, release = 'bookworm') =>
  selectDebianSources(parseOneLine(text), release).sources.map(sourceLine);
const reasons = (text: string) => selectDebianSources(parseOneLine(text), 'bookworm').passedOver;

test('reads one-line sources with options and comments', () => {
  const text =
    '# deb http://old.example bookworm main\ndeb [ Arch=amd64 signed-by=/x ] http://a.example/debian bookworm main contrib # mine\ndeb-src http://s.example x y\n';
  expect(parseOneLine(text)).toEqual([
    {
      uri: 'http://a.example/debian',
      suite: 'bookworm',
      components: ['main', 'contrib'],
      options: new Map([
        ['arch', 'amd64'],
        ['signed-by', '/x'],
      ]),
    },
  ]);
});

test('reads deb822 stanzas with several suites, comments and continuation lines', () => {
  const text =
    'Types: deb deb-src\n# a comment\nURIs: http://a.example/debian\nSuites: bookworm\n bookworm-updates\nComponents: main\n\nTypes: deb\nEnabled: off\nURIs: http://off.example\nSuites: bookworm\n';
  const read = parseDeb822(text).map(({ uri, suite, components }) => [uri, suite, ...components]);
  expect(read).toEqual([
    ['http://a.example/debian', 'bookworm', 'main'],
    ['http://a.example/debian', 'bookworm-updates', 'main'],
  ]);
});

test('takes release, updates and security from wherever each is configured', async () => {
  const folder = await aptFolder({
    'sources.list':
      'deb http://security.example/debian-security/ bookworm-security main\ndeb http://trixie.example trixie main\n',
    'sources.list.d/debian.sources':
      'Types: deb\nURIs: http://one.example/debian\nSuites: bookworm bookworm-updates bookworm-backports\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n',
    'sources.list.d/other.list': 'deb http://vendor.example cloud-sdk main\n',
    'sources.list.d/old.list.save': 'deb http://saved.example bookworm main\n',
  });
  expect(selectDebianSources(readAptSources(folder), 'bookworm').sources.map(sourceLine)).toEqual([
    'deb http://one.example/debian bookworm main',
    'deb http://one.example/debian bookworm-updates main',
    'deb http://security.example/debian-security bookworm-security main',
  ]);
});

test('translates the sources of a machine with another release, security included', () => {
  const text =
    'deb http://m.example/debian trixie main\ndeb http://s.example/security trixie-security main\ndeb http://m.example/debian bookworm-backports main';
  expect(lines(text)).toEqual([
    'deb http://m.example/debian bookworm main',
    'deb http://s.example/security bookworm-security main',
  ]);
  expect(lines(text, 'sid')).toEqual(['deb http://m.example/debian sid main']);
});

test('carries over that the dates of a snapshot do not count, and no other option', () => {
  const text =
    'deb [check-valid-until=no arch=amd64,arm64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg lang=de] http://m.example bookworm main';
  expect(lines(text)).toEqual(['deb [check-valid-until=no] http://m.example bookworm main']);
  const all = selectDebianSources(parseOneLine('deb http://m.example bookworm main'), 'bookworm', [
    'check-date=no',
  ]);
  expect(all.sources.map(sourceLine)).toEqual(['deb [check-date=no] http://m.example bookworm main']);
});

test.each([
  ['a folder of this machine', 'file:/srv/debian', ''],
  ['a disc', 'cdrom:[Debian]/', ''],
  ['an account in the address', 'http://me:secret@m.example', ''],
  ['a variable of apt', 'http://m.example/$(ARCH)', ''],
  ['a command of a shell', 'http://m.example/`reboot`', ''],
  ['another architecture', 'http://m.example', '[arch=arm64]'],
  ['a key of its own', 'http://m.example', '[signed-by=/etc/apt/keyrings/own.gpg]'],
  [
    'a way up to another key',
    'http://m.example',
    '[signed-by=/usr/share/keyrings/debian-archive-x/../own.gpg]',
  ],
  ['no signature at all', 'http://m.example', '[trusted=yes]'],
])('passes over a source with %s, and says so', (_, uri, options) => {
  const good = 'deb http://good.example bookworm main\ndeb http://good.example bookworm-updates main\n';
  const text = `${good}deb ${options} ${uri} bookworm-security main`;
  expect(lines(text)).toEqual([
    'deb http://good.example bookworm main',
    'deb http://good.example bookworm-updates main',
  ]);
  expect(reasons(text)).toEqual([expect.stringContaining('(bookworm-security)')]);
  expect(reasons(text).join()).not.toContain('secret');
  // With a usable one beside it there is nothing to tell.
  const both = `${text}\ndeb http://good.example/security bookworm-security main`;
  expect(lines(both).at(-1)).toBe('deb http://good.example/security bookworm-security main');
  expect(reasons(both)).toEqual([]);
});

test('passes over a deb822 stanza that brings its own key or leaves amd64 out', () => {
  const stanza = (field: string) =>
    parseDeb822(`Types: deb\nURIs: http://m.example\nSuites: bookworm\nComponents: main\n${field}\n`);
  const key = 'Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mDMEYCQjIxYJ';
  expect(selectDebianSources(stanza(key), 'bookworm').sources).toEqual([]);
  expect(selectDebianSources(stanza('Architectures: arm64'), 'bookworm').sources).toEqual([]);
  expect(selectDebianSources(stanza('Architectures-Remove: amd64'), 'bookworm').sources).toEqual([]);
  expect(selectDebianSources(stanza('Check-Date: no'), 'bookworm').sources).toHaveLength(1);
});

test('finds nothing where there is no apt, and none of Debian on Ubuntu', async () => {
  const none = { sources: [], passedOver: [] };
  expect(await debianSourcesOfThisMachine('bookworm', '/nonexistent')).toEqual(none);
  expect(
    lines('deb http://ubuntu.example noble main\ndeb http://ubuntu.example noble-security main'),
  ).toEqual([]);
  // A security suite without its release is no place to bootstrap from.
  expect(lines('deb http://m.example bookworm-security main')).toEqual([]);
});

test('whatever stands in the files, only plain sources come out', () => {
  const word = fc.oneof(
    fc.constantFrom('deb', 'bookworm', 'bookworm-security', 'main', '[', ']', 'http://m.example', '\n'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (parts) => {
      const text = parts.join(' ');
      const all = [...parseOneLine(text), ...parseDeb822(text)];
      for (const source of selectDebianSources(all, 'bookworm').sources) {
        expect(sourceLine(source)).toMatch(
          /^deb (\[(check-valid-until=no|check-date=no| )+\] )?https?:\/\/[^\s"'\\$`;<>|[\]]+ bookworm(-updates|-security)? main$/,
        );
      }
    }),
    { numRuns: 200 },
  );
});
