#!/usr/bin/env node
import { requireNode } from './node-version.mjs';

requireNode();

const { spawn } = await import('node:child_process');
const { resolve } = await import('node:path');
const { buildDist } = await import('./build-dist.mjs');
const { ensureRuntime } = await import('./electron-runtime.mjs');
const { lastLines, SetUpFailure } = await import('./set-up-failure.mjs');
const { hasDisplay, runsAsRoot, sandboxObstacle, windowArguments } = await import('./window.mjs');

/** @param {string} text */
const tell = (text) => process.stderr.write(`${text}\n`);

try {
  if (!hasDisplay()) {
    throw new SetUpFailure(
      'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).',
      'Start it from a desktop session.',
    );
  }
  await buildDist(() => {});
  const { runtime } = await ensureRuntime(() => {});
  if (runtime.source === 'development')
    tell(`Electron ${runtime.version}: a runtime for development and tests only.`);
  if (runsAsRoot())
    tell('Running as root: the window has no sandbox (--no-sandbox). Prefer an ordinary account.');
  const obstacle = sandboxObstacle();
  if (obstacle) tell(obstacle);
  // Paths belong to the folder where npm was called, not to the package's.
  const base = process.env.INIT_CWD ?? process.cwd();
  const args = process.argv.slice(2).map((arg) => (arg.startsWith('-') ? arg : resolve(base, arg)));
  const child = spawn(runtime.executable, windowArguments(args), { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal));
  child.once('error', (error) => tell(`${runtime.executable}: ${error.message}`));
  child.once('exit', (code) => process.exit(code ?? 1));
} catch (failure) {
  if (failure instanceof SetUpFailure) {
    if (failure.output) tell(lastLines(failure.output));
    tell(`${failure.message}\n${failure.next}`);
  } else tell(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
  process.exit(1);
}
