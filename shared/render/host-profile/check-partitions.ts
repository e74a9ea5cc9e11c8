import type { Partition, Partitions } from '../../schema/host-profile-partitions.ts';
import type { PlainValue } from '../../source/edit-value.ts';
import { entryOf, type SourceNode } from '../../source/source-node.ts';
import { layOutPartitions, type PlacedPartition, shareOf } from './partition-layout.ts';
import type { ProfileCheck } from './profile-check.ts';
import { type Remedy, removed, replaced, titled } from './remedy.ts';

/** Characters of a label: mkfs of each kind refuses longer ones. */
const longestLabel: Readonly<Record<string, number>> = { vfat: 11, xfs: 12, ext4: 16, swap: 16, btrfs: 255 };
/** An MBR has four entries and 32-bit sector numbers. */
const mostInMbr = 4;
const largestOfMbr = 2 * 2 ** 40;
/** Less than this is no room for a file system of any kind. */
const leastRoom = 64 * 2 ** 20;

interface PartitionCheck extends ProfileCheck {
  readonly partitions: Partitions;
  readonly of: (index: number, ...path: string[]) => SourceNode;
  /** The number of a partition in the text. */
  readonly number: (index: number) => number;
}

const way = ['partitions', 'entries'] as const;

export function checkPartitions(check: ProfileCheck): void {
  const { partitions } = check.spec;
  if (partitions === undefined) return;
  const own: PartitionCheck = {
    ...check,
    partitions,
    of: (index, ...path) => check.at('partitions', 'entries', index, ...path),
    number: (index) => check.numberOf('partitions', 'entries', index),
  };
  check.information(
    entryOf(check.at(), 'partitions')?.key ?? check.at('partitions'),
    'Partitions are used by qcow2 and raw images, and this version makes ISOs only, which run from their medium. Nothing of this section is baked.',
  );
  checkRepeated(own);
  checkFileSystems(own);
  checkMounting(own);
  checkSizes(own);
  checkRootSize(own);
  checkTable(own);
  checkBooting(own);
}

