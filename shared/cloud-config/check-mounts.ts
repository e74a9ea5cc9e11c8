import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { editDistance, suggest, wordFix } from '../diagnostics/suggest.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import { samePath } from './file-path.ts';
import { itemsUnder } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** What mount(8) is often given, by the kernel's names and those of helpers. Only what is one letter beside one is told. */
const fileSystems = [
  ...[
    'ext4',
    'ext3',
    'ext2',
    'xfs',
    'btrfs',
    'vfat',
    'exfat',
    'ntfs',
    'ntfs3',
    'swap',
    'tmpfs',
    'nfs',
    'nfs4',
  ],
  ...[
    'cifs',
    'smb3',
    'smbfs',
    'iso9660',
    'udf',
    'f2fs',
    'jfs',
    'zfs',
    'overlay',
    'squashfs',
    '9p',
    'virtiofs',
  ],
  ...[
    'auto',
    'none',
    'bind',
    'proc',
    'sysfs',
    'devpts',
    'ramfs',
    'ceph',
    'fuse',
    'fuse3',
    'fuseblk',
    'minix',
  ],
  ...[
    'erofs',
    'efs',
    'hfs',
    'ufs',
    'afs',
    'aufs',
    'vxfs',
    'zonefs',
    'gfs2',
    'ocfs2',
    'xenfs',
    'vboxsf',
    'coda',
  ],
  ...['msdos', 'fat', 'dax', 'ubifs', 'ocfs', 'nfsd', 's3fs', 'encfs', 'sshfs', 'gfs', 'bfs', 'qnx4', 'qnx6'],
  ...[
    'bpf',
    'cgroup',
    'cgroup2',
    'omfs',
    'sysv',
    'adfs',
    'affs',
    'hpfs',
    'reiserfs',
    'reiser4',
    'pvfs2',
    'gpfs',
    'apfs',
    'romfs',
  ],
];

/** Lines of fstab: each folder once, and a kind of file system that exists. */
export function checkMounts(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const folders = new Map<string, SourceNode>();
  for (const mount of itemsUnder(childOf(root, 'mounts'))) {
    const [device, folder, kind, options] = itemsUnder(mount);
    if (options?.type === 'scalar' && typeof options.value === 'string' && !isOpen(options))
      checkOptions(options, sink);
    if (kind?.type === 'scalar' && typeof kind.value === 'string' && !isOpen(kind)) checkKind(kind, sink);
    if (device?.type === 'scalar' && kind?.type === 'scalar' && !isOpen(device))
      checkShare(device, kind, sink);
    if (folder?.type !== 'scalar' || typeof folder.value !== 'string' || isOpen(folder)) continue;
    // One of several that are mounted by hand.
    const isLeft = options?.type === 'scalar' && /\bnoauto\b/.test(String(options.value));
    if (!folder.value.startsWith('/') || isLeft) continue;
    const path = samePath(`${folder.value}/`);
    const earlier = folders.get(path);
    if (earlier !== undefined) {
      const { line } = positionAt(earlier.source, earlier.span.start);
      const message = `${folder.value} is a mount point in line ${line} already: where both devices exist, only one of them is seen there.`;
      sink.comparing(folder, 'warning', 'cloud-config-type', message, [earlier]);
    }
    folders.set(path, earlier ?? folder);
  }
}

function checkKind(node: ScalarNode, sink: DiagnosticSink): void {
  const name = String(node.value);
  if (fileSystems.includes(name)) return;
  const meant = suggest(name, fileSystems);
  if (meant === undefined || editDistance(name, meant) > 1) return;
  const message = `The kernel knows no file system “${name}”, so that nothing is mounted here. Did you mean “${meant}”?`;
  sink.at(node, 'warning', 'cloud-config-type', message, [wordFix(node, meant)]);
}

/** Options of mount(8) for every file system. Others are known to one alone: only slips of one letter are told. */
const mountOptions = [
  ...[
    'defaults',
    'nofail',
    'noauto',
    'noatime',
    'relatime',
    'norelatime',
    'strictatime',
    'nodiratime',
    'noexec',
  ],
  ...[
    'nosuid',
    'nodev',
    'remount',
    'nouser',
    'nousers',
    '_netdev',
    'discard',
    'nodiscard',
    'lazytime',
    'noowner',
  ],
];
const alike = new Set(['users', 'owner', 'nouser_xattr']);

/** Of a local disk, which no name of a server with a path behind it is. */
const ofDisks: ReadonlySet<string> = new Set([
  'ext2',
  'ext3',
  'ext4',
  'xfs',
  'btrfs',
  'vfat',
  'exfat',
  'ntfs',
  'swap',
]);

function checkShare(device: ScalarNode, kind: ScalarNode, sink: DiagnosticSink): void {
  const name = String(device.value);
  const isOfServer = /^(?:[\w.-]+|\[[\da-f:]+\]):\//i.test(name);
  const isShare = /^\/\/[\w.-]+\/\S/.test(name);
  if (!(isOfServer || isShare) || !ofDisks.has(String(kind.value))) return;
  const meant = isShare ? 'cifs' : 'nfs';
  const message = `${name.slice(0, 80)} is a folder of a server, and ${kind.value} stands on a disk: nothing is mounted. Write ${meant}.`;
  sink.at(kind, 'warning', 'cloud-config-type', message, [wordFix(kind, meant)]);
}

function checkOptions(node: ScalarNode, sink: DiagnosticSink): void {
  const text = String(node.value);
  if (/\S\s+\S/.test(text)) {
    const message = `Options have commas between them, and a blank ends the field: fstab then says something else. Write ${text
      .trim()
      .replace(/[\s,]+/g, ',')
      .slice(0, 80)}.`;
    sink.at(node, 'warning', 'cloud-config-type', message, [
      wordFix(node, text.trim().replace(/[\s,]+/g, ',')),
    ]);
    return;
  }
  for (const option of String(node.value).split(',')) {
    if (mountOptions.includes(option) || alike.has(option) || option.length < 5) continue;
    const meant = suggest(option, mountOptions);
    if (meant === undefined || editDistance(option, meant) > 1) continue;
    const message = `mount knows no option “${option}”, and mounts nothing here. Did you mean “${meant}”?`;
    const instead = String(node.value).replace(option, meant);
    sink.at(node, 'warning', 'cloud-config-type', message, [wordFix(node, instead)]);
    return;
  }
}
