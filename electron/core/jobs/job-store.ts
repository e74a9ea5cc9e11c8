import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorTable, SiteforgeError } from '#shared/errors.ts';
import { type Artifact, isFinished, type Job, newJob, reduceJob } from '#shared/job.ts';
import { isAlive } from '../files/process-identity.ts';
import { EventFile, readEvents } from './event-file.ts';
import { type KeptDocument, readDocuments } from './job-documents.ts';
import { claimJob, type JobHead, pathsOfJob, readHead, readHeads, removeFolder } from './job-folder.ts';
import { type LogPage, readLog } from './log-file.ts';
import { RunningJob } from './running-job.ts';
import { type FoundLines, type LogSearch, searchLog } from './search-log.ts';

export interface JobChange {
  readonly job: Job;
  readonly logLines: number;
}

export interface ArtifactPlace {
  readonly artifact: Artifact;
  readonly job: Job;
  readonly path: string;
  readonly manifest: string;
}

const jobIdSchema = z.string().regex(/^[0-9a-z][0-9a-z-]{0,63}$/);

/** The jobs of a data folder. Several processes may use one folder: each runs its own jobs and sees all. */
export class JobStore {
  /** The folder that holds one folder a job. */
  readonly folder: string;
  readonly #running = new Map<string, RunningJob>();
  readonly #listeners = new Set<(change: JobChange) => void>();

  constructor(data: string) {
    this.folder = join(data, 'jobs');
  }

