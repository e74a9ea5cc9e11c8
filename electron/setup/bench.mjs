#!/usr/bin/env node
import { requireNode } from './node-version.mjs';

requireNode();

const { spawn } = await import('node:child_process');
const { join } = await import('node:path');
const { engineEnvironment, throughGroup } = await import('./container-engine.mjs');
const { Journal } = await import('./journal.mjs');
const { CHECKOUT, DIST } = await import('./places.mjs');
const { runCommand } = await import('./run-command.mjs');
const { SetUpFailure } = await import('./set-up-failure.mjs');
const { setUpSteps } = await import('./set-up-steps.mjs');
const { TEST_PACKAGES } = await import('./system-packages.mjs');
const { withVirtualDisplay } = await import('./virtual-display.mjs');

/** Measures that do without these; what is not named here needs everything. */
const WITHOUT_ENGINE = ['keystroke', 'open', 'rename', 'render', 'stamp', 'window', 'log'];
const WITHOUT_WINDOW = ['render', 'stamp', 'again', 'compose'];

const args = process.argv.slice(2);
const only = args.flatMap((arg, at) => {
  const list = arg === '--only' ? args[at + 1] : arg.startsWith('--only=') ? arg.slice(7) : undefined;
  return list === undefined ? [] : list.split(',');
});
/** @param {readonly string[]} exempt */
const needed = (exempt) => only.length === 0 || only.some((name) => !exempt.includes(name));

// Standard output belongs to the table, or to the JSON that another program reads.
const journal = new Journal('bench', process.stderr);
const set = setUpSteps(journal, { packages: TEST_PACKAGES, kind: 'test' });

async function bundle() {
  const vite = join(CHECKOUT, 'node_modules', 'vite', 'bin', 'vite.js');
  const command = [process.execPath, vite, 'build', '--config', 'electron/vite.config.ts', '--mode', 'bench'];
  const { status, output } = await runCommand(command, { cwd: CHECKOUT, onOutput: journal.record });
  if (status !== 0)
    throw new SetUpFailure('The bench could not be bundled.', 'The lines above name the file.', output);
  return { state: /** @type {const} */ ('done') };
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {boolean} inGroup whether the engine is only reached as a member of its group
 * @returns {Promise<number>} exit status
 */
function measure(environment, inGroup) {
  const command = [process.execPath, join(DIST, 'bench', 'bench.js'), ...args];
  const [program = '', ...rest] = inGroup ? throughGroup(command) : command;
  const child = spawn(program, rest, { cwd: CHECKOUT, env: { ...environment }, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal));
  return new Promise((done) => {
    child.once('error', () => done(127)).once('exit', (code) => done(code ?? 1));
  });
}

try {
  await set.modules();
  await set.packages();
  await set.build();
  if (needed(WITHOUT_WINDOW)) await set.runtime();
  await journal.step('Bench', bundle);
  const engine = needed(WITHOUT_ENGINE) ? await set.findOrStartEngine() : undefined;
  const environment = engine === undefined ? process.env : engineEnvironment(engine);
  const inGroup = engine?.throughGroup === true;
  process.exitCode =
    needed(WITHOUT_WINDOW) && process.platform === 'linux'
      ? await withVirtualDisplay((display) =>
          measure({ ...environment, DISPLAY: display, WAYLAND_DISPLAY: '' }, inGroup),
        )
      : await measure(environment, inGroup);
} catch (failure) {
  journal.explain(failure);
  process.exitCode = 1;
}
