import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installSystemPackages, thisSystem } from './install-system-packages.mjs';
import { cacheFolder } from './places.mjs';
import { asRoot, findPrivilege } from './privilege.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { enginePackages, instructionsByHand } from './system-packages.mjs';

const PING_LIMIT_MS = 3000;
/** A first start on a slow disk sets up its storage and firewall rules; measured here: 1 to 3 s. */
const START_LIMIT_MS = 60_000;

/**
 * A container engine that answers.
 * @typedef {object} Engine
 * @property {string} host as for DOCKER_HOST
 * @property {boolean} isDefault whether the command line finds it without DOCKER_HOST
 * @property {boolean} throughGroup whether this process has to enter the group `docker` first, with sg(1): the
 *   account was added to the group after it had logged in
 */

/**
 * The places where a local engine listens, in the order of trying.
 *
 * @param {{environment: Readonly<Record<string, string | undefined>>, platform: string, home: string, uid?: number}} about
 * @returns {string[]} as for DOCKER_HOST
 */
export function engineHosts({ environment, platform, home, uid }) {
  if (environment.DOCKER_HOST) return [environment.DOCKER_HOST];
  if (platform === 'win32')
    return ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/podman-machine-default'];
  // Where no session manager sets the variable (sudo -iu, cron), systemd's place is still the one that is used.
  const run = environment.XDG_RUNTIME_DIR ?? (uid === undefined ? undefined : `/run/user/${uid}`);
  const sockets = ['/var/run/docker.sock'];
  if (run) sockets.push(`${run}/docker.sock`, `${run}/podman/podman.sock`);
  sockets.push(
    '/run/podman/podman.sock',
    `${home}/.docker/run/docker.sock`,
    `${home}/.docker/desktop/docker.sock`,
  );
  if (platform === 'darwin') {
    sockets.push(
      `${home}/.colima/default/docker.sock`,
      `${home}/.local/share/containers/podman/machine/podman.sock`,
      `${home}/.orbstack/run/docker.sock`,
    );
  }
  return sockets.map((socket) => `unix://${socket}`);
}

/**
 * @param {string} host as for DOCKER_HOST
 * @returns {{socketPath: string} | {hostname: string, port: number} | undefined} nothing for what cannot be asked over
 *   plain HTTP (ssh://, or TLS with client certificates)
 */
export function pingTarget(host) {
  const local = /^(?:unix|npipe):\/\/(.+)$/.exec(host);
  if (local?.[1]) return { socketPath: local[1].replaceAll('/', process.platform === 'win32' ? '\\' : '/') };
  const remote = /^(?:tcp|http):\/\/(\[[^\]]+\]|[^/:]+)(?::(\d+))?\/?$/.exec(host);
  if (remote?.[1]) return { hostname: remote[1].replace(/^\[|\]$/g, ''), port: Number(remote[2] ?? 2375) };
  return undefined;
}

/**
 * @param {string} host as for DOCKER_HOST
 * @returns {Promise<'answers' | 'forbidden' | 'silent'>}
 */
export function ping(host) {
  const target = pingTarget(host);
  if (!target) return Promise.resolve('silent');
  return new Promise((done) => {
    const call = request({ ...target, path: '/_ping', timeout: PING_LIMIT_MS }, (response) => {
      response.resume();
      done(response.statusCode === 200 ? 'answers' : 'silent');
    });
    call.once('timeout', () => call.destroy(new Error('no answer')));
    call.once('error', (error) => {
      done(/** @type {NodeJS.ErrnoException} */ (error).code === 'EACCES' ? 'forbidden' : 'silent');
    });
    call.end();
  });
}

/**
 * @returns {Promise<{engine?: Engine, forbidden?: string}>} `forbidden`: an engine is there but refuses this account
 */
export async function findEngine() {
  const { env: environment, platform } = process;
  const hosts = engineHosts({ environment, platform, home: homedir(), uid: process.getuid?.() });
  /** @type {string | undefined} */
  let forbidden;
  for (const [at, host] of hosts.entries()) {
    const result = await ping(host);
    if (result === 'answers') return { engine: { host, isDefault: at === 0, throughGroup: false } };
    if (result === 'forbidden') forbidden ??= host;
  }
  return { forbidden };
}

/** What of this kernel decides on packages beside the engine's own. */
function kernelFeatures() {
  const apparmor = '/sys/module/apparmor/parameters/enabled';
  const groups = '/sys/fs/cgroup';
  return {
    apparmor: existsSync(apparmor) && readFileSync(apparmor, 'utf8').startsWith('Y'),
    cgroups: existsSync(groups) && readdirSync(groups).length > 0,
  };
}

/**
 * Makes sure that an engine answers: a running one is used as it is, otherwise Debian's is installed and started.
 *
 * @param {import('./journal.mjs').Journal} journal
 * @returns {Promise<{engine: Engine, outcome: import('./journal.mjs').StepOutcome}>}
 */
export async function ensureEngine(journal) {
  const found = await findEngine();
  if (found.engine)
    return { engine: found.engine, outcome: { state: 'already there', note: found.engine.host } };
  if (process.env.DOCKER_HOST) return takeConfigured(process.env.DOCKER_HOST);
  const notes = [];
  if (!found.forbidden) {
    const installed = await installSystemPackages(journal, {
      packages: enginePackages(kernelFeatures()),
      kind: 'engine',
      needed: async () => 'No container engine answers: neither Docker nor Podman is running.',
    });
    if (installed.state === 'done') notes.push('installed');
    const again = await findEngine();
    if (!again.engine && !again.forbidden) notes.push(await startEngine(journal));
  }
  const now = await findEngine();
  if (now.engine)
    return { engine: now.engine, outcome: { state: 'done', note: [...notes, now.engine.host].join(', ') } };
  const engine = await enterGroup(journal, now.forbidden);
  return { engine, outcome: { state: 'done', note: [...notes, 'through the group docker'].join(', ') } };
}

