import { suggest } from '../../../diagnostics/suggest.ts';
import type { fileSystemTypes } from '../../../schema/host-profile-partitions.ts';

type FileSystemType = (typeof fileSystemTypes)[number];

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** mount(8), “Filesystem-independent mount options”, with those that mount keeps to itself, and systemd.mount(5), “fstab”. */
const ofAll = words(`
  defaults async sync atime noatime diratime nodiratime relatime norelatime strictatime nostrictatime lazytime nolazytime
  auto noauto dev nodev exec noexec suid nosuid group nogroup iversion noiversion mand nomand _netdev nofail owner noowner
  remount ro rw silent loud dirsync user nouser users nousers symfollow nosymfollow context fscontext defcontext rootcontext
  seclabel comment bind rbind move loop offset sizelimit encryption helper uhelper private rprivate shared rshared slave rslave
  unbindable runbindable verity.hashdevice verity.hashoffset verity.roothash verity.roothashfile verity.fecdevice
  verity.fecoffset verity.fecroots verity.roothashsig verity.oncorruption
`);

/**
 * All that Linux 6.1 takes, so that what another file system has is certainly refused: fs/ext4/super.c
 * (ext4_param_specs), fs/xfs/xfs_super.c (xfs_fs_parameters), fs/btrfs/super.c (tokens), fs/fat/inode.c (fat_tokens,
 * vfat_tokens); and swapon(8). Without their values.
 */
const ofType: Readonly<Record<FileSystemType, readonly string[]>> = {
  ext4: words(`
    acl user_xattr data data_err barrier nobarrier commit errors grpid bsdgroups nogrpid sysvgroups resgid
    resuid sb quota noquota usrquota grpquota prjquota usrjquota grpjquota jqfmt bh nobh journal_async_commit
    journal_checksum nojournal_checksum journal_dev journal_path journal_ioprio norecovery noload stripe delalloc nodelalloc
    auto_da_alloc noauto_da_alloc max_batch_time min_batch_time init_itable noinit_itable discard nodiscard block_validity
    noblock_validity dioread_lock dioread_nolock nodioread_nolock max_dir_size_kb i_version dax inode_readahead_blks debug
    minixdf bsddf mblk_io_submit nomblk_io_submit inlinecrypt prefetch_block_bitmaps no_prefetch_block_bitmaps mb_optimize_scan
    nombcache no_mbcache oldalloc orlov abort nocheck check reservation noreservation journal nouid32 warn_on_error
    nowarn_on_error debug_want_extra_isize fc_debug_force fc_debug_max_replay test_dummy_encryption
  `),
  xfs: words(`
    allocsize attr2 noattr2 discard nodiscard grpid bsdgroups nogrpid sysvgroups filestreams ikeep noikeep inode32 inode64
    largeio nolargeio logbufs logbsize logdev noalign norecovery nouuid quota noquota uquota usrquota uqnoenforce qnoenforce
    gquota grpquota gqnoenforce pquota prjquota pqnoenforce rtdev sunit swidth swalloc wsync dax
  `),
  btrfs: words(`
    acl noacl autodefrag noautodefrag barrier nobarrier check_int check_int_data check_int_print_mask clear_cache commit compress compress-force datacow
    nodatacow datasum nodatasum degraded device discard nodiscard enospc_debug noenospc_debug fatal_errors flushoncommit
    noflushoncommit fragment inode_cache noinode_cache max_inline metadata_ratio norecovery nologreplay recovery
    ref_verify rescan_uuid_tree rescue skip_balance space_cache nospace_cache ssd ssd_spread nossd nossd_spread subvol subvolid
    thread_pool treelog notreelog usebackuproot user_subvol_rm_allowed
  `),
  vfat: words(`
    allow_utime blocksize check codepage conv cvf_format cvf_options debug discard dmask dos1xfloppy errors fat flush fmask gid
    iocharset nfs nocase nonumtail posix quiet rodir shortname showexec sys_immutable time_offset tz uid umask uni_xlate utf8
    usefree
  `),
  swap: words('sw discard pri'),
};

/** mm/shmem.c: what is written for /tmp in memory, and stays when /tmp gets a disk. */
const ofTmpfs = words('size nr_blocks nr_inodes mode huge mpol');

/** Options that stand in manuals and tutorials, and that Linux 6.1 refuses; others of Debian may take them. */
const refused: Readonly<Partial<Record<FileSystemType, readonly string[]>>> = {
  // ext4(5) of Debian 12 still names them.
  ext4: words('noacl nouser_xattr'),
  xfs: words('delaylog nodelaylog ihashsize osyncisdsync irixsgid nouser_xattr'),
  btrfs: words('alloc_start subvolrootid nouser_xattr'),
  // msdos_tokens of fs/fat/inode.c.
  vfat: words('dots nodots dotsOK'),
};

/** Values of options that take one of a few. */
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  data: ['journal', 'ordered', 'writeback'],
  data_err: ['abort', 'ignore'],
  errors: ['continue', 'remount-ro', 'panic'],
  jqfmt: ['vfsold', 'vfsv0', 'vfsv1'],
};

export interface OptionProblem {
  readonly message: string;
  /** What stands in its place; undefined where it only has to go. */
  readonly instead?: string;
  /** Whether the mount certainly fails. */
  readonly isFatal: boolean;
}

/** What is wrong with one mount option of a file system. Options that are not known here pass, but for slips. */
export function optionProblem(option: string, type: FileSystemType): OptionProblem | undefined {
  const [name = '', value] = option.split(/=(.*)/s, 2);
  if (/^x-/i.test(name) || name === 'vers') return undefined;
  const own = ofType[type];
  if (own.includes(name) || ofAll.includes(name)) return valueProblem(name, value);
  if (refused[type]?.includes(name))
    return {
      message: `${type} of Linux 6.1 has no option ${name}: it refuses it, and is not mounted.`,
      isFatal: false,
    };
  const owners = Object.entries({ ...ofType, tmpfs: ofTmpfs }).flatMap(([each, names]) =>
    names.includes(name) ? [each] : [],
  );
  // What swapon does not know it passes over.
  if (owners.length > 0)
    return {
      message: `${name} is an option of ${owners.join(' and ')}: ${type} ${type === 'swap' ? 'has none of this name' : 'refuses it, and is not mounted'}.`,
      isFatal: type !== 'swap',
    };
  const meant = name.length < 4 ? undefined : suggest(name, [...ofAll, ...own]);
  return meant === undefined
    ? undefined
    : {
        message: `The mount option “${name}” is not known. Did you mean “${meant}”?`,
        instead: value === undefined ? meant : `${meant}=${value}`,
        isFatal: false,
      };
}

function valueProblem(name: string, value: string | undefined): OptionProblem | undefined {
  const known = valuesOf[name];
  if (known === undefined || (value !== undefined && known.includes(value))) return undefined;
  const meant = suggest(value ?? '', known);
  return {
    message: `The mount option ${name} takes ${known.join(', ').replace(/, (?=[^,]*$)/, ' or ')}.${meant === undefined ? '' : ` Did you mean “${meant}”?`}`,
    ...(meant === undefined ? {} : { instead: `${name}=${meant}` }),
    isFatal: true,
  };
}
