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

// Each firmware from each medium, seen from the machine's own console. Without hardware support a boot takes two to six
// minutes, so two of the four go to the end and two until the seed's network is up, a bit less than half of the way; and
// two run at a time, since most of a boot keeps one processor busy.
const whole = [
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
const untilSeed = [
  {
    host: 'wk-2',
    firmware: 'bios',
    medium: 'usb',
    macs: ['52:54:00:20:22:01', '52:54:00:20:22:02'],
    // cloud-init's table of the interfaces: the VLAN on the bond has the address that only this host's seed names.
    until: /ci-info: \| +bond0\.100 \| True \| +10\.20\.0\.22 /,
  },
  {
    host: 'cp-2',
    firmware: 'uefi',
    medium: 'cd',
    macs: ['52:54:00:20:12:01', '52:54:00:20:12:02'],
    until: /ci-info: \| +bond0\.100 \| True \| +10\.20\.0\.12 /,
  },
] as const;

async function boot(machine: (typeof whole | typeof untilSeed)[number]) {
  const { host, firmware, medium, macs } = machine;
  const image = join(example.outFolder, `${host}.iso`);
  const stamp = hostStamp(analyseSite(await readSite(example.siteFolder)), host);
  await stampToFile(await openStampable(join(example.outFolder, 'edge-node.iso')), stamp, image);
  const lines: string[] = [];
  const result = await bootImage({
    ...{ image, firmware, medium, timeoutSeconds: 840, nics: macs.map((mac) => ({ mac })) },
    ...('until' in machine ? { until: machine.until } : {}),
    onLine: (line) => lines.push(line),
  });
  expect(result.outcome, lines.slice(-40).join('\n')).toBe('reached');
  return { result, console: lines.join('\n') };
}

test.concurrent.each(whole)('the example comes up as $host with $firmware from $medium', async (machine) => {
  const { result } = await boot(machine);
  expect(result.status).toMatchObject({
    host: machine.host,
    fqdn: `${machine.host}.edge.example`,
    cloudInit: { status: 'done', errors: [] },
  });
  expect(result.status?.addresses).toContainEqual(machine.address);
});

test.concurrent.each(untilSeed)('$host finds its seed with $firmware from $medium', async (machine) => {
  const { result, console } = await boot(machine);
  expect(result.milestones.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['firmware', 'kernel', 'initramfs', 'systemd', 'cloud-init', 'until']),
  );
  expect(/\] efi: EFI v/.test(console)).toBe(machine.firmware === 'uefi');
  expect(/usb-storage \S+: USB Mass Storage device detected/.test(console)).toBe(machine.medium === 'usb');
});
