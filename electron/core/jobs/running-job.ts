import { isFinished, type Job, type JobEvent, newJob, reduceJob } from '#shared/job.ts';
import { redacted, redactedData } from '../secrets/known-values.ts';
import { EventFile } from './event-file.ts';
import { type KeptDocument, writeDocuments } from './job-documents.ts';
import type { JobHead, JobPaths } from './job-folder.ts';
import { LogFile } from './log-file.ts';

const batchMilliseconds = 100;
/** Progress is for the eye: a step records it at most five times a second. */
const progressMilliseconds = 200;

/**
 * A job that runs in this process: takes events and log lines, keeps both on disk and tells of them in batches. Values
 * of secrets that the process knows are masked before anything else is done with a text.
 */
export class RunningJob {
  readonly head: JobHead;
  readonly paths: JobPaths;
  readonly #events: EventFile;
  readonly #log: LogFile;
  readonly #tell: (change: { job: Job; logLines: number }) => void;
  readonly #progressAt = new Map<string, number>();
  #job: Job;
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    head: JobHead,
    paths: JobPaths,
    log: LogFile,
    tell: (change: { job: Job; logLines: number }) => void,
  ) {
    this.head = head;
    this.paths = paths;
    this.#events = new EventFile(paths.events);
    this.#log = log;
    this.#tell = tell;
    this.#job = newJob(head.record);
  }

  static async start(
    head: JobHead,
    paths: JobPaths,
    tell: (change: { job: Job; logLines: number }) => void,
  ): Promise<RunningJob> {
    return new RunningJob(head, paths, await LogFile.create(paths.log), tell);
  }

  get job(): Job {
    return this.#job;
  }

  get logLines(): number {
    return this.#log.lines;
  }

  /** Records what happened. Progress that follows too closely on the last is dropped, unless it is the end. */
  record(written: JobEvent): void {
    if (written.type === 'progress' && !this.#isDue(written)) return;
    const event = redactedData(written);
    this.#events.append(event);
    this.#job = reduceJob(this.#job, event);
    this.#soon();
  }

  #isDue(event: Extract<JobEvent, { type: 'progress' }>): boolean {
    const last = this.#progressAt.get(event.id) ?? 0;
    if (event.at - last < progressMilliseconds && event.done < event.total) return false;
    this.#progressAt.set(event.id, event.at);
    return true;
  }

  /** Appends to the log; await it, so that a flood of lines is slowed down by the disk. */
  async log(lines: readonly string[]): Promise<void> {
    await this.#log.append(lines.map(redacted));
    this.#soon();
  }

  /**
   * Keeps what the job makes its image from, for comparing: word for word, since documents name their secrets, and a value
   * that happens to be a word of them is no difference. Throws failures of files.
   */
  async keepDocuments(documents: readonly KeptDocument[]): Promise<void> {
    await writeDocuments(this.paths.documents, documents);
  }

  async flush(): Promise<void> {
    await this.#log.flush();
  }

  /** Records the end, closes the files and tells the last change at once. */
  async finish(events: readonly JobEvent[]): Promise<Job> {
    await this.#log.close().catch(() => undefined);
    try {
      for (const event of redactedData(events)) {
        this.#job = reduceJob(this.#job, event);
        this.#events.append(event);
      }
    } finally {
      this.#events.close();
      clearTimeout(this.#timer);
      this.#tell({ job: this.#job, logLines: this.#log.lines });
    }
    return this.#job;
  }

  #soon(): void {
    if (isFinished(this.#job.state)) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell({ job: this.#job, logLines: this.#log.lines });
    }, batchMilliseconds);
  }
}
