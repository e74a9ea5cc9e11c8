import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import { suggest, wordFix } from '../diagnostics/suggest.ts';
import { isSudoRule } from '../schema/sudo-rule.ts';
import {
  childOf,
  type MapEntry,
  type MapNode,
  type ScalarNode,
  type SourceNode,
} from '../source/source-node.ts';
import { fingerprint, proxy, sourceLine } from './apt-values.ts';
import type { Finding } from './passed-on.ts';
import { itemsUnder, userEntries } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** Warns of values that cloud-init hands on without a look, and that the program behind it then refuses. */
export function checkValuesPassedOn(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const warn = (node: SourceNode | undefined, judge: (text: string) => Finding | undefined) => {
    if (node?.type !== 'scalar' || typeof node.value !== 'string' || isOpen(node)) return;
    const finding = judge(node.value);
    if (finding === undefined) return;
    const { message, instead } = finding;
    const fixes: TextFix[] | undefined = instead === undefined ? undefined : [wordFix(node, instead)];
    sink.at(node, 'warning', 'cloud-config-type', message, fixes);
  };
  for (const key of ['hostname', 'fqdn']) warn(childOf(root, key), hostName);
  for (const { node } of userEntries(childOf(root, 'users'))) {
    warn(childOf(node, 'shell'), shell);
    warn(childOf(node, 'homedir'), homeFolder);
    const sudo = childOf(node, 'sudo');
    for (const rule of sudo?.type === 'sequence' ? sudo.items : [sudo]) warn(rule, sudoRule);
  }
  for (const user of itemsUnder(childOf(childOf(root, 'chpasswd'), 'users')))
    warn(childOf(user, 'name'), account);
  for (const file of itemsUnder(childOf(root, 'write_files'))) {
    warn(childOf(file, 'path'), writtenPath);
    warn(childOf(file, 'owner'), ownerProblem);
  }
  for (const { key, value } of entriesOf(childOf(root, 'ssh_keys')))
    if (/_private$/.test(String(key.value))) warn(value, privateHostKey);
  for (const mount of itemsUnder(childOf(root, 'mounts'))) {
    const fields = itemsUnder(mount);
    warn(fields[1], mountPoint);
    if (fields.length === 1) warn(fields[0], fieldsInOne);
  }
  for (const device of itemsUnder(childOf(childOf(root, 'growpart'), 'devices'))) warn(device, grown);
  warn(childOf(childOf(root, 'keyboard'), 'layout'), keyboardLayout);
  warn(childOf(root, 'locale'), locale);
  for (const source of valuesUnder(childOf(childOf(root, 'apt'), 'sources'))) {
    warn(childOf(source, 'source'), sourceLine);
    warn(childOf(source, 'keyid'), fingerprint);
  }
  const ntp = childOf(root, 'ntp');
  if (childOf(ntp, 'config') === undefined) warn(childOf(ntp, 'ntp_client'), timeClient);
  for (const disk of itemsUnder(childOf(root, 'fs_setup'))) {
    const kind = childOf(disk, 'filesystem');
    const isMadeSo = childOf(disk, 'cmd') !== undefined;
    if (!isMadeSo) warn(kind, fileSystem);
    const name = kind?.type === 'scalar' ? String(kind.value) : '';
    warn(childOf(disk, 'label'), (text) => label(text, name));
  }
  for (const key of ['proxy', 'http_proxy', 'https_proxy', 'ftp_proxy'])
    warn(childOf(childOf(root, 'apt'), key), proxy);
}

function entriesOf(node: SourceNode | undefined): readonly MapEntry[] {
  return node?.type === 'map' ? node.entries : [];
}

function valuesUnder(node: SourceNode | undefined): readonly SourceNode[] {
  return entriesOf(node).map(({ value }) => value);
}

/** RFC 1123, section 2.1; hostnamed refuses all else. */
function hostName(text: string): Finding | undefined {
  const labels = text.replace(/\.$/, '').split('.');
  const isName = labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label));
  if (text === '' || (isName && text.length <= 253)) return undefined;
  const instead = text.replace(/[_\s]+/g, '-');
  return {
    message: `“${text.slice(0, 80)}” is no name of a host: each part has letters, digits and hyphens, at most 63, and no hyphen at its ends.`,
    ...(instead !== text && hostName(instead) === undefined ? { instead } : {}),
  };
}

