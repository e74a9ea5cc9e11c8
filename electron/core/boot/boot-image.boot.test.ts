import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootImage } from './boot-image.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-boot-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The 8086 program of a boot sector; it is loaded at 0x7c00 and finds its text behind itself. */
const writeSecondSector = [
  ...[0x31, 0xc0, 0x8e, 0xc0, 0xbb, 0x00, 0x7c], // es:bx = 0:0x7c00
  ...[0xb8, 0x01, 0x03, 0xb9, 0x02, 0x00, 0xb6, 0x00, 0xcd, 0x13], // write one sector: cylinder 0, head 0, sector 2
];
/** SeaBIOS sends what is left of its own words in the timer's interrupt: they would stand in the middle of ours. */
const letFirmwareFinish = [
  ...[0xfb, 0xb9, 0x14, 0x00], // interrupts on; 20 ticks of 55 ms
  ...[0xf4, 0xe2, 0xfd], // wait for one, again
];
const printText = (textAt: number): number[] => [
  ...[0x31, 0xc0, 0x8e, 0xd8, 0xbe, textAt & 0xff, textAt >> 8, 0xfc], // ds:si = the text
  ...[0xac, 0x84, 0xc0, 0x74, 0x12, 0x88, 0xc3], // the next character, out of the loop at zero
  ...[0xba, 0xfd, 0x03, 0xec, 0xa8, 0x20, 0x74, 0xfb], // wait for the serial port
  ...[0x88, 0xd8, 0xba, 0xf8, 0x03, 0xee, 0xeb, 0xe9], // send, again
];
const halt = [0xf4, 0xeb, 0xfd];
const reset = [0xb0, 0xfe, 0xe6, 0x64, 0xeb, 0xfe];

async function bootSector(name: string, text: string, end: readonly number[] = halt): Promise<string> {
  const before = [...writeSecondSector, ...letFirmwareFinish];
  const length = before.length + printText(0).length + end.length;
  const image = Buffer.alloc(1024 * 1024);
  Buffer.from([...before, ...printText(0x7c00 + length), ...end]).copy(image);
  image.write(`${text}\0`, length, 'latin1');
  image.writeUInt16BE(0x55aa, 510);
  const path = join(folder, name);
  await writeFile(path, image);
  return path;
}

const status =
  'siteforge-status {"host":"n1","addresses":[],"cloudInit":{"status":"done","errors":[]},"seconds":1}\r\n';
const base = { firmware: 'bios', medium: 'usb', timeoutSeconds: 60, memoryMiB: 128, cpus: 1 } as const;

describe('a machine', () => {
  it('runs what a stick holds, reads its console, and leaves the image as it was', async () => {
    const image = await bootSector('a, stick.img', status);
    const before = await readFile(image);
    const lines: string[] = [];
    const result = await bootImage({
      ...base,
      image,
      nics: [{ mac: '52:54:00:00:00:01' }],
      onLine: (line) => lines.push(line),
    });
    expect(result).toMatchObject({ outcome: 'reached', status: { host: 'n1' } });
    expect(result.milestones.map((each) => each.id)).toEqual(['firmware', 'status']);
    expect(lines.some((line) => line.startsWith('SeaBIOS'))).toBe(true);
    expect((await readFile(image)).equals(before)).toBe(true);
  });

  it('ends with what the kernel says when it panics', async () => {
    const image = await bootSector('panic.img', 'Kernel panic - not syncing: test\r\n');
    expect(await bootImage({ ...base, image })).toMatchObject({ outcome: 'panic', status: undefined });
  });

  it('ends when it restarts itself', async () => {
    const image = await bootSector('reset.img', 'bye\r\n', reset);
    expect(await bootImage({ ...base, image })).toMatchObject({ outcome: 'stopped' });
  });

  it('ends in time when nothing comes', async () => {
    const image = await bootSector('silent.img', 'hello\r\n');
    const result = await bootImage({ ...base, image, timeoutSeconds: 12 });
    expect(result.outcome).toBe('timeout');
    expect(result.seconds).toBeLessThan(18);
    expect(result.lastLines.at(-1)).toMatch(/hello$/);
  });

  it('ends at once when it is aborted', async () => {
    const image = await bootSector('abort.img', 'hello\r\n');
    const controller = new AbortController();
    const started = performance.now();
    const running = bootImage({
      ...base,
      image,
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it.each(['cd', 'usb'] as const)('finds nothing to boot on an empty %s with BIOS', async (medium) => {
    const image = join(folder, 'empty.img');
    await writeFile(image, Buffer.alloc(1024 * 1024));
    expect(await bootImage({ ...base, image, medium })).toMatchObject({ outcome: 'no-boot' });
  });

  it('finds nothing to boot on an empty stick with UEFI', async () => {
    const image = join(folder, 'empty-uefi.img');
    await writeFile(image, Buffer.alloc(1024 * 1024));
    const result = await bootImage({ ...base, image, firmware: 'uefi', memoryMiB: 256, timeoutSeconds: 120 });
    expect(result.outcome).toBe('no-boot');
  });
});
