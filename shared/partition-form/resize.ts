import type { PartitionLayout, PlacedPartition } from '../render/host-profile/storage/partition-layout.ts';
import { shareOf } from '../render/host-profile/storage/partition-layout.ts';
import { amountText, sizeKindOf, smallestPartition, stepOf, styleOfAmount } from './amounts.ts';

/** A border that can be moved, and whose text says where it is. */
export interface Border {
  /** The partition in front of it. */
  readonly before: number;
  /** The partition that becomes larger or smaller. */
  readonly target: number;
  /** Whether the target becomes larger when the border moves towards the end of the disk. */
  readonly growsForward: boolean;
  /** Bytes of the target now, and what they may become. */
  readonly bytes: number;
  readonly least: number;
  readonly most: number;
}

/** A text of a partition that changes with a border. */
export interface SizeChange {
  readonly index: number;
  readonly key: 'size' | 'start' | 'end';
  readonly text: string;
}

/** Largest amount that the schema takes, in the smallest unit. */
const mostWithoutDisk = 9_999_999 * 2 ** 20;

/** The borders that can be moved, in the order of the partitions in front of them. */
export function bordersOf(layout: PartitionLayout): Border[] {
  const { placed } = layout;
  const hasPositions = placed.some(({ partition }) => partition.size === undefined);
  return placed.flatMap(
    (each, before) => (hasPositions ? endOf(layout, each) : sizeOf(layout, before)) ?? [],
  );
}

/** Of sizes in a row: what stands in front of the part that grows is moved at its end, what stands behind at its start. */
function sizeOf({ placed, disk }: PartitionLayout, before: number): Border | undefined {
  const behindGrowth = placed.slice(0, before + 1).some(({ grows }) => grows);
  const target = placed[behindGrowth ? before + 1 : before];
  if (target === undefined || target.grows || target.least <= 0) return undefined;
  const growing = placed.filter(({ grows }) => grows);
  const taken = placed.reduce((sum, { least }) => sum + least, 0);
  // A mebibyte at either end is the table's, and what grows keeps one.
  const spare =
    disk === undefined ? undefined : disk - 2 * 2 ** 20 - taken - growing.length * smallestPartition;
  return {
    before,
    target: target.index,
    growsForward: !behindGrowth,
    bytes: target.least,
    least: smallestPartition,
    most: spare === undefined ? mostWithoutDisk : Math.max(target.least, target.least + spare),
  };
}

/** Of positions: the end, and the start of the next one where it is the same place. */
function endOf({ placed, disk }: PartitionLayout, each: PlacedPartition): Border | undefined {
  const { start, end, index, partition } = each;
  if (partition.size !== undefined || start === undefined || end === undefined || end <= start)
    return undefined;
  const joined = joinedTo(placed, each);
  const next = Math.min(
    ...placed.flatMap((other) =>
      other !== each && other.start !== undefined && other.start >= end ? [other.start] : [],
    ),
  );
  const limit =
    joined?.end !== undefined
      ? joined.end - smallestPartition
      : Math.min(next, disk ?? Number.POSITIVE_INFINITY, start + mostWithoutDisk);
  return {
    before: index,
    target: index,
    growsForward: true,
    bytes: end - start,
    least: smallestPartition,
    most: Math.max(end, limit) - start,
  };
}

function joinedTo(placed: readonly PlacedPartition[], { end, index }: PlacedPartition) {
  return placed.find((other) => other.index !== index && other.start !== undefined && other.start === end);
}

/** What a border changes when its partition gets `bytes`, rounded to what people write; `finest` in bytes. */
export function resized(
  layout: PartitionLayout,
  border: Border,
  bytes: number,
  finest: number,
): SizeChange[] {
  const target = layout.placed[border.target];
  if (target === undefined) return [];
  const { partition, index } = target;
  if (partition.size !== undefined) {
    const text = roundedText(partition.size, border, bytes, finest, layout.disk);
    return text === partition.size ? [] : [{ index, key: 'size', text }];
  }
  const start = target.start ?? 0;
  const moved = roundedEnd(partition.end ?? '', start, border, bytes, finest, layout.disk);
  if (moved === partition.end) return [];
  const joined = joinedTo(layout.placed, target);
  return [
    { index, key: 'end', text: moved },
    ...(joined === undefined ? [] : [{ index: joined.index, key: 'start' as const, text: moved }]),
  ];
}

function roundedText(
  size: string,
  { least, most }: Border,
  bytes: number,
  finest: number,
  disk: number | undefined,
): string {
  const share = shareOf(size);
  if (share !== undefined && disk !== undefined) {
    const highest = Math.max(1, Math.floor((most / disk) * 100));
    return `${clamp(Math.round((bytes / disk) * 100), 1, Math.max(share, highest))}%`;
  }
  const style = styleOfAmount(size);
  const step = stepOf(bytes, finest, style);
  const rounded = Math.round(bytes / step) * step;
  const text = amountText(clamp(rounded === 0 ? step : rounded, least, most), style);
  return sizeKindOf(size) === 'least' ? `>${text}` : text;
}

function roundedEnd(
  end: string,
  start: number,
  { least, most }: Border,
  bytes: number,
  finest: number,
  disk: number | undefined,
): string {
  if (shareOf(end) !== undefined && disk !== undefined) {
    const lowest = Math.ceil(((start + least) / disk) * 100);
    const highest = Math.floor(((start + most) / disk) * 100);
    return `${clamp(Math.round(((start + bytes) / disk) * 100), lowest, Math.max(lowest, highest))}%`;
  }
  const style = styleOfAmount(end);
  const step = stepOf(bytes, finest, style);
  // Whole units from the start of the disk, where the partition itself may begin at an odd one.
  const place = Math.round((start + bytes) / step) * step;
  return amountText(clamp(place, start + least, start + most), style);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
