import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { fileFailure } from '../files/file-failures.ts';
import { distrustKvm, findAccelerator } from './accelerator.ts';
import { findUefiFirmware, type UefiFirmware } from './firmware.ts';
import type { BootFailure, Milestone } from './milestones.ts';
import type { Accelerator, Machine } from './qemu-command.ts';
import { requireQemu, runMachine } from './run-machine.ts';
import type { SiteStatus } from './site-status.ts';

export interface BootOptions {
  /** An ISO or raw image, or a block device. It is never written to. */
  readonly image: string;
  readonly firmware: 'bios' | 'uefi';
  readonly medium: 'cd' | 'usb';
  /** What on the console counts as having come up; without it, the status line of an image of ours. */
  readonly until?: RegExp;
  /** Emulation on a laptop takes 75 to 120 s to the end of cloud-init. */
  readonly timeoutSeconds: number;
  readonly memoryMiB?: number;
  readonly cpus?: number;
  /** Network cards, in order, on an isolated network. A host's network-config often looks for its MACs. */
  readonly nics?: readonly { readonly mac: string }[];
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string, seconds: number) => void;
  readonly onMilestone?: (milestone: Milestone) => void;
  /** The program, when not on the path. */
  readonly qemu?: string;
}

/** `stopped`: the machine was switched off or restarted from inside. */
export type BootOutcome = 'reached' | 'timeout' | 'stopped' | BootFailure;

export interface BootResult {
  readonly outcome: BootOutcome;
  readonly accelerator: Accelerator;
  readonly seconds: number;
  readonly milestones: readonly Milestone[];
  readonly status: SiteStatus | undefined;
  /** Why a status line was seen but not understood. */
  readonly statusProblem: string | undefined;
  /** The last lines of the console. */
  readonly lastLines: readonly string[];
}

const macPattern = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;

/**
 * Boots an image in a QEMU machine and watches its serial console. Neither a process nor a file of it is left, however
 * it ends. Errors: `qemu-missing`, `firmware-missing`, `file-not-found`, `boot-failed` (QEMU itself failed),
 * `cancelled`, `usage` (a MAC, memory or processor number that cannot be).
 */
export async function bootImage(options: BootOptions): Promise<BootResult> {
  const { signal } = options;
  if (signal?.aborted === true) throw new SiteforgeError('cancelled');
  requireSense(options);
  const qemu = options.qemu ?? 'qemu-system-x86_64';
  await requireQemu(qemu);
  await requireImage(options.image);
  const template = options.firmware === 'uefi' ? await findUefiFirmware() : undefined;
  const folder = await mkdtemp(join(tmpdir(), 'siteforge-boot-'));
  try {
    const run = async (accelerator: Accelerator) => {
      const machine = await prepareMachine(options, template, folder);
      return runMachine({ ...options, qemu, machine, accelerator, folder });
    };
    const first = await run(await findAccelerator(qemu));
    if (first !== 'accelerator-failed') return first;
    distrustKvm();
    const second = await run('tcg');
    if (second !== 'accelerator-failed') return second;
    throw new SiteforgeError('boot-failed', { where: options.image });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function requireSense({ nics, memoryMiB, cpus, timeoutSeconds }: BootOptions): void {
  const refuse = (message: string): never => {
    throw new SiteforgeError('usage', { message });
  };
  for (const { mac } of nics ?? []) {
    if (!macPattern.test(mac)) refuse(`${JSON.stringify(mac)} is not a MAC address.`);
  }
  const whole = (value: number | undefined, least: number, most: number): boolean =>
    value === undefined || (Number.isInteger(value) && value >= least && value <= most);
  if (!whole(memoryMiB, 128, 1_048_576)) refuse('The memory of the machine must be 128 MiB to 1 TiB.');
  if (!whole(cpus, 1, 255)) refuse('The machine must have 1 to 255 processors.');
  // Longer timers fire at once (they count in 32 bits of milliseconds).
  if (!(timeoutSeconds > 0 && timeoutSeconds <= 86_400))
    refuse('The timeout must be above 0 and at most a day.');
}

async function requireImage(image: string): Promise<void> {
  const status = await stat(image).catch((thrown: unknown) => {
    throw fileFailure(thrown, image, 'read');
  });
  if (status.isFile() || status.isBlockDevice()) return;
  throw new SiteforgeError('file-not-readable', { where: image, message: `${image} is not an image.` });
}

/** Every run has fresh firmware variables: an old boot order would hide a medium that does not boot. */
async function prepareMachine(
  options: BootOptions,
  template: UefiFirmware | undefined,
  folder: string,
): Promise<Machine> {
  const variables = join(folder, 'uefi-variables.fd');
  if (template !== undefined) await copyFile(template.variables, variables);
  return {
    image: resolve(options.image),
    uefi: template && { code: template.code, variables },
    medium: options.medium,
    memoryMiB: options.memoryMiB ?? 2048,
    cpus: options.cpus ?? 2,
    macs: (options.nics ?? []).map((nic) => nic.mac),
  };
}
