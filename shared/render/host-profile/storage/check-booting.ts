import type { Partition } from '../../../schema/host-profile-partitions.ts';
import type { PlainValue } from '../../../source/edit-value.ts';
import { type Remedy, replaced } from '../remedy.ts';
import { entriesPath, type PartitionCheck } from './partition-check.ts';

export function checkBooting({
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
  if (meant !== undefined) return [replaced([...meant.flags, 'esp'], ...entriesPath, index, 'flags')];
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
  return haveSizes
    ? [{ title, changes: [{ type: 'insert', path: ['spec', ...entriesPath, 0], value }] }]
    : [];
}
