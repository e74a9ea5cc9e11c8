import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { digestOf } from '../files/file-digest.ts';
import type { Engine } from './connect-engine.ts';
import { type DebianSources, debianSourcesOfThisMachine, sourceLine } from './debian-sources.ts';
import { engineFailure } from './engine-failures.ts';
import { readEngineMessages } from './engine-messages.ts';
import { type ImageReport, inStep } from './image-steps.ts';
import { LineSplitter } from './lines.ts';

/** The release that the builder image itself runs; the images that it builds may be of others. */
const release = 'bookworm';
const pulled = { repository: 'debian', tag: `${release}-slim` };
/** A registry in reach starts to answer within seconds; without a network, waiting longer only costs time. */
const pullMilliseconds = 20_000;

const hint =
  'debootstrap is needed once, and the right to run it: as root, or through sudo without a password.';

/** Mirrors as a site names them. */
export interface SiteMirrors {
  readonly mirror?: string | undefined;
  readonly securityMirror?: string | undefined;
}

/**
 * What a base is bootstrapped from, and its apt reads afterwards: the mirrors that a site names, alone, or what this
 * machine's own apt uses for the release, its updates and its security suite.
 */
export async function sourcesOfBase({ mirror, securityMirror }: SiteMirrors = {}): Promise<DebianSources> {
  const suite = `${release}-security`;
  const security = securityMirror === undefined ? [] : [{ uri: securityMirror, suite, options: [] }];
  if (mirror !== undefined)
    return { sources: [{ uri: mirror, suite: release, options: [] }, ...security], passedOver: [] };
  const own = await debianSourcesOfThisMachine(release);
  if (security.length === 0 || own.sources.length === 0) return own;
  return { ...own, sources: [...own.sources.filter((each) => each.suite !== suite), ...security] };
}

/** A base of other sources is another one: what one site's mirror gave is not built on for another site. */
function bootstrappedFrom({ sources }: DebianSources): { repository: string; tag: string } {
  const digest = digestOf(sources.map(sourceLine).join('\n'));
  return { repository: 'siteforge/base', tag: `${release}-amd64-${digest.slice(0, 12)}` };
}

/**
 * The name of an image to build on: one that the engine has, one pulled from a registry, or one that is bootstrapped
 * from `from`. Throws `base-bootstrap-failed`.
 */
export async function ensureBaseImage(
  engine: Engine,
  report: ImageReport,
  from: DebianSources,
): Promise<string> {
  const bootstrapped = bootstrappedFrom(from);
  for (const { repository, tag } of [pulled, bootstrapped]) {
    if (await hasImage(engine, `${repository}:${tag}`)) return `${repository}:${tag}`;
  }
  return inStep(report.onEvent, 'image.base', `Debian ${release} as the base of the builder`, async () => {
    if (await pull(engine, report)) return `${pulled.repository}:${pulled.tag}`;
    await bootstrap(engine, report, from, bootstrapped);
    return `${bootstrapped.repository}:${bootstrapped.tag}`;
  });
}

export async function hasImage(engine: Engine, name: string): Promise<boolean> {
  return engine.docker
    .getImage(name)
    .inspect()
    .then(
      () => true,
      () => false,
    );
}

async function pull(engine: Engine, report: ImageReport): Promise<boolean> {
  const name = `${pulled.repository}:${pulled.tag}`;
  const signal = AbortSignal.any([report.signal, AbortSignal.timeout(pullMilliseconds)]);
  try {
    const answer = await engine.docker.pull(name, { abortSignal: signal });
    const error = await readEngineMessages(answer, signal, report.onLog);
    if (error === undefined) return true;
    await report.onLog(`${name} cannot be pulled: ${error}`);
  } catch (thrown) {
    report.signal.throwIfAborted();
    await report.onLog(`${name} cannot be pulled: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  return false;
}

/**
 * Makes a base from Debian mirrors and gives it to the engine as `image`. Nothing of it stays on this machine.
 * Throws `base-bootstrap-failed`.
 */
export async function bootstrap(
  engine: Engine,
  report: ImageReport,
  { sources, passedOver }: DebianSources,
  image = bootstrappedFrom({ sources, passedOver }),
): Promise<void> {
  for (const reason of passedOver) await report.onLog(`Not used for the base: ${reason}`);
  const mirror = sources[0]?.uri;
  if (mirror === undefined) {
    throw failed(
      'The apt sources of this machine name no Debian mirror that a builder can use.',
      [...passedOver, 'Name one as "mirror" in site.yaml.'].join('\n'),
    );
  }
  if (!sources.some(({ suite }) => suite.endsWith('-security'))) {
    await report.onLog(`No security suite is known for ${release}: packages come as they were released.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'siteforge-base-'));
  const elevated = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  try {
    const target = join(folder, 'root');
    await report.onLog(`Bootstrapping ${release} from ${mirror}`);
    const secure = sources.some(({ uri }) => uri.startsWith('https:')) ? ['--include=ca-certificates'] : [];
    const command = ['debootstrap', '--variant=minbase', ...secure, release, target, mirror];
    await runLogged([...elevated, ...(await namespaces(elevated)), ...command], elevated, report);
    // Through a file of this account: the tree belongs to root.
    const list = join(folder, 'sources.list');
    await writeFile(list, `${sources.map(sourceLine).join('\n')}\n`, { mode: 0o644 });
    const place = ['cp', '--no-preserve=ownership', list, join(target, 'etc/apt/sources.list')];
    if ((await run([...elevated, ...place])) !== 0) throw failed('The sources could not be written.', hint);
    await importFolder(engine, target, elevated, image, report);
  } finally {
    await run([...elevated, 'rm', '-rf', '--one-file-system', folder]);
  }
}

