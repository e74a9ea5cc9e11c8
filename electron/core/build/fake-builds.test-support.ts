import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import type { ErrorCode } from '#shared/errors.ts';
import { SiteforgeError } from '#shared/errors.ts';
import { connectEngine } from '../engine/connect-engine.ts';
import { homeLabel } from '../engine/run-container.ts';
import { createFakeBuilder, type FakeBuilder } from './fake-builder.test-support.ts';

const builders: FakeBuilder[] = [];

export async function fake(stages: Parameters<typeof createFakeBuilder>[0] = {}): Promise<FakeBuilder> {
  const builder = await createFakeBuilder(stages);
  builders.push(builder);
  return builder;
}

/** For afterEach: nothing of a builder is left in the engine or mounted, and its folder goes. */
export async function tidyBuilders(): Promise<void> {
  const engine = await connectEngine();
  for (const builder of builders.splice(0)) {
    expect(await containersOf(builder)).toEqual([]);
    expect(mountsBelow(builder.folder)).toEqual([]);
    for (const image of await engine.docker.listImages({ filters: { label: [] } })) {
      if (image.RepoTags?.includes(await tagOf(builder)))
        await engine.docker.getImage(image.Id).remove({ force: true });
    }
    await builder.remove();
  }
}

async function tagOf(builder: FakeBuilder): Promise<string> {
  const { readBuilderSources } = await import('../engine/builder-image.ts');
  return (await readBuilderSources(builder.places.builder)).image;
}

export async function containersOf(builder: FakeBuilder): Promise<string[]> {
  const engine = await connectEngine();
  const filters = { label: [`${homeLabel}=${builder.places.data}`] };
  return (await engine.docker.listContainers({ all: true, filters })).map(({ Id }) => Id);
}

function mountsBelow(folder: string): string[] {
  return execFileSync('cat', ['/proc/mounts'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder.replaceAll(' ', '\\040')));
}

/** What lies in the private and shared folders after a build: nothing of the volume, and no half-made entry. */
export async function leftovers(builder: FakeBuilder): Promise<string[]> {
  const all = await readdir(builder.folder, { recursive: true });
  return all.filter((path) => /\/volume|partial|\.tmp$|\.lock/.test(path));
}

export async function codeOf(work: Promise<unknown>): Promise<ErrorCode | undefined> {
  try {
    await work;
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SiteforgeError) return thrown.code;
    throw thrown;
  }
}
