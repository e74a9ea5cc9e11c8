import { spawn } from 'node:child_process';
import { SetUpFailure } from './set-up-failure.mjs';

/** Xvfb answers within a second; a loaded machine may take some. */
const START_LIMIT_MS = 20_000;

/**
 * Starts an X server without a screen for as long as `use` runs. The server picks a free display number itself and
 * tells it on file descriptor 3 (Xserver(1), -displayfd), so that runs side by side do not meet.
 *
 * @template T
 * @param {(display: string) => Promise<T>} use gets the value for DISPLAY
 * @returns {Promise<T>}
 */
export async function withVirtualDisplay(use) {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  server.stderr?.setEncoding('utf8').on('data', (text) => (complaints += text));
  try {
    return await use(`:${await displayNumber(server, () => complaints)}`);
  } finally {
    server.kill();
  }
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @param {() => string} complaints
 * @returns {Promise<string>}
 */
function displayNumber(server, complaints) {
  return new Promise((found, refuse) => {
    const fail = () => {
      clearTimeout(limit);
      refuse(
        new SetUpFailure(
          'Xvfb did not start.',
          'Is the package xvfb installed and /tmp writable?',
          complaints(),
        ),
      );
    };
    const limit = setTimeout(fail, START_LIMIT_MS);
    server.once('error', fail).once('exit', fail);
    let text = '';
    const numbers = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
    numbers.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      const number = /^(\d+)\n/.exec(text)?.[1];
      if (number === undefined) return;
      clearTimeout(limit);
      found(number);
    });
  });
}