/**
 * @param {string} host
 * @returns {{engine: Engine, outcome: import('./journal.mjs').StepOutcome}}
 */
function takeConfigured(host) {
  if (!pingTarget(host)) {
    return {
      engine: { host, isDefault: true, throughGroup: false },
      outcome: { state: 'skipped', note: `DOCKER_HOST=${host} is taken on trust` },
    };
  }
  throw new SetUpFailure(
    `DOCKER_HOST is set to ${host}, and nothing answers there.`,
    'Start that engine, or unset DOCKER_HOST to use one of this machine, and run this command again.',
  );
}

/**
 * @param {import('./journal.mjs').Journal} journal
 * @returns {Promise<string>} how it was started
 */
async function startEngine(journal) {
  const privilege = await findPrivilege();
  if (!privilege) {
    const { family, name } = thisSystem();
    throw new SetUpFailure(
      'A container engine is installed but does not run, and this account cannot start it.',
      `As root start it (systemctl start docker), or:\n${instructionsByHand({ platform: process.platform, family, name, kind: 'engine', names: ['docker.io'] })}`,
    );
  }
  if (existsSync('/run/systemd/system')) {
    const result = await runCommand(asRoot(privilege, ['systemctl', 'start', 'docker']), {
      onOutput: journal.record,
    });
    if (result.status === 0 && (await waitForEngine())) return 'started by systemd';
    const status = await runCommand(['systemctl', 'status', '--no-pager', '--full', 'docker']);
    throw new SetUpFailure(
      'The container engine did not start.',
      'Look at the lines above and at `journalctl -u docker`, then run this command again.',
      `${result.output}\n${status.output}`,
    );
  }
  return startDaemonDirectly(privilege);
}

/**
 * Where systemd does not run (a container, a chroot, another init) the daemon is started as it is. It outlives us, and
 * ends with the machine.
 *
 * @param {import('./privilege.mjs').Privilege} privilege
 * @returns {Promise<string>}
 */
async function startDaemonDirectly(privilege) {
  const log = join(cacheFolder(), 'logs', 'dockerd.log');
  mkdirSync(join(cacheFolder(), 'logs'), { recursive: true });
  if (privilege.asks) await runCommand([...privilege.prefix, '-v']);
  // Debian installs it in /usr/sbin, which is not on an ordinary user's PATH.
  const daemon = existsSync('/usr/sbin/dockerd') ? '/usr/sbin/dockerd' : 'dockerd';
  const [program = daemon, ...args] = asRoot(privilege, [daemon, '--log-level=warn']);
  const output = openSync(log, 'w');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', output, output], cwd: '/' });
  const failed = new Promise((done) => child.once('error', done).once('exit', done)).then(() => false);
  const started = await Promise.race([waitForEngine(), failed]);
  child.unref();
  if (started) return `started, its log is ${log}`;
  throw new SetUpFailure(
    'The container engine did not start (dockerd).',
    `Its log is ${log}. In a container it needs the capabilities of an engine; elsewhere Podman may do:\n` +
      'start an engine yourself, set DOCKER_HOST if it listens at an unusual place, and run this command again.',
    existsSync(log) ? readFileSync(log, 'utf8') : '',
  );
}

/** @returns {Promise<boolean>} whether an engine is there before the time is up, even one that refuses us */
async function waitForEngine() {
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end) {
    const { engine, forbidden } = await findEngine();
    if (engine || forbidden) return true;
    await sleep(250);
  }
  return false;
}

/**
 * An engine of the system lets in root and the group `docker` only. The account joins the group, which counts from its
 * next login; until then commands enter the group with sg(1).
 *
 * @param {import('./journal.mjs').Journal} journal
 * @param {string | undefined} host
 * @returns {Promise<Engine>}
 */
async function enterGroup(journal, host) {
  const user = userInfo().username;
  const byHand = `Run once:\n  sudo usermod -aG docker ${user}\nthen log out and in, and run this command again.\nMembers of that group can act as root on this machine.`;
  const failure = new SetUpFailure(
    `The container engine at ${host ?? 'its socket'} refuses this account.`,
    byHand,
  );
  if (host !== 'unix:///var/run/docker.sock') throw failure;
  const enter = () => runCommand(throughGroup(['true']));
  if ((await enter()).status !== 0) {
    const privilege = await findPrivilege();
    if (!privilege) throw failure;
    journal.say(`  (${user} joins the group docker, whose members can act as root on this machine)`);
    await runCommand(asRoot(privilege, ['usermod', '-aG', 'docker', user]), { onOutput: journal.record });
    if ((await enter()).status !== 0) throw failure;
  }
  return { host, isDefault: true, throughGroup: true };
}

/**
 * A command run in the group `docker`. sg(1) takes one string for a shell, so every word is quoted.
 *
 * @param {readonly string[]} command
 * @returns {string[]}
 */
export function throughGroup(command) {
  return ['sg', 'docker', '-c', command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')];
}

/**
 * @param {Engine} engine
 * @returns {Record<string, string | undefined>} the environment for commands that talk to it
 */
export function engineEnvironment(engine) {
  return engine.isDefault ? { ...process.env } : { ...process.env, DOCKER_HOST: engine.host };
}
