import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPlaces } from '../places.ts';
import { analyseSite } from './analyse-site.ts';
import { readSite } from './read-site.ts';
import { isDocumentPath } from './site-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-json-'));
  await cp(join(findPlaces().examples, 'edge-berlin'), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a network may be JSON, other documents may not', async () => {
  await writeFile(join(folder, 'networks/openstack.json'), '{\n\t"links": [],\n\t"networks": []\n}\n');
  await writeFile(join(folder, 'hosts/other.json'), '{}\n');
  const { analysis, diagnostics } = analyseSite(await readSite(folder));
  expect(analysis.networks.map(({ name }) => name)).toContain('openstack');
  expect(analysis.documents.map(({ path }) => path)).not.toContain('hosts/other.json');
  const ofFile = diagnostics.filter(({ file }) => file === 'networks/openstack.json');
  expect(ofFile.map(({ code }) => code)).toEqual(['reference-unused']);
  expect([isDocumentPath('networks/a.json'), isDocumentPath('images/a.json')]).toEqual([true, false]);
});
