import { join } from 'node:path';
import { SiteforgeError, toFailure } from '#shared/errors.ts';
import type { Artifact, Job, JobEvent } from '#shared/job.ts';
import { readBuilderSources } from '../engine/builder-image.ts';
import { connectEngine } from '../engine/connect-engine.ts';
import { emptyFolderThroughEngine } from '../engine/empty-folder.ts';
import { removeLeftoverContainers } from '../engine/leftover-containers.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { RunningJob } from '../jobs/running-job.ts';
import type { Places } from '../places.ts';
import type { SiteSecrets } from '../secrets/site-secrets.ts';
import type { SiteSnapshot } from '../site/read-site.ts';
import { buildImage } from './build-image.ts';
import type { PlannedImage } from './plan-build.ts';
import { labelsOf } from './run-builder.ts';

export interface BuildOrder {
  readonly snapshot: SiteSnapshot;
  readonly image: string;
  /** What to build; see `planBuild`. Asked for when the build's turn has come; a throw fails the job. */
  readonly plan: () => PlannedImage;
  /** Whether packages come from the mirror as it is now, in spite of what the cache has. */
  readonly refresh?: boolean | undefined;
  /** `out` in the site when left out. */
  readonly outFolder?: string | undefined;
  readonly engineContext?: string | undefined;
  /** Of the site: their values never get into the log, events or manifest of the build. */
  readonly secrets?: SiteSecrets | undefined;
}

export interface StartedBuild {
  /** The job as it was recorded: queued. */
  readonly job: Job;
  /** Resolves with the finished job; never rejects. */
  readonly done: Promise<Job>;
  cancel(): void;
}

/** The builds of this process: one at a time, in the order in which they were started; others wait, queued. */
export class Builds {
  readonly #jobs: JobStore;
  readonly #places: Places;
  readonly #started = new Map<string, { cancel: () => void; done: Promise<Job> }>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(jobs: JobStore, places: Places) {
    this.#jobs = jobs;
    this.#places = places;
  }

  async start(order: BuildOrder): Promise<StartedBuild> {
    const { snapshot } = order;
    const outFolder = order.outFolder ?? join(snapshot.folder, 'out');
    const running = await this.#jobs.create(snapshot.siteId, order.image, {
      siteFolder: snapshot.folder,
      outFolder,
    });
    running.record({ type: 'state', at: Date.now(), state: 'queued' });
    const queued = running.job;
    const controller = new AbortController();
    const done = this.#turn.then(() => this.#run(running, order, controller.signal));
    this.#turn = done;
    const cancel = () => controller.abort(new SiteforgeError('cancelled'));
    this.#started.set(queued.id, { cancel, done });
    void done.then(() => this.#started.delete(queued.id));
    return { job: queued, done, cancel };
  }

  /** Throws `job-not-found` for a job that does not run here. Resolves when the job has ended. */
  async cancel(jobId: string): Promise<void> {
    const started = this.#started.get(jobId);
    if (started === undefined) throw new SiteforgeError('job-not-found', { where: jobId });
    started.cancel();
    await started.done;
  }

  /** Whether a build runs or waits. */
  get busy(): boolean {
    return this.#started.size > 0;
  }

  /** Cancels everything and waits for it: before the process ends. */
  async close(): Promise<void> {
    const all = [...this.#started.values()];
    for (const { cancel } of all) cancel();
    await Promise.all(all.map(({ done }) => done));
  }

  async #run(running: RunningJob, order: BuildOrder, signal: AbortSignal): Promise<Job> {
    try {
      signal.throwIfAborted();
      running.record({ type: 'state', at: Date.now(), state: 'preparing' });
      await order.secrets?.rememberAll();
      const plan = order.plan();
      await running.keepDocuments(plan.documents);
      const artifact = await buildImage({
        image: order.image,
        config: plan.config,
        refresh: order.refresh,
        sizeLimit: plan.sizeLimit,
        documents: plan.documents,
        siteFolder: running.head.siteFolder,
        outFolder: running.head.outFolder,
        places: this.#places,
        engineContext: order.engineContext,
        job: running.job.id,
        volume: running.paths.volume,
        signal,
        onEvent: (event) => running.record(event),
        onLog: (lines) => running.log(lines),
      });
      return await running.finish(successOf(artifact));
    } catch (thrown) {
      return await running.finish(failureOf(thrown, signal)).catch(() => running.job);
    }
  }
}

function successOf(artifact: Artifact): JobEvent[] {
  const at = Date.now();
  return [
    { type: 'artifact', at, artifact },
    { type: 'state', at, state: 'succeeded' },
  ];
}

/** Whatever was thrown after the signal was given is a consequence of it. */
function failureOf(thrown: unknown, signal: AbortSignal): JobEvent[] {
  const at = Date.now();
  const cancelled = signal.aborted;
  const failure = toFailure(cancelled ? new SiteforgeError('cancelled') : thrown);
  return [
    { type: 'failure', at, failure },
    { type: 'state', at, state: cancelled ? 'cancelled' : 'failed' },
  ];
}

/**
 * Cleans up after processes that were killed: marks their jobs as lost, removes their private folders, and their
 * containers if an engine answers. To be called once at the start; answers the jobs that were lost.
 */
export async function recoverJobs(jobs: JobStore, places: Places, engineContext?: string): Promise<Job[]> {
  const { lost, stuck } = await jobs.recover();
  if (lost.length === 0 && stuck.length === 0) return lost;
  try {
    const engine = await connectEngine({ context: engineContext });
    await removeLeftoverContainers(engine, places.data, (job) => jobs.isRunning(job));
    if (stuck.length === 0) return lost;
    const { image } = await readBuilderSources(places.builder);
    for (const folder of stuck) {
      await emptyFolderThroughEngine(engine, image, folder, labelsOf({ job: 'clean-up', home: places.data }));
    }
    await jobs.recover();
  } catch {
    // Without an engine nothing more can be removed now; a start that finds something to clean up tries again.
  }
  return lost;
}