function checkRepeated({ partitions, of, number, contradiction, value }: PartitionCheck): void {
  const repeated = (
    textOf: (partition: Partition) => string | undefined,
    path: readonly string[],
    say: (node: SourceNode, text: string, first: number, index: number) => void,
  ) => {
    const seen = new Map<string, number>();
    for (const [index, partition] of partitions.entries.entries()) {
      const text = textOf(partition);
      if (text === undefined) continue;
      const first = seen.get(text);
      if (first === undefined) seen.set(text, index);
      else say(of(index, ...path), text, number(first), index);
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
    (node, text, first, index) =>
      contradiction(
        node,
        `Partition ${first} has the label ${text} too, so that it would name two of them.`,
        ...otherLabel(partitions, text, index),
      ),
  );
  repeated(
    ({ name }) => name,
    ['name'],
    (node, text, first, index) =>
      value(node, `Partition ${first} has the name ${text} too.`, ...otherName(partitions, text, index)),
  );
}

function otherName({ entries }: Partitions, name: string, index: number): Remedy[] {
  const free = freeName(name, new Set(entries.map((entry) => entry.name)));
  return free.length > 36 ? [] : [replaced(free, ...way, index, 'name')];
}

function otherLabel({ entries }: Partitions, label: string, index: number): Remedy[] {
  const free = freeName(label, new Set(entries.map(({ filesystem }) => filesystem?.label)));
  const most = longestLabel[entries[index]?.filesystem?.type ?? ''] ?? 0;
  return free.length > most ? [] : [replaced(free, ...way, index, 'filesystem', 'label')];
}

function freeName(name: string, taken: ReadonlySet<string | undefined>): string {
  let number = 2;
  while (taken.has(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}

function checkFileSystems({ partitions, of, contradiction, value }: PartitionCheck): void {
  for (const [index, { filesystem, flags }] of partitions.entries.entries()) {
    if (flags.includes('bios_grub') && flags.includes('esp'))
      contradiction(
        of(index, 'flags'),
        'A partition has one type: that of UEFI (esp) or that of GRUB (bios_grub). A disk for both has two partitions.',
      );
    else if (flags.includes('bios_grub') && filesystem !== undefined)
      contradiction(
        of(index, 'filesystem'),
        'GRUB writes itself into a bios_grub partition: it has no file system.',
        removed(...way, index, 'filesystem'),
      );
    if (flags.includes('esp') && filesystem !== undefined && filesystem.type !== 'vfat')
      contradiction(
        of(index, 'filesystem', 'type'),
        'An EFI system partition is vfat: firmware reads nothing else.',
        replaced('vfat', ...way, index, 'filesystem', 'type'),
      );
    if (filesystem === undefined) continue;
    const { type, mountpoint, label } = filesystem;
    if (type === 'swap' && mountpoint !== undefined)
      contradiction(
        of(index, 'filesystem', 'mountpoint'),
        'Swap is mounted nowhere. Remove the mount point.',
        removed(...way, index, 'filesystem', 'mountpoint'),
      );
    if (type === 'vfat' && mountpoint === '/')
      contradiction(
        of(index, 'filesystem', 'type'),
        'vfat knows no owners and permissions: / cannot be on it.',
        replaced('ext4', ...way, index, 'filesystem', 'type'),
      );
    if (type === 'vfat' && mountpoint === '/boot')
      value(
        of(index, 'filesystem', 'mountpoint'),
        'dpkg keeps a link to each file of /boot while it replaces it, and vfat has none: upgrades of the kernel fail. The EFI system partition is mounted at /boot/efi.',
        ...(partitions.entries.some((each) => each.filesystem?.mountpoint === '/boot/efi')
          ? []
          : [replaced('/boot/efi', ...way, index, 'filesystem', 'mountpoint')]),
      );
    if (type === 'swap' && (filesystem.fsck ?? 0) > 0)
      value(
        of(index, 'filesystem', 'fsck'),
        'Swap holds no files that could be checked.',
        removed(...way, index, 'filesystem', 'fsck'),
      );
    const most = longestLabel[type] ?? 255;
    if (label !== undefined && label.length > most)
      contradiction(
        of(index, 'filesystem', 'label'),
        `A label on ${type} has at most ${most} characters, not ${label.length}.`,
        replaced(label.slice(0, most).trimEnd(), ...way, index, 'filesystem', 'label'),
      );
  }
}

/** What is mounted later covers what lies below it: / first, and every folder before those inside. */
function checkMounting({ partitions, of, at, isRead, contradiction }: PartitionCheck): void {
  const mounted = partitions.entries.flatMap((partition, index) => {
    const point = partition.filesystem?.mountpoint;
    return point === undefined ? [] : [{ point, index, order: partition.mountOrder }];
  });
  if (mounted.length > 0 && isRead('partitions') && !mounted.some(({ point }) => point === '/'))
    contradiction(at('partitions', 'entries'), 'No partition is mounted at /.', ...rootIn(partitions));
  for (const { point, index } of mounted) {
    const why = whyNoMountPoint(point);
    if (why !== undefined)
      contradiction(of(index, 'filesystem', 'mountpoint'), `${point} is no place for a partition: ${why}.`);
  }
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
        ...mountedAfter(over.order ?? 0, inner.index),
      );
  }
}

/** hier(7), and systemd's `mount_point_is_api`: what the kernel or / itself has to bring. Below /dev and /run it mounts. */
function whyNoMountPoint(point: string): string | undefined {
  if (/^\/((proc|sys)(\/|$)|(dev|run)$)/.test(point))
    return 'the kernel’s own file systems are there, and it is not mounted';
  if (/^\/(bin|sbin|lib|lib64)$/.test(point))
    return 'it is a link into /usr, and programs of the start are in it';
  return point === '/etc' ? 'the table of mounts is in it, so that it has to be part of /' : undefined;
}

/** The only partition that is named after the root and mounted nowhere. */
function rootIn({ entries }: Partitions): Remedy[] {
  const meant = entries.flatMap(({ name, filesystem }, index) => {
    const mayBeRoot = /root|^\/$/i.test(name) && ['ext4', 'xfs', 'btrfs'].includes(filesystem?.type ?? '');
    return mayBeRoot && filesystem?.mountpoint === undefined ? [index] : [];
  });
  const [only, other] = meant;
  if (only === undefined || other !== undefined) return [];
  const remedy = replaced('/', ...way, only, 'filesystem', 'mountpoint');
  return [titled(`Mount partition ${only + 1} at /`, remedy)];
}

function mountedAfter(order: number, index: number): Remedy[] {
  return order >= 99 ? [] : [replaced(order + 1, ...way, index, 'mountOrder')];
}

function checkSizes({ partitions, of, number, contradiction }: PartitionCheck): void {
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
        ...(shares < 100 ? [replaced(`${100 - shares}%`, ...way, index, 'size')] : []),
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

function checkRootSize({ partitions, of, value }: PartitionCheck): void {
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
  if (partition.size === undefined) return [replaced('100%', ...way, index, 'end')];
  if (placed.some(({ grows }) => grows)) return [];
  return [titled('Give it what is left of the disk', replaced(-1, ...way, index, 'size'))];
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
          ? [replaced(reaching.until, ...way, each.index, 'start')]
          : []),
      );
    if (each.end > reaching.end) reaching = each;
  }
}

