import type { PartitionLayout, PlacedPartition } from '../render/host-profile/storage/partition-layout.ts';

/** A disk drawn as a bar; all lengths in CSS pixels. */
export interface Bar {
  /** May be more than was asked for: then the bar scrolls. */
  readonly width: number;
  readonly pieces: readonly BarPiece[];
  readonly free: readonly FreePiece[];
  /** Where the disk ends, when something lies beyond it. */
  readonly diskEnd: number | undefined;
  /** Rows of partitions that overlap; 1 when none does. */
  readonly lanes: number;
  /** Bytes that a pixel stands for where the bar is to scale. */
  readonly bytesPerPixel: number;
  /** False where something is drawn wider than it is, so that it can be seen and hit. */
  readonly isToScale: boolean;
}

export interface BarPiece {
  readonly index: number;
  readonly left: number;
  readonly width: number;
  readonly lane: number;
  /** It ends behind the end of the disk. */
  readonly isBeyond: boolean;
  /** Its size cannot be told: it is drawn as one that could be. */
  readonly isGuessed: boolean;
}

export interface FreePiece {
  readonly left: number;
  readonly width: number;
  readonly bytes: number;
}

/** What a finger or a tired eye still hits (WCAG 2.2, 2.5.8 asks for 24). */
const smallestPiece = 28;
/** The two mebibytes that tables of partitions take are no free space that anybody could use. */
const leastFree = 4 * 2 ** 20;

interface Extent {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly isGuessed: boolean;
}

/** Draws a layout on `width` pixels. Never throws. */
export function barOf(layout: PartitionLayout, width: number): Bar {
  const { disk } = layout;
  const extents = extentsOf(layout);
  const last = Math.max(0, ...extents.map(({ end }) => end));
  const whole = Math.max(last, disk ?? 0);
  const isOver = disk !== undefined && last > disk;
  const cuts = [
    ...new Set([0, whole, ...(isOver ? [disk] : []), ...extents.flatMap((each) => [each.start, each.end])]),
  ];
  cuts.sort((a, b) => a - b);
  const intervals = intervalsOf(cuts, extents);
  const { lengths, bytesPerPixel, isToScale } = stretch(intervals, width);
  const places = new Map<number, number>();
  let left = 0;
  for (const [index, cut] of cuts.entries()) {
    places.set(cut, left);
    left += lengths[index] ?? 0;
  }
  const at = (bytes: number) => places.get(bytes) ?? 0;
  const lanes = lanesOf(extents);
  return {
    width: left,
    pieces: extents.map(({ index, start, end, isGuessed }) => ({
      index,
      left: at(start),
      width: at(end) - at(start),
      lane: lanes.get(index) ?? 0,
      isBeyond: disk !== undefined && end > disk,
      isGuessed,
    })),
    free: intervals.flatMap(({ from, to, isFree }) =>
      isFree && to - from >= leastFree
        ? [{ left: at(from), width: at(to) - at(from), bytes: to - from }]
        : [],
    ),
    diskEnd: isOver ? at(disk) : undefined,
    lanes: 1 + Math.max(0, ...lanes.values()),
    bytesPerPixel,
    isToScale,
  };
}

/** Where partitions are drawn. Those with sizes follow each other; what is not known takes a quarter of the rest. */
function extentsOf({ placed }: PartitionLayout): Extent[] {
  const known = placed.reduce((sum, each) => sum + lengthOf(each), 0);
  const guess = Math.max(2 ** 30, known / 4);
  let cursor = 2 ** 20;
  return placed.map((each) => {
    const { index, partition } = each;
    const bytes = lengthOf(each);
    const isGuessed = bytes <= 0;
    const hasPosition = partition.size === undefined && each.start !== undefined && each.end !== undefined;
    const start = hasPosition ? (each.start ?? 0) : cursor;
    // What takes what is left of a full disk has nothing, which is drawn as one byte.
    const end = start + (isGuessed ? (each.grows && each.end !== undefined ? 1 : guess) : bytes);
    cursor = end;
    return { index, start, end, isGuessed: isGuessed && !(each.grows && each.end !== undefined) };
  });
}

function lengthOf({ start, end, least }: PlacedPartition): number {
  return start === undefined || end === undefined ? least : end - start;
}

interface Interval {
  readonly from: number;
  readonly to: number;
  readonly isFree: boolean;
}

function intervalsOf(cuts: readonly number[], extents: readonly Extent[]): Interval[] {
  const sorted = [...extents].sort((a, b) => a.start - b.start);
  let next = 0;
  let reach = 0;
  return cuts.slice(0, -1).map((from, index) => {
    for (let each = sorted[next]; each !== undefined && each.start <= from; each = sorted[next]) {
      reach = Math.max(reach, each.end);
      next += 1;
    }
    return { from, to: cuts[index + 1] ?? from, isFree: reach <= from };
  });
}

/** Lengths in pixels: to scale, but nothing smaller than what can be hit; what is wider is taken from the others. */
function stretch(intervals: readonly Interval[], width: number) {
  const leastOf = ({ from, to, isFree }: Interval) => (isFree && to - from < leastFree ? 0 : smallestPiece);
  const fixed = new Set<Interval>();
  let bytesPerPixel = 1;
  for (;;) {
    const scaled = intervals.filter((each) => !fixed.has(each));
    const bytes = scaled.reduce((sum, { from, to }) => sum + to - from, 0);
    const taken = [...fixed].reduce((sum, each) => sum + leastOf(each), 0);
    bytesPerPixel = Math.max(1, bytes / Math.max(1, width - taken));
    const small = scaled.filter((each) => (each.to - each.from) / bytesPerPixel < leastOf(each));
    if (small.length === 0) break;
    for (const each of small) fixed.add(each);
  }
  const lengths = intervals.map((each) =>
    fixed.has(each) ? leastOf(each) : (each.to - each.from) / bytesPerPixel,
  );
  return { lengths, bytesPerPixel, isToScale: fixed.size === 0 };
}

/** The first row in which nothing lies that overlaps. */
function lanesOf(extents: readonly Extent[]): Map<number, number> {
  const ends: number[] = [];
  const lanes = new Map<number, number>();
  for (const { index, start, end } of [...extents].sort((a, b) => a.start - b.start)) {
    const free = ends.findIndex((reached) => reached <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    lanes.set(index, lane);
  }
  return lanes;
}