  /** Listens to changes of the jobs that run in this process, at most ten a second and job. */
  onChange(listener: (change: JobChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Records a new job, queued. */
  async create(
    site: string,
    image: string,
    folders: { siteFolder: string; outFolder: string },
  ): Promise<RunningJob> {
    const head = await claimJob(this.folder, site, image, folders);
    const running = await RunningJob.start(head, pathsOfJob(this.folder, head.record.id), (change) => {
      for (const listener of this.#listeners) listener(change);
      if (isFinished(change.job.state)) this.#running.delete(change.job.id);
    });
    this.#running.set(head.record.id, running);
    return running;
  }

  /** Newest first; all sites, or one. */
  async list(site?: string): Promise<Job[]> {
    const heads = (await readHeads(this.folder)).filter(
      ({ record }) => site === undefined || record.site === site,
    );
    // One whose events a dying disk does not give any more does not hide the others.
    const read = await Promise.all(heads.map((head) => this.#jobOf(head).catch(() => undefined)));
    const jobs = read.filter((job) => job !== undefined);
    return jobs.sort((a, b) => b.createdAt - a.createdAt || b.number - a.number);
  }

  /** Throws `job-not-found`. */
  async read(id: string): Promise<Job> {
    return this.#jobOf(await this.#headOf(id));
  }

  /** Lines of a job's log, counted from 0. Throws `job-not-found`. */
  async readLog(id: string, from: number, count: number): Promise<LogPage> {
    const head = await this.#headOf(id);
    await this.#running.get(head.record.id)?.flush();
    return readLog(pathsOfJob(this.folder, head.record.id).log, from, count);
  }

  /** A portion of a search in a job's log. Throws `job-not-found`. */
  async searchLog(id: string, search: LogSearch): Promise<FoundLines> {
    const head = await this.#headOf(id);
    await this.#running.get(head.record.id)?.flush();
    return searchLog(pathsOfJob(this.folder, head.record.id).log, search);
  }

  /** Forgets a finished job; artifacts stay where they are. Throws `job-not-found` or `request-invalid`. */
  async remove(id: string): Promise<void> {
    const job = await this.read(id);
    if (!isFinished(job.state)) {
      throw new SiteforgeError('request-invalid', {
        where: id,
        message: 'The job is running: cancel it first.',
      });
    }
    await removeFolder(pathsOfJob(this.folder, id).folder);
  }

  /** Where an artifact lies. Throws `job-not-found` or `artifact-missing`. */
  async findArtifact(artifactId: string): Promise<ArtifactPlace> {
    const head = await this.#headOf(artifactId.slice(0, artifactId.lastIndexOf('.')));
    const job = await this.#jobOf(head);
    const artifact = job.artifacts.find(({ id }) => id === artifactId);
    if (artifact === undefined) throw new SiteforgeError('artifact-missing', { where: artifactId });
    return {
      artifact,
      job,
      path: join(head.outFolder, artifact.name),
      manifest: manifestPath(head.outFolder, job.image),
    };
  }

  /** What the newest job that made this artifact made it from; undefined when no job of it is kept. */
  async documentsOf(site: string, sha256: string): Promise<readonly KeptDocument[] | undefined> {
    const heads = (await readHeads(this.folder)).filter(({ record }) => record.site === site);
    for (const head of heads.sort((a, b) => b.record.number - a.record.number)) {
      const job = await this.#jobOf(head).catch(() => undefined);
      if (job?.artifacts.some((artifact) => artifact.sha256 === sha256) !== true) continue;
      return readDocuments(pathsOfJob(this.folder, head.record.id).documents);
    }
    return undefined;
  }

  /** Whether some process still runs this job. */
  async isRunning(id: string): Promise<boolean> {
    const head = await readHead(this.folder, id);
    return head !== undefined && isAlive(head.process) && !isFinished((await this.#jobOf(head)).state);
  }

  /**
   * Marks as lost what was running when its process ended, and removes the private folders of such jobs. `stuck` are
   * those folders that this account cannot remove. Their containers need an engine: see `recoverJobs`.
   */
  async recover(): Promise<{ lost: Job[]; stuck: string[] }> {
    const lost: Job[] = [];
    const stuck: string[] = [];
    for (const head of await readHeads(this.folder)) {
      if (isAlive(head.process)) continue;
      const paths = pathsOfJob(this.folder, head.record.id);
      await removeFolder(paths.volume).catch(() => stuck.push(paths.volume));
      // One that a full or dying disk keeps from being marked stays as it is until the next start; the others are not.
      const job = await this.#markLost(head).catch(() => undefined);
      if (job !== undefined) lost.push(job);
    }
    return { lost, stuck };
  }

  /** Undefined for a job that had come to its end. */
  async #markLost(head: JobHead): Promise<Job | undefined> {
    if (isFinished((await this.#jobOf(head)).state)) return undefined;
    const events = new EventFile(pathsOfJob(this.folder, head.record.id).events);
    try {
      const at = Date.now();
      const { title, next } = errorTable['job-lost'];
      events.append({ type: 'failure', at, failure: { code: 'job-lost', message: `${title}.`, next } });
      events.append({ type: 'state', at, state: 'lost' });
    } finally {
      events.close();
    }
    return this.#jobOf(head);
  }

  async #headOf(id: string): Promise<JobHead> {
    const head = jobIdSchema.safeParse(id).success ? await readHead(this.folder, id) : undefined;
    if (head === undefined) throw new SiteforgeError('job-not-found', { where: id });
    return head;
  }

  async #jobOf(head: JobHead): Promise<Job> {
    const running = this.#running.get(head.record.id);
    if (running !== undefined) return running.job;
    const events = await readEvents(pathsOfJob(this.folder, head.record.id).events);
    const job = events.reduce(reduceJob, newJob(head.record));
    if (job.artifacts.length === 0) return job;
    const artifacts = job.artifacts.map(async (artifact) => ({
      ...artifact,
      present: await isPresent(head.outFolder, job.image, artifact),
    }));
    return { ...job, artifacts: await Promise.all(artifacts) };
  }
}

export function manifestPath(outFolder: string, image: string): string {
  return join(outFolder, `${image}.manifest.json`);
}

/** The file of this size, with a manifest that tells this digest: a later build of the image replaces both. */
async function isPresent(outFolder: string, image: string, artifact: Artifact): Promise<boolean> {
  try {
    const { size } = await stat(join(outFolder, artifact.name));
    const manifest: unknown = JSON.parse(await readFile(manifestPath(outFolder, image), 'utf8'));
    const told = z.object({ artifact: z.object({ sha256: z.string() }) }).safeParse(manifest);
    return size === artifact.size && told.data?.artifact.sha256 === artifact.sha256;
  } catch {
    return false;
  }
}
