import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { type Accelerator, acceleratorArguments, headlessArguments } from './qemu-command.ts';

/** With real KVM the firmware talks after some 0.3 s; a machine under load gets ten times that. */
const probeMilliseconds = 4000;

let remembered: Promise<Accelerator> | undefined;

/**
 * KVM where it runs a guest, otherwise emulation. That /dev/kvm can be opened says little: in nested and restricted
 * machines a guest then dies at its first instructions. So one runs for a moment, once per process.
 */
export function findAccelerator(qemu: string): Promise<Accelerator> {
  remembered ??= probe(qemu);
  return remembered;
}

/** For a guest that died of KVM in spite of the probe: emulation from now on. */
export function distrustKvm(): void {
  remembered = Promise.resolve('tcg');
}

async function probe(qemu: string): Promise<Accelerator> {
  const open = await access('/dev/kvm', constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  return open && (await runsFirmware(qemu)) ? 'kvm' : 'tcg';
}

/** Whether a guest of two processors without any medium comes as far as finding nothing to boot. */
function runsFirmware(qemu: string): Promise<boolean> {
  const args = [...acceleratorArguments('kvm'), ...headlessArguments, '-m', '64', '-smp', '2'];
  const child = spawn(qemu, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve) => {
    let output = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), probeMilliseconds);
    child.stdout.on('data', (bytes: Buffer) => {
      output = (output + bytes.toString('latin1')).slice(-4096);
      if (output.includes('No bootable device')) child.kill('SIGKILL');
    });
    child.on('error', () => undefined);
    child.on('close', () => {
      clearTimeout(timer);
      resolve(output.includes('No bootable device'));
    });
  });
}
