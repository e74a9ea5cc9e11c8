import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job } from '#shared/job.ts';
import { JobStore } from '../jobs/job-store.ts';
import { findPlaces, type Places } from '../places.ts';
import { readSite } from '../site/read-site.ts';
import { openStampable } from '../stamp/stampable-image.ts';
import { Builds } from './builds.ts';
import { planBuild, requirePlan } from './plan-build.ts';

// The account's own cache, so that this costs minutes once and half a second afterwards; jobs and output are apart.
const cache = findPlaces({ ...process.env, SITEFORGE_HOME: undefined }).cache;
let folder = '';
let places: Places;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-edge-berlin-'));
  places = { ...findPlaces(), data: join(folder, 'data'), cache };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function buildExample(): Promise<Job> {
  const snapshot = await readSite(join(places.examples, 'edge-berlin'));
  const builds = new Builds(new JobStore(places.data), places);
  const { done } = await builds.start({
    snapshot,
    image: 'edge-node',
    plan: () => requirePlan(planBuild(snapshot.files, 'edge-node')),
    outFolder: join(folder, 'out'),
  });
  return done;
}

test('builds the image of the example site with the real builder', async () => {
  const job = await buildExample();
  expect(job.failure).toBeUndefined();
  expect(job.state).toBe('succeeded');
  const iso = join(folder, 'out/edge-node.iso');
  expect((await stat(iso)).size).toBe(job.artifacts[0]?.size);
  const image = await openStampable(iso);
  expect(image.volumeId).toBe('EDGE_NODE');
  const manifest: { stampAreas: { name: string; offset: number }[]; packages: { count: number } | null } =
    JSON.parse(await readFile(join(folder, 'out/edge-node.manifest.json'), 'utf8'));
  // What the manifest promises to other tools is what the medium itself says.
  expect(manifest.stampAreas.find(({ name }) => name === 'seed')?.offset).toBe(image.index.seed.offset);
  expect(manifest.packages?.count).toBeGreaterThan(150);
});

test('does nothing again that was done', async () => {
  const start = process.cpuUsage();
  const job = await buildExample();
  // Time of the processor: a busy machine makes nothing more to be done. 0.8 s on a free one, most of it the digest.
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(2000);
  expect(job.steps.map(({ id, state }) => `${id} ${state}`)).toEqual(['compose cached', 'assemble cached']);
});
