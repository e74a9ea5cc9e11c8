import type { Partition, Partitions } from '../../schema/host-profile-partitions.ts';
import { entryOf, type SourceNode } from '../../source/source-node.ts';
import { layOutPartitions, type PlacedPartition, shareOf } from './partition-layout.ts';
import type { ProfileCheck } from './profile-check.ts';

/** Characters of a label: mkfs of each kind refuses longer ones. */
const longestLabel: Readonly<Record<string, number>> = { vfat: 11, xfs: 12, ext4: 16, swap: 16, btrfs: 255 };
/** An MBR has four entries and 32-bit sector numbers. */
const mostInMbr = 4;
const largestOfMbr = 2 * 2 ** 40;

interface PartitionCheck extends ProfileCheck {
  readonly partitions: Partitions;
  readonly of: (index: number, ...path: string[]) => SourceNode;
}

export function checkPartitions(check: ProfileCheck): void {
  const { partitions } = check.spec;
  if (partitions === undefined) return;
  const own: PartitionCheck = {
    ...check,
    partitions,
    of: (index, ...path) => check.at('partitions', 'entries', index, ...path),
  };
  check.information(
    entryOf(check.at(), 'partitions')?.key ?? check.at('partitions'),
    'Partitions are used by qcow2 and raw images, not by an ISO: it runs from its medium.',
  );
  checkRepeated(own);
  checkFileSystems(own);
  checkMounting(own);
  checkSizes(own);
  checkTable(own);
  checkBooting(own);
}

function checkRepeated({ partitions, of, contradiction, value }: PartitionCheck): void {
  const repeated = (
    textOf: (partition: Partition) => string | undefined,
    path: readonly string[],
    say: (node: SourceNode, text: string, first: number) => void,
  ) => {
    const seen = new Map<string, number>();
    for (const [index, partition] of partitions.entries.entries()) {
      const text = textOf(partition);
      if (text === undefined) continue;
      const first = seen.get(text);
      if (first === undefined) seen.set(text, index);
      else say(of(index, ...path), text, first + 1);
    }
  };
  repeated(
    ({ filesystem }) => filesystem?.mountpoint,
    ['filesystem', 'mountpoint'],
    (node, text, first) => contradiction(node, `${text} is the mount point of partition ${first} already.`),
  );
  repeated(
    ({ filesystem }) => filesystem?.label,
    ['filesystem', 'label'],
    (node, text, first) =>
      contradiction(node, `Partition ${first} has the label ${text} too, so that it would name two of them.`),
  );
  repeated(
    ({ name }) => name,
    ['name'],
    (node, text, first) => value(node, `Partition ${first} has the name ${text} too.`),
  );
}

function checkFileSystems({ partitions, of, contradiction }: PartitionCheck): void {
  for (const [index, { filesystem, flags }] of partitions.entries.entries()) {
    if (flags.includes('bios_grub') && filesystem !== undefined)
      contradiction(
        of(index, 'filesystem'),
        'GRUB writes itself into a bios_grub partition: it has no file system.',
      );
    if (flags.includes('esp') && filesystem !== undefined && filesystem.type !== 'vfat')
      contradiction(
        of(index, 'filesystem', 'type'),
        'An EFI system partition is vfat: firmware reads nothing else.',
      );
    if (filesystem === undefined) continue;
    const { type, mountpoint, label } = filesystem;
    if (type === 'swap' && mountpoint !== undefined)
      contradiction(
        of(index, 'filesystem', 'mountpoint'),
        'Swap is mounted nowhere. Remove the mount point.',
      );
    if (type === 'vfat' && mountpoint === '/')
      contradiction(
        of(index, 'filesystem', 'type'),
        'vfat knows no owners and permissions: / cannot be on it.',
      );
    const most = longestLabel[type] ?? 255;
    if (label !== undefined && label.length > most)
      contradiction(
        of(index, 'filesystem', 'label'),
        `A label on ${type} has at most ${most} characters, not ${label.length}.`,
      );
  }
}

