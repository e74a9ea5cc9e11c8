import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStampable } from '../stamp/stampable-image.ts';
import { type ExampleBuild, exampleBuild } from './edge-berlin.test-support.ts';

let example: ExampleBuild;

beforeAll(async () => {
  example = await exampleBuild();
});

afterAll(() => example.remove());

test('builds the image of the example site with the real builder', async () => {
  const job = await example.build();
  expect(job.failure).toBeUndefined();
  expect(job.state).toBe('succeeded');
  const iso = join(example.outFolder, 'edge-node.iso');
  expect((await stat(iso)).size).toBe(job.artifacts[0]?.size);
  const image = await openStampable(iso);
  expect(image.volumeId).toBe('EDGE_NODE');
  const manifest: { stampAreas: { name: string; offset: number }[]; packages: { count: number } | null } =
    JSON.parse(await readFile(join(example.outFolder, 'edge-node.manifest.json'), 'utf8'));
  // What the manifest promises to other tools is what the medium itself says.
  expect(manifest.stampAreas.find(({ name }) => name === 'seed')?.offset).toBe(image.index.seed.offset);
  expect(manifest.packages?.count).toBeGreaterThan(150);
});

test('does nothing again that was done', async () => {
  const start = process.cpuUsage();
  const job = await example.build();
  // Time of the processor: a busy machine makes nothing more to be done. 0.8 s on a free one, most of it the digest.
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(2000);
  expect(job.steps.map(({ id, state }) => `${id} ${state}`)).toEqual(['compose cached', 'assemble cached']);
});
