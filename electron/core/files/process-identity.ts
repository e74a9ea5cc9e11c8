import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * A process that cannot be mistaken for a later one of the same number: process ids are reused, start times (in
 * clock ticks since boot, proc(5)) repeat only after a reboot, and the boot id tells reboots apart.
 */
export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  started: z.string(),
  boot: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startTimeOf(process.pid) ?? '', boot: bootId() };
}

export function isAlive(identity: ProcessIdentity): boolean {
  const started = startTimeOf(identity.pid);
  if (started !== undefined) return identity.boot === bootId() && identity.started === started;
  if (process.platform === 'linux') return false;
  try {
    process.kill(identity.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Field 22 of /proc/PID/stat. The command in field 2 may hold anything, so fields count from its last bracket. */
function startTimeOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