function checkTable({
  partitions: { table, entries, disk },
  of,
  at,
  isRead,
  contradiction,
}: PartitionCheck): void {
  if (table === 'gpt' || !isRead('partitions', 'table')) return;
  const useGpt = replaced('gpt', 'partitions', 'table');
  if (entries.length > mostInMbr)
    contradiction(
      of(mostInMbr),
      `An MBR has ${mostInMbr} primary partitions. Use table: gpt for more.`,
      useGpt,
    );
  const bytes = layOutPartitions({ table, entries, disk }).disk ?? 0;
  if (bytes > largestOfMbr)
    contradiction(
      at('partitions', 'disk'),
      'An MBR reaches 2 TiB of a disk. Use table: gpt for larger ones.',
      useGpt,
    );
  for (const [index, { flags }] of entries.entries())
    if (flags.includes('bios_grub'))
      contradiction(of(index, 'flags'), 'bios_grub is a partition of GPT, not of an MBR.', useGpt);
}

function checkBooting({
  spec,
  partitions: { table, entries },
  at,
  isRead,
  contradiction,
  value,
}: PartitionCheck): void {
  if (!isRead('partitions') || !isRead('machine')) return;
  const has = (flag: Partition['flags'][number]) => entries.some(({ flags }) => flags.includes(flag));
  const mountsRoot = entries.some(({ filesystem }) => filesystem?.mountpoint === '/');
  const place = at('partitions', 'entries');
  if (spec.machine?.boot === 'uefi') {
    if (!has('esp'))
      contradiction(
        place,
        'The machine boots with UEFI, but no partition has the flag esp, from which UEFI boots.',
        ...withEsp(entries),
      );
  } else if (table === 'gpt' && !has('bios_grub')) {
    if (spec.machine?.boot === 'bios')
      contradiction(
        place,
        'The machine boots with BIOS from GPT: GRUB needs a partition of 1 MiB with the flag bios_grub.',
        ...withBiosGrub(entries),
      );
    else if (!has('esp') && mountsRoot)
      value(
        place,
        'The disk boots neither with UEFI nor with BIOS: no partition has the flag esp or bios_grub.',
        ...withEsp(entries),
        ...withBiosGrub(entries),
      );
  }
}

/** The flag for the partition that is meant for it already, or one in front of the others. */
function withEsp(entries: readonly Partition[]): Remedy[] {
  const index = entries.findIndex(({ filesystem }) => filesystem?.type === 'vfat');
  const meant = entries[index];
  if (meant !== undefined) return [replaced([...meant.flags, 'esp'], ...way, index, 'flags')];
  const filesystem = { type: 'vfat', mountpoint: '/boot/efi' };
  return inFront(entries, 'Add an EFI system partition', {
    name: 'esp',
    size: '512MiB',
    flags: ['esp'],
    filesystem,
  });
}

function withBiosGrub(entries: readonly Partition[]): Remedy[] {
  return inFront(entries, 'Add a partition for GRUB', { name: 'grub', size: '1MiB', flags: ['bios_grub'] });
}

function inFront(entries: readonly Partition[], title: string, value: PlainValue): Remedy[] {
  const haveSizes = entries.every(({ size }) => size !== undefined);
  return haveSizes ? [{ title, changes: [{ type: 'insert', path: ['spec', ...way, 0], value }] }] : [];
}

function inGibibytes(bytes: number): string {
  return String(Math.round((bytes / 2 ** 30) * 100) / 100);
}
