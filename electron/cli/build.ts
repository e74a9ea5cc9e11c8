import { join, resolve } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { Builds, recoverJobs } from '../core/build/builds.ts';
import { planBuild, requirePlan } from '../core/build/plan-build.ts';
import { connectEngine } from '../core/engine/connect-engine.ts';
import { findEndpoints } from '../core/engine/find-endpoint.ts';
import { blocking } from '../core/files/file-access.ts';
import { JobStore } from '../core/jobs/job-store.ts';
import { findPlaces } from '../core/places.ts';
import { readSite } from '../core/site/read-site.ts';
import { type Command, parse, required, single, wrongUse } from './arguments.ts';
import { secretsOf } from './host-seed.ts';
import { BuildStory } from './print-build.ts';
import { printDiagnostics, reported } from './print-diagnostics.ts';

export const build: Command = {
  usage: 'siteforge build SITE --image NAME [--engine CONTEXT] [--out DIR] [--refresh] [--json]',
  summary: 'Builds a boot image with local containers and puts it, with its manifest, into out/ of the site.',
  async run(parameters, output) {
    const { values, positionals } = parse(parameters, {
      image: { type: 'string' },
      engine: { type: 'string' },
      out: { type: 'string' },
      refresh: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const folder = single(positionals, 'SITE');
    const image = required(values.image, 'image');
    await requireEngine(values.engine);
    const snapshot = await readSite(folder, blocking);
    const plan = planBuild(snapshot.files, image, snapshot.otherPaths);
    printDiagnostics(
      output,
      plan.diagnostics.map((one) => reported(one, folder)),
    );
    const planned = requirePlan(plan);
    const places = findPlaces();
    const jobs = new JobStore(places.data);
    await recoverJobs(jobs, places, values.engine);
    const outFolder = values.out === undefined ? join(snapshot.folder, 'out') : resolve(values.out);
    const builds = new Builds(jobs, places);
    const secrets = secretsOf(snapshot);
    const story = new BuildStory(output);
    if (!values.json) jobs.onChange((change) => story.follow(change));
    const order = {
      snapshot,
      image,
      plan: () => planned,
      refresh: values.refresh,
      outFolder,
      engineContext: values.engine,
      secrets,
    };
    const { job, done, cancel } = await builds.start(order);
    if (!values.json) story.begin(job, snapshot.name);
    output.signal.addEventListener('abort', cancel, { once: true });
    if (output.signal.aborted) cancel();
    const finished = await done;
    if (values.json) {
      const artifacts = finished.artifacts.map((artifact) => ({
        ...artifact,
        path: join(outFolder, artifact.name),
      }));
      output.out(`${JSON.stringify({ ...finished, artifacts })}\n`);
    } else story.end(finished, outFolder);
    return finished.state === 'succeeded' ? 0 : 1;
  },
};

/** Who names an engine wants that one, also when the cache could do without: a slip of the pen is told at once. */
async function requireEngine(context: string | undefined): Promise<void> {
  if (context === undefined) return;
  try {
    findEndpoints({ context });
  } catch (thrown) {
    const unknown = thrown instanceof SiteforgeError && thrown.code === 'engine-absent';
    throw unknown ? wrongUse(`--engine ${context}: ${thrown.message}`) : thrown;
  }
  await connectEngine({ context });
}
