import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { esp, partitions, root, used } from '../testing/written-partitions.ts';

describe('partitions', () => {
  judgeAll([
    [partitions(`${esp}\n${root}`), used],
    [
      partitions(
        `${esp}\n- {name: root, size: ">100g", filesystem: {type: ext4, mountpoint: /, options: "defaults,noatime", label: root}}\n- {name: swap, size: 8GiB, filesystem: {type: swap}}`,
        'disk: 240g\n  ',
      ),
      used,
    ],
    [
      partitions(
        `- {name: esp, size: 512m, flags: [esp], filesystem: {type: vfat, mountpoint: /boot/efi, options: "defaults,errors=remount-ro,noatime", dump: 0, fsck: 1}}\n- {name: root, size: "-1", filesystem: {type: ext4, mountpoint: /, dump: 0, fsck: 1}}`,
      ),
      used,
    ],
    [partitions(`${esp}\n${root.replace('mountpoint: /', 'mountpoint: /, fsck: 3')}`), /^error /],
    [
      partitions(`${esp}\n- {name: swap, size: 1g, filesystem: {type: swap, fsck: 2}}\n${root}`),
      used,
      /^warning Swap holds no files/,
    ],
    [
      partitions(`${esp}\n- {name: root, size: 900MiB, filesystem: {type: ext4, mountpoint: /}}`),
      used,
      /^warning The system does not fit on 900 MiB/,
    ],
    [partitions(`${esp}\n- {name: root, size: "99%", filesystem: {type: ext4, mountpoint: /}}`), used],
    [
      partitions(
        `- {name: grub, start: 1MiB, end: 5MiB, flags: [bios_grub]}\n- {name: esp, start: 5MiB, end: 516MiB, flags: [esp], filesystem: {type: vfat, mountpoint: /boot/efi}, mountOrder: 2}\n- {name: boot, start: 516MiB, end: 1284MiB, filesystem: {type: ext4, mountpoint: /boot}, mountOrder: 1}\n- {name: root, start: 1284MiB, end: "100%", filesystem: {type: ext4, mountpoint: /}, mountOrder: 0}`,
        'disk: 5g\n  ',
      ),
      used,
    ],
    [
      partitions(
        `${esp}\n- {name: root, size: 100g, filesystem: {type: ext4, mountpoint: /}}`,
        'disk: 100g\n  ',
      ),
      used,
      /^error Partition 2 \(root\) ends at 100.5 GiB, and the disk has 100 GiB/,
    ],
    [
      partitions(
        `${esp}\n- {name: root, size: "60%", filesystem: {type: ext4, mountpoint: /}}\n- {name: var, size: "50%"}`,
      ),
      used,
      /^error The parts of the disk add up to 110 %/,
    ],
    [
      partitions(`${esp}\n${root}\n- {name: var, size: -1}`),
      used,
      /^error Partition 2 takes what is left already/,
    ],
    [
      partitions(
        `- {name: esp, start: 1MiB, end: 600MiB, flags: [esp]}\n- {name: root, start: 512MiB, end: "100%", filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error The partition overlaps partition 1 \(esp\)/,
    ],
    [
      partitions(
        `- {name: esp, start: "0", end: 50%, flags: [esp]}\n- {name: root, start: 40%, end: "100%", filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error The partition overlaps partition 1 \(esp\)/,
    ],
    [
      partitions(
        `- {name: esp, start: 1MiB, end: 50%, flags: [esp]}\n- {name: root, start: 9g, end: "100%", filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
    ],
    [
      partitions(
        `- {name: esp, start: 1MiB, end: 600MiB, flags: [esp]}\n- {name: root, start: 512MiB, end: 9g, filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error The partition overlaps partition 1 \(esp\)/,
    ],
    [
      partitions(
        `- {name: esp, start: 1MiB, end: 600MiB, flags: [esp]}\n- {name: root, start: 512MiB, end: "100%", filesystem: {type: ext4, mountpoint: /}}`,
        'disk: 20g\n  ',
      ),
      used,
      /^error The partition overlaps/,
    ],
    [
      partitions(
        `- {name: a, start: 1MiB, end: 9g, flags: [esp]}\n- {name: b, start: 1g, end: 2g}\n- {name: root, start: 3g, end: 4g, filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /overlaps partition 1 \(a\)/,
      /overlaps partition 1 \(a\)/,
    ],
    [
      partitions(`- {name: esp, start: 2g, end: 1g, flags: [esp]}`),
      used,
      /^error The partition ends before it starts/,
    ],
    [
      partitions(`- {name: esp, start: 1MiB, end: 30g, flags: [esp]}`, 'disk: 20g\n  '),
      used,
      /^error Partition 1 \(esp\) ends at 30 GiB/,
    ],
    [
      partitions(`- {name: esp, start: 1MiB, end: 512MiB, flags: [esp]}\n${root}`),
      used,
      /^error Other partitions have a start and an end/,
    ],
    [partitions(`- {name: esp, size: 1g, start: 1MiB}`), /either a size, or a start and an end/],
    [partitions(`- {name: esp, size: 10%of}`), /A size is written as 30g/],
    [
      partitions(`${esp}\n- {name: var, size: 9g, filesystem: {type: ext4, mountpoint: /var}}`),
      used,
      /^error No partition is mounted at \/\./,
    ],
    [
      partitions(`${esp}\n${root}\n- {name: b, size: 9g, filesystem: {type: ext4, mountpoint: /}}`),
      used,
      /^error \/ is the mount point of partition 2 already/,
    ],
    ...['/etc', '/proc', '/sys/a', '/run', '/lib'].map((point): [string, ...RegExp[]] => [
      partitions(`${esp}\n${root}\n- {name: a, size: 1g, filesystem: {type: ext4, mountpoint: ${point}}}`),
      used,
      new RegExp(`^error ${point} is no place for a partition: `),
    ]),
    ...['/usr', '/run/data'].map((point): [string, ...RegExp[]] => [
      partitions(`${esp}\n${root}\n- {name: a, size: 1g, filesystem: {type: ext4, mountpoint: ${point}}}`),
      used,
    ]),
    [
      partitions(
        `${esp}\n- {name: var, size: 9g, mountOrder: 0, filesystem: {type: ext4, mountpoint: /var}}\n- {name: root, size: "-1", mountOrder: 1, filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error \/var lies in \/, but is mounted before it/,
    ],
    [
      partitions(
        `${esp}\n- {name: root, size: 9g, mountOrder: 0, filesystem: {type: ext4, mountpoint: /}}\n- {name: a, size: 1g, mountOrder: 3, filesystem: {type: ext4, mountpoint: /srv/a}}\n- {name: s, size: 1g, mountOrder: 3, filesystem: {type: ext4, mountpoint: /srv}}`,
      ),
      used,
      /at the same time/,
    ],
    [
      partitions(`- {name: esp, size: 512m, flags: [esp], filesystem: {type: ext4}}\n${root}`),
      used,
      /An EFI system partition is vfat/,
    ],
    [
      partitions(`${esp}\n- {name: g, size: 1m, flags: [bios_grub], filesystem: {type: ext4}}\n${root}`),
      used,
      /has no file system/,
    ],
    [
      partitions(`${esp}\n${root}\n- {name: s, size: 1g, filesystem: {type: swap, mountpoint: /swap}}`),
      used,
      /Swap is mounted nowhere/,
    ],
    [
      partitions(`${esp}\n- {name: root, size: 9g, filesystem: {type: vfat, mountpoint: /}}`),
      used,
      /vfat knows no owners/,
    ],
    [
      partitions(
        `${esp}\n- {name: root, size: 9g, filesystem: {type: ext4, mountpoint: /, label: a-label-that-is-long}}`,
      ),
      used,
      /at most 16 characters, not 20/,
    ],
    [
      partitions(
        `- {name: a, size: 1g, flags: [esp], filesystem: {type: vfat, label: x}}\n- {name: a, size: 9g, filesystem: {type: ext4, mountpoint: /, label: x}}`,
      ),
      used,
      /^warning Partition 1 has the name a too/,
      /^error Partition 1 has the label x too/,
    ],
    [`machine: {boot: uefi}\n${partitions(root)}`, used, /^error The machine boots with UEFI/],
    [`machine: {boot: bios}\n${partitions(`${esp}\n${root}`)}`, used, /^error The machine boots with BIOS/],
    [`machine: {boot: bios}\n${partitions(root, 'table: mbr\n  ')}`, used],
    [
      partitions(`- {name: esp, size: 1g, flags: [esp, bios_grub], filesystem: {type: vfat}}\n${root}`),
      used,
      /^error A partition has one type: that of UEFI/,
    ],
    [
      partitions(`${esp}\n- {name: root, size: "0%", filesystem: {type: ext4, mountpoint: /}}`),
      used,
      /^error The partition has no room at all/,
    ],
    [
      partitions(`${esp.replace('/boot/efi', '/boot')}\n${root}`),
      used,
      /^warning dpkg keeps a link to each file of \/boot/,
    ],
    [partitions(root), used, /^warning The disk boots neither/],
    [
      partitions(
        `${root}\n${[1, 2, 3, 4].map((n) => `- {name: p${n}, size: 1g}`).join('\n')}`,
        'table: mbr\n  ',
      ),
      used,
      /^error An MBR has 4/,
    ],
    [partitions(root, 'table: mbr\n  disk: 4TB\n  '), used, /^error An MBR reaches 2 TiB/],
    [
      partitions(`- {name: g, size: 1m, flags: [bios_grub]}\n${root}`, 'table: mbr\n  '),
      used,
      /^error bios_grub is a partition of GPT/,
    ],
  ]);
});
