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
      error: expect.stringContaining('larger than 2 MiB'),
    });
  });

  describe('render --all of a site that is worth several threads', () => {
    const many = () => join(folder, 'many');
    const hostFile = (name: string) => join(many(), 'hosts', `${name}.yaml`);

    beforeAll(async () => {
      await cp(site, many(), { recursive: true });
      const worker = await readFile(hostFile('wk-1'), 'utf8');
      for (let number = 1; number <= 245; number++) {
        const own = worker
          .replaceAll('wk-1', `node-${number}`)
          .replaceAll('52:54:00:20:21:', `52:54:01:${number.toString(16).padStart(2, '0')}:21:`)
          .replaceAll(/\b10\.(10|20|30|40|50)\.0\.21\b/g, `10.$1.1.${number}`);
        await writeFile(hostFile(`node-${number}`), own);
      }
      for (const network of ['bonded', 'single-link']) {
        const file = join(many(), 'networks', `${network}.yaml`);
        await writeFile(file, (await readFile(file, 'utf8')).replaceAll('))/24', '))/16'));
      }
    });

    test('writes the same files as one thread', async () => {
      expect(await shell(`siteforge render many --all --out rendered`)).toEqual({
        status: 0,
        error: expect.stringContaining('250 hosts rendered to rendered'),
      });
      await shell(`siteforge render many --all --json > all.json`);
      const all = JSON.parse(await readFile(join(folder, 'all.json'), 'utf8')) as {
        host: string;
        files: Record<string, string>;
      }[];
      expect(all).toHaveLength(250);
      for (const { host, files } of all) {
        for (const [name, text] of Object.entries(files))
          expect(await readFile(join(folder, 'rendered', host, name), 'utf8')).toBe(text);
      }
    });

    test('writes over what it wrote before, whole', async () => {
      const file = join(folder, 'rendered', 'wk-2', 'meta-data');
      const before = await readFile(file, 'utf8');
      await writeFile(file, 'old');
      expect(await shell(`siteforge render many --all --out rendered`)).toMatchObject({ status: 0 });
      expect(await readFile(file, 'utf8')).toBe(before);
    });

    test('tells what a thread cannot write', async () => {
      await shell('mkdir taken && touch taken/wk-2');
      expect(await shell('siteforge render many --all --out taken')).toEqual({
        status: 1,
        error: expect.stringContaining('(file-not-writable)'),
      });
    });

    test('writes nothing when hosts of different threads contradict each other', async () => {
      const text = await readFile(hostFile('wk-2'), 'utf8');
      await writeFile(hostFile('wk-2'), text.replace('10.30.0.22', '10.30.0.11'));
      expect(await shell('siteforge render many --all --out nothing')).toEqual({
        status: 1,
        error: expect.stringMatching(/network-address-duplicate.*\(documents-invalid\)/s),
      });
      expect(existsSync(join(folder, 'nothing'))).toBe(false);
      await writeFile(hostFile('wk-2'), text);
    });

    test('misses no host that cannot be read', async () => {
      await writeFile(hostFile('huge'), '#'.repeat(6 * 1024 * 1024));
      const { status, error } = await shell('siteforge render many --all --out nothing');
      expect({ status, error }).toEqual({
        status: 1,
        error: expect.stringMatching(/huge\.yaml:1:1 error document-too-large.*Not every host/s),
      });
      expect(existsSync(join(folder, 'nothing'))).toBe(false);
      await rm(hostFile('huge'));
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
