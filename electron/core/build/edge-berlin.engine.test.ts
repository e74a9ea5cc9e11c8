import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourcesOfBase } from '../engine/base-image.ts';
import { proxies, readBuilderSources } from '../engine/builder-image.ts';
import { connectEngine } from '../engine/connect-engine.ts';
import { runContainer } from '../engine/run-container.ts';
import { findPlaces } from '../places.ts';
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

/** What a shell in the builder image prints, with the composed tree at /tree and the network. */
async function inBuilder(script: string): Promise<string> {
  const { cache, builder } = findPlaces({ ...process.env, SITEFORGE_HOME: undefined });
  const manifest: { inputs: { keys: { tree: string } } } = JSON.parse(
    await readFile(join(example.outFolder, 'edge-node.manifest.json'), 'utf8'),
  );
  const lines: string[] = [];
  await runContainer(await connectEngine(), {
    image: (await readBuilderSources(builder)).image,
    entrypoint: ['/bin/sh', '-ec'],
    command: [script],
    environment: proxies(),
    mounts: [{ source: join(cache, 'trees', manifest.inputs.keys.tree), target: '/tree', readOnly: true }],
    capabilities: [],
    network: 'default',
    unconfinedAppArmor: false,
    labels: {},
    signal: AbortSignal.timeout(300_000),
    onLines: (stream, more) => {
      if (stream === 'stdout') lines.push(...more);
    },
  });
  return lines.join('\n');
}

test('takes packages from the security suite where the mirrors of this machine have one', async (context) => {
  const { sources } = await sourcesOfBase();
  if (!sources.some(({ suite }) => suite.endsWith('-security'))) return context.skip();
  const names = `python3 -c 'import json; print("\\n".join(p["name"].split(":")[0] for p in json.load(open("/tree/packages.json"))))'`;
  const listing = await inBuilder(
    `apt-get update -q >&2; cat /tree/packages.json; echo; ${names} | xargs apt-cache madison`,
  );
  const end = listing.indexOf('\n]') + 2;
  const composed: { name: string; version: string }[] = JSON.parse(listing.slice(0, end));
  const versions = new Set(composed.map(({ name, version }) => `${name.replace(/:.*/, '')} ${version}`));
  // " libssl3 | 3.0.22-1 | http://mirror.example/debian-security bookworm-security/main amd64 Packages"
  const offered = [...listing.slice(end).matchAll(/^ *(\S+) \| +(\S+) \| \S+ (\S+?)\//gm)].map(
    ([, name, version, suite]) => ({ package: `${name} ${version}`, suite }),
  );
  const released = new Set(offered.flatMap((each) => (each.suite === 'bookworm' ? [each.package] : [])));
  const corrected = offered.filter(
    (each) => each.suite === 'bookworm-security' && versions.has(each.package) && !released.has(each.package),
  );
  expect(offered.length).toBeGreaterThan(composed.length);
  expect(corrected.length).toBeGreaterThan(0);
});

test('leaves no mirror of this machine in the image', async () => {
  const list = await inBuilder(
    'cd /tmp; unsquashfs -no-xattrs -q -n -d tree /tree/tree.squashfs etc/apt >&2; cat tree/etc/apt/sources.list; ls tree/etc/apt/sources.list.d tree/etc/apt/apt.conf.d',
  );
  expect(list).toMatch(/^# Debian's own mirrors: the site names none\.\ndeb https:/);
  expect(list).toMatch(/ bookworm-security main non-free-firmware$/m);
  expect(list).not.toMatch(/siteforge-build|proxy|check-/);
});

test('does nothing again that was done', async () => {
  const job = await example.build();
  expect(job.steps.map(({ id, state }) => `${id} ${state}`)).toEqual(['compose cached', 'assemble cached']);
});
