import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { CHECKOUT } from './places.mjs';

/**
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @param {string} [platform]
 * @returns {boolean} whether a window can be shown
 */
export function hasDisplay(environment = process.env, platform = process.platform) {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** Chromium refuses to run its sandbox as root. */
export const runsAsRoot = () => process.platform === 'linux' && process.getuid?.() === 0;

/**
 * Arguments for Electron to show a site.
 *
 * @param {readonly string[]} args for the application, the site's folder for instance
 * @returns {string[]}
 */
export function windowArguments(args) {
  return [...(runsAsRoot() ? ['--no-sandbox'] : []), CHECKOUT, ...args];
}

/**
 * What keeps Chromium's sandbox from working for ordinary users on some distributions.
 *
 * @returns {string | undefined}
 */
export function sandboxObstacle() {
  const restricted = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (runsAsRoot() || !existsSync(restricted) || readFileSync(restricted, 'utf8').trim() !== '1')
    return undefined;
  return (
    'This system restricts user namespaces, which the sandbox of the window needs. If no window appears, run once:\n' +
    '  sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0'
  );
}

/**
 * Opens the application so that it outlives this process.
 *
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 * @param {readonly string[]} args
 * @param {string} log path of a file that takes what it prints
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {Promise<boolean>} false when it ended within the first two seconds, as it does when it cannot start
 */
export function openDetached(runtime, args, log, environment) {
  const output = openSync(log, 'a');
  const child = spawn(runtime.executable, windowArguments(args), {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...environment },
  });
  return new Promise((done) => {
    const survived = setTimeout(() => {
      child.unref();
      done(true);
    }, 2000);
    /** @param {boolean} well */
    const ended = (well) => {
      clearTimeout(survived);
      done(well);
    };
    // Status 0 that early is a second instance that handed its site to the first one.
    child.once('error', () => ended(false)).once('exit', (code) => ended(code === 0));
  });
}
