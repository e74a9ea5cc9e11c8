import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetValues, rememberValue } from '../secrets/known-values.ts';
import { JobStore } from './job-store.ts';

let data = '';
let store: JobStore;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'siteforge-jobs-'));
  store = new JobStore(data);
});
afterEach(() => rm(data, { recursive: true }));

const create = (from = store, site = 'abc') =>
  from.create(site, 'edge', { siteFolder: '/site', outFolder: join(data, 'out') });

/** Makes a job look as if its process had been killed. */
async function orphan(id: string): Promise<void> {
  const path = join(data, 'jobs', id, 'job.json');
  const head: { process: { pid: number } } = JSON.parse(await readFile(path, 'utf8'));
  head.process.pid = spawnSync('true').pid;
  await writeFile(path, JSON.stringify(head));
}

test('numbers the jobs of each site from 1, also when two processes start at once', async () => {
  const other = new JobStore(data);
  const jobs = await Promise.all([create(), create(other), create(), create(other), create(store, 'def')]);
  expect(jobs.map(({ job }) => `${job.site} ${job.number}`).sort()).toEqual([
    'abc 1',
    'abc 2',
    'abc 3',
    'abc 4',
    'def 1',
  ]);
  for (const job of jobs) await job.finish([]);
});

test('another process sees the same job', async () => {
  const running = await create();
  running.record({ type: 'state', at: 5, state: 'building' });
  running.record({ type: 'step', at: 6, id: 's', title: 'S', state: 'started' });
  running.record({ type: 'progress', at: 7, id: 's', done: 1, total: 2, unit: 'bytes' });
  await running.log(['one', 'two']);
  await running.finish([{ type: 'state', at: 8, state: 'succeeded' }]);
  const other = new JobStore(data);
  expect(await other.read(running.job.id)).toEqual(running.job);
  expect(await other.readLog(running.job.id, 0, 10)).toEqual({ total: 2, lines: ['one', 'two'] });
});

test('tells changes in batches, and the end at once', async () => {
  const told: string[] = [];
  store.onChange(({ job, logLines }) => told.push(`${job.state} ${logLines}`));
  const running = await create();
  for (let line = 0; line < 1000; line++) await running.log([`line ${line}`]);
  running.record({ type: 'state', at: 1, state: 'building' });
  await expect.poll(() => told).toEqual(['building 1000']);
  await running.finish([{ type: 'state', at: 8, state: 'failed' }]);
  expect(told).toEqual(['building 1000', 'failed 1000']);
});

test('marks a job as lost when its process is gone, and removes its private folder', async () => {
  const running = await create();
  const { id } = running.job;
  running.record({ type: 'state', at: 1, state: 'building' });
  await mkdir(running.paths.volume);
  await writeFile(join(running.paths.volume, 'siteforge.json'), 'secret');
  await orphan(id);
  // A power cut tore the last line.
  await appendFile(running.paths.events, '{"type":"state","at":2,"sta');
  const next = new JobStore(data);
  expect((await next.recover()).lost.map((job) => [job.id, job.state, job.failure?.code])).toEqual([
    [id, 'lost', 'job-lost'],
  ]);
  expect(await readdir(running.paths.folder)).not.toContain('volume');
  expect((await next.read(id)).state).toBe('lost');
  expect(await next.recover()).toEqual({ lost: [], stuck: [] });
  await running.finish([]);
});

test('a job whose events a dying disk does not give hides and keeps no other', async () => {
  const [damaged, other] = [await create(), await create()];
  for (const { job } of [damaged, other]) await orphan(job.id);
  await rm(damaged.paths.events);
  await mkdir(damaged.paths.events);
  const next = new JobStore(data);
  expect((await next.recover()).lost.map(({ id }) => id)).toEqual([other.job.id]);
  expect((await next.list()).map(({ id, state }) => [id, state])).toEqual([[other.job.id, 'lost']]);
  for (const job of [damaged, other]) await job.finish([]).catch(() => undefined);
});

test('leaves the jobs of living processes alone', async () => {
  const running = await create();
  running.record({ type: 'state', at: 1, state: 'building' });
  expect(await new JobStore(data).recover()).toEqual({ lost: [], stuck: [] });
  expect(await new JobStore(data).isRunning(running.job.id)).toBe(true);
  await running.finish([{ type: 'state', at: 8, state: 'succeeded' }]);
  expect(await new JobStore(data).isRunning(running.job.id)).toBe(false);
});

test('an artifact is present as long as the file and its manifest are those of the job', async () => {
  const running = await create();
  const artifact = {
    id: `${running.job.id}.iso`,
    name: 'edge.iso',
    format: 'iso',
    size: 4,
    sha256: 'aa',
    present: true,
  };
  await running.finish([
    { type: 'artifact', at: 1, artifact },
    { type: 'state', at: 2, state: 'succeeded' },
  ]);
  const present = async () => (await store.read(running.job.id)).artifacts[0]?.present;
  expect(await present()).toBe(false);
  await mkdir(join(data, 'out'));
  await writeFile(join(data, 'out/edge.iso'), 'four');
  await writeFile(join(data, 'out/edge.manifest.json'), '{"artifact": {"sha256": "aa"}}');
  expect(await present()).toBe(true);
  expect((await store.findArtifact(artifact.id)).path).toBe(join(data, 'out/edge.iso'));
  await writeFile(join(data, 'out/edge.manifest.json'), '{"artifact": {"sha256": "bb"}}');
  expect(await present()).toBe(false);
});

test('refuses ids that are no jobs', async () => {
  for (const id of ['../../etc', 'abc-1', '', 'abc-1/../abc-1']) {
    await expect(store.read(id)).rejects.toMatchObject({ code: 'job-not-found' });
  }
});

test('removes finished jobs only', async () => {
  const running = await create();
  await expect(store.remove(running.job.id)).rejects.toMatchObject({ code: 'request-invalid' });
  await running.finish([{ type: 'state', at: 2, state: 'cancelled' }]);
  await store.remove(running.job.id);
  expect(await store.list()).toEqual([]);
});

test('keeps documents word for word, though a word of them is the value of a secret', async () => {
  rememberValue('site-password', 'edge-berlin');
  const running = await create();
  await running.keepDocuments([{ path: 'site.yaml', text: 'name: edge-berlin' }]);
  await running.finish([]);
  forgetValues();
  expect(await readFile(running.paths.documents, 'utf8')).toContain('name: edge-berlin');
});

test('knows the documents of the newest job that made an artifact, and only for its account', async () => {
  const made = async (sha256: string, text: string) => {
    const running = await create();
    await running.keepDocuments([{ path: 'site.yaml', text }]);
    const artifact = {
      id: `${running.job.id}.iso`,
      name: 'edge.iso',
      format: 'iso',
      size: 1,
      sha256,
    } as const;
    await running.finish([
      { type: 'artifact', at: 1, artifact: { ...artifact, present: true } },
      { type: 'state', at: 2, state: 'succeeded' },
    ]);
    return running.paths.documents;
  };
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
  const file = await made(one, 'first');
  await made(one, 'second');
  await made(two, 'other');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await store.documentsOf('abc', one)).toEqual([{ path: 'site.yaml', text: 'second' }]);
  expect(await store.documentsOf('def', one)).toBeUndefined();
  expect(await store.documentsOf('abc', '3'.repeat(64))).toBeUndefined();
});