/** useradd(8) refuses a shell that is no path, and makes no account. */
function shell(text: string): Finding | undefined {
  if (text === '' || text.startsWith('/')) return undefined;
  const instead = /^[a-z]+$/.test(text) ? `/bin/${text}` : undefined;
  return {
    message: `A shell is a path such as /bin/bash; useradd refuses “${text}”, and the account is not made.`,
    ...(instead === undefined ? {} : { instead }),
  };
}

/** The rule goes behind the name into /etc/sudoers.d; one that sudo cannot read ends sudo for everybody. */
function sudoRule(text: string): Finding | undefined {
  const bareTag = /=\s*(?:\([^()]*\)\s*)?((?:NO)?PASSWD):?\s*$/.exec(text)?.[1];
  if (bareTag !== undefined)
    return {
      message: `Behind ${bareTag} belong a colon and what may be run; as it stands, the account may run nothing.`,
      instead: `${text.trimEnd().replace(/:$/, '')}:ALL`,
    };
  if (text === '' || /^(?:false|none)$/i.test(text) || isSudoRule(text)) return undefined;
  return {
    message: `A rule of sudo has the form “ALL=(ALL) NOPASSWD:ALL”; with “${text.slice(0, 80)}” in its file sudo works for nobody.`,
  };
}

/** useradd(8) takes a path only, and makes no account with anything else. */
function homeFolder(text: string): Finding | undefined {
  if (text === '' || text.startsWith('/')) return undefined;
  return {
    message: `A home folder is a path from /; useradd refuses “${text.slice(0, 80)}”, and the account is not made.`,
    instead: `/${text}`,
  };
}

/** `util.extract_usergroup` knows the colon only; the file and all after it are not written for an unknown user. */
export function ownerProblem(text: string): Finding | undefined {
  const [user, group] = text.split(':').map((name) => name.trim());
  if (/^\d+$/.test(user ?? '') || /^\d+$/.test(group ?? '')) {
    const isRoot = /^(?:0|root)?(?::(?:0|root)?)?$/.test(text.trim());
    return {
      message: `An owner is told by its name: cloud-init finds no account “${text.slice(0, 80)}” (getpwnam), and writes none of the files after this one.`,
      ...(isRoot ? { instead: 'root:root' } : {}),
    };
  }
  if (text.includes(':') || !/^[a-z_][\w-]*(?:\.|\s+)[a-z_][\w-]*$/.test(text)) return undefined;
  const instead = text.replace(/[.\s]+/, ':');
  return { message: `User and group have a colon between them: ${instead}.`, instead };
}

/** cc_write_files passes over an entry without a path; only its log says so. */
function writtenPath(text: string): Finding | undefined {
  return text === '' ? { message: 'A file without a path is not written.' } : undefined;
}

/** chpasswd(8) reads name:password. */
function account(text: string): Finding | undefined {
  if (text !== '' && !/[\s:]/.test(text)) return undefined;
  return { message: `“${text.slice(0, 80)}” is no name of a user; chpasswd fails at it.` };
}

/** cc_ssh writes the keys that stand here in the place of those that it would make, and sshd starts with none. */
function privateHostKey(text: string): Finding | undefined {
  if (text === '' || /-----BEGIN [A-Z\d ]*PRIVATE KEY-----/.test(text)) return undefined;
  return {
    message:
      'A private key is a block from -----BEGIN to -----END; cloud-init makes no host key beside those that stand here, and sshd does not start without any.',
  };
}

function mountPoint(text: string): Finding | undefined {
  // cc_mounts joins the fields with tabs, as they are (fstab(5)).
  if (/^\/.*\s/.test(text))
    return {
      message: `A line of fstab ends a field at a blank: “${text.slice(0, 80)}” is not mounted. Write \\040 for it.`,
    };
  if (/^\/|^(?:none|swap|null)?$/i.test(text)) return undefined;
  return {
    message: `A mount point is a path from /, or none; “${text}” is not mounted.`,
    instead: `/${text}`,
  };
}

