import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freshnessOf } from '#shared/compare/freshness.ts';
import { JobStore } from '../core/jobs/job-store.ts';
import { findPlaces } from '../core/places.ts';
import { KeyStore } from '../core/secrets/key-store.ts';
import { forgetValues } from '../core/secrets/known-values.ts';
import { SiteSecrets } from '../core/secrets/site-secrets.ts';
import { makeSmallSite, turningCipher } from '../core/secrets/small-site.test-support.ts';
import { analyseSite } from '../core/site/analyse-site.ts';
import { readSite } from '../core/site/read-site.ts';
import { siteIdOf } from '../core/site/site-folder.ts';
import { lastDelivered } from '../core/stamp/stamp-record.ts';
import { hasXorriso, makeTinyIso } from '../core/stamp/tiny-iso.test-support.ts';
import { render } from './render.ts';
import { runCommand } from './run-command.test-support.ts';
import { stamp } from './stamp.ts';
import { validate } from './validate.ts';

/** Stands in every value, so that one search finds any of them. */
const canary = 'kanarienvogel';
const values = {
  'admin-hash': `$6$salt$${canary}`,
  'admin-key': `ssh-ed25519 ${canary}`,
  'join-token': `${canary}.1`,
  'node-key': `-----BEGIN KEY-----\n${canary}\n${canary}-and-a-line-that-is-long\n-----END KEY-----\n`,
  wifi: `${canary} wifi`,
};

let site: string;
let home: string;
let secrets: SiteSecrets;
beforeEach(async () => {
  site = await makeSmallSite();
  home = join(dirname(site), 'home');
  vi.stubEnv('SITEFORGE_HOME', home);
  secrets = new SiteSecrets(
    { folder: site, siteId: siteIdOf(site) },
    new KeyStore(findPlaces().data, turningCipher()),
  );
  for (const [name, value] of Object.entries(values)) await secrets.set(name, 'folder', value);
  forgetValues();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  forgetValues();
  await rm(dirname(site), { recursive: true, force: true });
});

/** Files below a folder that hold the canary, without those that are meant to. */
async function filesWithCanary(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const found: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (!(await stat(path)).isFile() || /(^|\/)secrets\//.test(name)) continue;
    if ((await readFile(path)).includes(canary)) found.push(name);
  }
  return found;
}

