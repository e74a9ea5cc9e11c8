import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { secretsIn } from '#shared/secrets/mask.ts';
import { type AnalysedSite, analyseSite } from '../site/analyse-site.ts';
import { readSite } from '../site/read-site.ts';
import { areaPatches } from '../stamp/area-patches.ts';
import { type HostStamp, hostStamp } from '../stamp/host-stamp.ts';
import { fillKeyfile, fillStamps } from './fill-stamp.ts';
import { KeyStore } from './key-store.ts';
import { SiteSecrets } from './site-secrets.ts';
import { makeSmallSite, turningCipher } from './small-site.test-support.ts';

const hash = '$6$salt$abcdefghijklmnopqrstuvwxyz';
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMqqJkIG0bAtGvpMGqyq2zHnqEcVzQ7bQy4u6i0Hn9oP admin';
const good = {
  'admin-hash': hash,
  'admin-key': key,
  'join-token': 'abcdef.0123456789abcdef',
  'node-key': '-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----\n',
  wifi: 'correct horse',
};

let folder: string;
let site: AnalysedSite;
let secrets: SiteSecrets;
let stamps: HostStamp[];
beforeAll(async () => {
  folder = await makeSmallSite();
  site = analyseSite(await readSite(folder));
  secrets = new SiteSecrets(site.snapshot, new KeyStore(join(dirname(folder), 'data'), turningCipher()));
  stamps = ['n1', 'n2'].map((name) => hostStamp(site, name));
});
afterAll(() => rm(dirname(folder), { recursive: true, force: true }));
beforeEach(async () => {
  for (const [name, value] of Object.entries(good)) await secrets.set(name, 'key-store', value);
});

interface UserData {
  users: { passwd: string; ssh_authorized_keys: string[] }[];
  write_files: { content: string }[];
}
const userDataOf = (stamp: HostStamp | undefined) => parse(stamp?.seed.userData ?? '') as UserData;

describe('a seed with its values', () => {
  test('has each of them where its mask was, as the text that it is', async () => {
    const {
      stamps: [filled],
      warnings,
    } = await fillStamps(stamps, site, secrets);
    const { users, write_files } = userDataOf(filled);
    expect(users[0]).toMatchObject({ passwd: hash, ssh_authorized_keys: [key] });
    expect(write_files.map(({ content }) => content)).toEqual([
      'token=abcdef.0123456789abcdef',
      good['node-key'],
    ]);
    expect(filled?.seed.networkConfig).toContain('password: correct horse\n');
    expect(filled?.seed.userData).toMatch(/^#cloud-config\nhostname: n1\n/);
    expect(secretsIn(JSON.stringify(filled))).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('is another instance when a value is another', async () => {
    const before = (await fillStamps(stamps, site, secrets)).stamps[0]?.seed.metaData;
    await secrets.set('wifi', 'key-store', 'another horse');
    const after = (await fillStamps(stamps, site, secrets)).stamps[0]?.seed.metaData;
    expect(after).not.toBe(before);
    expect(after).toMatch(/^instance-id: n1-[0-9a-f]{16}\nlocal-hostname: n1\n$/);
  });

  test('reads back as the very value, whatever characters it has', { timeout: 30_000 }, async () => {
    const values = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        'yes',
        '0644',
        '12:30',
        ': ',
        '- a',
        '#x',
        ' a',
        'a\n',
        '\n\na',
        '"',
        "'",
        '|',
        '••••••(wifi)',
      ),
    );
    const usable = values.filter((value) => value.trim() !== '' && !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(usable, async (value) => {
        const { stamps: filled } = await fillStamps(stamps.slice(0, 1), site, { value: async () => value });
        const { write_files } = userDataOf(filled[0]);
        expect(write_files.map(({ content }) => content)).toEqual([`token=${value}`, value]);
      }),
      { numRuns: 200 },
    );
  });
});

test('in a keyfile a value stays on its line', () => {
  const values = new Map([['wifi', ' a\\b\nc\t']]);
  expect(fillKeyfile('[wifi-security]\npsk=••••••(wifi)\nx=••••••(y)\n', values)).toBe(
    '[wifi-security]\npsk=\\sa\\\\b\\nc\\t\nx=••••••(y)\n',
  );
});

test('what is missing is told at once, with the hosts that need it', async () => {
  await secrets.remove('wifi');
  await secrets.remove('join-token');
  await expect(fillStamps(stamps, site, secrets)).rejects.toMatchObject({
    code: 'secret-missing',
    where: 'join-token, wifi',
    message:
      'The secret join-token has no value on this machine; n1, n2 need it. The secret wifi has no value on this machine; n1, n2 need it.',
  });
});

test('a value that does not fit its place is a warning there, and is not quoted', async () => {
  const wrong = { 'admin-hash': 'plain-canary', 'admin-key': 'ssh-canary', wifi: 'canary!' };
  for (const [name, value] of Object.entries(wrong)) await secrets.set(name, 'key-store', value);
  const { warnings } = await fillStamps(stamps.slice(0, 1), site, secrets);
  expect(warnings.map(({ file, range, code }) => `${file}:${range.start.line} ${code}`)).toEqual([
    'networks/hall.yaml:7 secret-value',
    'user-data/access.yaml:4 secret-value',
    'user-data/access.yaml:6 secret-value',
  ]);
  expect(JSON.stringify(warnings)).not.toContain('canary');
});

test('a seed that still holds a mask goes onto no medium', () => {
  const area = { offset: 0, length: 65_536, directory: 'seed' };
  const index = {
    seed: area,
    kernelArguments: { offset: 65_536, length: 512 },
    baked: { kernelArguments: '' },
  } as unknown as Parameters<typeof areaPatches>[0];
  const [stamp] = stamps;
  expect(() => areaPatches(index, { seed: stamp?.seed ?? null, kernelArguments: [] })).toThrow(
    expect.objectContaining({ code: 'secret-missing' }),
  );
});

test('the command line, which cannot open the key store, says so', async () => {
  const closed = new SiteSecrets(site.snapshot, new KeyStore(join(dirname(folder), 'data')));
  await expect(fillStamps(stamps, site, closed)).rejects.toMatchObject({ code: 'secret-in-key-store' });
});
