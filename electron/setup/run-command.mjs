import { spawn } from 'node:child_process';

/** Enough for any message that matters; the log file has everything. */
const KEPT_OUTPUT = 256 * 1024;

/** Time between asking a process group to end and ending it. */
const GRACE_MS = 10_000;

/**
 * @typedef {object} CommandResult
 * @property {number} status exit status; 127 when the program does not exist, 124 when the time was up
 * @property {string} output standard output and standard error in order of arrival, the last 256 KiB
 * @property {string} stdout standard output alone, the last 256 KiB
 */

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string | undefined>>} [environment] the whole environment, not additions to it
 * @property {(text: string) => void} [onOutput] called with every piece of output as it comes
 * @property {number} [limitMs] after this time the command and everything that it started is ended
 */

/**
 * Runs a command without a shell, with no standard input, and waits for its end. Never throws: a program that does
 * not exist is status 127, as in a shell.
 *
 * @param {readonly string[]} command
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, options = {}) {
  const [program = '', ...args] = command;
  // A limit has to reach grandchildren (npm -> vitest -> QEMU), so such a command leads a process group. Others stay
  // in ours: sudo asks for a password only in the terminal's foreground group.
  const ownGroup = options.limitMs !== undefined && process.platform !== 'win32';
  return new Promise((done) => {
    let output = '';
    let stdout = '';
    let timedOut = false;
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: plain(options.environment ?? process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: ownGroup,
      windowsHide: true,
    });
    const end = endOfGroup(child, ownGroup);
    const expire = () => {
      timedOut = true;
      end();
    };
    const watch = options.limitMs ? setTimeout(expire, options.limitMs) : undefined;
    const interrupt = () => end();
    if (ownGroup) process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    /** @param {string} text */
    const take = (text) => {
      output = (output + text).slice(-KEPT_OUTPUT);
      options.onOutput?.(text);
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout = (stdout + text).slice(-KEPT_OUTPUT);
      take(text);
    });
    child.stderr.setEncoding('utf8').on('data', take);
    /** @param {number} status */
    const finish = (status) => {
      clearTimeout(watch);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      done({ status, output, stdout });
    };
    child.once('error', (error) => {
      take(`${program}: ${error.message}\n`);
      finish(127);
    });
    child.once('close', (code, signal) => {
      if (timedOut) take(`\nended after ${Math.round((options.limitMs ?? 0) / 1000)} s: the time was up\n`);
      finish(timedOut ? 124 : (code ?? (signal ? 128 : 1)));
    });
  });
}

/**
 * Output goes into a log file and may be shown again as text: no colours, even where something asks for them.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {Record<string, string | undefined>}
 */
function plain(environment) {
  const { FORCE_COLOR, ...rest } = environment;
  return { ...rest, NO_COLOR: '1' };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} ownGroup
 * @returns {() => void}
 */
function endOfGroup(child, ownGroup) {
  /** @param {NodeJS.Signals} signal */
  const send = (signal) => {
    try {
      if (ownGroup && child.pid !== undefined) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // The group is already gone, which is what was wanted.
    }
  };
  return () => {
    send('SIGTERM');
    setTimeout(() => send('SIGKILL'), GRACE_MS).unref();
  };
}

/**
 * Whether a program is there and answers `--version` or the arguments given. Debian leaves the folders of the system's
 * own programs off an ordinary user's PATH, though sudo finds them.
 *
 * @param {string} program
 * @param {readonly string[]} [args]
 * @returns {Promise<boolean>}
 */
export async function answers(program, args = ['--version']) {
  const environment = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  return (await runCommand([program, ...args], { environment })).status === 0;
}
