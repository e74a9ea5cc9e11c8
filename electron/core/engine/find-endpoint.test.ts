import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectEngine } from './connect-engine.ts';
import { findEndpoints } from './find-endpoint.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'siteforge-home-'));
});
afterEach(() => rm(home, { recursive: true }));

async function addContext(name: string, host: string): Promise<void> {
  const folder = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
  await mkdir(folder, { recursive: true });
  const meta = { Name: name, Endpoints: { docker: { Host: host } } };
  await writeFile(join(folder, 'meta.json'), JSON.stringify(meta));
}

test('takes DOCKER_HOST alone', () => {
  const environment = { DOCKER_HOST: 'unix:///run/other.sock' };
  expect(findEndpoints({ environment, home })).toEqual([{ type: 'socket', path: '/run/other.sock' }]);
});

test('tries the current context first, then the usual sockets', async () => {
  await addContext('rootless', 'unix:///run/user/7/docker.sock');
  await writeFile(join(home, '.docker/config.json'), '{"currentContext": "rootless"}');
  const paths = findEndpoints({ environment: { XDG_RUNTIME_DIR: '/run/user/7' }, home }).map((endpoint) =>
    endpoint.type === 'socket' ? endpoint.path : '',
  );
  expect(paths[0]).toBe('/run/user/7/docker.sock');
  expect(paths).toEqual(expect.arrayContaining(['/var/run/docker.sock', '/run/user/7/podman/podman.sock']));
});

test('takes a named context, and refuses one on another machine', async () => {
  await addContext('near', 'unix:///run/near.sock');
  await addContext('far', 'ssh://engineer@far.example');
  const environment = { DOCKER_HOST: 'unix:///run/other.sock' };
  expect(findEndpoints({ context: 'near', environment, home })).toEqual([
    { type: 'socket', path: '/run/near.sock' },
  ]);
  expect(() => findEndpoints({ context: 'far', environment, home })).toThrow(
    expect.objectContaining({ code: 'engine-refused' }),
  );
  expect(() => findEndpoints({ context: 'none', environment, home })).toThrow(
    expect.objectContaining({ code: 'engine-absent' }),
  );
});

test('survives a broken configuration of the docker command line', async () => {
  await mkdir(join(home, '.docker'));
  await writeFile(join(home, '.docker/config.json'), '{"currentContext": 7,');
  expect(findEndpoints({ environment: {}, home }).length).toBeGreaterThan(3);
});

test('says that no engine answers, with what was tried', async () => {
  const environment = { DOCKER_HOST: `unix://${home}/none.sock` };
  await expect(connectEngine({ environment, home })).rejects.toMatchObject({
    code: 'engine-absent',
    detail: expect.stringContaining('none.sock: ENOENT'),
  });
});
