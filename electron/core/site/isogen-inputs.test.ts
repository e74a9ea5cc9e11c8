import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../cli/run-command.test-support.ts';
import { validate } from '../../cli/validate.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-isogen-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const configuration = (volume: string) => `builder:
  userDataFileName: user_data
  networkConfigFileName: network_data.json
container:
  volume: ${volume}:/config
  image: port/image-builder:latest-ubuntu_focal
`;

async function validated(...parameters: string[]) {
  const { status, out } = await runCommand(validate, ...parameters, '--json');
  const found = JSON.parse(out).map(
    (one: { range: { start: { line: number } }; severity: string; code: string }) =>
      `${one.range.start.line} ${one.severity} ${one.code}`,
  );
  return { status, found };
}

test('warns of a volume and of files that this machine does not have', async () => {
  const file = join(folder, 'isogen.yaml');
  await writeFile(file, configuration(join(folder, 'images')));
  expect(await validated(file)).toEqual({ status: 0, found: ['5 warning isogen-file'] });
  await mkdir(join(folder, 'images'));
  await writeFile(join(folder, 'images/user_data'), '#cloud-config\n');
  expect(await validated(file)).toEqual({ status: 0, found: ['3 warning isogen-file'] });
  await writeFile(join(folder, 'images/network_data.json'), '{}');
  expect(await validated(file)).toEqual({ status: 0, found: [] });
});

test('warns in a site too', async () => {
  await writeFile(join(folder, 'isogen.yaml'), configuration('/nowhere/at/all'));
  await writeFile(
    join(folder, 'site.yaml'),
    'apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: a}\nspec: {}\n',
  );
  expect(await validated(folder)).toEqual({ status: 0, found: ['5 warning isogen-file'] });
});
