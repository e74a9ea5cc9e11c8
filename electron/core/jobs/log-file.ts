import { type FileHandle, open, stat } from 'node:fs/promises';
import { fileFailure } from '../files/file-failures.ts';

/** Lines between two entries of the index: paging reads at most this many lines too many. */
const linesPerEntry = 1000;
const entryBytes = 8;
const flushMilliseconds = 100;
const flushCharacters = 256 * 1024;
/** A builder that writes without end must not fill the disk: a verbose build of ten minutes writes 20 MiB. */
export const maximumLogBytes = 1024 * 1024 * 1024;

/**
 * The raw log of a job: `log.txt`, and `log.index` with the offset of every 1,000th line as little-endian 64-bit
 * numbers. Both only grow; memory stays constant.
 */
export class LogFile {
  readonly #path: string;
  readonly #text: FileHandle;
  readonly #index: FileHandle;
  readonly #limit: number;
  #pending: string[] = [];
  #pendingCharacters = 0;
  #lines = 0;
  #bytes = 0;
  #flushing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: unknown;
  #full = false;

  private constructor(path: string, text: FileHandle, index: FileHandle, limit: number) {
    this.#path = path;
    this.#text = text;
    this.#index = index;
    this.#limit = limit;
  }

  /** Starts an empty log at `path`. */
  static async create(path: string, limit = maximumLogBytes): Promise<LogFile> {
    try {
      return new LogFile(path, await open(path, 'w', 0o600), await open(indexOf(path), 'w', 0o600), limit);
    } catch (thrown) {
      throw fileFailure(thrown, path, 'write');
    }
  }

  /** Lines appended so far; those that were dropped at the limit do not count. */
  get lines(): number {
    return this.#lines;
  }

  /** Resolves at once, or after a write when the buffer is full: await it to be slowed down by the disk. */
  async append(lines: readonly string[]): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    for (const line of lines) this.#add(line);
    if (this.#pendingCharacters >= flushCharacters) await this.flush();
    else
      this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), flushMilliseconds).unref();
  }

  #add(line: string): void {
    if (this.#full) return;
    if (this.#bytes + this.#pendingCharacters > this.#limit) {
      this.#full = true;
      line = `The log reached ${this.#limit} bytes: what follows is dropped.`;
    }
    this.#pending.push(line);
    this.#pendingCharacters += line.length + 1;
    this.#lines++;
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#flushing !== undefined) await this.#flushing;
    if (this.#pending.length === 0) return;
    this.#flushing = this.#write(this.#pending).finally(() => {
      this.#flushing = undefined;
    });
    this.#pending = [];
    this.#pendingCharacters = 0;
    await this.#flushing;
  }

  async #write(lines: readonly string[]): Promise<void> {
    const offsets: bigint[] = [];
    const text: Buffer[] = [];
    let position = this.#bytes;
    let number = this.#written;
    for (const line of lines) {
      if (number % linesPerEntry === 0) offsets.push(BigInt(position));
      const bytes = Buffer.from(`${line}\n`);
      text.push(bytes);
      position += bytes.length;
      number++;
    }
    try {
      await this.#text.appendFile(Buffer.concat(text));
      if (offsets.length > 0) await this.#index.appendFile(encodeOffsets(offsets));
      this.#bytes = position;
      this.#written = number;
    } catch (thrown) {
      this.#failure = fileFailure(thrown, this.#path, 'write');
      throw this.#failure;
    }
  }
  #written = 0;

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.#text.close();
      await this.#index.close();
    }
  }
}

function indexOf(path: string): string {
  return path.replace(/\.txt$/, '.index');
}

function encodeOffsets(offsets: readonly bigint[]): Buffer {
  const bytes = Buffer.alloc(offsets.length * entryBytes);
  for (const [place, offset] of offsets.entries()) bytes.writeBigUInt64LE(offset, place * entryBytes);
  return bytes;
}

export interface LogPage {
  /** Lines in the whole log. */
  readonly total: number;
  readonly lines: readonly string[];
}

/** Lines `from` (counted from 0) to `from + count`; an absent log is empty. A torn index is used as far as it goes. */
export async function readLog(path: string, from: number, count: number): Promise<LogPage> {
  const text = await open(path, 'r').catch(() => undefined);
  if (text === undefined) return { total: 0, lines: [] };
  try {
    const { offsets } = await readIndex(path);
    const size = (await stat(path)).size;
    const last = Math.max(0, offsets.length - 1);
    const tail = await countLines(text, offsets[last] ?? 0, size);
    const total = last * linesPerEntry + tail;
    if (from >= total) return { total, lines: [] };
    const entry = Math.min(Math.floor(from / linesPerEntry), last);
    const skip = from - entry * linesPerEntry;
    return { total, lines: await readLines(text, offsets[entry] ?? 0, size, skip, count) };
  } finally {
    await text.close();
  }
}

/** The offset of every `linesPerEntry`th line, as far as it was written. */
export async function readIndex(
  path: string,
): Promise<{ offsets: readonly number[]; linesPerEntry: number }> {
  const index = await open(indexOf(path), 'r').catch(() => undefined);
  if (index === undefined) return { offsets: [], linesPerEntry };
  try {
    const bytes = await index.readFile();
    const offsets = Array.from({ length: Math.floor(bytes.length / entryBytes) }, (_, place) =>
      Number(bytes.readBigUInt64LE(place * entryBytes)),
    );
    return { offsets, linesPerEntry };
  } finally {
    await index.close();
  }
}

export async function* chunksOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end; ) {
    const buffer = Buffer.allocUnsafe(Math.min(256 * 1024, end - position));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}

export async function countLines(file: FileHandle, start: number, end: number): Promise<number> {
  let lines = 0;
  for await (const chunk of chunksOf(file, start, end)) {
    for (let place = chunk.indexOf(10); place >= 0; place = chunk.indexOf(10, place + 1)) lines++;
  }
  return lines;
}

async function readLines(
  file: FileHandle,
  start: number,
  end: number,
  skip: number,
  count: number,
): Promise<string[]> {
  const lines: string[] = [];
  const wanted: Buffer[] = [];
  let passed = 0;
  for await (const chunk of chunksOf(file, start, end)) {
    let begin = 0;
    for (let place = chunk.indexOf(10); place >= 0; place = chunk.indexOf(10, begin)) {
      if (passed >= skip) {
        lines.push(Buffer.concat([...wanted.splice(0), chunk.subarray(begin, place)]).toString('utf8'));
        if (lines.length === count) return lines;
      }
      passed++;
      begin = place + 1;
    }
    if (passed >= skip) wanted.push(chunk.subarray(begin));
  }
  return lines;
}
