#!/usr/bin/env node
import { requireNode } from './node-version.mjs';

requireNode();

const { mkdtempSync, rmSync } = await import('node:fs');
const { tmpdir } = await import('node:os');
const { join } = await import('node:path');
const { optionsOrExit } = await import('./command-line-options.mjs');
const { duration, Journal } = await import('./journal.mjs');
const { SetUpFailure } = await import('./set-up-failure.mjs');
const { setUpSteps } = await import('./set-up-steps.mjs');
const { TEST_PACKAGES } = await import('./system-packages.mjs');
const { closingLine, sumOf } = await import('./test-reports.mjs');
const { STAGES } = await import('./test-stages.mjs');

const NAMES = STAGES.map((stage) => stage.name);
const HELP = `npm test [-- --only STAGE,...]

Installs what the tests need, then runs every stage and stops at the first one that fails: ${NAMES.join(', ')}.
`;

const options = optionsOrExit(HELP, NAMES);
const journal = new Journal('test');
const set = setUpSteps(journal, { packages: TEST_PACKAGES, kind: 'test' });
const scratch = mkdtempSync(join(tmpdir(), 'siteforge-test-'));
const context = { scratch, record: journal.record, findOrStartEngine: set.findOrStartEngine };
const stages = STAGES.filter((stage) => options.only.length === 0 || options.only.includes(stage.name));

/** @type {import('./test-reports.mjs').Counts[]} */
const counts = [];

/** @param {import('./test-stages.mjs').Stage} stage */
async function runStage(stage) {
  await journal.step(stage.title, async () => {
    const { status, output, counts: counted } = await stage.run(context);
    if (counted) counts.push(counted);
    if (status === 0 && !counted?.failed && counted?.passed !== 0) {
      return { state: 'done', note: counted ? `${counted.passed} passed` : undefined };
    }
    if (!counted?.failed) counts.push({ passed: 0, failed: 1 });
    const what = counted?.failed
      ? `${counted.failed} failed`
      : status === 0
        ? 'no test ran'
        : `exit status ${status}`;
    throw new SetUpFailure(
      `${stage.title}: ${what}.`,
      `This stage alone: npm test -- --only ${stage.name}`,
      output,
    );
  });
}

const start = performance.now();
let failed = false;
try {
  journal.say('Siteforge tests');
  await set.modules();
  /** @type {Set<string>} */
  const ready = new Set();
  for (const stage of stages) {
    for (const need of stage.needs.filter((one) => !ready.has(one))) {
      await set[need]();
      ready.add(need);
    }
    await runStage(stage);
  }
} catch (failure) {
  failed = true;
  journal.explain(failure);
  // A failure before the first stage is one as well: the closing line never says that all is well.
  if (!counts.some((one) => one.failed > 0)) counts.push({ passed: 0, failed: 1 });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
journal.say(`\n${failed ? 'Failed' : 'All done'} after ${duration(performance.now() - start)}.`);
journal.say(closingLine(sumOf(counts)));
process.exit(failed ? 1 : 0);
