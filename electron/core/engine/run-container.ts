import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { SiteforgeError } from '#shared/errors.ts';
import { type Engine, isAnswering } from './connect-engine.ts';
import { Demultiplexer, type OutputStream } from './demultiplex.ts';
import { engineFailure, statusOf } from './engine-failures.ts';
import { LineSplitter } from './lines.ts';

export const jobLabel = 'org.siteforge.job';
/** Tells the containers of one data folder from those of another (tests, other accounts). */
export const homeLabel = 'org.siteforge.home';

/** A folder of this machine, and where the container sees it. */
export interface ContainerMount {
  readonly source: string;
  readonly target: string;
  readonly readOnly?: boolean;
}

export interface ContainerRun {
  readonly image: string;
  /** In place of the image's own. */
  readonly entrypoint?: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly ContainerMount[];
  readonly capabilities: readonly string[];
  readonly network: 'default' | 'none';
  readonly unconfinedAppArmor: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Awaited: a slow receiver slows the container down instead of filling memory. */
  readonly onLines: (stream: OutputStream, lines: readonly string[]) => void | Promise<void>;
}

/** Seconds between SIGTERM and SIGKILL. */
const stopSeconds = 5;
const askMilliseconds = 2000;
const askSoonMilliseconds = 100;
/** The engine closes the output when the container has ended; a connection that stays open is not waited for. */
const drainMilliseconds = 10_000;

/**
 * Runs a container to its end and removes it in every case. Answers its exit status. Throws `cancelled` when the
 * signal was given, `engine-lost` when the engine died meanwhile, and `engine-refused`.
 */
export async function runContainer(engine: Engine, run: ContainerRun): Promise<number> {
  run.signal.throwIfAborted();
  const container = await engine.docker.createContainer(optionsOf(run)).catch((thrown: unknown) => {
    throw engineFailure(thrown, run.image);
  });
  try {
    return await runToEnd(engine, container, run);
  } finally {
    await removeContainer(container);
  }
}

function optionsOf(run: ContainerRun): Dockerode.ContainerCreateOptions {
  return {
    Image: run.image,
    Cmd: [...run.command],
    ...(run.entrypoint === undefined ? {} : { Entrypoint: [...run.entrypoint] }),
    Env: Object.entries(run.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { ...run.labels },
    Tty: false,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      // Not "Binds": those are split at colons, which a folder may have, and make a missing folder as root.
      Mounts: run.mounts.map(({ source, target, readOnly }) => ({
        Type: 'bind',
        Source: source,
        Target: target,
        ReadOnly: readOnly === true,
      })),
      CapAdd: [...run.capabilities],
      SecurityOpt: ['no-new-privileges', ...(run.unconfinedAppArmor ? ['apparmor=unconfined'] : [])],
      ...(run.network === 'none' ? { NetworkMode: 'none' } : {}),
      // The output goes to the job's log. A copy kept by the engine would fill its disk without a bound.
      LogConfig: { Type: 'none', Config: {} },
    },
  };
}

async function runToEnd(engine: Engine, container: Dockerode.Container, run: ContainerRun): Promise<number> {
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopContainer(container);
  };
  const output = await container
    .attach({ stream: true, stdout: true, stderr: true })
    .catch((thrown: unknown) => {
      throw engineFailure(thrown, run.image);
    });
  run.signal.addEventListener('abort', stop, { once: true });
  try {
    const read = readOutput(output, run.onLines);
    // A failure of the receiver (a full disk) ends the container; the read is awaited below in any case.
    read.catch(stop);
    if (run.signal.aborted) stop();
    else await container.start();
    const status = await exitStatusOf(container, read, () => stopping !== undefined);
    await Promise.race([read, sleep(drainMilliseconds, undefined, { ref: false })]);
    run.signal.throwIfAborted();
    return status;
  } catch (thrown) {
    if (run.signal.aborted) throw new SiteforgeError('cancelled', { cause: thrown });
    if (!(await isAnswering(engine)))
      throw new SiteforgeError('engine-lost', { where: engine.label, cause: thrown });
    throw engineFailure(thrown, run.image);
  } finally {
    run.signal.removeEventListener('abort', stop);
    await stopping;
    if ('destroy' in output && typeof output.destroy === 'function') output.destroy();
  }
}

/**
 * Waits for the end by asking: at once when the output ends, and now and then before. The engine's own "wait" sends
 * its header early, and dockerode then never notices that the connection broke; each question here does.
 */
async function exitStatusOf(
  container: Dockerode.Container,
  read: Promise<void>,
  isStopping: () => boolean,
): Promise<number> {
  let ended = false;
  const outputEnd = read
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  for (;;) {
    const { State } = await container.inspect();
    if (!State.Running && State.Status !== 'created') return State.ExitCode;
    if (isStopping() && State.Status === 'created') return State.ExitCode;
    if (ended || isStopping()) await sleep(askSoonMilliseconds);
    else await Promise.race([outputEnd, sleep(askMilliseconds)]);
  }
}

async function readOutput(output: NodeJS.ReadableStream, onLines: ContainerRun['onLines']): Promise<void> {
  const demultiplexer = new Demultiplexer();
  const splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  for await (const chunk of output) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (const piece of demultiplexer.push(bytes)) {
      const lines = splitters[piece.stream].push(piece.bytes);
      if (lines.length > 0) await onLines(piece.stream, lines);
    }
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const lines = splitters[stream].end();
    if (lines.length > 0) await onLines(stream, lines);
  }
}

/** SIGTERM, five seconds, SIGKILL: the engine does both. One that was never started is nothing to stop. */
async function stopContainer(container: Dockerode.Container): Promise<void> {
  await container.stop({ t: stopSeconds }).catch(() => undefined);
}

/** Removes a container with its anonymous volumes, running or not. One that is gone already is fine. */
export async function removeContainer(container: Dockerode.Container): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await container.remove({ force: true, v: true });
      return;
    } catch (thrown) {
      const status = statusOf(thrown);
      // 409: a removal is under way; 500: a mount is busy for a moment. Without a status, the engine is gone.
      if (status === undefined || status === 404) return;
      await sleep(300);
    }
  }
}
