import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasXorriso, makeTinyIso } from '../core/stamp/tiny-iso.test-support.ts';

/** The bundle as it is run, in a process of its own: what it does with its streams shows nowhere else. */
const checkout = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';
let program = '';
let site = '';
let image = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-process-'));
  const vite = join(checkout, 'node_modules/vite/bin/vite.js');
  const outDir = join(folder, 'dist/cli');
  const options = ['build', '--config', 'electron/vite.config.ts', '--mode', 'cli', '--outDir', outDir];
  execFileSync('node', [vite, ...options], { cwd: checkout, stdio: 'pipe' });
  program = join(outDir, 'siteforge.js');
  site = join(folder, 'site');
  await cp(join(checkout, 'assets/examples/edge-berlin'), site, { recursive: true });
  if (hasXorriso) image = await makeTinyIso(folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In bash, for its redirections and pipes; `siteforge` is the program. */
async function shell(script: string, cwd = folder): Promise<{ status: number | null; error: string }> {
  const siteforge = `siteforge() { node '${program}' "$@"; }; set -o pipefail; `;
  const child = spawn('bash', ['-c', siteforge + script], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let error = '';
  child.stderr.on('data', (bytes: Buffer) => {
    error += bytes.toString('utf8');
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, error };
}

describe.runIf(process.platform === 'linux')('siteforge', { timeout: 30_000 }, () => {
  test('starts with what V8 compiled of it, and without where that is damaged', async () => {
    const cache = program.replace(/js$/, 'cache');
    const compiled = await readFile(cache);
    expect(compiled.length).toBeGreaterThan(500_000);
    for (const other of [Buffer.alloc(0), Buffer.from('torn'), compiled.subarray(0, 4096)]) {
      await writeFile(cache, other);
      expect(await shell('siteforge --version')).toEqual({ status: 0, error: '' });
    }
    await writeFile(cache, compiled);
  });

  test('tells of results that the disk did not take', async () => {
    const order = `siteforge render '${site}' --host cp-1 > /dev/full`;
    expect(await shell(order)).toEqual({ status: 1, error: expect.stringContaining('(disk-full)') });
  });

  test('takes a reader that has seen enough for no failure', async () => {
    const order = `siteforge render '${site}' --host cp-1 | head -c 1`;
    expect(await shell(order)).toEqual({ status: 0, error: '' });
  });

  test('ends where no folder can be made', async () => {
    const gone = `mkdir gone && cd gone && rmdir ../gone && siteforge render '${site}' --host cp-1 --out a/b`;
    expect(await shell(gone)).toEqual({ status: 1, error: expect.stringContaining('(file-not-writable)') });
  });

  test('reads no more of a document than a document may have', async () => {
    expect(await shell('siteforge validate /dev/zero')).toEqual({
      status: 1,
      error: expect.stringContaining('document-too-large'),
    });
    expect(await shell('siteforge convert /dev/zero --to nmstate')).toEqual({
      status: 2,
      error: expect.stringContaining('larger than 5 MiB'),
    });
  });

  describe.runIf(hasXorriso)('stamp --out -', () => {
    test('writes the same image as into a file, and --reset the one that was built', async () => {
      const order = `siteforge stamp '${image}' --site '${site}' --host cp-1`;
      expect(await shell(`${order} --out file.iso && ${order} --out - > stream.iso`)).toMatchObject({
        status: 0,
      });
      const stamped = await readFile(join(folder, 'file.iso'));
      expect(stamped.equals(await readFile(join(folder, 'stream.iso')))).toBe(true);
      expect(await shell('siteforge stamp file.iso --reset --out - > plain.iso')).toMatchObject({
        status: 0,
      });
      expect((await readFile(join(folder, 'plain.iso'))).equals(await readFile(image))).toBe(true);
      expect(existsSync(join(folder, '-'))).toBe(false);
    });

    test('never takes a part for the whole', async () => {
      const order = `siteforge stamp '${image}' --site '${site}' --host cp-1 --out -`;
      const full = await shell(`${order} > /dev/full`);
      expect(full).toEqual({ status: 1, error: expect.stringContaining('(disk-full)') });
      const cut = await shell(`${order} | head -c 1`);
      expect(cut).toEqual({ status: 1, error: expect.stringContaining('before it had all of it') });
      // A disk that has room for half of it.
      const limit = Math.floor((await stat(image)).size / 2048);
      const half = await shell(`trap '' XFSZ; ulimit -f ${limit}; ${order} > half.iso`);
      expect(half).toEqual({ status: 1, error: expect.stringContaining('(file-not-writable)') });
    });

    test('refuses a named pipe in place of an image', async () => {
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      expect(await shell('siteforge stamp pipe --inspect')).toMatchObject({ status: 1 });
      expect(await shell('siteforge boot pipe')).toMatchObject({ status: 1 });
    });
  });
});
