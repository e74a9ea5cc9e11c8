import type { Partitions } from '../../../schema/host-profile-partitions.ts';
import { type Remedy, replaced, titled } from '../remedy.ts';
import { entriesPath, type PartitionCheck } from './partition-check.ts';
import { layOutPartitions, type PlacedPartition, shareOf } from './partition-layout.ts';

/** Less than this is no room for a file system of any kind. */
const leastRoom = 64 * 2 ** 20;

export function checkSizes({ partitions, of, number, contradiction }: PartitionCheck): void {
  const { placed, disk, overflow } = layOutPartitions(partitions);
  const growing = placed.filter(({ partition }) => partition.size === '-1');
  for (const { index } of growing.slice(1))
    contradiction(
      of(index, 'size'),
      `Partition ${number(growing[0]?.index ?? 0)} takes what is left already.`,
    );
  let shares = 0;
  for (const { partition, index } of placed) {
    const share = shareOf(partition.size ?? '') ?? 0;
    if (partition.size === '0%') contradiction(of(index, 'size'), 'The partition has no room at all.');
    if (shares <= 100 && shares + share > 100)
      contradiction(
        of(index, 'size'),
        `The parts of the disk add up to ${shares + share} %.`,
        ...(shares < 100 ? [replaced(`${100 - shares}%`, ...entriesPath, index, 'size')] : []),
      );
    shares += share;
  }
  const withPositions = placed.filter(({ partition }) => partition.size === undefined);
  if (withPositions.length > 0 && withPositions.length < placed.length) {
    const odd = placed.find(({ partition }) => partition.size !== undefined);
    contradiction(
      of(odd?.index ?? 0, 'size'),
      'Other partitions have a start and an end. Give all of them a size, or all a start and an end.',
    );
    return;
  }
  checkOverlaps(comparable(partitions), { of, number, contradiction });
  if (overflow !== undefined && disk !== undefined && shares <= 100)
    contradiction(
      of(overflow.index, overflow.partition.size === undefined ? 'end' : 'size'),
      `Partition ${number(overflow.index)} (${overflow.partition.name}) ends at ${inGibibytes(overflow.end ?? 0)} GiB, and the disk has ${inGibibytes(disk)} GiB.`,
      ...whatIsLeft(overflow, placed, disk),
    );
}

/** Bytes of the smallest system that was built: a tree of some 600 MiB, and room for its packages' own files. */
const leastRoot = 2 ** 30;

export function checkRootSize({ partitions, of, value }: PartitionCheck): void {
  for (const { partition, index, start, end } of layOutPartitions(partitions).placed) {
    if (partition.filesystem?.mountpoint !== '/' || start === undefined || end === undefined) continue;
    if (end > start && end - start < leastRoot)
      value(
        of(index, partition.size === undefined ? 'end' : 'size'),
        `The system does not fit on ${Math.round((end - start) / 2 ** 20)} MiB: / needs 1 GiB at least.`,
      );
  }
}

/** The last partition ends where the disk does, unless others grow or it has no room at all. */
function whatIsLeft(last: PlacedPartition, placed: readonly PlacedPartition[], disk: number): Remedy[] {
  const { index, start, partition } = last;
  const isLast = placed.every((each) => each === last || (each.start ?? disk) < (start ?? 0));
  if (!isLast || start === undefined || disk - start < leastRoom) return [];
  if (partition.size === undefined) return [replaced('100%', ...entriesPath, index, 'end')];
  if (placed.some(({ grows }) => grows)) return [];
  return [titled('Give it what is left of the disk', replaced(-1, ...entriesPath, index, 'size'))];
}

/** Parts of a disk of unknown size can be compared with each other, on a disk of any size. */
function comparable(partitions: Partitions): readonly PlacedPartition[] {
  const positions = partitions.entries.flatMap(({ start, end }) => [start, end]);
  const areShares = positions.every((text) => text === undefined || text === '0' || text.endsWith('%'));
  const disk = partitions.disk ?? (areShares ? '100GB' : undefined);
  return layOutPartitions({ ...partitions, disk }).placed.filter(
    ({ partition }) => partition.size === undefined,
  );
}

function checkOverlaps(
  placed: readonly PlacedPartition[],
  { of, number, contradiction }: Pick<PartitionCheck, 'of' | 'number' | 'contradiction'>,
): void {
  const known = placed.flatMap(({ start, end, index, partition }) => {
    // Whatever the disk holds, nothing lies behind its end.
    const last = end ?? (partition.end === '100%' ? Number.POSITIVE_INFINITY : undefined);
    return start === undefined || last === undefined
      ? []
      : [{ start, end: last, index, name: partition.name, until: partition.end }];
  });
  for (const { start, end, index } of known)
    if (end <= start) contradiction(of(index, 'end'), 'The partition ends before it starts.');
  const sorted = known.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  let reaching = sorted[0];
  for (const each of sorted.slice(1)) {
    if (reaching === undefined) break;
    if (each.start < reaching.end)
      contradiction(
        of(each.index, 'start'),
        `The partition overlaps partition ${number(reaching.index)} (${reaching.name}), which ends behind this place.`,
        ...(each.end > reaching.end && reaching.until !== undefined
          ? [replaced(reaching.until, ...entriesPath, each.index, 'start')]
          : []),
      );
    if (each.end > reaching.end) reaching = each;
  }
}

function inGibibytes(bytes: number): string {
  return String(Math.round((bytes / 2 ** 30) * 100) / 100);
}
