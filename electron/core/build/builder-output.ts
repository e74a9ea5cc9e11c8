import { SiteforgeError } from '#shared/errors.ts';
import { type BuilderEvent, builderEventSchema, type JobEvent } from '#shared/job.ts';
import type { OutputStream } from '../engine/demultiplex.ts';

/** Of a process that ended by SIGTERM or SIGKILL: 128 and the number of the signal (POSIX, "sh", 2.8.2). */
export function isStop(exitStatus: number): boolean {
  return exitStatus === 143 || exitStatus === 137;
}

/** More lines than this that are no events are no slip of the builder: it does not keep the contract. */
const tolerableBadLines = 100;
const keptTail = 20;

/**
 * Reads a builder's output: events on standard output, log on standard error. Foreign builders write their log on
 * standard output, so lines that are no events go to the log and are counted; what they mean is decided at the end.
 */
export class BuilderOutput {
  readonly #onEvent: (event: JobEvent) => void;
  readonly #onLog: (lines: readonly string[]) => Promise<void>;
  readonly #tail: string[] = [];
  #badLines = 0;
  #error: Extract<BuilderEvent, { event: 'error' }> | undefined;
  #warnings = 0;

  constructor(onEvent: (event: JobEvent) => void, onLog: (lines: readonly string[]) => Promise<void>) {
    this.#onEvent = onEvent;
    this.#onLog = onLog;
  }

  async take(stream: OutputStream, lines: readonly string[]): Promise<void> {
    const log = stream === 'stderr' ? lines : lines.filter((line) => !this.#event(line));
    if (log.length === 0) return;
    this.#tail.push(...log.slice(-keptTail));
    this.#tail.splice(0, this.#tail.length - keptTail);
    await this.#onLog(log);
  }

  /** Throws the failure that an exit status other than 0 means. */
  requireSuccess(exitStatus: number): void {
    if (exitStatus === 0) return;
    if (isStop(exitStatus)) {
      const message =
        'The container of the builder was stopped from outside: by somebody, or because the memory of this machine was full.';
      const detail = [`exit status ${exitStatus}`, ...this.#tail].join('\n');
      throw new SiteforgeError('builder-failed', { message, detail });
    }
    const detail = [`exit status ${exitStatus}`, this.#error?.hint ?? '', ...this.#tail]
      .filter(Boolean)
      .join('\n');
    const message = this.#error?.message ?? `The builder ended with status ${exitStatus}.`;
    throw new SiteforgeError('builder-failed', {
      message,
      detail,
      ...(this.#error ? { where: this.#error.code } : {}),
    });
  }

  /** The failure to tell when the builder ended well but left nothing: a flood of other output is the reason. */
  explain(failure: SiteforgeError): SiteforgeError {
    if (this.#badLines <= tolerableBadLines || failure.code !== 'metadata-missing') return failure;
    return new SiteforgeError('builder-garbage', {
      message: `The builder wrote ${this.#badLines} lines that are no events, and left no metadata.`,
      detail: this.#tail.join('\n'),
      cause: failure,
    });
  }

  /** Tells of lines that were not understood, where the build went well in spite of them. */
  warnOfGarbage(): void {
    if (this.#badLines === 0) return;
    const message = `${this.#badLines} lines of the builder's output are no events; they are in the log.`;
    this.#onEvent({ type: 'warning', at: Date.now(), message });
  }

  #event(line: string): boolean {
    if (line.trim() === '') return true;
    const event = parseEvent(line);
    if (event === undefined) {
      this.#badLines++;
      return false;
    }
    this.#tell(event);
    return true;
  }

  #tell(event: BuilderEvent): void {
    const at = Date.now();
    if (event.event === 'step') {
      this.#onEvent({ type: 'step', at, id: event.id, title: event.title, state: event.state });
    } else if (event.event === 'progress') {
      const { id, done, total, unit } = event;
      this.#onEvent({ type: 'progress', at, id, done, total, unit });
    } else if (event.event === 'warning') {
      if (++this.#warnings <= tolerableBadLines)
        this.#onEvent({ type: 'warning', at, message: event.message });
    } else if (event.event === 'error') this.#error ??= event;
    // An artifact event is for people who run the builder by hand: the metadata file is what counts.
  }
}

function parseEvent(line: string): BuilderEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return builderEventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
