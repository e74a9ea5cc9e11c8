import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPlaces } from '../places.ts';
import { analyseSite } from '../site/analyse-site.ts';
import { readSite } from '../site/read-site.ts';
import { hostStamp } from './host-stamp.ts';
import { inspectImage } from './inspect-image.ts';
import { stampWarnings } from './stamp-warnings.ts';
import { openStampable } from './stampable-image.ts';
import { hasXorriso, makeTinyIso, type TinyIndex } from './tiny-iso.test-support.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-warnings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const example = `${findPlaces().examples}/edge-berlin`;
const cp1 = async () => hostStamp(analyseSite(await readSite(example)), 'cp-1');

const imageOf = async (origin?: TinyIndex['origin']) =>
  openStampable(
    await makeTinyIso(folder, { index: (index) => (origin === undefined ? index : { ...index, origin }) }),
  );

describe.runIf(hasXorriso)('stamping', () => {
  test('a host into an image of another profile is warned of at the place that names the profile', async () => {
    const image = await imageOf({ site: 'hall', image: 'gpu', profile: 'gpu-node', release: 'bookworm' });
    const [warning, ...more] = stampWarnings(image, await cp1());
    expect(more).toEqual([]);
    expect(warning).toMatchObject({
      file: 'hosts/cp-1.yaml',
      severity: 'warning',
      code: 'host-profile-mismatch',
      message: expect.stringMatching(/cp-1 has the profile edge-node.*image gpu was made with gpu-node/),
    });
    const line = (await readSite(example)).files.get('hosts/cp-1.yaml')?.split('\n')[
      (warning?.range.start.line ?? 0) - 1
    ];
    expect(line).toMatch(/^ *profile: edge-node/);
  });

  test.each([
    ['of its own profile', { image: 'edge-node', profile: 'edge-node' }],
    ['that does not tell its profile', { image: 'edge-node' }],
    ['that tells nothing', undefined],
  ])('a host into an image %s is not', async (_, origin) => {
    expect(stampWarnings(await imageOf(origin), await cp1())).toEqual([]);
  });

  test('an image tells what it was made of', async () => {
    const origin = { site: 'Zürich', image: 'gpu', profile: 'gpu-node', release: 'bookworm' };
    expect((await inspectImage(await imageOf(origin))).origin).toEqual(origin);
    expect((await inspectImage(await imageOf())).origin).toBeUndefined();
  });
});
