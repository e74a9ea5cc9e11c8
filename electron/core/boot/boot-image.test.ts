import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BootResult, bootImage } from './boot-image.ts';
import { describeBoot } from './describe-boot.ts';
import { findUefiFirmware } from './firmware.ts';
import { qemuArguments } from './qemu-command.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const base = { firmware: 'bios', medium: 'cd', timeoutSeconds: 20 } as const;

let folder: string;
let image: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siteforge-boot-test-'));
  image = join(folder, 'x.iso');
  await writeFile(image, Buffer.alloc(65_536));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the command of QEMU', () => {
  const machine = {
    image: '/images/a,b=c.iso',
    uefi: undefined,
    medium: 'cd',
    memoryMiB: 2048,
    cpus: 2,
    macs: ['52:54:00:00:00:01'],
  } as const;

  it('opens a disc read-only and a stick as a snapshot, with commas in the name', () => {
    expect(qemuArguments(machine, 'tcg').join(' ')).toContain(
      'file=/images/a,,b=c.iso,media=cdrom,readonly=on',
    );
    const usb = qemuArguments({ ...machine, medium: 'usb' }, 'tcg').join(' ');
    expect(usb).toContain('file=/images/a,,b=c.iso,snapshot=on');
    expect(usb).toContain('usb-storage');
  });

  it('keeps the network to itself', () => {
    expect(qemuArguments(machine, 'tcg').join(' ')).toContain(
      '-netdev user,id=net0,restrict=on -device virtio-net-pci,netdev=net0,mac=52:54:00:00:00:01',
    );
    expect(qemuArguments({ ...machine, macs: [] }, 'tcg').join(' ')).not.toContain('-netdev');
  });

  it('writes to the copy of the firmware variables only', () => {
    const uefi = { code: '/fw/code.fd', variables: '/tmp/vars.fd' };
    const args = qemuArguments({ ...machine, uefi }, 'kvm').join(' ');
    expect(args).toContain('readonly=on,file=/fw/code.fd');
    expect(args).toContain('readonly=off,file=/tmp/vars.fd');
    expect(args).toContain('-accel kvm -cpu host');
    // With these flags Linux clears and copies memory in a way that emulation is slow at.
    expect(qemuArguments(machine, 'tcg').join(' ')).toContain('-cpu max,erms=off,fsrm=off ');
  });
});

describe('a boot that cannot start', () => {
  it('names the program that is missing', async () => {
    const options = { ...base, image, qemu: join(folder, 'none') };
    await expect(bootImage(options)).rejects.toEqual(code('qemu-missing'));
  });

  it('names the firmware that is missing, and where it was looked for', async () => {
    const places = [{ code: join(folder, 'code.fd'), variables: image }];
    await expect(findUefiFirmware(places)).rejects.toMatchObject({
      code: 'firmware-missing',
      detail: expect.stringContaining('code.fd'),
    });
  });

  it.each([
    ['a MAC', { nics: [{ mac: '52:54:00:00:00:01,id=x' }] }],
    ['a memory', { memoryMiB: 1.5 }],
    ['a number of processors', { cpus: 0 }],
    ['a timeout', { timeoutSeconds: 1e7 }],
  ])('refuses %s that cannot be', async (_, wrong) => {
    await expect(bootImage({ ...base, image, ...wrong })).rejects.toEqual(code('usage'));
  });

  it('does not begin after an abort', async () => {
    const signal = AbortSignal.abort();
    await expect(bootImage({ ...base, image, signal })).rejects.toEqual(code('cancelled'));
  });
});

describe('an emulator that misbehaves', () => {
  const emulator = async (script: string): Promise<string> => {
    const path = join(folder, 'qemu');
    const version = '[ "$1" = --version ] && exit 0';
    await writeFile(path, `#!/bin/sh\n${version}\necho $$ > ${join(folder, 'pid')}\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };
  const isRunning = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  it('is told with what it said when it ends with an error', async () => {
    const qemu = await emulator('echo "no such machine" >&2; exit 1');
    await expect(bootImage({ ...base, image, qemu })).rejects.toMatchObject({
      code: 'boot-failed',
      detail: expect.stringContaining('no such machine'),
    });
  });

  it('is killed when it does not hear, after a timeout and after an abort', async () => {
    const qemu = await emulator('trap "" TERM; echo up; while :; do sleep 0.1; done');
    const result = await bootImage({ ...base, image, qemu, timeoutSeconds: 0.5 });
    expect(result).toMatchObject({ outcome: 'timeout', lastLines: ['up'] });
    expect(isRunning(Number(await readFile(join(folder, 'pid'), 'utf8')))).toBe(false);

    const controller = new AbortController();
    const onLine = (): void => controller.abort();
    await expect(bootImage({ ...base, image, qemu, onLine, signal: controller.signal })).rejects.toEqual(
      code('cancelled'),
    );
    expect(isRunning(Number(await readFile(join(folder, 'pid'), 'utf8')))).toBe(false);
  }, 20_000);

  it('leaves no temporary folder', async () => {
    const mine = async (): Promise<string[]> =>
      (await readdir(folder)).filter((name) => name.startsWith('siteforge-boot-') && !name.includes('test'));
    vi.stubEnv('TMPDIR', folder);
    try {
      const qemu = await emulator(`ls ${folder} > ${join(folder, 'seen')}; exit 0`);
      expect(await bootImage({ ...base, image, qemu })).toMatchObject({ outcome: 'stopped' });
      expect(await readFile(join(folder, 'seen'), 'utf8')).toMatch(/siteforge-boot-/);
      expect(await mine()).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('the description of a boot', () => {
  const result: BootResult = {
    outcome: 'reached',
    accelerator: 'tcg',
    seconds: 93.25,
    milestones: [
      { id: 'firmware', seconds: 0.2, line: 'SeaBIOS' },
      { id: 'status', seconds: 93.1, line: 'siteforge-status' },
    ],
    status: {
      host: 'cp-1',
      fqdn: 'cp-1.edge.example',
      addresses: [{ interface: 'uplink0', address: '10.20.0.11/24' }],
      cloudInit: { status: 'done', errors: [], datasource: 'nocloud' },
      seconds: 90,
    },
    statusProblem: undefined,
    lastLines: ['x'],
  };

  it('tells the milestones and what the host says of itself', () => {
    expect(describeBoot(result)).toBe(
      [
        'The image came up. (93.3 s, by emulation)',
        '     0.2 s  firmware',
        '    93.1 s  status of the host',
        'Host cp-1.edge.example, cloud-init done (nocloud)',
        '  uplink0  10.20.0.11/24',
      ].join('\n'),
    );
  });

  it('shows the last lines of the console when it went wrong', () => {
    const text = describeBoot({
      ...result,
      outcome: 'panic',
      status: undefined,
      lastLines: ['Kernel panic'],
    });
    expect(text).toMatch(/The kernel panicked\.[\s\S]*Last lines of the console:\n {2}Kernel panic$/);
  });

  it('asks for a serial console when nothing appeared', () => {
    const silent = {
      ...result,
      outcome: 'timeout',
      status: undefined,
      milestones: [],
      lastLines: [],
    } as const;
    expect(describeBoot(silent)).toContain('console=ttyS0');
  });
});
