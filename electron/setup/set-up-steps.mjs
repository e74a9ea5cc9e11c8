import { buildDist } from './build-dist.mjs';
import { ensureSchema, findSchema, WITHOUT_SCHEMA } from './cloud-init-schema.mjs';
import { ensureEngine } from './container-engine.mjs';
import { ensureRuntime, readRuntime } from './electron-runtime.mjs';
import { installSystemPackages } from './install-system-packages.mjs';
import { installNodeModules } from './node-modules.mjs';
import { answers, runCommand } from './run-command.mjs';

/**
 * The steps that quickstart and the tests share. Each finds out by itself whether there is anything to do.
 *
 * @param {import('./journal.mjs').Journal} journal
 * @param {{packages: readonly import('./system-packages.mjs').SystemPackage[], kind: 'quickstart' | 'test'}} want
 */
export function setUpSteps(journal, want) {
  /** @type {import('./container-engine.mjs').Engine | undefined} */
  let engine;
  return {
    packages: () =>
      journal.step('System packages', () =>
        installSystemPackages(journal, { ...want, needed: () => missingProgram(want.kind) }),
      ),
    modules: () => journal.step('npm packages', () => installNodeModules(journal)),
    schema: async () => {
      await journal.step("cloud-init's schema", async () => {
        const { found, fetched } = await ensureSchema(journal.record);
        if (found === undefined) return { state: 'skipped', note: 'not at hand' };
        return { state: fetched ? 'done' : 'already there', note: found.origin };
      });
      if (findSchema() === undefined) journal.say(WITHOUT_SCHEMA.trimEnd().replace(/^/gm, '    '));
    },
    build: () => journal.step('Build', () => buildDist(journal.record)),
    runtime: async () => {
      await journal.step('Electron runtime', async () => {
        const { runtime, made } = await ensureRuntime(journal.record);
        return { state: made ? 'done' : 'already there', note: `Electron ${runtime.version}` };
      });
      const runtime = await readRuntime();
      if (runtime?.source !== 'development') return;
      journal.say(
        "    NOTE: Electron's own download is out of reach. This runtime was taken out of another npm package:",
      );
      journal.say(
        '    it is older, gets no security fixes, and is for development and tests only. Never ship it.',
      );
    },
    engine: async () => {
      await journal.step('Container engine', async () => {
        const ensured = await ensureEngine(journal);
        engine = ensured.engine;
        return ensured.outcome;
      });
    },
    /** The engine that the step found; looked for when the step was left out. */
    findOrStartEngine: async () => (engine ??= (await ensureEngine(journal)).engine),
  };
}

/**
 * Off Debian packages cannot be counted, but programs can be called.
 *
 * @param {'quickstart' | 'test'} kind
 * @returns {Promise<string | undefined>} what is missing
 */
async function missingProgram(kind) {
  if (process.platform !== 'linux') return undefined;
  const programs = [
    'debootstrap',
    ...(kind === 'test' ? ['qemu-system-x86_64', 'qemu-img', 'xorriso', 'python3'] : []),
  ];
  for (const program of programs) {
    if (!(await answers(program))) return `The program ${program} is missing.`;
  }
  // Xvfb has no --version; asked for help it answers, with a status that differs between releases.
  const display = kind === 'test' && (await runCommand(['Xvfb', '-help'])).status === 127;
  return display ? 'The program Xvfb is missing.' : undefined;
}