/** What is mounted later covers what lies below it: / first, and every folder before those inside. */
function checkMounting({ partitions, of, at, contradiction }: PartitionCheck): void {
  const mounted = partitions.entries.flatMap((partition, index) => {
    const point = partition.filesystem?.mountpoint;
    return point === undefined ? [] : [{ point, index, order: partition.mountOrder }];
  });
  if (mounted.length > 0 && !mounted.some(({ point }) => point === '/'))
    contradiction(at('partitions', 'entries'), 'No partition is mounted at /.');
  for (const inner of mounted) {
    const over = mounted.find(
      (outer) =>
        outer.point !== inner.point &&
        (outer.point === '/' || inner.point.startsWith(`${outer.point}/`)) &&
        outer.order !== undefined &&
        inner.order !== undefined &&
        outer.order >= inner.order,
    );
    if (over !== undefined)
      contradiction(
        of(inner.index, 'mountOrder'),
        `${inner.point} lies in ${over.point}, but is mounted ${over.order === inner.order ? 'at the same time' : 'before it'}, and ${over.point} would cover it.`,
      );
  }
}

function checkSizes({ partitions, of, contradiction }: PartitionCheck): void {
  const { placed, disk, overflow } = layOutPartitions(partitions);
  const growing = placed.filter(({ partition }) => partition.size === '-1');
  for (const { index } of growing.slice(1))
    contradiction(of(index, 'size'), `Partition ${(growing[0]?.index ?? 0) + 1} takes what is left already.`);
  let shares = 0;
  for (const { partition, index } of placed) {
    const share = shareOf(partition.size ?? '') ?? 0;
    if (shares <= 100 && shares + share > 100)
      contradiction(of(index, 'size'), `The parts of the disk add up to ${shares + share} %.`);
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
  checkOverlaps(withPositions, of, contradiction);
  if (overflow !== undefined && disk !== undefined && shares <= 100)
    contradiction(
      of(overflow.index, overflow.partition.size === undefined ? 'end' : 'size'),
      `Partition ${overflow.index + 1} (${overflow.partition.name}) ends at ${inGibibytes(overflow.end ?? 0)} GiB, and the disk has ${inGibibytes(disk)} GiB.`,
    );
}

function checkOverlaps(
  placed: readonly PlacedPartition[],
  of: PartitionCheck['of'],
  contradiction: PartitionCheck['contradiction'],
): void {
  const known = placed.flatMap(({ start, end, index, partition }) =>
    start === undefined || end === undefined ? [] : [{ start, end, index, name: partition.name }],
  );
  for (const { start, end, index } of known)
    if (end <= start) contradiction(of(index, 'end'), 'The partition ends before it starts.');
  const sorted = known.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  let reaching = sorted[0];
  for (const each of sorted.slice(1)) {
    if (reaching === undefined) break;
    if (each.start < reaching.end)
      contradiction(
        of(each.index, 'start'),
        `The partition overlaps partition ${reaching.index + 1} (${reaching.name}), which ends behind this place.`,
      );
    if (each.end > reaching.end) reaching = each;
  }
}

function checkTable({ partitions: { table, entries, disk }, of, at, contradiction }: PartitionCheck): void {
  if (table === 'gpt') return;
  if (entries.length > mostInMbr)
    contradiction(of(mostInMbr), `An MBR has ${mostInMbr} primary partitions. Use table: gpt for more.`);
  const bytes = layOutPartitions({ table, entries, disk }).disk ?? 0;
  if (bytes > largestOfMbr)
    contradiction(
      at('partitions', 'disk'),
      'An MBR reaches 2 TiB of a disk. Use table: gpt for larger ones.',
    );
  for (const [index, { flags }] of entries.entries())
    if (flags.includes('bios_grub'))
      contradiction(of(index, 'flags'), 'bios_grub is a partition of GPT, not of an MBR.');
}

function checkBooting({
  spec,
  partitions: { table, entries },
  at,
  contradiction,
  value,
}: PartitionCheck): void {
  const has = (flag: Partition['flags'][number]) => entries.some(({ flags }) => flags.includes(flag));
  const mountsRoot = entries.some(({ filesystem }) => filesystem?.mountpoint === '/');
  const place = at('partitions', 'entries');
  if (spec.machine?.boot === 'uefi') {
    if (!has('esp'))
      contradiction(
        place,
        'The machine boots with UEFI, but no partition has the flag esp, from which UEFI boots.',
      );
  } else if (table === 'gpt' && !has('bios_grub')) {
    if (spec.machine?.boot === 'bios')
      contradiction(
        place,
        'The machine boots with BIOS from GPT: GRUB needs a partition of 1 MiB with the flag bios_grub.',
      );
    else if (!has('esp') && mountsRoot)
      value(
        place,
        'The disk boots neither with UEFI nor with BIOS: no partition has the flag esp or bios_grub.',
      );
  }
}

function inGibibytes(bytes: number): string {
  return String(Math.round((bytes / 2 ** 30) * 100) / 100);
}