/** cc_mounts takes an entry of one item for a mount to be taken out of the list. */
function fieldsInOne(text: string): Finding | undefined {
  if (!/\S\s+\//.test(text)) return undefined;
  return { message: 'Each field of a mount is an item of its own; like this nothing is mounted.' };
}

/** `devent2dev` of cc_growpart takes a path below /dev or a mount point, and passes over all else. */
function grown(text: string): Finding | undefined {
  if (text === '' || text.startsWith('/')) return undefined;
  const isDevice = /^(?:[hsv]d[a-z]\d+|nvme\d+n\d+p\d+|mmcblk\d+p\d+)$/.test(text);
  return {
    message: `A partition to grow is a mount point or a device such as /dev/sda1; “${text.slice(0, 80)}” is passed over.`,
    ...(isDevice ? { instead: `/dev/${text}` } : {}),
  };
}

/** The layouts of /usr/share/X11/xkb/rules/base.lst are codes of two to five letters, or “custom”. */
function keyboardLayout(text: string): Finding | undefined {
  if (!/^[a-z]{6,}$/i.test(text) || text === 'custom') return undefined;
  return { message: `A layout is a code such as us, gb, de or fr; there is none with the name “${text}”.` };
}

/** locale-gen makes what /usr/share/i18n/SUPPORTED names: language, country, character set. */
function locale(text: string): Finding | undefined {
  if (/^(?:C|POSIX|[a-z]{2,3}(?:_[A-Z]{2})?)(?:\.[\w-]+)?(?:@\w+)?$|^(?:false|none)?$/i.test(text))
    return undefined;
  return { message: `“${text.slice(0, 80)}” is no locale, such as en_US.UTF-8.` };
}

const timeClients = ['auto', 'chrony', 'ntp', 'ntpdate', 'openntpd', 'systemd-timesyncd'];

/** cc_ntp raises ValueError for one of which it knows neither the program nor the file. */
function timeClient(text: string): Finding | undefined {
  if (timeClients.includes(text)) return undefined;
  return {
    message: `cloud-init knows the clients ${timeClients.join(', ')}; for “${text.slice(0, 80)}” it writes nothing unless “config” says how.`,
  };
}

/** The longest labels, in characters, of what mkfs makes. */
const longestLabels: Readonly<Record<string, number>> = {
  ...{ ext4: 16, ext3: 16, ext2: 16, xfs: 12, btrfs: 255, f2fs: 512, vfat: 11, fat: 11, msdos: 11 },
  ...{ exfat: 11, ntfs: 32, swap: 15, jfs: 16, nilfs2: 80, bcachefs: 32, udf: 126, reiserfs: 16 },
};

/** What has a mkfs in Debian and takes labels of other kinds, or none. */
const otherFileSystems: ReadonlySet<string> = new Set([
  ...[
    'bfs',
    'cramfs',
    'erofs',
    'ext4dev',
    'gfs2',
    'hfs',
    'hfsplus',
    'jffs2',
    'minix',
    'ocfs2',
    'reiser4',
    'ubifs',
  ],
]);

function fileSystem(text: string): Finding | undefined {
  if (text === '' || Object.hasOwn(longestLabels, text) || otherFileSystems.has(text)) return undefined;
  const instead = suggest(text, [...Object.keys(longestLabels), ...otherFileSystems]);
  const hint = instead === undefined ? '' : ` Did you mean “${instead}”?`;
  return {
    message: `There is no mkfs.${text.slice(0, 40)} on Debian; the device stays as it is.${hint}`,
    ...(instead === undefined ? {} : { instead }),
  };
}

function label(text: string, filesystem: string): Finding | undefined {
  const longest = Object.hasOwn(longestLabels, filesystem) ? longestLabels[filesystem] : undefined;
  if (longest === undefined || text.length <= longest) return undefined;
  return {
    message: `The label of ${filesystem} has at most ${longest} characters, but this one has ${text.length}; mkfs cuts or refuses it.`,
  };
}
