import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Exit statuses that are no failure. */
  readonly statuses?: readonly number[];
  /** Called with every piece of output. */
  readonly onOutput?: (text: string) => void;
}

/** Runs a program and answers its standard output; throws with the end of its output when it fails. */
export async function run(command: readonly string[], options: CommandOptions = {}): Promise<string> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let all = '';
  const take = (text: string) => {
    all = (all + text).slice(-4000);
    options.onOutput?.(text);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    take(text);
  });
  child.stderr.setEncoding('utf8').on('data', take);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (status === null || !(options.statuses ?? [0]).includes(status))
    throw new Error(`${command.join(' ')} ended with status ${status}:\n${all}`);
  return stdout;
}
