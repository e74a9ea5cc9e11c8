import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { esp, partitions, used } from '../testing/written-partitions.ts';

const root = (type: string, options: string) =>
  partitions(
    `${esp}\n- {name: root, size: "-1", filesystem: {type: ${type}, mountpoint: /, options: "${options}"}}`,
  );

describe('mount options', () => {
  judgeAll([
    [
      root('xfs', 'data=ordered'),
      used,
      /^error data is an option of ext4: xfs refuses it, and is not mounted/,
    ],
    [
      root('xfs', 'noatime,nobarrier'),
      used,
      /^error nobarrier is an option of ext4 and btrfs: xfs refuses it/,
    ],
    [root('ext4', 'subvol=@'), used, /^error subvol is an option of btrfs/],
    [root('ext4', 'notime'), used, /^warning .*“notime” is not known. Did you mean “noatime”\?/],
    [root('ext4', 'defualts,commit=30'), used, /Did you mean “defaults”\?/],
    [root('ext4', 'errors=remount'), used, /^error .* errors takes continue, remount-ro or panic\./],
    [root('ext4', 'noexec'), used, /^error With noexec nothing on \/ can be run/],
    [
      root('ext4', 'defaults,noatime,errors=remount-ro,x-systemd.growfs,data=ordered,lazytime,nodelalloc'),
      used,
    ],
    [root('xfs', 'defaults,prjquota,inode64,logbsize=256k,discard'), used],
    [root('btrfs', 'subvol=@,compress=zstd:1,ssd,discard=async,space_cache=v2'), used],
    [root('ext4', 'nouid32,warn_on_error,noreservation,loop,nogroup,user_xattr,acl'), used],
    [root('xfs', 'shared,verity.roothash=00'), used],
    [root('btrfs', 'check_int_data,noacl,thread_pool=4'), used],
    [root('ext4', 'noacl'), used, /^warning ext4 of Linux 6\.1 has no option noacl: it refuses it/],
    [root('xfs', 'noacl'), used, /^error noacl is an option of btrfs: xfs refuses it/],
    [root('btrfs', 'usrquota'), used, /^error usrquota is an option of ext4 and xfs: btrfs refuses it/],
    [root('ext4', 'data_err=panic'), used, /^error .* data_err takes abort or ignore\./],
    [root('ext4', 'size=2G,noatime'), used, /^error size is an option of tmpfs: ext4 refuses it/],
    [root('ext4', 'unheard-of'), used],
    [
      partitions(
        `- {name: esp, size: 1g, flags: [esp], filesystem: {type: vfat, mountpoint: /boot/efi, options: "umask=0077,shortname=winnt,errors=remount-ro"}}\n- {name: swap, size: 1g, filesystem: {type: swap, options: "sw,pri=5,nofail"}}\n- {name: root, size: "-1", filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
    ],
    [
      partitions(
        `- {name: esp, size: 1g, flags: [esp], filesystem: {type: vfat, mountpoint: /boot/efi, options: "umask=0077,nocase,posix,acl,nodots"}}\n- {name: root, size: "-1", filesystem: {type: ext4, mountpoint: /}}`,
      ),
      used,
      /^error acl is an option of ext4 and btrfs: vfat refuses it/,
      /^warning vfat of Linux 6\.1 has no option nodots/,
    ],
  ]);
});