/**
 * debootstrap mounts /proc in its target and starts programs that outlive it when it is killed. In namespaces of its
 * own, both go with it. Where they are not allowed (in some containers) it runs without.
 */
async function namespaces(elevated: readonly string[]): Promise<string[]> {
  const own = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return (await run([...elevated, ...own, 'true'])) === 0 ? own : [];
}

/** The exit status of a command whose output does not matter; null when it could not be run. */
async function run([program = '', ...parameters]: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { stdio: 'ignore' });
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
}

async function runLogged(
  command: readonly string[],
  elevated: readonly string[],
  report: ImageReport,
): Promise<void> {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8', PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` },
    // A process group of its own, so that it can be killed with all that it started.
    detached: true,
  });
  const stop = () => void run([...elevated, 'kill', '-KILL', '--', `-${child.pid}`]);
  report.signal.addEventListener('abort', stop, { once: true });
  let last = '';
  const follow = async (stream: NodeJS.ReadableStream) => {
    const splitter = new LineSplitter();
    const take = async (lines: readonly string[]) => {
      for (const line of lines) {
        last = line;
        await report.onLog(line);
      }
    };
    for await (const chunk of stream) await take(splitter.push(Buffer.from(chunk)));
    await take(splitter.end());
  };
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  try {
    const [status] = await Promise.all([ended, follow(child.stdout), follow(child.stderr)]);
    report.signal.throwIfAborted();
    if (status !== 0) throw failed(`debootstrap ended with status ${status}: ${last}`, hint);
  } catch (thrown) {
    report.signal.throwIfAborted();
    if (thrown instanceof SiteforgeError) throw thrown;
    throw failed(
      `${program} could not be run.`,
      `${thrown instanceof Error ? thrown.message : thrown}\n${hint}`,
    );
  } finally {
    report.signal.removeEventListener('abort', stop);
  }
}

function failed(message: string, detail: string): SiteforgeError {
  return new SiteforgeError('base-bootstrap-failed', { message, detail });
}

async function importFolder(
  engine: Engine,
  folder: string,
  elevated: readonly string[],
  image: { readonly repository: string; readonly tag: string },
  report: ImageReport,
): Promise<void> {
  const [program = 'tar', ...rest] = [...elevated, 'tar'];
  // What the bootstrap left for itself, and what people would read, is dead weight in every layer above.
  const without = [
    ...['./var/cache/apt/archives/*.deb', './var/lib/apt/lists/*', './var/log/*', './dev/*'],
    ...['./usr/share/locale/*', './usr/share/man/*', './usr/share/info/*'],
  ];
  const child = spawn(
    program,
    [...rest, '--numeric-owner', '-C', folder, ...without.map((path) => `--exclude=${path}`), '-c', '.'],
    { stdio: ['ignore', 'pipe', 'ignore'], signal: report.signal },
  );
  child.on('error', () => undefined);
  try {
    const answer = await engine.docker.importImage(child.stdout, {
      repo: image.repository,
      tag: image.tag,
    });
    const error = await readEngineMessages(answer, report.signal, report.onLog);
    if (error !== undefined) throw failed('The engine refused the bootstrapped base.', error);
  } catch (thrown) {
    report.signal.throwIfAborted();
    throw engineFailure(thrown, `${image.repository}:${image.tag}`);
  } finally {
    child.kill();
  }
}
