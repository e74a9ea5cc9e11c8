import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout: everything that the set-up reads lies below it. */
export const CHECKOUT = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Where `npm run build` leaves what runs. */
export const DIST = join(CHECKOUT, 'dist');

/** The command line as built. */
export const CLI = join(DIST, 'cli', 'siteforge.js');

/** Written once an Electron runtime is ready: `{executable, version, source}`. */
export const RUNTIME_RECORD = join(DIST, 'electron-runtime.json');

/**
 * The folder for everything that can be made again, outside the checkout so that it survives a fresh clone.
 * XDG Base Directory Specification 0.8: a relative `XDG_CACHE_HOME` is invalid and ignored.
 *
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @returns {string}
 */
export function cacheFolder(environment = process.env) {
  const configured = environment.XDG_CACHE_HOME;
  const base = configured?.startsWith('/') ? configured : join(homedir(), '.cache');
  return join(base, 'siteforge');
}
