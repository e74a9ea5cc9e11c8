import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { SiteforgeError } from '#shared/errors.ts';
import { mirrorOfThisMachine } from './apt-sources.ts';
import { bootstrap, hasImage } from './base-image.ts';
import { connectEngine } from './connect-engine.ts';

const image = { repository: 'siteforge/base', tag: `test-${process.pid}` };

function leftovers(): string[] {
  const mounts = execFileSync('cat', ['/proc/mounts'], { encoding: 'utf8' });
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith('siteforge-base-'));
  return [...folders, ...mounts.split('\n').filter((line) => line.includes('siteforge-base-'))];
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
  await bootstrap(engine, report, mirrorOfThisMachine('bookworm'), image);
  expect(log.some((line) => line.includes('Base system installed successfully'))).toBe(true);
  expect(await hasImage(engine, `${image.repository}:${image.tag}`)).toBe(true);
  await engine.docker.getImage(`${image.repository}:${image.tag}`).remove();
  expect(leftovers()).toEqual([]);
});

test('cancelled in the middle, it leaves no program, mount or file', async () => {
  const controller = new AbortController();
  const onLog = (line: string) => {
    if (line.includes('Unpacking')) controller.abort(new SiteforgeError('cancelled'));
  };
  const report = { signal: controller.signal, onEvent: () => undefined, onLog };
  const work = bootstrap(await connectEngine(), report, mirrorOfThisMachine('bookworm'), image);
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  expect(leftovers()).toEqual([]);
  expect(programsIn('siteforge-base-')).toEqual([]);
});

test('says that a mirror cannot be reached', async () => {
  const report = { signal: new AbortController().signal, onEvent: () => undefined, onLog: () => undefined };
  const work = bootstrap(await connectEngine(), report, 'http://127.0.0.1:9/debian', image);
  await expect(work).rejects.toMatchObject({ code: 'base-bootstrap-failed' });
  expect(leftovers()).toEqual([]);
});
