import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type JobEvent, jobEventSchema } from '#shared/job.ts';
import { fileFailure, isMissing } from '../files/file-failures.ts';

/** Appends events, one JSON object a line. Each is with the system when `append` returns: a kill loses nothing. */
export class EventFile {
  readonly #path: string;
  readonly #descriptor: number;

  constructor(path: string) {
    this.#path = path;
    try {
      this.#descriptor = openSync(path, 'a+', 0o600);
      if (this.#endsTorn()) writeSync(this.#descriptor, '\n');
    } catch (thrown) {
      throw fileFailure(thrown, path, 'write');
    }
  }

  append(event: JobEvent): void {
    try {
      writeSync(this.#descriptor, `${JSON.stringify(event)}\n`);
    } catch (thrown) {
      throw fileFailure(thrown, this.#path, 'write');
    }
  }

  close(): void {
    try {
      fsyncSync(this.#descriptor);
    } finally {
      closeSync(this.#descriptor);
    }
  }

  /** A power cut may have torn the last line; what is appended must not be glued to it. */
  #endsTorn(): boolean {
    const { size } = fstatSync(this.#descriptor);
    if (size === 0) return false;
    const last = Buffer.alloc(1);
    readSync(this.#descriptor, last, 0, 1, size - 1);
    return last[0] !== 0x0a;
  }
}

/** The events of a file. Lines that are torn or not understood (written by a later version) are left out. */
export async function readEvents(path: string): Promise<JobEvent[]> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (isMissing(thrown)) return '';
    throw fileFailure(thrown, path, 'read');
  });
  return text
    .split('\n')
    .map(parseEvent)
    .filter((event) => event !== undefined);
}

/** Undefined where zod's optional keys would be explicit: the reducer's types tell absent from undefined. */
function parseEvent(line: string): JobEvent | undefined {
  try {
    return line === '' ? undefined : jobEventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
