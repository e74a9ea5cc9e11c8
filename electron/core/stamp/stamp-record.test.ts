import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshnessOf } from '#shared/compare/freshness.ts';
import { findPlaces } from '../places.ts';
import { type AnalysedSite, analyseSite } from '../site/analyse-site.ts';
import { readSite } from '../site/read-site.ts';
import { hostStamp } from './host-stamp.ts';
import { stampToFile } from './stamp-file.ts';
import { lastDelivered, recordStamp } from './stamp-record.ts';
import { openStampable } from './stampable-image.ts';
import { hasXorriso, makeTinyIso } from './tiny-iso.test-support.ts';

const example = join(findPlaces().examples, 'edge-berlin');

let folder: string;
let site: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-record-'));
  site = join(folder, 'edge-berlin');
  await cp(example, site, { recursive: true, filter: (path) => path !== join(example, 'out') });
  await mkdir(join(site, 'out'));
  const origin = { site: 'edge-berlin', image: 'edge-node', profile: 'edge-node' };
  const tiny = await makeTinyIso(folder, { index: (index) => ({ ...index, origin }) });
  await copyFile(tiny, join(site, 'out', 'edge-node.iso'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const analysed = async (): Promise<AnalysedSite> => analyseSite(await readSite(site));

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const file = join(site, path);
  await writeFile(file, change(await readFile(file, 'utf8')));
}

async function stampFor(host: string, record = true): Promise<string> {
  const image = await openStampable(join(site, 'out', 'edge-node.iso'));
  const stamp = hostStamp(await analysed(), host);
  const out = join(site, 'out', `edge-node-${host}.iso`);
  await stampToFile(image, stamp, out);
  if (record) await recordStamp(out, image, stamp);
  return out;
}

async function writeManifest(sha256: string, inputs: object = {}): Promise<void> {
  const { size } = await stat(join(site, 'out', 'edge-node.iso'));
  const artifact = { file: 'edge-node.iso', size, sha256 };
  const manifest = { image: 'edge-node', created: '2026-01-02T03:04:05.000Z', artifact, inputs, config: {} };
  await writeFile(join(site, 'out', 'edge-node.manifest.json'), JSON.stringify(manifest));
}

const freshness = async (host: string) =>
  freshnessOf((await analysed()).analysis, host, await lastDelivered(site, host));

describe.runIf(hasXorriso)('the last stamp of a host', () => {
  it('is none before the first', async () => {
    expect(await lastDelivered(site, 'wk-1')).toEqual({ builds: [], stamp: null });
  });

  it('is read back with its texts, and is the same while nothing changed', async () => {
    await stampFor('wk-1');
    const { stamp } = await lastDelivered(site, 'wk-1');
    expect(stamp).toMatchObject({ file: 'edge-node-wk-1.iso', image: 'edge-node' });
    expect(stamp?.seed?.networkConfig).toContain('10.20.0.21/24');
    expect(await freshness('wk-1')).toMatchObject({ stamp: { differences: [], changedDocuments: [] } });
    expect(await lastDelivered(site, 'wk-2')).toMatchObject({ stamp: null });
  });

  it('tells what changed since, also after older documents came back', async () => {
    await edit('hosts/wk-1.yaml', (text) => text.replace('10.20.0.21', '10.20.0.29'));
    await stampFor('wk-1');
    await edit('hosts/wk-1.yaml', (text) => text.replace('10.20.0.29', '10.20.0.21'));
    const found = await freshness('wk-1');
    expect(found?.stamp?.differences).toMatchObject([
      { topic: 'addresses', here: '10.20.0.21/24', there: '10.20.0.29/24' },
    ]);
  });

  it('leaves a record without any text of the seed, for its owner alone', async () => {
    await edit('user-data/base.yaml', (text) => `${text}\nchpasswd: {expire: false, list: "ops:5ecret"}\n`);
    const out = await stampFor('wk-1');
    const file = out.replace(/\.iso$/, '.stamp.json');
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('5ecret');
    const record = JSON.parse(text) as { digests: { userData: string } };
    const { stamp } = await lastDelivered(site, 'wk-1');
    const userData = stamp?.seed?.userData ?? '';
    expect(userData).toContain('5ecret');
    expect(record.digests.userData).toBe(createHash('sha256').update(userData).digest('hex'));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is known by its record when the copy is gone, and by the copy when the record is', async () => {
    const out = await stampFor('wk-1');
    await rm(out);
    expect(await freshness('wk-1')).toMatchObject({ stamp: { changedDocuments: [] } });
    await edit('hosts/wk-1.yaml', (text) => text.replace('10.20.0.21', '10.20.0.29'));
    expect(await freshness('wk-1')).toMatchObject({
      stamp: { differences: [], changedDocuments: ['network-config', 'meta-data'] },
    });
    await rm(out.replace(/\.iso$/, '.stamp.json'));
    expect(await lastDelivered(site, 'wk-1')).toMatchObject({ stamp: null });
    await stampFor('wk-1', false);
    expect(await freshness('wk-1')).toMatchObject({ stamp: { changedDocuments: [] } });
  });

  it('believes the copy when it was stamped again by something else', async () => {
    await stampFor('wk-1');
    await edit('hosts/wk-1.yaml', (text) => text.replace('10.20.0.21', '10.20.0.29'));
    await stampFor('wk-1', false);
    expect(await freshness('wk-1')).toMatchObject({ stamp: { changedDocuments: [] } });
  });

  it('knows the build that it was stamped into, and that there is a newer one', async () => {
    await writeManifest('a'.repeat(64));
    await stampFor('wk-1');
    expect(await freshness('wk-1')).toMatchObject({
      stamp: { imageIsNewer: false },
      build: { image: 'edge-node' },
    });
    await writeManifest('b'.repeat(64));
    expect(await freshness('wk-1')).toMatchObject({ stamp: { imageIsNewer: true } });
  });

  it('knows whether the elements are those of the build', async () => {
    const none = createHash('sha256').digest('hex');
    const changed = async () =>
      (await lastDelivered(site, 'wk-1')).builds.map((build) => build.elementsChanged);
    await writeManifest('a'.repeat(64));
    expect(await changed()).toEqual([undefined]);
    await writeManifest('a'.repeat(64), { elements: none });
    expect(await changed()).toEqual([false]);
    await mkdir(join(site, 'elements', 'own'), { recursive: true });
    await writeFile(join(site, 'elements', 'own', 'element-deps'), 'package-installs');
    expect(await changed()).toEqual([true]);
  });

  it('is not taken from files that are no records', async () => {
    await writeFile(join(site, 'out', 'x.stamp.json'), '{"host": "wk-1"}');
    await writeFile(join(site, 'out', 'y.stamp.json'), 'no json');
    await writeFile(join(site, 'out', 'z.manifest.json'), '[]');
    await mkdir(join(site, 'out', 'f.stamp.json'));
    await writeFile(join(site, 'out', 'edge-node-wk-1.iso'), 'no image');
    expect(await lastDelivered(site, 'wk-1')).toEqual({ builds: [], stamp: null });
    const record = JSON.parse(await readFile(await recordOf('wk-2'), 'utf8')) as object;
    const elsewhere = { ...record, host: 'wk-1', file: '../../tiny.iso' };
    await writeFile(join(site, 'out', 'x.stamp.json'), JSON.stringify(elsewhere));
    expect(await lastDelivered(site, 'wk-1')).toMatchObject({ stamp: null });
    expect((await readdir(join(site, 'out'))).length).toBeGreaterThan(5);
  });
});

async function recordOf(host: string): Promise<string> {
  return (await stampFor(host)).replace(/\.iso$/, '.stamp.json');
}
