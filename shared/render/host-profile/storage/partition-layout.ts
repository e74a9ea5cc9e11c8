import { bytesOfAmount, type Partition, type Partitions } from '../../../schema/host-profile-partitions.ts';

/** In front of the first partition, as all tools leave it; behind the last GPT keeps a copy of its table. */
const margin = 2 ** 20;

/** Where a partition lies, in bytes from the start of the disk. Parts that depend on an unknown size are left out. */
export interface PlacedPartition {
  readonly partition: Partition;
  readonly index: number;
  readonly start?: number;
  readonly end?: number;
  /** Bytes that it takes at least; 0 when only what is left, or a part of an unknown disk. */
  readonly least: number;
  /** Whether it takes what others leave. */
  readonly grows: boolean;
}

export interface PartitionLayout {
  readonly placed: readonly PlacedPartition[];
  /** Bytes of the disk, if the profile says so. */
  readonly disk: number | undefined;
  /** The first partition that does not fit on the disk any more. */
  readonly overflow: PlacedPartition | undefined;
}

/** Lays partitions out in their order. What others leave is shared by those that grow. Never throws. */
export function layOutPartitions({ disk: text, entries }: Partitions): PartitionLayout {
  const disk = text === undefined ? undefined : bytesOfAmount(text);
  const wanted = entries.map((partition, index) => wantedPlace(partition, index, disk));
  const sized = wanted.filter(({ start }) => start === undefined);
  const fixed = sized.reduce((sum, { least }) => sum + least, 0);
  const growing = sized.filter(({ grows }) => grows).length;
  const spare = disk === undefined ? undefined : Math.max(0, disk - 2 * margin - fixed);
  let cursor: number | undefined = margin;
  const placed: PlacedPartition[] = [];
  for (const each of wanted) {
    if (each.start !== undefined) {
      placed.push(each);
      cursor = each.end;
      continue;
    }
    const isKnown = !each.grows ? each.least > 0 : spare !== undefined;
    const bytes = isKnown
      ? each.least + (each.grows && spare !== undefined ? spare / growing : 0)
      : undefined;
    const end: number | undefined = cursor === undefined || bytes === undefined ? undefined : cursor + bytes;
    placed.push({
      ...each,
      ...(cursor === undefined ? {} : { start: cursor }),
      ...(end === undefined ? {} : { end }),
    });
    cursor = end;
  }
  const overflow = disk === undefined ? undefined : placed.find(({ end }) => end !== undefined && end > disk);
  return { placed, disk, overflow };
}

function wantedPlace(partition: Partition, index: number, disk: number | undefined): PlacedPartition {
  const { size, start, end } = partition;
  if (size === undefined) {
    const from = positionOf(start, disk);
    const to = positionOf(end, disk);
    const least = from !== undefined && to !== undefined ? Math.max(0, to - from) : 0;
    return {
      partition,
      index,
      least,
      grows: false,
      ...(from === undefined ? {} : { start: from }),
      ...(to === undefined ? {} : { end: to }),
    };
  }
  const grows = size === '-1' || size.startsWith('>');
  const least = size === '-1' ? 0 : (positionOf(size.replace(/^> ?/, ''), disk) ?? 0);
  return { partition, index, least, grows };
}

/** Bytes of `1MiB`, `25%` or `0`; a part of a disk whose size is unknown is unknown too. */
function positionOf(text: string | undefined, disk: number | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === '0') return 0;
  const share = shareOf(text);
  if (share === undefined) return bytesOfAmount(text);
  return disk === undefined ? undefined : (disk * share) / 100;
}

/** 25 of `25%`; undefined for a size in bytes. */
export function shareOf(text: string): number | undefined {
  return text.endsWith('%') ? Number(text.slice(0, -1)) : undefined;
}
