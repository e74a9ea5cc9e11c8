import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFailure } from './set-up-failure.mjs';

/**
 * @typedef {{version?: string, integrity?: string, optional?: boolean, devOptional?: boolean}} LockedPackage
 * @typedef {{packages?: Record<string, LockedPackage>}} Lock
 */

/**
 * Whether an installed tree is what the lock file asks for. npm writes `node_modules/.package-lock.json` as the last
 * act of an installation (npm 7 and later), which makes it the one honest stamp: it is missing after an interrupted
 * `npm ci`. Optional packages may be absent, since most of them are for other platforms.
 *
 * @param {Lock} lock package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 * @returns {boolean}
 */
export function isInstalled(lock, installed) {
  const wanted = lock.packages ?? {};
  const present = installed.packages ?? {};
  if (Object.keys(present).some((path) => path !== '' && !(path in wanted))) return false;
  return Object.entries(wanted).every(([path, one]) => {
    if (path === '') return true;
    const other = present[path];
    if (!other) return one.optional === true || one.devOptional === true;
    return (
      other.version === one.version && (one.integrity === undefined || other.integrity === one.integrity)
    );
  });
}

/**
 * @param {string} path
 * @returns {Lock}
 */
const readLock = (path) => /** @type {Lock} */ (JSON.parse(readFileSync(path, 'utf8')));

/** @returns {boolean} */
function treeMatchesLock() {
  try {
    const lock = readLock(join(CHECKOUT, 'package-lock.json'));
    return isInstalled(lock, readLock(join(CHECKOUT, 'node_modules', '.package-lock.json')));
  } catch {
    return false;
  }
}

/** npm as a command: the one that runs us if there is one, so that the same version and configuration are used. */
export function npmCommand() {
  const running = process.env.npm_execpath;
  if (running?.endsWith('.js')) return [process.execPath, running];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/**
 * @param {import('./journal.mjs').Journal} journal
 * @returns {Promise<import('./journal.mjs').StepOutcome>}
 */
export async function installNodeModules(journal) {
  if (treeMatchesLock()) return { state: 'already there' };
  const result = await runCommand([...npmCommand(), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: CHECKOUT,
    onOutput: journal.record,
  });
  if (result.status === 0) return { state: 'done' };
  throw new SetUpFailure(
    'npm ci did not finish.',
    'Look at the lines above. ENOTFOUND, ETIMEDOUT or 403: the npm registry was not in reach; check the network and\n' +
      '`npm config get registry`. CERT: a proxy shows a certificate of its own; set NODE_EXTRA_CA_CERTS to the file with\n' +
      'its authority. Then run this command again.',
    // npm ends a wrong lock with a page about its options; the reason stands before it.
    result.output.split(/^npm error (?:Clean install a project|Usage:)/m)[0],
  );
}
