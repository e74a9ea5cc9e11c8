import type { PlainValue } from '../source/edit-value.ts';
import { type AmountStyle, amountText, styleOfAmount } from './amounts.ts';
import type { PartitionTable } from './read-partitions.ts';

/** A value as it is written into a document; keys in this order. */
export type PlainPartition = Readonly<Record<string, PlainValue>>;

const usualPlaces = [
  { name: 'root', mountpoint: '/' },
  { name: 'var', mountpoint: '/var' },
  { name: 'home', mountpoint: '/home' },
  { name: 'srv', mountpoint: '/srv' },
  { name: 'opt', mountpoint: '/opt' },
];

const usualBytes = 10 * 2 ** 30;

type NewIn = Pick<PartitionTable, 'rows' | 'layout' | 'disk'>;

/** A partition that fits what is there: a free name and mount point, and a size that the disk still has. */
export function newPartition(table: NewIn): PlainPartition {
  const { rows, layout } = table;
  const { name, mountpoint } = freePlace(rows);
  const filesystem = { type: 'ext4', mountpoint };
  const hasPositions = rows.some(
    ({ size, start, end }) => size === undefined && (start ?? end) !== undefined,
  );
  if (!hasPositions) return { name, size: freeSize(layout), filesystem };
  return { name, ...freePosition(table), filesystem };
}

function freePlace(rows: PartitionTable['rows']): { name: string; mountpoint: string } {
  const names = new Set(rows.map(({ name }) => name));
  const points = new Set(rows.map(({ fileSystem }) => fileSystem?.mountPoint));
  const isFree = (place: { name: string; mountpoint: string }) =>
    !names.has(place.name) && !points.has(place.mountpoint);
  const usual = usualPlaces.find(isFree);
  for (let count = 1; usual === undefined; count++) {
    const name = count === 1 ? 'data' : `data-${count}`;
    const place = { name, mountpoint: `/${name}` };
    if (isFree(place)) return place;
  }
  return usual;
}

function freeSize({ placed, disk }: PartitionTable['layout']): string {
  if (disk === undefined) return amountText(usualBytes);
  const taken = placed.reduce((sum, { least }) => sum + least, 0);
  const spare = disk - taken;
  // Half of what is left at most: what grows shall not become tiny.
  return amountText(wholeAmount(Math.min(usualBytes, Math.max(spare / 2, 2 ** 20)), 2 ** 20, 2 ** 30));
}

/** A whole number of the large unit where there is one of it, otherwise of the small one. */
function wholeAmount(bytes: number, small: number, large: number): number {
  const unit = bytes >= large ? large : small;
  return Math.floor(bytes / unit) * unit;
}

/** The largest gap between partitions with positions, or the place behind the last one. */
function freePosition({ rows, layout: { placed, disk }, disk: stated }: NewIn): {
  start: string;
  end: string;
} {
  const known = placed.flatMap(({ start, end }) =>
    start === undefined || end === undefined ? [] : [{ start, end }],
  );
  let reach = 2 ** 20;
  let best = { start: reach, bytes: 0 };
  for (const { start, end } of known.sort((a, b) => a.start - b.start)) {
    if (start - reach > best.bytes) best = { start: reach, bytes: start - reach };
    reach = Math.max(reach, end);
  }
  const behind = disk === undefined ? usualBytes : disk - 2 ** 20 - reach;
  if (behind > best.bytes || best.bytes === 0) best = { start: reach, bytes: behind };
  const style = positionStyle(rows, stated);
  const unit = style.family === 'decimal' ? 10 ** 6 : 2 ** 20;
  const from = Math.ceil(best.start / unit) * unit;
  const room = Math.min(usualBytes, Math.max(best.bytes - (from - best.start), unit));
  const bytes = wholeAmount(room, unit, unit === 10 ** 6 ? 10 ** 9 : 2 ** 30);
  return { start: amountText(from, style), end: amountText(from + bytes, style) };
}

/** As the other positions are written, or the disk where all of these are parts of it. */
function positionStyle(rows: PartitionTable['rows'], disk: string | undefined): AmountStyle {
  const written = [...rows.flatMap(({ start, end }) => [end, start]), disk];
  // Where the first partition begins says nothing of how people count.
  const alignment = '1MiB';
  const isUsual = (text: string | undefined) => text !== undefined && /[A-Za-z]$/.test(text);
  return styleOfAmount(written.find((text) => isUsual(text) && text !== alignment) ?? alignment);
}

/** A layout that boots with BIOS and with UEFI, and gives the rest of the disk to the system. */
export const usualPartitions: PlainPartition = {
  table: 'gpt',
  disk: '20g',
  entries: [
    { name: 'bios', size: '1m', flags: ['bios_grub'] },
    { name: 'esp', size: '512m', flags: ['esp'], filesystem: { type: 'vfat', mountpoint: '/boot/efi' } },
    { name: 'root', size: -1, filesystem: { type: 'ext4', mountpoint: '/' } },
  ],
};
