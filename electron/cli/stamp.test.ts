import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPlaces } from '../core/places.ts';
import { hasXorriso, makeTinyIso, type TinyIndex } from '../core/stamp/tiny-iso.test-support.ts';
import { runCommand } from './run-command.test-support.ts';
import { stamp } from './stamp.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-cli-stamp-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const site = join(findPlaces().examples, 'edge-berlin');

const run = (...parameters: string[]) => runCommand(stamp, ...parameters);

const imageOf = (origin?: TinyIndex['origin']) =>
  makeTinyIso(folder, { index: (index) => (origin === undefined ? index : { ...index, origin }) });
const gpu = { site: 'hall', image: 'gpu', profile: 'gpu-node', release: 'bookworm' };

describe.runIf(hasXorriso)('siteforge stamp', () => {
  test('warns of an image of another profile, and stamps it', async () => {
    const image = await imageOf(gpu);
    const order = [image, '--site', site, '--host', 'cp-1', '--out', join(folder, 'out.iso')];
    const plain = await run(...order);
    expect(plain.status).toBe(0);
    expect(plain.error).toMatch(
      /hosts\/cp-1\.yaml:\d+:\d+ warning host-profile-mismatch cp-1 has the profile/,
    );
    const json = await run(...order, '--json');
    expect(json.status).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject({
      host: 'cp-1',
      warnings: [{ severity: 'warning', code: 'host-profile-mismatch' }],
    });
  });

  test('says nothing where the profiles agree, or where an old image does not tell its own', async () => {
    for (const origin of [{ ...gpu, profile: 'edge-node' }, undefined]) {
      const order = ['--site', site, '--host', 'cp-1', '--out', join(folder, 'out.iso'), '--json'];
      const { out, error } = await run(await imageOf(origin), ...order);
      expect([error, JSON.parse(out)]).toEqual(['', expect.objectContaining({ warnings: [] })]);
    }
  });

  test('--inspect tells what the image was made of', async () => {
    const image = await imageOf(gpu);
    expect((await run(image, '--inspect')).out).toContain(
      '  made of image gpu, profile gpu-node, site hall, release bookworm\n',
    );
    expect(JSON.parse((await run(image, '--inspect', '--json')).out).origin).toEqual(gpu);
    const old = await imageOf();
    expect((await run(old, '--inspect')).out).not.toContain('made of');
    // What an image says of itself must not reach into the terminal.
    const hostile = await imageOf({ profile: '\u001b[31mred' });
    expect((await run(hostile, '--inspect')).out).not.toContain('\u001b');
  });
});
