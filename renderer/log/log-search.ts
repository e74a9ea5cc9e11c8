import type { CallOutput } from '#shared/contract.ts';

type Portion = CallOutput<'job.search-log'>;

/** Lines kept of a search; who looks for something that more lines hold types one letter more. */
export const keptLines = 100_000;

export interface SearchProgress {
  /** Numbers of the lines that hold the text, counted from 0, in order. */
  readonly lines: readonly number[];
  /** Lines searched so far. */
  readonly searched: number;
  readonly done: boolean;
}

/** Capitals count as soon as one is typed, as in the search of most editors. */
export function ignoresCase(text: string): boolean {
  return text === text.toLowerCase();
}

/**
 * Searches a log portion by portion, from a line on, and tells after each. Ends when everything was searched, enough
 * was found, a portion could not be had, or nobody wants it any more.
 */
export async function searchThrough(
  ask: (from: number) => Promise<Portion | undefined>,
  from: number,
  signal: AbortSignal,
  tell: (progress: SearchProgress) => void,
): Promise<void> {
  const lines: number[] = [];
  for (let next: number | null = from; next !== null; ) {
    const portion: Portion | undefined = await ask(next);
    if (signal.aborted || portion === undefined) return;
    for (const line of portion.lines) if (lines.length < keptLines) lines.push(line);
    next = lines.length < keptLines ? portion.next : null;
    tell({ lines: [...lines], searched: next ?? portion.total, done: next === null });
  }
}

/** The place in `lines` of the first line at or behind `line`; around to the first. -1 when there is none. */
export function firstFrom(lines: readonly number[], line: number): number {
  if (lines.length === 0) return -1;
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low === lines.length ? 0 : low;
}

export interface LinePart {
  readonly text: string;
  readonly hit: boolean;
}

/** A line in parts, to mark what was found in it. */
export function partsOf(line: string, wanted: string): LinePart[] {
  const folded = ignoresCase(wanted) ? line.toLowerCase() : line;
  // Some letters get longer in lower case (U+0130): places in one text are none in the other.
  if (wanted === '' || folded.length !== line.length) return [{ text: line, hit: false }];
  const parts: LinePart[] = [];
  let end = 0;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, end)) {
    if (at > end) parts.push({ text: line.slice(end, at), hit: false });
    end = at + wanted.length;
    parts.push({ text: line.slice(at, end), hit: true });
  }
  if (end < line.length) parts.push({ text: line.slice(end), hit: false });
  return parts;
}
