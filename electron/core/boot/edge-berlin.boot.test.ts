import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleBuild, exampleBuild } from '../build/edge-berlin.test-support.ts';
import { analyseSite } from '../site/analyse-site.ts';
import { readSite } from '../site/read-site.ts';
import { hostStamp } from '../stamp/host-stamp.ts';
import { stampToFile } from '../stamp/stamp-file.ts';
import { openStampable } from '../stamp/stampable-image.ts';
import { bootImage } from './boot-image.ts';

let example: ExampleBuild;

beforeAll(async () => {
  example = await exampleBuild();
  const job = await example.build();
  expect(job.failure).toBeUndefined();
});

afterAll(() => example.remove());

// The main job, seen from the machine's own console. Without hardware support a boot takes two to six minutes.
const machines = [
  {
    host: 'cp-1',
    firmware: 'bios',
    medium: 'cd',
    macs: ['52:54:00:20:11:01', '52:54:00:20:11:02'],
    address: { interface: 'bond0.100', address: '10.20.0.11/24' },
  },
  {
    host: 'wk-1',
    firmware: 'uefi',
    medium: 'usb',
    macs: ['52:54:00:20:21:01', '52:54:00:20:21:02'],
    address: { interface: 'bond0.100', address: '10.20.0.21/24' },
  },
] as const;

test.each(machines)('the example comes up as $host with $firmware from $medium', async (expected) => {
  const { host, firmware, medium, macs, address } = expected;
  const image = join(example.outFolder, `${host}.iso`);
  const stamp = hostStamp(analyseSite(await readSite(example.siteFolder)), host);
  await stampToFile(await openStampable(join(example.outFolder, 'edge-node.iso')), stamp, image);
  const lines: string[] = [];
  const result = await bootImage({
    ...{ image, firmware, medium, timeoutSeconds: 840, nics: macs.map((mac) => ({ mac })) },
    onLine: (line) => lines.push(line),
  });
  expect(result.outcome, lines.slice(-40).join('\n')).toBe('reached');
  expect(result.status).toMatchObject({
    host,
    fqdn: `${host}.edge.example`,
    cloudInit: { status: 'done', errors: [] },
  });
  expect(result.status?.addresses).toContainEqual(address);
});
