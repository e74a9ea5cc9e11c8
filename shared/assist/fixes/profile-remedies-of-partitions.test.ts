import { describe } from 'vitest';
import { mendEach, partitions, type Row } from './profile-remedies.test-support.ts';

const ofPartitions: readonly Row[] = [
  [
    'partitions that overlap',
    partitions('- {name: a, start: 1MiB, end: 8GiB}\n- {name: b, start: 6GiB, end: 100%}\n'),
    /overlaps partition 1/,
    'Set “start” to 8GiB',
    partitions('- {name: a, start: 1MiB, end: 8GiB}\n- {name: b, start: 8GiB, end: 100%}\n'),
  ],
  [
    'a position behind the end of the disk',
    partitions('- {name: a, start: 1MiB, end: 8GiB}\n- {name: b, start: 8GiB, end: 60GiB}\n'),
    /and the disk has/,
    'Set “end” to 100%',
    partitions('- {name: a, start: 1MiB, end: 8GiB}\n- {name: b, start: 8GiB, end: 100%}\n'),
  ],
  [
    'a size that the disk has not',
    partitions('- name: a\n  size: 8g\n- name: b\n  size: 30g # all the rest\n'),
    /and the disk has/,
    'Give it what is left of the disk',
    partitions('- name: a\n  size: 8g\n- name: b\n  size: -1 # all the rest\n'),
  ],
  [
    'parts of more than the disk',
    partitions('- {name: a, size: 70%}\n- {name: b, size: 50%}\n'),
    /add up to/,
    'Set “size” to 30%',
    partitions('- {name: a, size: 70%}\n- {name: b, size: 30%}\n'),
  ],
  [
    'root mounted behind what lies in it',
    partitions(
      '- {name: a, size: 8g, mountOrder: 3, filesystem: {type: ext4, mountpoint: /}}\n- {name: b, size: 2g, mountOrder: 1, filesystem: {type: ext4, mountpoint: /var}}\n',
    ),
    /would cover it/,
    'Set “mountOrder” to 4',
    partitions(
      '- {name: a, size: 8g, mountOrder: 3, filesystem: {type: ext4, mountpoint: /}}\n- {name: b, size: 2g, mountOrder: 4, filesystem: {type: ext4, mountpoint: /var}}\n',
    ),
  ],
  [
    'no root',
    partitions(
      '- {name: root, size: 8g, filesystem: {type: ext4}}\n- {name: b, size: 2g, filesystem: {type: ext4, mountpoint: /var}}\n',
    ),
    /mounted at \//,
    'Mount partition 1 at /',
    partitions(
      '- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n- {name: b, size: 2g, filesystem: {type: ext4, mountpoint: /var}}\n',
    ),
  ],
  [
    'nothing that UEFI boots from',
    `machine: {boot: uefi}\n${partitions('- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n')}`,
    /has the flag esp/,
    'Add an EFI system partition',
    `machine: {boot: uefi}\n${partitions('- name: esp\n  size: 512MiB\n  flags: [esp]\n  filesystem:\n    type: vfat\n    mountpoint: /boot/efi\n- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n')}`,
  ],
  [
    'nothing that BIOS boots from',
    `machine: {boot: bios}\n${partitions('- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n')}`,
    /bios_grub/,
    'Add a partition for GRUB',
    `machine: {boot: bios}\n${partitions('- name: grub\n  size: 1MiB\n  flags: [bios_grub]\n- {name: root, size: 8g, filesystem: {type: ext4, mountpoint: /}}\n')}`,
  ],
  [
    'a table that is too small',
    partitions('- {name: a, size: 1t, filesystem: {type: ext4, mountpoint: /}}\n', 'table: mbr\n  disk: 4t'),
    /reaches 2 TiB/,
    'Set “table” to gpt',
    partitions('- {name: a, size: 1t, filesystem: {type: ext4, mountpoint: /}}\n', 'table: gpt\n  disk: 4t'),
  ],
  [
    'a label that two have',
    partitions(
      '- {name: a, size: 8g, filesystem: {type: ext4, mountpoint: /, label: data}}\n- {name: a, size: 2g, filesystem: {type: ext4, mountpoint: /var, label: data}}\n',
    ),
    /has the label/,
    'Set “label” to data-2',
    partitions(
      '- {name: a, size: 8g, filesystem: {type: ext4, mountpoint: /, label: data}}\n- {name: a, size: 2g, filesystem: {type: ext4, mountpoint: /var, label: data-2}}\n',
    ),
  ],
];

describe('a fix for the partitions', () => mendEach(ofPartitions));
