import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineEnvironment, throughGroup } from './container-engine.mjs';
import { CHECKOUT } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { parsePlaywrightReport, parseUnittestOutput, parseVitestReport, sumOf } from './test-reports.mjs';
import { withVirtualDisplay } from './virtual-display.mjs';

const MINUTE = 60_000;

/**
 * @typedef {object} StageResult
 * @property {number} status exit status of the runner
 * @property {string} output
 * @property {import('./test-reports.mjs').Counts} [counts] nothing for a stage that counts no tests
 */

/**
 * What stages work with.
 * @typedef {object} StageContext
 * @property {string} scratch a folder for reports, removed at the end
 * @property {(text: string) => void} record
 * @property {() => Promise<import('./container-engine.mjs').Engine>} findOrStartEngine
 */

/**
 * @typedef {object} Stage
 * @property {string} name for --only
 * @property {string} title
 * @property {readonly ('packages' | 'schema' | 'build' | 'runtime' | 'engine')[]} needs set-up steps, done before the first stage that needs them
 * @property {(context: StageContext) => Promise<StageResult>} run
 */

/** @param {string} path below node_modules */
const tool = (path) => [process.execPath, join(CHECKOUT, 'node_modules', path)];

/**
 * @param {StageContext} context
 * @param {readonly string[]} command
 * @param {number} limitMs
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 */
const run = (context, command, limitMs, environment) =>
  runCommand(command, { cwd: CHECKOUT, onOutput: context.record, limitMs, environment });

/**
 * @param {string} path
 * @param {(text: string) => import('./test-reports.mjs').Counts} parse
 * @returns {import('./test-reports.mjs').Counts} nothing passed when the runner left no report
 */
function countsOf(path, parse) {
  return existsSync(path) ? parse(readFileSync(path, 'utf8')) : { passed: 0, failed: 0 };
}

/**
 * @param {'unit' | 'engine' | 'boot'} project
 * @param {number} limitMs
 * @returns {(context: StageContext) => Promise<StageResult>}
 */
function vitest(project, limitMs) {
  return async (context) => {
    const report = join(context.scratch, `${project}.json`);
    const command = [
      ...tool('vitest/vitest.mjs'),
      ...['run', '--config', 'shared/vitest.config.ts', '--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ];
    const engine = project === 'unit' ? undefined : await context.findOrStartEngine();
    const result = await run(
      context,
      engine?.throughGroup ? throughGroup(command) : command,
      limitMs,
      engine && engineEnvironment(engine),
    );
    return { ...result, counts: countsOf(report, parseVitestReport) };
  };
}

/** The builders are tested in their own language; each has its tests in a folder `tests`. */
function builderTestFolders() {
  const builders = join(CHECKOUT, 'builders');
  return readdirSync(builders, { withFileTypes: true })
    .map((entry) => join(builders, entry.name, 'tests'))
    .filter((folder) => existsSync(folder) && readdirSync(folder).some((name) => /^test_.*\.py$/.test(name)));
}

/**
 * @param {StageContext} context
 * @returns {Promise<StageResult>}
 */
async function builders(context) {
  const results = [];
  for (const folder of builderTestFolders()) {
    const command = ['python3', '-m', 'unittest', 'discover', '-s', folder];
    const result = await run(context, command, 5 * MINUTE, { ...process.env, PYTHONDONTWRITEBYTECODE: '1' });
    results.push({ ...result, counts: parseUnittestOutput(result.output) });
  }
  return {
    status: results.find((one) => one.status !== 0)?.status ?? 0,
    output: results.map((one) => one.output).join('\n'),
    counts: sumOf(results.map((one) => one.counts)),
  };
}

/** A window waits for itself most of the time: two at a time take 60 % of the time of one after the other. */
const WINDOWS_AT_A_TIME = 2;

/**
 * The journeys always get displays of their own on Linux, so that no window flashes over somebody's work. A display has
 * one focus and one clipboard, so each window has its own.
 *
 * @param {StageContext} context
 * @returns {Promise<StageResult>}
 */
async function journeys(context) {
  const engine = await context.findOrStartEngine();
  if (process.platform !== 'linux') return playShare(context, engine, 1, 1, {});
  const shares = Array.from({ length: WINDOWS_AT_A_TIME }, (_, index) =>
    withVirtualDisplay((display) =>
      playShare(context, engine, index + 1, WINDOWS_AT_A_TIME, { DISPLAY: display, WAYLAND_DISPLAY: '' }),
    ),
  );
  const results = await Promise.all(shares);
  return {
    status: results.find((one) => one.status !== 0)?.status ?? 0,
    output: results.map((one) => one.output).join('\n'),
    counts: sumOf(results.flatMap((one) => one.counts ?? [])),
  };
}

/**
 * @param {StageContext} context
 * @param {import('./container-engine.mjs').Engine} engine
 * @param {number} share counted from 1
 * @param {number} shares
 * @param {Readonly<Record<string, string>>} display
 * @returns {Promise<StageResult>}
 */
async function playShare(context, engine, share, shares, display) {
  const report = join(context.scratch, `window-${share}.json`);
  const command = [
    ...tool('@playwright/test/cli.js'),
    'test',
    ...['-c', 'e2e/playwright.config.ts', '--reporter=list,json'],
    // Each run empties its folder of results first.
    ...[`--shard=${share}/${shares}`, `--output=dist/e2e/${share}`],
  ];
  const result = await run(context, engine.throughGroup ? throughGroup(command) : command, 20 * MINUTE, {
    ...engineEnvironment(engine),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    ...display,
  });
  return { ...result, counts: countsOf(report, parsePlaywrightReport) };
}

/**
 * In the order of their cost, so that a typing mistake is told before an image is built.
 *
 * @type {readonly Stage[]}
 */
export const STAGES = Object.freeze([
  {
    name: 'lint',
    title: 'Format and lint',
    needs: [],
    run: (context) => run(context, [...tool('@biomejs/biome/bin/biome'), 'check', '.'], 5 * MINUTE),
  },
  {
    name: 'types',
    title: 'Types',
    needs: [],
    run: (context) => run(context, [...tool('typescript/bin/tsc'), '-b'], 5 * MINUTE),
  },
  { name: 'unit', title: 'Units', needs: ['schema'], run: vitest('unit', 10 * MINUTE) },
  { name: 'builders', title: 'Builders', needs: ['packages'], run: builders },
  {
    name: 'engine',
    title: 'Container engine',
    needs: ['packages', 'schema', 'build', 'engine'],
    run: vitest('engine', 20 * MINUTE),
  },
  {
    name: 'boot',
    title: 'Boot',
    needs: ['packages', 'schema', 'build', 'engine'],
    run: vitest('boot', 20 * MINUTE),
  },
  {
    name: 'window',
    title: 'Window',
    needs: ['packages', 'schema', 'build', 'runtime', 'engine'],
    run: journeys,
  },
]);
