import { describe, expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

const found = (body: string) => validateText('user-data/a.yaml', `#cloud-config\n${body}\n`);
const said = (body: string) =>
  found(body).map(({ range, severity, message }) => `${range.start.line} ${severity} ${message}`);

const disk = (layout: string, more = '') =>
  `disk_setup:\n  /dev/sdb: {table_type: gpt, layout: ${layout}${more}}`;

describe('disks', () => {
  test.each([
    [
      'sizes above the whole',
      disk('[50, 60]'),
      /^3 warning The sizes are.*come to 110\..*what is left: 50 %/,
    ],
    ['no room for the last', disk('[50, 50, [10, 82]]'), /^3 warning .*before the last take 100 %/],
    [
      'five partitions of an old table',
      'disk_setup:\n  /dev/sdb: {table_type: mbr, layout: [20, 20, 20, 20, 20]}',
      /^3 warning .*holds 4 partitions, not 5/,
    ],
    [
      'a file system on a partition that is not made',
      `${disk('[50, 50]')}\nfs_setup:\n- {device: /dev/sdb, partition: 3, filesystem: xfs}`,
      /^5 warning disk_setup makes 2 partitions on \/dev\/sdb, so that there is no partition 3/,
    ],
    [
      'the same by its name',
      `${disk('true')}\nfs_setup:\n- {device: /dev/sdb2, filesystem: xfs}`,
      /^5 warning disk_setup makes one partition/,
    ],
    [
      'two mounts on one folder',
      'mounts:\n- [/dev/sdb1, /data]\n- [/dev/sdc1, /data/, ext4]',
      /^4 warning \/data\/ is a mount point in line 3 already/,
    ],
    [
      'a misspelt option',
      'mounts:\n- [/dev/sdb1, /data, ext4, "defaults,nofial"]',
      /^3 warning mount knows no option “nofial”.*Did you mean “nofail”/,
    ],
    ['a blank in a mount point', 'mounts:\n- [/dev/sdb1, /my data, ext4]', /^3 warning .*\\040/],
    [
      'a blank between options',
      'mounts:\n- [/dev/sdb1, /data, ext4, "defaults nofail"]',
      /^3 warning Options have commas.*Write defaults,nofail\./,
    ],
    [
      'a disk for a folder of a server',
      'mounts:\n- ["192.0.2.1:/x", /data, ext4]',
      /^3 warning .*is a folder of a server.*Write nfs\./,
    ],
    ['a disk for a share', 'mounts:\n- [//nas/x, /data, ntfs]', /^3 warning .*Write cifs\./],
    [
      'a name of the kernel for a disk',
      'disk_setup:\n  sdb: {layout: true}',
      /^3 warning A disk is a path, \/dev\/sdb: /,
    ],
    [
      'a name of the kernel for a partition',
      'fs_setup:\n- {device: nvme0n1p1, filesystem: ext4}',
      /^3 warning A disk is a path, \/dev\/nvme0n1p1: /,
    ],
    [
      'a file system on nothing',
      'fs_setup:\n- {filesystem: ext4}',
      /^3 warning A file system needs a “device”/,
    ],
    [
      'a file system that does not exist',
      'mounts:\n- [/dev/sdb1, /data, ext5]',
      /^3 warning .*no file system “ext5”.*Did you mean “ext4”/,
    ],
  ])('warns of %s', (_what, body, finding) => {
    expect(said(body).filter((each) => !each.includes(' info '))).toEqual([expect.stringMatching(finding)]);
  });

  test('proposes the successor for a file system that mkfs does not know', () => {
    expect(said('fs_setup:\n- {device: /dev/sdb, filesystem: ext5}')[0]).toContain('Did you mean “ext4”');
  });

  test.each([
    disk('[33, [66, 82]]'),
    disk('[33, 33, 34]'),
    disk('[100]'),
    disk('false'),
    `${disk('[50, 50]')}\nfs_setup:\n- {device: /dev/sdb, partition: 2, filesystem: xfs}\n- {device: /dev/sdb, partition: auto, filesystem: xfs}\n- {device: /dev/sdc1, filesystem: xfs}\n- {device: /dev/sdb1, filesystem: xfs}`,
    'disk_setup:\n  ephemeral0: {layout: [50, 50]}\nfs_setup:\n- {device: ephemeral0.2, filesystem: ext4}\n- {device: ephemeral0.1, filesystem: ext4}',
    'disk_setup:\n  /dev/nvme0n1: {layout: true}\nfs_setup:\n- {device: /dev/nvme0n1p1, filesystem: ext4}\n- {device: /dev/nvme0n12, filesystem: ext4}',
    'mounts:\n- [a, /a, nfs, "rw,_netdev,noauto,x-systemd.automount,vers=4.2,nolock,soft"]\n- [b, /b, btrfs, "subvol=@,compress=zstd,ssd,nodatacow,user,users,exec"]',
    'mounts:\n- [swap, none, swap]\n- [/dev/sdb2, none, swap]\n- [a, /x, auto, "noauto"]\n- [b, /x, auto, noauto]\n- [h:/x, /n, nfs4]\n- [u@h:/x, /s, fuse.sshfs]\n- [d, /d, ntfs-3g]\n- [fs0, /g, gpfs]',
    'device_aliases: {sdb: /dev/vdb}\ndisk_setup:\n  sdb: {layout: true}\nfs_setup:\n- {device: swap, filesystem: swap}',
    'mounts:\n- [sdb1, /x, ext4, "defaults,nofail"]',
    'fs_setup:\n- {device: /dev/sdb, filesystem: ocfs2}\n- {device: /dev/sdc, filesystem: gfs2}',
  ])('takes %s', (body) => {
    expect(said(body).filter((each) => each.includes(' warning '))).toEqual([]);
  });
});
