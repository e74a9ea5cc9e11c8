import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { SiteforgeError } from '#shared/errors.ts';
import { connectEngine } from '../engine/connect-engine.ts';
import { removeLeftoverContainers } from '../engine/leftover-containers.ts';
import { type FakeBuilder, goodCompose } from './fake-builder.test-support.ts';
import { codeOf, containersOf, fake, leftovers, tidyBuilders } from './fake-builds.test-support.ts';

afterEach(tidyBuilders);

describe('cancelling', () => {
  const stubborn =
    'trap "" TERM; echo "{\\"event\\":\\"step\\",\\"id\\":\\"s\\",\\"title\\":\\"S\\",\\"state\\":\\"started\\",\\"at\\":1}"; while true; do sleep 1; done';

  test.each([
    ['a builder that ends on SIGTERM', 'trap "exit 1" TERM; while true; do sleep 0.2; done', 4000],
    ['a builder that ignores SIGTERM', stubborn, 9000],
  ])('ends %s and leaves nothing', async (_name, compose, milliseconds) => {
    const builder = await fake({ compose });
    const controller = new AbortController();
    const build = codeOf(builder.build({ signal: controller.signal }));
    await expect.poll(() => containersOf(builder), { timeout: 30_000 }).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const start = Date.now();
    controller.abort(new SiteforgeError('cancelled'));
    expect(await build).toBe('cancelled');
    expect(Date.now() - start).toBeLessThan(milliseconds);
    expect(await leftovers(builder)).toEqual([]);
  });

  test('before the start starts nothing', async () => {
    const builder = await fake();
    const signal = AbortSignal.abort(new SiteforgeError('cancelled'));
    expect(await codeOf(builder.build({ signal }))).toBe('cancelled');
    expect(await leftovers(builder)).toEqual([]);
  });

  test('while another process holds the tree stops waiting', async () => {
    const builder = await fake({ compose: `sleep 5; ${goodCompose}` });
    const first = builder.build();
    await expect.poll(() => containersOf(builder), { timeout: 30_000 }).toHaveLength(1);
    const controller = new AbortController();
    const second = codeOf(builder.build({ signal: controller.signal, job: 'fake-2' }));
    await expect.poll(() => builder.events.some(({ type }) => type === 'warning')).toBe(true);
    controller.abort(new SiteforgeError('cancelled'));
    expect(await second).toBe('cancelled');
    await first;
  });
});

/** Builds through a socket of its own, which goes away when it is told to, as that of an engine that ends. */
async function buildWithEngineThatLeaves(
  builder: FakeBuilder,
  meanwhile: (leave: () => void) => Promise<void>,
): Promise<SiteforgeError | undefined> {
  const path = join(builder.folder, 'engine.sock');
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect('/var/run/docker.sock');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const previous = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = `unix://${path}`;
  const leave = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  try {
    const build = builder.build().then(
      () => undefined,
      (thrown: SiteforgeError) => thrown,
    );
    await expect.poll(() => builder.log.includes('running'), { timeout: 60_000 }).toBe(true);
    await meanwhile(leave);
    return await build;
  } finally {
    leave();
    if (previous === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = previous;
  }
}

const waiting = (status: number) =>
  `trap "exit ${status}" TERM; echo running; while true; do sleep 0.2; done`;

async function stopContainers(builder: FakeBuilder): Promise<void> {
  for (const id of await containersOf(builder)) await (await connectEngine()).docker.getContainer(id).stop();
}

test('tells that the engine was lost when it goes away in the middle', async () => {
  const builder = await fake({ compose: waiting(1) });
  const failure = await buildWithEngineThatLeaves(builder, async (leave) => leave());
  expect(failure?.code).toBe('engine-lost');
  expect(await leftovers(builder)).toEqual([]);
  // The container could not be removed through an engine that is gone; the next start does it.
  expect(await removeLeftoverContainers(await connectEngine(), builder.places.data, () => false)).toEqual([
    'fake-1',
  ]);
});

test('tells that the engine was lost when it stops its containers before it goes', async () => {
  const builder = await fake({ compose: waiting(143) });
  const failure = await buildWithEngineThatLeaves(builder, async (leave) => {
    await stopContainers(builder);
    await new Promise((resolve) => setTimeout(resolve, 300));
    leave();
  });
  expect(failure?.code).toBe('engine-lost');
  await removeLeftoverContainers(await connectEngine(), builder.places.data, () => false);
});

test('tells of a container that somebody stopped', async () => {
  const builder = await fake({ compose: waiting(143) });
  const failure = await buildWithEngineThatLeaves(builder, () => stopContainers(builder));
  expect(failure).toMatchObject({ code: 'builder-failed', message: expect.stringContaining('from outside') });
  expect(failure?.detail).toContain('exit status 143');
});
