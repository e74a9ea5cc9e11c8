import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { SiteforgeError } from '#shared/errors.ts';
import { errnoOf } from '../files/file-failures.ts';
import type { BootOptions, BootOutcome, BootResult } from './boot-image.ts';
import { ConsoleWatch } from './console-watch.ts';
import { type Accelerator, type Machine, qemuArguments } from './qemu-command.ts';

interface RunOptions extends BootOptions {
  readonly qemu: string;
  readonly machine: Machine;
  readonly accelerator: Accelerator;
  /** For QEMU's own temporary files. */
  readonly folder: string;
}

/** QEMU leaves on SIGTERM at once, unless it hangs in a read of a dying disk. */
const patienceMilliseconds = 3000;

/** `qemu-missing` unless the program can be started. */
export async function requireQemu(qemu: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile(qemu, ['--version'], { timeout: 20_000 }, (thrown) => {
      const missing = errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'EACCES';
      if (missing) reject(new SiteforgeError('qemu-missing', { where: qemu, cause: thrown }));
      else resolve();
    });
  });
}

type End = BootOutcome | 'cancelled' | 'accelerator-failed';

/** Runs the machine to its end, which is always that of the process too. */
export async function runMachine(options: RunOptions): Promise<BootResult | 'accelerator-failed'> {
  const { accelerator, signal } = options;
  const started = performance.now();
  const seconds = (): number => Math.round(performance.now() - started) / 1000;
  const child = spawn(options.qemu, qemuArguments(options.machine, accelerator), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: options.folder },
  });
  const killNow = (): void => void child.kill('SIGKILL');
  process.once('exit', killNow);

  let end: End | undefined;
  const finish = (how: End): void => {
    if (end !== undefined) return;
    end = how;
    terminate(child);
  };
  const watch = new ConsoleWatch({ ...options, seconds, onEnd: finish });
  const timer = setTimeout(() => finish('timeout'), options.timeoutSeconds * 1000);
  const cancel = (): void => finish('cancelled');
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted === true) cancel();
  let complaints = '';
  child.stdout.on('data', (bytes: Buffer) => watch.feed(bytes));
  child.stderr.on('data', (bytes: Buffer) => {
    complaints = (complaints + bytes.toString('utf8')).slice(-8192);
    if (accelerator === 'kvm' && complaints.includes('KVM internal error')) finish('accelerator-failed');
  });

  const exitCode = await closed(child);
  clearTimeout(timer);
  signal?.removeEventListener('abort', cancel);
  process.removeListener('exit', killNow);
  watch.end();

  const outcome = end ?? endOfItself(exitCode, accelerator, complaints, options.image);
  if (outcome === 'accelerator-failed') return outcome;
  if (outcome === 'cancelled') throw new SiteforgeError('cancelled');
  const { milestones, status, statusProblem, lastLines } = watch;
  return { outcome, accelerator, seconds: seconds(), milestones, status, statusProblem, lastLines };
}

function terminate(child: ChildProcess): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds);
  child.once('close', () => clearTimeout(timer));
}

/** The exit code; null after a signal or when it never ran. */
function closed(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  });
}

function endOfItself(
  exitCode: number | null,
  accelerator: Accelerator,
  complaints: string,
  where: string,
): End {
  if (exitCode === 0) return 'stopped';
  if (accelerator === 'kvm') return 'accelerator-failed';
  const detail = complaints.trim() || `exit status ${exitCode ?? 'none'}`;
  throw new SiteforgeError('boot-failed', { where, message: 'QEMU ended with an error.', detail });
}
