import { removed, replaced } from '../remedy.ts';
import { entriesPath, type PartitionCheck } from './partition-check.ts';

/** Characters of a label: mkfs of each kind refuses longer ones. */
export const longestLabel: Readonly<Record<string, number>> = {
  vfat: 11,
  xfs: 12,
  ext4: 16,
  swap: 16,
  btrfs: 255,
};

export function checkFileSystems({ partitions, of, contradiction, value }: PartitionCheck): void {
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
        removed(...entriesPath, index, 'filesystem'),
      );
    if (flags.includes('esp') && filesystem !== undefined && filesystem.type !== 'vfat')
      contradiction(
        of(index, 'filesystem', 'type'),
        'An EFI system partition is vfat: firmware reads nothing else.',
        replaced('vfat', ...entriesPath, index, 'filesystem', 'type'),
      );
    if (filesystem === undefined) continue;
    const { type, mountpoint, label } = filesystem;
    if (type === 'swap' && mountpoint !== undefined)
      contradiction(
        of(index, 'filesystem', 'mountpoint'),
        'Swap is mounted nowhere. Remove the mount point.',
        removed(...entriesPath, index, 'filesystem', 'mountpoint'),
      );
    if (type === 'vfat' && mountpoint === '/')
      contradiction(
        of(index, 'filesystem', 'type'),
        'vfat knows no owners and permissions: / cannot be on it.',
        replaced('ext4', ...entriesPath, index, 'filesystem', 'type'),
      );
    if (type === 'vfat' && mountpoint === '/boot')
      value(
        of(index, 'filesystem', 'mountpoint'),
        'dpkg keeps a link to each file of /boot while it replaces it, and vfat has none: upgrades of the kernel fail. The EFI system partition is mounted at /boot/efi.',
        ...(partitions.entries.some((each) => each.filesystem?.mountpoint === '/boot/efi')
          ? []
          : [replaced('/boot/efi', ...entriesPath, index, 'filesystem', 'mountpoint')]),
      );
    if (type === 'swap' && (filesystem.fsck ?? 0) > 0)
      value(
        of(index, 'filesystem', 'fsck'),
        'Swap holds no files that could be checked.',
        removed(...entriesPath, index, 'filesystem', 'fsck'),
      );
    const most = longestLabel[type] ?? 255;
    if (label !== undefined && label.length > most)
      contradiction(
        of(index, 'filesystem', 'label'),
        `A label on ${type} has at most ${most} characters, not ${label.length}.`,
        replaced(label.slice(0, most).trimEnd(), ...entriesPath, index, 'filesystem', 'label'),
      );
  }
}
