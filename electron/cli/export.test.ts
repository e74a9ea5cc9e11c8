import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
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

test('tells which secret of a BMC has no value, or is none', async () => {
  const withSecrets = () => runCommand(exportSite, 'airship', site, '--host', 'cp-1', '--with-secrets');
  expect((await withSecrets()).failure).toMatchObject({ code: 'secret-missing', where: 'bmc-rack-1' });
  await mkdir(join(site, 'secrets'), { mode: 0o700 });
  await writeFile(join(site, 'secrets/bmc-rack-1'), 'root:0815\n', { mode: 0o600 });
  const { failure } = await withSecrets();
  expect(failure).toMatchObject({ code: 'secret-value-invalid', where: 'bmc-rack-1' });
  expect(JSON.stringify(failure)).not.toContain('0815');
});

test.each([
  ['nmstate', 'yaml', /^interfaces:\n/],
  ['netplan', 'yaml', /^network:\n {2}version: 2\n/],
  ['network-data', 'json', /^\{\n {2}"links": \[/],
])('writes a file of %s for each host, and the same again after an import', async (format, ending, start) => {
  const files = join(folder, 'files');
  const written = await runCommand(exportSite, format, site, '--out', files);
  expect([written.status, written.error]).toEqual([0, expect.stringContaining('5 networks written to')]);
  expect((await readdir(files)).sort()).toEqual(
    ['cp-1', 'cp-2', 'eph-1', 'wk-1', 'wk-2'].map((name) => `${name}.${ending}`),
  );
  const path = join(files, `cp-1.${ending}`);
  const text = await readFile(path, 'utf8');
  expect(text).toMatch(start);
  expect(text).toContain('10.20.0.11');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const source = format === 'nmstate' ? [files] : [path, ...(format === 'netplan' ? [] : ['--host', 'cp-1'])];
  const again = join(folder, 'again');
  expect(await runCommand(importSite, format, ...source, '--out', again)).toMatchObject({ status: 0 });
  const second = join(folder, 'second');
  await runCommand(exportSite, format, again, '--host', 'cp-1', '--out', second);
  expect(await readFile(join(second, `cp-1.${ending}`), 'utf8')).toBe(text);
});

test('exports no host that has errors, and none that is not there', async () => {
  expect((await runCommand(exportSite, 'airship', site, '--host', 'cp-9')).code).toBe('host-not-found');
  const path = join(site, 'hosts/cp-1.yaml');
  await writeFile(path, (await readFile(path, 'utf8')).replace('ref: bonded', 'ref: gone'));
  expect((await runCommand(exportSite, 'airship', site, '--out', out)).code).toBe('documents-invalid');
  expect((await runCommand(exportSite, 'nmstate', site, '--out', out)).code).toBe('documents-invalid');
  await expect(stat(out)).rejects.toThrow();
  expect((await runCommand(exportSite, 'nmstate', site)).code).toBe('usage');
  expect((await runCommand(exportSite, 'netbox', site)).code).toBe('usage');
});
