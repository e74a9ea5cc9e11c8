import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { engineEnvironment, throughGroup } from './container-engine.mjs';
import { CHECKOUT, CLI } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFailure } from './set-up-failure.mjs';

/** The example that a first run builds: paths relative to the checkout, names as in the site's documents. */
export const EXAMPLE = Object.freeze({
  site: 'assets/examples/edge-berlin',
  image: 'edge-node',
  host: 'cp-1',
  out: 'assets/examples/edge-berlin/out',
});

/** Where the built image lies, and the one stamped for the example's host. */
export const BUILT_ISO = join(CHECKOUT, EXAMPLE.out, `${EXAMPLE.image}.iso`);
export const STAMPED_ISO = join(CHECKOUT, EXAMPLE.out, `${EXAMPLE.host}.iso`);

/** Arguments of the command line for both halves of the job; it runs in the checkout. */
export const BUILD_ARGUMENTS = Object.freeze(['build', EXAMPLE.site, '--image', EXAMPLE.image]);
/** @param {string} iso */
export const stampArguments = (iso) => [
  'stamp',
  iso,
  '--site',
  EXAMPLE.site,
  '--host',
  EXAMPLE.host,
  '--out',
  STAMPED_ISO,
];

/**
 * @param {import('./container-engine.mjs').Engine} engine
 * @param {readonly string[]} args
 * @param {(text: string) => void} onOutput
 */
async function commandLine(engine, args, onOutput) {
  const command = [process.execPath, CLI, ...args];
  const result = await runCommand(engine.throughGroup ? throughGroup(command) : command, {
    cwd: CHECKOUT,
    environment: engineEnvironment(engine),
    onOutput,
  });
  if (result.status === 0) return result;
  throw new SetUpFailure(
    `siteforge ${args.join(' ')} failed with exit status ${result.status}.`,
    `The lines above say why. To see it alone, run:\n  npm run -s cli -- ${args.join(' ')}`,
    result.output,
  );
}

/**
 * The image that a build left: the newest ISO under the name of the image.
 *
 * @returns {string | undefined}
 */
function builtIso() {
  if (existsSync(BUILT_ISO)) return BUILT_ISO;
  const folder = join(CHECKOUT, EXAMPLE.out);
  if (!existsSync(folder)) return undefined;
  const isos = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.iso') && name.includes(EXAMPLE.image))
    .map((name) => join(folder, name));
  return isos.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/**
 * Builds the example's image. The command line keeps what it has built, so a second run takes seconds.
 *
 * @param {import('./container-engine.mjs').Engine} engine
 * @param {(text: string) => void} onOutput
 * @returns {Promise<import('./journal.mjs').StepOutcome>}
 */
export async function buildExample(engine, onOutput) {
  const before = existsSync(BUILT_ISO) ? statSync(BUILT_ISO).mtimeMs : undefined;
  await commandLine(engine, BUILD_ARGUMENTS, onOutput);
  const iso = builtIso();
  if (!iso) {
    throw new SetUpFailure(
      'The build ended well but left no ISO.',
      `Look into ${join(CHECKOUT, EXAMPLE.out)}.`,
    );
  }
  const same = before !== undefined && iso === BUILT_ISO && statSync(iso).mtimeMs === before;
  return { state: same ? 'already there' : 'done' };
}

/**
 * Puts the example's host into the image.
 *
 * @param {import('./container-engine.mjs').Engine} engine
 * @param {(text: string) => void} onOutput
 * @returns {Promise<import('./journal.mjs').StepOutcome>}
 */
export async function stampExample(engine, onOutput) {
  const iso = builtIso();
  if (!iso)
    throw new SetUpFailure('There is no image to stamp yet.', 'Run npm run quickstart without --only.');
  await commandLine(engine, stampArguments(iso), onOutput);
  return { state: 'done' };
}
