import { createWriteStream, fstatSync, fsyncSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SiteforgeError } from '#shared/errors.ts';
import { errnoOf, fileFailure } from '../core/files/file-failures.ts';

const where = 'standard output';

/**
 * Where results go. A file is written here and not through `process.stdout`, which takes a write that the disk took
 * only half of for a whole one.
 */
export class StandardOutput {
  readonly #descriptor: number;
  readonly #stream: NodeJS.WritableStream;
  readonly #isFile: boolean;
  #isSending = false;

  constructor(descriptor = 1, stream: NodeJS.WritableStream = process.stdout) {
    this.#descriptor = descriptor;
    this.#stream = stream;
    this.#isFile = isFile(descriptor);
  }

  /** Throws `disk-full` and `file-not-writable`. */
  text(text: string): void {
    if (!this.#isFile) {
      this.#stream.write(text);
      return;
    }
    const bytes = Buffer.from(text, 'utf8');
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done);
    } catch (thrown) {
      throw fileFailure(thrown, where, 'write');
    }
  }

  /** All of it or an error: half an image, taken for a whole one, boots to a black screen. */
  async send(content: Readable, signal: AbortSignal): Promise<void> {
    this.#isSending = true;
    try {
      if (this.#isFile) {
        await pipeline(content, createWriteStream('', { fd: this.#descriptor, autoClose: false }), {
          signal,
        });
        fsyncSync(this.#descriptor);
      } else await pipeline(content, this.#stream, { signal });
    } catch (thrown) {
      if (signal.aborted) throw new SiteforgeError('cancelled', { cause: thrown });
      throw errnoOf(thrown) === 'EPIPE' ? cutShort(thrown) : fileFailure(thrown, where, 'write');
    }
  }

  /** Whether what the stream meets is told by `send`. */
  get isSending(): boolean {
    return this.#isSending;
  }

  /** An error of the stream beside `send`; undefined for a reader that has seen enough (`| head`). */
  failureOf(thrown: unknown): SiteforgeError | undefined {
    return errnoOf(thrown) === 'EPIPE' ? undefined : fileFailure(thrown, where, 'write');
  }
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

function cutShort(cause: unknown): SiteforgeError {
  const message = 'The program that reads the image ended before it had all of it.';
  return new SiteforgeError('file-not-writable', { where, message, cause });
}
