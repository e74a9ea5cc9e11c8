import { readFileSync } from 'node:fs';
import { asRoot, findPrivilege } from './privilege.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import {
  instructionsByHand,
  missingPackages,
  namesToInstall,
  parseCandidates,
  parseInstalled,
  parseOsRelease,
} from './system-packages.mjs';

/** apt asks nothing, and waits this long for another apt that holds its lock (unattended upgrades at boot). */
const APT = Object.freeze(['apt-get', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0', '-q']);
const QUIET = Object.freeze({ DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' });

/** @returns {ReturnType<typeof parseOsRelease>} */
export function thisSystem() {
  try {
    return parseOsRelease(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return parseOsRelease('');
  }
}

/**
 * Installs what is missing of a list on Debian and its kin; elsewhere only says what to install when `needed` says
 * that it is really missing (package names of other systems cannot be looked up from here).
 *
 * @param {import('./journal.mjs').Journal} journal
 * @param {{packages: readonly import('./system-packages.mjs').SystemPackage[], kind: 'quickstart' | 'engine' | 'test',
 *   needed?: () => Promise<string | undefined>}} want `needed`: what does not work, where packages cannot be counted
 * @returns {Promise<import('./journal.mjs').StepOutcome>}
 */
export async function installSystemPackages(journal, want) {
  const system = thisSystem();
  const byHand = { platform: process.platform, family: system.family, name: system.name, kind: want.kind };
  const names = want.packages.flatMap((one) => one.names);
  if (process.platform !== 'linux' || system.family !== 'debian') {
    const lack = await want.needed?.();
    if (lack === undefined)
      return { state: 'skipped', note: `${system.name}: packages are yours to install` };
    throw new SetUpFailure(
      lack,
      instructionsByHand({ ...byHand, names: want.packages.map((one) => one.names.at(-1) ?? '') }),
    );
  }
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const query = ['dpkg-query', '-W', '-f', '${db:Status-Status} ${Package}\n', ...names];
  const missing = missingPackages(want.packages, parseInstalled((await runCommand(query)).stdout));
  if (missing.length === 0) return { state: 'already there' };
  const privilege = await findPrivilege();
  if (!privilege) {
    const list = missing.map((one) => one.names.at(-1) ?? one.names[0]);
    throw new SetUpFailure(
      'Debian packages are missing, and this account cannot act as root.',
      instructionsByHand({ ...byHand, names: list }),
    );
  }
  if (privilege.asks) journal.say('  (sudo may ask for your password)');
  return install(journal, privilege, missing);
}

/**
 * @param {import('./journal.mjs').Journal} journal
 * @param {import('./privilege.mjs').Privilege} privilege
 * @param {readonly import('./system-packages.mjs').SystemPackage[]} missing
 * @returns {Promise<import('./journal.mjs').StepOutcome>}
 */
async function install(journal, privilege, missing) {
  // A broken source that has nothing to do with us fails the update as a whole; what counts is the installation.
  const update = await runCommand(asRoot(privilege, [...APT, 'update'], QUIET), { onOutput: journal.record });
  const policy = await runCommand(['apt-cache', 'policy', ...missing.flatMap((one) => one.names)], {
    environment: { ...process.env, LC_ALL: 'C' },
  });
  const names = namesToInstall(missing, parseCandidates(policy.stdout));
  const command = [...APT, 'install', '-y', '--no-install-recommends', ...names];
  const result = await runCommand(asRoot(privilege, command, QUIET), { onOutput: journal.record });
  if (result.status === 0)
    return {
      state: 'done',
      note: names.length === 1 ? 'one package asked for' : `${names.length} packages asked for`,
    };
  const updateFailed = update.status !== 0 ? `${update.output}\n` : '';
  throw new SetUpFailure(
    `apt-get could not install: ${names.join(' ')}`,
    'Look at the lines above. "Unable to locate" or "Failed to fetch" means that no Debian mirror was in reach:\n' +
      'check the network, the proxy and /etc/apt/sources.list*, then run this command again.',
    updateFailed + result.output,
  );
}
