import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ErrorCode, SiteforgeError } from '#shared/errors.ts';
import { builderConfig, goodAssemble, goodCompose, goodMetadata } from './fake-builder.test-support.ts';
import { codeOf, fake, leftovers, tidyBuilders } from './fake-builds.test-support.ts';

afterEach(tidyBuilders);

test('builds, publishes with a manifest, and the second time takes everything from the cache', async () => {
  const builder = await fake();
  const artifact = await builder.build();
  const out = join(builder.folder, 'site/out');
  expect(await readFile(join(out, 'edge.iso'), 'utf8')).toBe('tree.squashfs\n');
  const manifest: unknown = JSON.parse(await readFile(join(out, 'edge.manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({ artifact: { sha256: artifact.sha256 }, packages: { count: 1 } });
  expect(await leftovers(builder)).toEqual([]);
  builder.events.length = 0;
  // No engine of this name exists: everything must come from the cache.
  expect(await builder.build({ engineContext: 'none-such' })).toEqual(artifact);
  const steps = builder.events.flatMap((event) =>
    event.type === 'step' ? [`${event.id} ${event.state}`] : [],
  );
  expect(steps).toEqual(['compose cached', 'assemble cached']);
});

test('assembles again, without composing, when only the boot menu changed', async () => {
  const builder = await fake();
  await builder.build();
  builder.events.length = 0;
  const config = builderConfig();
  await builder.build({ config: { ...config, assemble: { ...config.assemble, menuTitle: 'other' } } });
  const steps = builder.events.flatMap((event) =>
    event.type === 'step' ? [`${event.id} ${event.state}`] : [],
  );
  expect(steps).toEqual(['compose cached']);
});

/** A tree that tells by its content when it was composed. */
const datedCompose = `${goodCompose} date +%s%N > /config/compose/tree.squashfs;`;

test('composes anew when it is asked to, and gives the new tree to every image of the profile', async () => {
  const builder = await fake({ compose: datedCompose });
  const other = { ...builderConfig(), assemble: { ...builderConfig().assemble, menuTitle: 'other' } };
  const first = await builder.build();
  await builder.build({ config: other });
  builder.events.length = 0;
  const second = await builder.build({ refresh: true });
  expect(second.sha256).not.toBe(first.sha256);
  expect(second.packagesFetched).toBeGreaterThan(first.packagesFetched ?? Number.POSITIVE_INFINITY);
  expect(builder.events.some((event) => event.type === 'step' && event.state === 'cached')).toBe(false);
  const manifest: unknown = JSON.parse(
    await readFile(join(builder.folder, 'site/out/edge.manifest.json'), 'utf8'),
  );
  const fetched = new Date(second.packagesFetched ?? 0).toISOString();
  expect(manifest).toMatchObject({ packages: { fetched, count: 1 } });
  // What was assembled of the tree before is not handed out any more; the fast path is there again.
  expect((await builder.build({ config: other })).sha256).toBe(second.sha256);
  expect(await builder.build({ engineContext: 'none-such' })).toEqual(second);
});

test('keeps what it has when composing anew fails', async () => {
  const builder = await fake({ compose: `[ ! -e /cache/down ] || exit 1; ${datedCompose}` });
  const first = await builder.build();
  await writeFile(join(builder.places.cache, 'apt/down'), '');
  expect(await codeOf(builder.build({ refresh: true }))).toBe('builder-failed');
  expect(await builder.build({ engineContext: 'none-such' })).toEqual(first);
  expect(await leftovers(builder)).toEqual([]);
});

test('makes a rotten image in the cache again', async () => {
  const builder = await fake();
  const artifact = await builder.build();
  const [key] = await readdir(join(builder.places.cache, 'images'));
  await writeFile(join(builder.places.cache, 'images', String(key), 'edge.iso'), 'rotten-content');
  await writeFile(join(builder.folder, 'site/out/edge.iso'), 'something else');
  expect(await builder.build()).toEqual(artifact);
  expect(await readFile(join(builder.folder, 'site/out/edge.iso'), 'utf8')).toBe('tree.squashfs\n');
});

test('keeps secrets of the profile out of the manifest', async () => {
  const builder = await fake();
  const files = [{ path: '/etc/key', owner: 'root', group: 'root', mode: '0600', content: 'very-secret' }];
  await builder.build({ config: builderConfig({ files, environment: { DIB_PASSWORD: 'very-secret' } }) });
  expect(await readFile(join(builder.folder, 'site/out/edge.manifest.json'), 'utf8')).not.toContain(
    'very-secret',
  );
});

describe('a builder that breaks the contract', () => {
  const cases: [string, { compose?: string; assemble?: string }, ErrorCode][] = [
    ['ends with another status than 0', { compose: 'echo dead >&2; exit 3' }, 'builder-failed'],
    ['leaves no tree', { compose: 'true' }, 'artifact-missing'],
    [
      'leaves a link instead of a tree',
      { compose: `${goodCompose} ln -sf /etc/shadow /config/compose/vmlinuz` },
      'artifact-missing',
    ],
    ['leaves no metadata', { assemble: goodAssemble }, 'metadata-missing'],
    [
      'writes only garbage',
      { assemble: 'for i in $(seq 200); do echo "garbage {"; done' },
      'builder-garbage',
    ],
    [
      'leaves metadata that is no YAML',
      { assemble: "echo 'a: [' > /config/output-metadata.yaml" },
      'metadata-invalid',
    ],
    [
      'leaves metadata with an unknown key',
      { assemble: `${goodAssemble + goodMetadata} echo 'x: 1' >> /config/output-metadata.yaml` },
      'metadata-invalid',
    ],
    [
      'makes the metadata a link out of the volume',
      { assemble: 'ln -s /etc/passwd /config/output-metadata.yaml' },
      'metadata-invalid',
    ],
    [
      'names an image that is not there',
      { assemble: `${goodAssemble} path=other.iso ${goodMetadata}` },
      'artifact-missing',
    ],
    [
      'names a folder as its image',
      { assemble: `${goodAssemble} mkdir /config/dir; path=dir ${goodMetadata}` },
      'artifact-missing',
    ],
    [
      'names a path outside the volume',
      { assemble: `${goodAssemble} path=../../../../../../etc/passwd ${goodMetadata}` },
      'artifact-outside-volume',
    ],
    [
      'names an absolute path',
      { assemble: `${goodAssemble} path=/etc/passwd ${goodMetadata}` },
      'artifact-outside-volume',
    ],
    [
      'makes the image a link out of the volume',
      { assemble: `${goodAssemble} ln -s /etc/passwd /config/link.iso; path=link.iso ${goodMetadata}` },
      'artifact-outside-volume',
    ],
    ['tells another size', { assemble: `${goodAssemble} size=1 ${goodMetadata}` }, 'artifact-size-mismatch'],
    [
      'tells another digest',
      { assemble: `${goodAssemble} sha256=a$(printf %063d 0) ${goodMetadata}` },
      'artifact-digest-mismatch',
    ],
  ];
  test.each(cases)('that %s', async (_name, stages, code) => {
    const builder = await fake(stages);
    expect(await codeOf(builder.build())).toBe(code);
    expect(await leftovers(builder)).toEqual([]);
    expect(await readdir(join(builder.folder, 'site'))).toEqual([]);
  });

  test('tells its error event and the last lines of its log', async () => {
    const event =
      '{"event":"error","code":"mirror-unreachable","message":"No route to the mirror.","hint":"Check the cable."}';
    const builder = await fake({ compose: `echo '${event}'; echo last words >&2; exit 1` });
    const failure: unknown = await builder.build().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'builder-failed', message: 'No route to the mirror.' });
    expect((failure as SiteforgeError).detail).toMatch(/Check the cable\.[\s\S]*last words/);
  });

  test('tolerates some lines that are no events', async () => {
    const builder = await fake({ compose: `echo hello; echo '{"event":"unknown"}'; ${goodCompose}` });
    await builder.build();
    expect(builder.log).toEqual(expect.arrayContaining(['hello', '{"event":"unknown"}']));
  });

  test('that fills its output is read to the end with constant memory', async () => {
    const flood = 'head -c 200000000 /dev/zero | tr "\\0" x >&2; yes flood | head -n 1000000';
    const builder = await fake({ compose: `${flood}; ${goodCompose}` });
    const before = process.memoryUsage().rss;
    await builder.build();
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
    expect(Math.max(...builder.log.map((line) => line.length))).toBeLessThan(70_000);
  });

  test('gets no capability, no network and no writable tree when it assembles', async () => {
    const probe = `
grep -E 'CapEff|NoNewPrivs' /proc/self/status >&2; ls /sys/class/net >&2
if touch /tree/x 2>/dev/null; then echo tree-is-writable >&2; fi
stat -c 'volume %a' /config >&2; stat -c 'config %a' /config/siteforge.json >&2
`;
    const builder = await fake({ assemble: probe + goodAssemble + goodMetadata });
    await builder.build();
    const log = builder.log.join('\n');
    expect(log).toMatch(/NoNewPrivs:\t1/);
    expect(log).toMatch(/volume 700[\s\S]*config 600/);
    expect(log).not.toMatch(/eth0|tree-is-writable/);
    // CAP_SYS_ADMIN is bit 21.
    const capabilities = BigInt(`0x${/CapEff:\t([0-9a-f]+)/.exec(log)?.[1]}`);
    expect(capabilities & (1n << 21n)).toBe(0n);
  });
});

test('refuses to start when the disk has too little room, with figures', async () => {
  const builder = await fake();
  await mkdir(builder.places.cache, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', builder.places.cache]);
  try {
    const failure: unknown = await builder.build().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/3\.0 GiB; 64\.0 MiB are free/),
    });
  } finally {
    execFileSync('umount', [builder.places.cache]);
  }
});

test('refuses to start when the image cannot be put where it belongs', async () => {
  const builder = await fake();
  const site = join(builder.folder, 'site');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', site]);
  try {
    const failure: unknown = await builder.build().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({
      code: 'file-not-writable',
      message: expect.stringContaining('mounted read-only'),
    });
    expect(builder.events).toEqual([]);
  } finally {
    execFileSync('umount', [site]);
  }
});

test('refuses an image that is larger than its limit', async () => {
  const builder = await fake();
  expect(await codeOf(builder.build({ sizeLimit: 3 }))).toBe('image-too-large');
  expect(await stat(join(builder.folder, 'site/out')).catch(() => 'absent')).toBe('absent');
});
