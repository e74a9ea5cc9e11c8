#!/usr/bin/env node
import { requireNode } from './node-version.mjs';

requireNode();

const { buildDist } = await import('./build-dist.mjs');
const { CLI } = await import('./places.mjs');
const { lastLines, SetUpFailure } = await import('./set-up-failure.mjs');

try {
  // Standard output belongs to the command (`--json`), so a build in between stays silent.
  await buildDist(() => {}, 'cli');
} catch (failure) {
  const known = failure instanceof SetUpFailure;
  if (known) process.stderr.write(`${lastLines(failure.output)}\n`);
  process.stderr.write(
    `${failure instanceof Error ? failure.message : failure}\n${known ? `${failure.next}\n` : ''}`,
  );
  process.exit(1);
}

// npm runs scripts in the package's folder; the paths that were typed belong to the folder where they were typed.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv[1] = CLI;
await import(new URL(`file://${CLI}`).href);
