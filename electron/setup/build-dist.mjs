import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureSchema, schemaDigest } from './cloud-init-schema.mjs';
import { npmCommand } from './node-modules.mjs';
import { CHECKOUT, CLI, DIST } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { ROOMS, sourceDigest } from './source-digest.mjs';

/**
 * What can be built: everything, or the command line alone, which takes a second and does not read the window's room.
 * Each leaves a stamp with the digest of its sources in a folder that the next build of it empties.
 */
const TARGETS = Object.freeze({
  all: { script: 'build', rooms: ROOMS, stamp: join(DIST, 'main', '.sources') },
  cli: { script: 'build:cli', rooms: ['electron', 'shared'], stamp: join(DIST, 'cli', '.sources') },
});

/** @typedef {keyof typeof TARGETS} BuildTarget */

/** Outside dist, which a build may empty; npm leaves this folder alone until its next installation. */
const LOCK = join(CHECKOUT, 'node_modules', '.siteforge-build');
/** A build takes seconds: a lock of this age was left by a process that was killed. */
const STALE_LOCK_MS = 300_000;

/**
 * The sources of the checkout, and the schema of cloud-init that goes into the bundles.
 *
 * @param {readonly string[]} rooms
 */
const inputDigest = (rooms) => `${sourceDigest(CHECKOUT, rooms)} ${schemaDigest()}`;

/**
 * @param {BuildTarget} target
 * @returns {boolean} whether it was built from these very sources
 */
function isBuilt(target) {
  const { stamp, rooms } = TARGETS[target];
  if (!existsSync(CLI) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8').trim() === inputDigest(rooms);
}

/** @returns {Promise<() => void>} gives the lock back */
async function lockBuild() {
  for (;;) {
    try {
      mkdirSync(LOCK);
      return () => rmSync(LOCK, { recursive: true, force: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      const made = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (made > 0 && Date.now() - made > STALE_LOCK_MS) rmSync(LOCK, { recursive: true, force: true });
      else await sleep(200);
    }
  }
}

/**
 * Runs the build when the sources have changed since the last one. Calls at the same time wait for each other.
 *
 * @param {(text: string) => void} record takes the raw output
 * @param {BuildTarget} [target]
 * @returns {Promise<import('./journal.mjs').StepOutcome>}
 */
export async function buildDist(record, target = 'all') {
  if (isBuilt(target)) return { state: 'already there' };
  if (!existsSync(join(CHECKOUT, 'node_modules'))) {
    throw new SetUpFailure(
      'The npm packages are not installed.',
      'Run `npm ci` (or `npm run quickstart`) first.',
    );
  }
  const unlock = await lockBuild();
  try {
    if (isBuilt(target)) return { state: 'already there' };
    await ensureSchema(record);
    // Taken before the build: a file saved while it runs then makes the next build due, instead of being missed.
    const parts = /** @type {const} */ (['all', 'cli']).filter((part) => target === 'all' || part === 'cli');
    const digests = parts.map((part) => inputDigest(TARGETS[part].rooms));
    const result = await runCommand([...npmCommand(), 'run', TARGETS[target].script], {
      cwd: CHECKOUT,
      onOutput: record,
    });
    if (result.status !== 0 || !existsSync(CLI)) {
      throw new SetUpFailure(
        'The build failed.',
        'The lines above name the file. If this is a fresh checkout without changes, delete node_modules and dist\n' +
          'and run this command again.',
        result.output,
      );
    }
    for (const [at, part] of parts.entries()) writeFileSync(TARGETS[part].stamp, `${digests[at]}\n`);
    return { state: 'done' };
  } finally {
    unlock();
  }
}
