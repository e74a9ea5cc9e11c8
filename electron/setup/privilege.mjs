import { answers, runCommand } from './run-command.mjs';

/**
 * How this account may act as root.
 * @typedef {{prefix: readonly string[], asks: boolean}} Privilege
 *   `prefix` goes before a command; `asks` when sudo will ask for a password
 */

/**
 * @returns {Promise<Privilege | undefined>} nothing where root is out of reach
 */
export async function findPrivilege() {
  if (process.getuid?.() === 0) return { prefix: [], asks: false };
  if (process.platform !== 'linux' || !(await answers('sudo', ['-V']))) return undefined;
  // Without -n sudo would wait for a password on a terminal that may not be there (a pipeline, cron).
  if ((await runCommand(['sudo', '-n', 'true'])).status === 0) return { prefix: ['sudo', '-n'], asks: false };
  return process.stdin.isTTY ? { prefix: ['sudo'], asks: true } : undefined;
}

/**
 * A command as root with variables set: sudo drops the environment, so they go through env(1).
 *
 * @param {Privilege} privilege
 * @param {readonly string[]} command
 * @param {Readonly<Record<string, string>>} [variables]
 * @returns {string[]}
 */
export function asRoot(privilege, command, variables = {}) {
  const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return [...privilege.prefix, ...(settings.length > 0 ? ['env', ...settings] : []), ...command];
}
