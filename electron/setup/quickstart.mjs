#!/usr/bin/env node
import { requireNode } from './node-version.mjs';

requireNode();

const { join } = await import('node:path');
const { optionsOrExit } = await import('./command-line-options.mjs');
const { engineEnvironment } = await import('./container-engine.mjs');
const { readRuntime } = await import('./electron-runtime.mjs');
const { duration, Journal } = await import('./journal.mjs');
const { buildExample, EXAMPLE, STAMPED_ISO, stampExample } = await import('./main-job.mjs');
const { CHECKOUT } = await import('./places.mjs');
const { setUpSteps } = await import('./set-up-steps.mjs');
const { QUICKSTART_PACKAGES } = await import('./system-packages.mjs');
const { hasDisplay, openDetached, sandboxObstacle } = await import('./window.mjs');

const STEPS = ['packages', 'modules', 'schema', 'build', 'runtime', 'engine', 'image', 'stamp', 'open'];

const HELP = `npm run quickstart [-- OPTIONS]

Installs what is missing, builds Siteforge, builds the example's boot image with it, writes one host into the image,
and opens the application. What is there already is left alone, so it can be run again at any time.

  --no-open          do not open the application
  --only STEP,...    only these steps: ${STEPS.join(', ')}
`;

const options = optionsOrExit(HELP, STEPS);
const journal = new Journal('quickstart');
const set = setUpSteps(journal, { packages: QUICKSTART_PACKAGES, kind: 'quickstart' });

async function openApplication() {
  await journal.step('Application', async () => {
    if (!hasDisplay()) return { state: 'skipped', note: 'no display here; on a desktop run: npm start' };
    const runtime = await readRuntime();
    if (!runtime) return { state: 'skipped', note: 'no Electron runtime yet' };
    const engine = await set.findOrStartEngine();
    const site = join(CHECKOUT, EXAMPLE.site);
    const opened = await openDetached(runtime, [site], journal.path, engineEnvironment(engine));
    return opened
      ? { state: 'done', note: 'opened' }
      : { state: 'skipped', note: `it ended at once, see ${journal.path}` };
  });
  const obstacle = sandboxObstacle();
  if (obstacle) journal.say(obstacle);
}

/** @type {Record<string, () => Promise<unknown>>} */
const work = {
  packages: set.packages,
  modules: set.modules,
  schema: set.schema,
  build: set.build,
  runtime: set.runtime,
  engine: set.engine,
  image: async () => {
    const engine = await set.findOrStartEngine();
    // The first build takes minutes: what the command line tells of its steps is passed on.
    await journal.step('Example image', () => buildExample(engine, journal.pass));
  },
  stamp: async () => {
    const engine = await set.findOrStartEngine();
    await journal.step(`Stamp ${EXAMPLE.host}`, () => stampExample(engine, journal.record));
    journal.say(`\n  The boot image for ${EXAMPLE.host}: ${STAMPED_ISO}\n`);
  },
  open: openApplication,
};

const start = performance.now();
try {
  journal.say('Siteforge quickstart');
  for (const name of STEPS) {
    if (options.only.length > 0 ? !options.only.includes(name) : name === 'open' && !options.open) continue;
    await work[name]?.();
  }
  journal.say(`Ready after ${duration(performance.now() - start)}.`);
} catch (failure) {
  journal.explain(failure);
  process.exit(1);
}
