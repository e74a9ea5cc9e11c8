import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ignoreFolder, isIgnored } from './git-ignore.ts';

let repository: string;
let site: string;
beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'siteforge-ignore-'));
  site = join(repository, 'sites', 'hall');
  await mkdir(join(site, 'secrets'), { recursive: true });
  await writeFile(join(site, 'secrets', 'name'), 'x');
});
afterEach(() => rm(repository, { recursive: true, force: true }));

const hasGit = (() => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const patterns = [
  'secrets/',
  'secrets',
  '/secrets/',
  'secrets/*',
  'secrets/**',
  '**/secrets/',
  '*',
  's*s/',
  's?crets',
  '[rs]ecrets',
  '[!a]ecrets/',
  'secrets/ # no comment here',
  'secrets/   ',
  'Secrets/',
  'secret/',
  '#secrets/',
  '\\#secrets/',
  'hosts/secrets/',
  'secrets/other',
  'secrets/\n!secrets/',
  '!secrets/\nsecrets/',
  'secrets/*\n!secrets/name',
  'sites/',
  '',
];

describe('whether git leaves secrets/ alone', () => {
  test.runIf(hasGit)('is what git says, for every form of a pattern', { timeout: 60_000 }, async () => {
    execFileSync('git', ['init', '-q', repository]);
    const differing: string[] = [];
    for (const [folder, prefix] of [
      [site, ''],
      [repository, 'sites/hall/'],
    ] as const) {
      for (const pattern of patterns) {
        const text = prefix === '' ? pattern : pattern.replaceAll(/^(!?)\/?(?=secrets)/gm, `$1${prefix}`);
        await writeFile(join(folder, '.gitignore'), `${text}\n`);
        const git = (() => {
          try {
            execFileSync('git', ['-C', site, 'check-ignore', '-q', 'secrets/name']);
            return true;
          } catch {
            return false;
          }
        })();
        if ((await isIgnored(site, 'secrets')) !== git) differing.push(`${prefix}: ${text} (git: ${git})`);
      }
      await rm(join(folder, '.gitignore'));
    }
    expect(differing).toEqual([]);
  });

  test('counts the rules of the repository above and its own exclusions', async () => {
    await mkdir(join(repository, '.git', 'info'), { recursive: true });
    expect(await isIgnored(site, 'secrets')).toBe(false);
    await writeFile(join(repository, '.git', 'info', 'exclude'), 'secrets/\n');
    expect(await isIgnored(site, 'secrets')).toBe(true);
    await writeFile(join(site, '.gitignore'), '!secrets/\n');
    expect(await isIgnored(site, 'secrets')).toBe(false);
  });

  test('a line is added once, below what is there', async () => {
    await writeFile(join(site, '.gitignore'), 'out/');
    await ignoreFolder(site, 'secrets');
    expect(await readFile(join(site, '.gitignore'), 'utf8')).toBe(
      'out/\n# Keys and passwords: never in git.\nsecrets/\n',
    );
    expect(await isIgnored(site, 'secrets')).toBe(true);
  });
});
