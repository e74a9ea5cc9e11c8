import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '#shared/job.ts';
import { JobStore } from '../jobs/job-store.ts';
import { findPlaces } from '../places.ts';
import { readSite } from '../site/read-site.ts';
import { Builds } from './builds.ts';
import { planBuild, requirePlan } from './plan-build.ts';

export interface ExampleBuild {
  readonly siteFolder: string;
  readonly outFolder: string;
  build(): Promise<Job>;
  remove(): Promise<void>;
}

/**
 * Builds of the example site for tests. The cache is the account's own, so that this costs minutes once and half a
 * second afterwards; jobs and output are apart.
 */
export async function exampleBuild(): Promise<ExampleBuild> {
  const { cache } = findPlaces({ ...process.env, SITEFORGE_HOME: undefined });
  const folder = await mkdtemp(join(tmpdir(), 'siteforge-edge-berlin-'));
  const places = { ...findPlaces(), data: join(folder, 'data'), cache };
  const siteFolder = join(places.examples, 'edge-berlin');
  const outFolder = join(folder, 'out');
  return {
    siteFolder,
    outFolder,
    async build() {
      const snapshot = await readSite(siteFolder);
      const builds = new Builds(new JobStore(places.data), places);
      const { done } = await builds.start({
        snapshot,
        image: 'edge-node',
        plan: () => requirePlan(planBuild(snapshot.files, 'edge-node')),
        outFolder,
      });
      return done;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
