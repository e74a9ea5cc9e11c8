import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderHostProfile } from '#shared/render/host-profile/render-host-profile.ts';
import { hostProfileSchema } from '#shared/schema/host-profile.ts';
import { ensureBuilderImage, readBuilderSources } from '../engine/builder-image.ts';
import { connectEngine } from '../engine/connect-engine.ts';
import { runContainer } from '../engine/run-container.ts';
import { findPlaces } from '../places.ts';

let folder: string;
let image: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-profile-'));
  const { builder, cache, data } = findPlaces({ ...process.env, SITEFORGE_HOME: undefined });
  const sources = await readBuilderSources(builder);
  await ensureBuilderImage(await connectEngine(), sources, {
    lockFolder: join(cache, 'locks'),
    home: data,
    signal: AbortSignal.timeout(800_000),
    onEvent: () => undefined,
    onLog: () => undefined,
  });
  image = sources.image;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Applies a profile to the builder's own Debian, as it is applied to the tree of an image; then `look` prints. */
async function applied(spec: object, look: string): Promise<{ status: number; lines: string[] }> {
  const { files, scripts } = renderHostProfile(hostProfileSchema.shape.spec.parse(spec));
  const profile = { packages: [], files, units: { enable: [], disable: [], mask: [] }, scripts };
  await writeFile(join(folder, 'profile.json'), JSON.stringify(profile));
  const lines: string[] = [];
  const apply = '/opt/siteforge/elements/siteforge-profile/profile/apply-profile all /config/profile.json';
  const status = await runContainer(await connectEngine(), {
    image,
    entrypoint: ['/bin/sh', '-ec'],
    command: [`${apply} >&2; ${look}`],
    environment: {},
    mounts: [{ source: folder, target: '/config', readOnly: true }],
    capabilities: [],
    network: 'none',
    unconfinedAppArmor: false,
    labels: {},
    signal: AbortSignal.timeout(120_000),
    onLines: (_stream, more) => void lines.push(...more),
  });
  return { status, lines };
}

test('makes accounts, and hands files and folders over to them', async () => {
  const key =
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuSf3c6uNB90wzOJCrn4ePTTh6bDVbTKO+Di0ydkyQT alice@edge.example';
  const { status, lines } = await applied(
    {
      users: [
        {
          name: 'night',
          uid: 1500,
          groups: ['edge-team'],
          authorizedKeys: [key],
          sudo: 'ALL=(ALL) NOPASSWD:ALL',
        },
        { name: 'collector', system: true, groups: ['edge-team', 'night'] },
      ],
      files: [
        { path: '/etc/edge/own.conf', owner: 'collector', group: 'edge-team', mode: '0640', content: 'a\n' },
        { path: '/etc/edge/number.conf', owner: '1234', group: '4321', mode: '0600', content: 'b\n' },
        { path: "/etc/edge/it's", mode: '4755', content: 'c\n' },
      ],
      directories: [{ path: '/srv/data', owner: 'night', group: 'edge-team', mode: '2775' }],
      scripts: [
        {
          name: '10-last',
          content: '#!/usr/bin/python3\nprint("the last", open("/etc/edge/own.conf").read())\n',
        },
        { name: '20-made', content: "#!/bin/sh\nmkdir '/srv/a b'\ntouch '/srv/a b/one' '/srv/a b/two'\n" },
      ],
      permissions: [
        { path: '/srv/a b/*', group: 'edge-team', mode: '2750' },
        { path: '/srv/a b/t?o', owner: 'collector' },
      ],
    },
    `stat -c '%n %U:%G %u:%g %a' /etc/edge/* /srv/data /srv/a*/* /home/night/.ssh/authorized_keys /etc/sudoers.d/90-siteforge-night
     id -nG night; id -nG collector; cat /home/night/.ssh/authorized_keys`,
  );
  expect(status).toBe(0);
  const told = lines.map((line) => line.replace(/ \d+:\d+ (?=\d+$)/, ' '));
  expect(told).toEqual(
    expect.arrayContaining([
      'the last a',
      "/etc/edge/it's root:root 4755",
      '/etc/edge/number.conf UNKNOWN:UNKNOWN 600',
      '/etc/edge/own.conf collector:edge-team 640',
      '/srv/data night:edge-team 2775',
      '/srv/a b/one root:edge-team 2750',
      '/srv/a b/two collector:edge-team 2750',
      '/home/night/.ssh/authorized_keys night:night 600',
      '/etc/sudoers.d/90-siteforge-night root:root 440',
      'night edge-team',
      'collector night edge-team',
      key,
    ]),
  );
  expect(lines).toContain('/etc/edge/number.conf UNKNOWN:UNKNOWN 1234:4321 600');
});

test('has repositories for the build alone while packages and scripts are installed, and not behind', async () => {
  // apt-cache ends with an error at preferences that it cannot read.
  const see = '#!/bin/sh -e\napt-cache policy >/dev/null\napt-get update --print-uris\n';
  const { status, lines } = await applied(
    {
      repositories: [
        {
          name: 'vendor',
          uri: 'http://p.edge.example/d',
          suites: ['stable'],
          components: ['main'],
          packages: ['tool', 'agent=2.1-1'],
          pin: { priority: 100 },
          onHosts: false,
        },
        { name: 'other', uri: 'http://q.edge.example', suites: ['/'], packages: ['own'] },
      ],
      scripts: [{ name: '10-see', content: see }],
    },
    'echo behind; cd /etc/apt; ls -d sources.list.d/* preferences.d/*',
  );
  expect(status).toBe(0);
  const told = lines.map((line) => line.trim());
  const fetched = told.flatMap((line) => /^'(http:\S+\/InRelease)'/.exec(line)?.[1] ?? []);
  expect(fetched).toEqual(
    expect.arrayContaining([
      'http://p.edge.example/d/dists/stable/InRelease',
      'http://q.edge.example/InRelease',
    ]),
  );
  const behind = told.slice(told.indexOf('behind'));
  expect(behind.filter((path) => /\/(vendor|other)\./.test(path))).toEqual([
    'preferences.d/other.pref',
    'sources.list.d/other.sources',
  ]);
});

test.each([
  [
    'an owner that no package creates',
    { files: [{ path: '/etc/x', owner: 'nobody-here', content: '' }] },
    /unknown-owner: \/etc\/x/,
  ],
  [
    'a script that fails',
    { scripts: [{ name: '10-x', content: '#!/bin/sh\nexit 3\n' }] },
    /script-failed: script 10-x ended with status 3/,
  ],
  [
    'permissions of what is not there',
    { permissions: [{ path: '/boot/System.map-*', mode: '0600' }] },
    /cannot access '\/boot\/System\.map-\*'[\s\S]*script-failed: script 99-siteforge-permissions/,
  ],
  [
    'a script without its interpreter',
    { scripts: [{ name: '10-x', content: '#!/usr/bin/none\n' }] },
    /script-failed: script 10-x cannot be run/,
  ],
  [
    'an AppArmor profile that is not in the image',
    { apparmor: { profiles: { 'usr.bin.none': 'complain' } } },
    /no AppArmor profile usr\.bin\.none[\s\S]*script-failed/,
  ],
  [
    'a module that was not built',
    { kernel: { dkms: ['edge-dkms'] } },
    /script-failed: script 00-siteforge-dkms/,
  ],
])('ends the build at %s', async (_name, spec, reason) => {
  const { status, lines } = await applied(spec, 'true');
  expect(status).not.toBe(0);
  expect(lines.join('\n')).toMatch(reason);
});
