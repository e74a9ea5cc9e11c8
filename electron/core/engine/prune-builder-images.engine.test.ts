import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type BuilderSources,
  ensureBuilderImage,
  hasBuilderImage,
  readBuilderSources,
} from './builder-image.ts';
import { connectEngine, type Engine } from './connect-engine.ts';

let engine: Engine;
let folder: string;
const made: string[] = [];

beforeEach(async () => {
  engine = await connectEngine();
  folder = await mkdtemp(join(tmpdir(), 'siteforge-builders-'));
});
afterEach(async () => {
  for (const image of made.splice(0)) {
    await engine.docker
      .getImage(image)
      .remove({ force: true })
      .catch(() => undefined);
  }
  await rm(folder, { recursive: true, force: true });
});

/** A builder of this folder in a new edition, made by `home`, with a base that is there or bootstrapped once. */
async function make(home: string): Promise<BuilderSources> {
  await writeFile(join(folder, 'Containerfile'), 'ARG BASE\nFROM $BASE\nCOPY edition /edition\n');
  await writeFile(join(folder, 'edition'), `${made.length} ${folder}`);
  const sources = await readBuilderSources(folder);
  const lockFolder = join(tmpdir(), `siteforge-builders-locks-${process.pid}`);
  const log: string[] = [];
  await ensureBuilderImage(engine, sources, {
    lockFolder,
    home,
    signal: AbortSignal.timeout(600_000),
    onEvent: () => undefined,
    onLog: (line) => void log.push(line),
  });
  await rm(lockFolder, { recursive: true, force: true });
  made.push(sources.image);
  return { ...sources, image: sources.image };
}

test('a new edition of the builder takes the place of the one before, not of others and none in use', async () => {
  const own = join(folder, 'own');
  const foreign = await make(join(folder, 'foreign'));
  const inUse = await make(own);
  const container = await engine.docker.createContainer({ Image: inUse.image, Cmd: ['true'] });
  try {
    const named = await make(own);
    const [repository = '', tag] = ['siteforge/mine', `test-${process.pid}`];
    await engine.docker.getImage(named.image).tag({ repo: repository, tag });
    made.push(`${repository}:${tag}`);
    const superseded = await make(own);
    expect(await hasBuilderImage(engine, superseded)).toBe(true);
    const newest = await make(own);
    const there = [foreign, inUse, named, superseded, newest].map((each) => hasBuilderImage(engine, each));
    expect(await Promise.all(there)).toEqual([true, true, true, false, true]);
  } finally {
    await container.remove({ force: true });
  }
});