describe('secrets on the command line', () => {
  test('render masks them, says so, and writes none', async () => {
    for (const form of [[], ['--json']]) {
      const told = await runCommand(render, site, '--host', 'n1', ...form);
      expect(told.status).toBe(0);
      expect(told.out).toContain('••••••(join-token)');
      expect(told.error).toMatch(/^Masked: admin-hash, admin-key, join-token, node-key, wifi\. /);
      expect(JSON.stringify(told)).not.toContain(canary);
    }
    await runCommand(render, site, '--all', '--out', join(home, 'out'));
    expect(await filesWithCanary(dirname(site))).toEqual([]);
  });

  test('render --with-secrets puts them in, into files of their owner', async () => {
    const out = join(home, 'out');
    const told = await runCommand(render, site, '--all', '--out', out, '--with-secrets');
    expect([told.status, told.error]).toEqual([0, expect.stringContaining('2 hosts rendered')]);
    expect(await readFile(join(out, 'n1', 'user-data'), 'utf8')).toContain(`passwd: $6$salt$${canary}`);
    expect((await stat(join(out, 'n1', 'user-data'))).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(told)).not.toContain(canary);
  });

  test('a missing one ends the command, and names the hosts', async () => {
    await secrets.remove('wifi');
    const { failure, out } = await runCommand(render, site, '--all', '--json', '--with-secrets');
    expect(out).toBe('');
    expect(failure).toMatchObject({ code: 'secret-missing', where: 'wifi' });
    expect(failure?.message).toContain('n1, n2 need it');
  });

  test('one in the key store ends the command with what puts it where the command line reads', async () => {
    await secrets.remove('wifi');
    await secrets.set('node-key', 'key-store', values['node-key']);
    await secrets.set('join-token', 'key-store', values['join-token']);
    const told = await runCommand(render, site, '--all', '--json', '--with-secrets');
    expect(told.out).toBe('');
    const { failure } = told;
    expect(failure?.code).toBe('secret-in-key-store');
    expect(failure?.where?.split(', ').sort()).toEqual(['join-token', 'node-key', 'wifi']);
    expect(failure?.message).toContain(
      'The secret join-token lies in the key store of the system, which only the window can open; n1, n2 need it.',
    );
    expect(failure?.message).toContain('The secret wifi has no value on this machine; n1, n2 need it.');
    expect(JSON.stringify(told)).not.toContain(canary);

    // The commands that are told, as they are told, each with its value on standard input.
    for (const command of failure?.detail?.split('\n') ?? []) {
      const name = /([\w-]+)\)$/.exec(command)?.[1] ?? '';
      const input = (values as Readonly<Record<string, string>>)[name] ?? '';
      execFileSync('sh', ['-c', command], { input });
    }
    expect((await stat(join(site, 'secrets', 'node-key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(site, 'secrets'))).mode & 0o777).toBe(0o700);
    forgetValues();
    const after = await runCommand(
      render,
      site,
      '--host',
      'n1',
      '--out',
      join(home, 'out'),
      '--with-secrets',
    );
    expect([after.code, after.status]).toEqual([undefined, 0]);
    expect(await readFile(join(home, 'out', 'user-data'), 'utf8')).toContain(`token=${canary}.1`);
  });

  test('validate tells of open files and of git, and knows the names in the key store', async () => {
    await secrets.set('wifi', 'key-store', 'correct horse');
    await rm(join(site, '.gitignore'));
    execFileSync('chmod', ['0644', join(site, 'secrets', 'join-token')]);
    const { out } = await runCommand(validate, site, '--json');
    const codes = (JSON.parse(out) as { code: string; file: string }[]).map(
      ({ code, file }) => `${code} ${file}`,
    );
    expect(codes.filter((each) => each.startsWith('secret-')).sort()).toEqual([
      `secret-not-ignored ${join(site, '.gitignore')}`,
      `secret-permissions ${join(site, 'secrets', 'join-token')}`,
    ]);
    await secrets.remove('wifi');
    const after = JSON.parse((await runCommand(validate, site, '--json')).out) as { code: string }[];
    expect(after.map(({ code }) => code)).toContain('secret-unknown');
  });
});

describe.runIf(hasXorriso)('a stamp with secrets', () => {
  test('holds them in the image alone: not in its record, not in what is said', async () => {
    const image = await makeTinyIso(dirname(site));
    await runCommand(render, site, '--host', 'n1');
    const out = join(site, 'out', 'n1.iso');
    execFileSync('mkdir', [join(site, 'out')]);
    const told = await runCommand(stamp, image, '--site', site, '--host', 'n1', '--out', out, '--json');
    expect([told.code, told.status]).toEqual([undefined, 0]);
    expect(JSON.stringify(told)).not.toContain(canary);
    const inspected = await runCommand(stamp, out, '--inspect', '--json');
    expect(inspected.status).toBe(0);
    expect(JSON.stringify(inspected)).not.toContain(canary);
    // What the window is given to compare with is the masked text, which a host that did not change equals.
    const delivered = await lastDelivered(site, 'n1');
    expect(delivered.stamp?.seed?.userData).toContain('••••••(join-token)');
    expect(JSON.stringify(delivered)).not.toContain(canary);
    const { analysis } = analyseSite(await readSite(site));
    expect(freshnessOf(analysis, 'n1', delivered)?.stamp).toMatchObject({
      changedDocuments: [],
      differences: [],
    });
    // The seed is compressed: what must not hold a value is everything beside the image.
    expect(await filesWithCanary(dirname(site))).toEqual([]);
  });
});

test('a build knows the values before its first line, and its job keeps none of them', async () => {
  await secrets.rememberAll();
  const jobs = new JobStore(findPlaces().data);
  const running = await jobs.create('site', 'node', { siteFolder: site, outFolder: join(site, 'out') });
  running.record({ type: 'state', at: 1, state: 'building' });
  running.record({ type: 'warning', at: 2, message: `token=${canary}.1` });
  await running.log([`echo ${canary} wifi`, `      ${canary}-and-a-line-that-is-long`, 'done']);
  const failure = {
    code: 'builder-failed',
    message: `it said ${canary}.1`,
    next: '',
    detail: values['node-key'],
  } as const;
  await running.finish([
    { type: 'failure', at: 3, failure },
    { type: 'state', at: 4, state: 'failed' },
  ]);
  const log = await jobs.readLog(running.job.id, 0, 10);
  expect(log.lines).toEqual(['echo ••••••(wifi)', '      ••••••(node-key)', 'done']);
  expect(JSON.stringify(running.job)).not.toContain(canary);
  expect(await filesWithCanary(home)).toEqual([]);
});
