import { setTimeout as sleep } from 'node:timers/promises';
import { SiteforgeError } from '#shared/errors.ts';
import type { JobEvent } from '#shared/job.ts';
import type { BuilderConfig } from '#shared/site/builder-config.ts';
import { proxies } from '../engine/builder-image.ts';
import { type Engine, isAnswering } from '../engine/connect-engine.ts';
import { homeLabel, jobLabel, runContainer } from '../engine/run-container.ts';
import { BuilderOutput, isStop } from './builder-output.ts';
import { configName } from './volume.ts';

/** Docker 20.10 goes 0.2 s after its last container has ended. */
const leavingMilliseconds = 2000;
const askMilliseconds = 200;

export interface BuilderRun {
  readonly engine: Engine;
  readonly image: string;
  readonly stage: 'compose' | 'assemble';
  readonly config: BuilderConfig;
  readonly volume: string;
  /** Package archives and downloads that builds share. */
  readonly cache?: string;
  /** A finished tree, mounted read-only. */
  readonly tree?: string;
  readonly job: string;
  readonly home: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
  readonly onLog: (lines: readonly string[]) => Promise<void>;
}

/**
 * Runs one stage of the builder. Only compose gets a capability and the network: what it does is Debian's package
 * installation; assembling touches nothing but files.
 */
export async function runBuilder(run: BuilderRun): Promise<BuilderOutput> {
  const output = new BuilderOutput(run.onEvent, run.onLog);
  const composing = run.stage === 'compose';
  const status = await runContainer(run.engine, {
    image: run.image,
    command: [run.stage],
    environment: environmentOf(run.config),
    mounts: [
      { source: run.volume, target: '/config' },
      ...(run.cache === undefined ? [] : [{ source: run.cache, target: '/cache' }]),
      ...(run.tree === undefined ? [] : [{ source: run.tree, target: '/tree', readOnly: true }]),
    ],
    capabilities: composing ? ['SYS_ADMIN'] : [],
    network: composing ? 'default' : 'none',
    unconfinedAppArmor: composing,
    labels: labelsOf(run),
    signal: run.signal,
    onLines: (stream, lines) => output.take(stream, lines),
  });
  if (isStop(status)) await requireEngineStays(run.engine);
  output.requireSuccess(status);
  return output;
}

/** An engine that is being stopped, or whose machine is being switched off, stops its containers before it goes. */
async function requireEngineStays(engine: Engine): Promise<void> {
  for (let waited = 0; waited < leavingMilliseconds; waited += askMilliseconds) {
    if (!(await isAnswering(engine))) throw new SiteforgeError('engine-lost', { where: engine.label });
    await sleep(askMilliseconds);
  }
}

/** What a container is found by when the process that started it was killed. */
export function labelsOf({
  job,
  home,
}: {
  readonly job: string;
  readonly home: string;
}): Record<string, string> {
  return { [jobLabel]: job, [homeLabel]: home };
}

/** The variables of the contract; those of Airship's image builder are set as well. */
function environmentOf(config: BuilderConfig): Record<string, string> {
  return {
    BUILDER_CONFIG: `/config/${configName}`,
    IMAGE_TYPE: config.builder.imageType,
    USER_DATA_FILE: 'user-data',
    NET_CONFIG_FILE: 'network-config',
    OUTPUT_FILE_NAME: config.builder.outputFileName,
    OUTPUT_METADATA_FILE_NAME: config.builder.outputMetadataFileName,
    ...proxies(),
  };
}
