import { type FileHandle, open } from 'node:fs/promises';
import { chunksOf, countLines, readIndex } from './log-file.ts';

export interface LogSearch {
  readonly text: string;
  readonly ignoreCase: boolean;
  /** The line to begin with, counted from 0. */
  readonly from: number;
}

export interface FoundLines {
  /** Numbers of the lines that hold the text, in order. */
  readonly lines: readonly number[];
  /** The line to go on from; null when the log was searched to its end. */
  readonly next: number | null;
  /** Lines in the whole log. */
  readonly total: number;
}

/**
 * Bytes searched in one portion: a fraction of a second of work (350 ms on a busy machine). Between two portions the
 * caller may lose interest, which is how a search is cancelled.
 */
const portionBytes = 16 * 1024 * 1024;
/** Lines found in one portion; a text that every line holds must not make an answer of megabytes. */
const portionLines = 20_000;

/**
 * Searches a portion of a log, read in pieces: memory stays constant however long the log is. An absent log is empty.
 * A last line that is still being written is not searched.
 */
export async function searchLog(path: string, search: LogSearch, limit = portionBytes): Promise<FoundLines> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return { lines: [], next: null, total: 0 };
  try {
    const index = await readIndex(path);
    const { size } = await file.stat();
    const last = Math.max(0, index.offsets.length - 1);
    const tail = await countLines(file, index.offsets[last] ?? 0, size);
    const total = last * index.linesPerEntry + tail;
    if (search.from >= total) return { lines: [], next: null, total };
    const entry = Math.min(Math.floor(search.from / index.linesPerEntry), last);
    const start = { line: entry * index.linesPerEntry, offset: index.offsets[entry] ?? 0 };
    return { ...(await searchFrom(file, start, size, search, limit)), total };
  } finally {
    await file.close();
  }
}

async function searchFrom(
  file: FileHandle,
  start: { line: number; offset: number },
  end: number,
  { text, ignoreCase, from }: LogSearch,
  limit: number,
): Promise<Pick<FoundLines, 'lines' | 'next'>> {
  const fold = (some: string) => (ignoreCase ? some.toLowerCase() : some);
  const wanted = fold(text);
  const found: number[] = [];
  let line = start.line;
  let searched = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(file, start.offset, end)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.lastIndexOf(10) + 1;
    rest = bytes.subarray(whole);
    // Whole lines only: no character and no match is cut in two.
    line = matchesIn(fold(bytes.toString('utf8', 0, whole)), wanted, line, from, found);
    searched += chunk.length;
    if (searched >= limit || found.length >= portionLines) {
      const isAtEnd = start.offset + searched >= end;
      return { lines: found, next: isAtEnd ? null : Math.max(line, from) };
    }
  }
  return { lines: found, next: null };
}

/** Adds the lines of `text` that hold `wanted`; answers the number of the line behind it. */
function matchesIn(text: string, wanted: string, first: number, from: number, found: number[]): number {
  let line = first;
  let lineStart = 0;
  for (let place = text.indexOf(wanted); place >= 0; ) {
    for (
      let end = text.indexOf('\n', lineStart);
      end >= 0 && end < place;
      end = text.indexOf('\n', lineStart)
    ) {
      line += 1;
      lineStart = end + 1;
    }
    if (line >= from) found.push(line);
    const lineEnd = text.indexOf('\n', place);
    if (lineEnd < 0) break;
    line += 1;
    lineStart = lineEnd + 1;
    place = text.indexOf(wanted, lineStart);
  }
  for (let end = text.indexOf('\n', lineStart); end >= 0; end = text.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = end + 1;
  }
  return line;
}
