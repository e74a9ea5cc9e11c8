import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPlaces } from '../core/places.ts';
import { exportSite } from './export.ts';
import { importSite } from './import.ts';
import { runCommand } from './run-command.test-support.ts';

let folder: string;
let site: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-cli-export-'));
  site = join(folder, 'site');
  out = join(folder, 'set.yaml');
  await cp(join(findPlaces().examples, 'edge-berlin'), site, {
    recursive: true,
    filter: (path) => !/\/(out|secrets)$/.test(path),
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('writes a set that only its owner may read, and that is imported again', async () => {
  const written = await runCommand(exportSite, 'airship', site, '--out', out);
  expect(written.status).toBe(0);
  expect(written.error).toMatch(/wk-2\.yaml:\d+:\d+ warning airship-not-imported .*\n5 hosts exported to/);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  const again = await runCommand(importSite, 'airship', out, '--out', join(folder, 'again'), '--json');
  expect(again.status).toBe(0);
  expect(JSON.parse(again.out).files).toContain('hosts/cp-1.yaml');
});

test('gives user and password of a BMC only when told to', async () => {
  await mkdir(join(site, 'secrets'), { mode: 0o700 });
  await writeFile(join(site, 'secrets/bmc-rack-1'), 'username: root\npassword: "0815"\n', { mode: 0o600 });
  const without = await runCommand(exportSite, 'airship', site, '--host', 'cp-1');
  expect(without.out).toContain('credentialsName: bmc-rack-1');
  expect(without.out).not.toContain('0815');
  const given = await runCommand(exportSite, 'airship', site, '--host', 'cp-1', '--with-secrets', '--json');
  expect(JSON.parse(given.out)).toMatchObject({
    hosts: ['cp-1'],
    documents: expect.stringContaining('password: "0815"'),
  });
});

test('exports no host that has errors, and none that is not there', async () => {
  expect((await runCommand(exportSite, 'airship', site, '--host', 'cp-9')).code).toBe('host-not-found');
  const path = join(site, 'hosts/cp-1.yaml');
  await writeFile(path, (await readFile(path, 'utf8')).replace('ref: bonded', 'ref: gone'));
  expect((await runCommand(exportSite, 'airship', site, '--out', out)).code).toBe('documents-invalid');
  await expect(stat(out)).rejects.toThrow();
  expect((await runCommand(exportSite, 'netbox', site)).code).toBe('usage');
});
