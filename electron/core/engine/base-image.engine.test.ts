import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { SiteforgeError } from '#shared/errors.ts';
import { bootstrap, hasImage, sourcesOfBase } from './base-image.ts';
import { proxies } from './builder-image.ts';
import { connectEngine, type Engine } from './connect-engine.ts';
import { sourceLine } from './debian-sources.ts';
import { runContainer } from './run-container.ts';

const image = { repository: 'siteforge/base', tag: `test-${process.pid}` };

function leftovers(): string[] {
  const mounts = execFileSync('cat', ['/proc/mounts'], { encoding: 'utf8' });
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith('siteforge-base-'));
  return [...folders, ...mounts.split('\n').filter((line) => line.includes('siteforge-base-'))];
}

async function inBase(engine: Engine, script: string): Promise<string[]> {
  const printed: string[] = [];
  const status = await runContainer(engine, {
    image: `${image.repository}:${image.tag}`,
    entrypoint: ['/bin/sh', '-ec'],
    command: [script],
    environment: proxies(),
    mounts: [],
    capabilities: [],
    network: 'default',
    unconfinedAppArmor: false,
    labels: {},
    signal: AbortSignal.timeout(120_000),
    onLines: (stream, lines) => {
      if (stream === 'stdout') printed.push(...lines);
    },
  });
  expect(status).toBe(0);
  return printed;
}

function programsIn(text: string): string[] {
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return processes.split('\n').filter((line) => line.includes(text) && !line.startsWith('ps '));
}

test('bootstraps a base from the mirror of this machine, and leaves nothing beside it', async () => {
  const engine = await connectEngine();
  const log: string[] = [];
  const report = {
    signal: new AbortController().signal,
    onEvent: () => undefined,
    onLog: (line: string) => void log.push(line),
  };
  const from = await sourcesOfBase();
  await bootstrap(engine, report, from, image);
  expect(log.some((line) => line.includes('Base system installed successfully'))).toBe(true);
  expect(await hasImage(engine, `${image.repository}:${image.tag}`)).toBe(true);
  // Updates and security included, and apt accepts them as they are.
  expect(await inBase(engine, 'cat /etc/apt/sources.list; apt-get update -q >&2')).toEqual(
    from.sources.map(sourceLine),
  );
  await engine.docker.getImage(`${image.repository}:${image.tag}`).remove();
  expect(leftovers()).toEqual([]);
});

test('cancelled in the middle, it leaves no program, mount or file', async () => {
  const controller = new AbortController();
  const onLog = (line: string) => {
    if (line.includes('Unpacking')) controller.abort(new SiteforgeError('cancelled'));
  };
  const report = { signal: controller.signal, onEvent: () => undefined, onLog };
  const work = bootstrap(await connectEngine(), report, await sourcesOfBase(), image);
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  expect(leftovers()).toEqual([]);
  expect(programsIn('siteforge-base-')).toEqual([]);
});

test('says that a mirror cannot be reached', async () => {
  const report = { signal: new AbortController().signal, onEvent: () => undefined, onLog: () => undefined };
  const work = bootstrap(
    await connectEngine(),
    report,
    await sourcesOfBase({ mirror: 'http://127.0.0.1:9/debian' }),
    image,
  );
  await expect(work).rejects.toMatchObject({ code: 'base-bootstrap-failed' });
  expect(leftovers()).toEqual([]);
});
