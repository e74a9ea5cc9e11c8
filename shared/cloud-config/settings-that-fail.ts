import type { SourceNode } from '../source/source-node.ts';
import type { Problem, ProblemKind } from './schema-check.ts';
import { asPython } from './yaml-1-1.ts';

/**
 * cloud-init 22.4 only warns of what does not fit its schema and goes on. So a misfit is a warning, unless the module
 * then fails or leaves the setting out: those are listed here by their way in the schema, each with what cloud-init
 * does (file and function of 22.4.2), and are errors.
 */
const failing: Readonly<Record<string, readonly ProblemKind[]>> = {
  // util.shellify raises TypeError for anything but a list of texts and lists: no command is run at all.
  runcmd: ['type'],
  'runcmd.*': ['type'],
  bootcmd: ['type'],
  'bootcmd.*': ['type'],
  // cc_write_files.write_files asks each entry for its keys: AttributeError, and no file is written.
  write_files: ['type'],
  'write_files.*': ['type'],
  // os.path.abspath, util.encode_text and extract_usergroup take texts: the file and all after it are not written.
  'write_files.*.path': ['type'],
  'write_files.*.content': ['type'],
  'write_files.*.owner': ['type'],
  // canonicalize_extraction takes an unknown encoding for plain text: the file holds the encoded text.
  'write_files.*.encoding': ['type', 'value'],
  // ug_util._normalize_users and _normalize_groups raise TypeError: no account is made.
  'users.*': ['type'],
  users: ['type'],
  groups: ['type'],
  'groups.*': ['type'],
  // util.get_hostname_fqdn calls methods of texts: the modules for the host's name all fail.
  hostname: ['type'],
  fqdn: ['type'],
  // distro.set_timezone looks for a file of this name: IOError, the zone stays as it was.
  timezone: ['type'],
  // cc_power_state_change.load_power_state raises TypeError or ValueError: nothing happens at the end.
  power_state: ['type', 'missing'],
  'power_state.mode': ['type', 'value'],
  'power_state.delay': ['type', 'form'],
  'power_state.condition': ['type'],
  // cc_ntp.handle raises RuntimeError.
  ntp: ['type'],
  // cc_mounts.handle leaves out what is no list.
  mounts: ['type'],
  'mounts.*': ['type'],
  // cc_mounts.handle_swapcfg leaves out what is no mapping; util.human2bytes raises ValueError, and there is no swap.
  swap: ['type'],
  'swap.size': ['type', 'form'],
  'swap.maxsize': ['type', 'form'],
  // cc_apt_configure.handle raises ValueError: no source is written.
  apt: ['type'],
  // cc_phone_home.handle leaves it out.
  phone_home: ['type', 'missing'],
  // cc_set_passwords.handle: what is no mapping holds neither key; a type that is not known is looked at by nobody;
  // a line without colon raises ValueError and no password is set.
  chpasswd: ['type'],
  'chpasswd.users.*': ['missing'],
  'chpasswd.users.*.type': ['value'],
  'chpasswd.list.*': ['form'],
  // cc_ssh.handle extends the list of keys by the characters of a text: nobody can log in.
  ssh_authorized_keys: ['type'],
  // cc_disk_setup.handle leaves out what is no mapping or list.
  disk_setup: ['type'],
  fs_setup: ['type'],
  // cc_update_etc_hosts.handle knows these values only and leaves the file alone for all others.
  manage_etc_hosts: ['value', 'type'],
  // cc_growpart.handle: no mapping is left out, an unknown mode raises ValueError.
  growpart: ['type'],
  'growpart.mode': ['type', 'value'],
  // cc_keyboard.handle reads the layout without asking: KeyError.
  keyboard: ['missing'],
  // distro.expand_package_list raises RuntimeError: no package is installed.
  'packages.*': ['count'],
};

/** Settings that fail even when they are left empty; elsewhere nothing is taken for the setting being left out. */
const failingWhenEmpty: ReadonlySet<string> = new Set(['runcmd', 'bootcmd', 'write_files.*', 'users.*']);

/**
 * Where a number is as good as a text: either cloud-init writes it out (shellify and cc_mounts use `str()`), so that it
 * matters how YAML 1.1 reads it, or it wants a number (cc_write_files.decode_perms, cc_disk_setup.mkfs).
 */
const takesNumbers: Readonly<Record<string, 'written-out' | 'as-number'>> = {
  'runcmd.*.*': 'written-out',
  'bootcmd.*.*': 'written-out',
  'mounts.*.*': 'written-out',
  'mount_default_fields.*': 'written-out',
  'fs_setup.*.partition': 'as-number',
  'write_files.*.permissions': 'as-number',
};

/** Empty entries that cloud-init passes over: shellify does for `bootcmd` what the schema says of `runcmd` only. */
const takesNothing: ReadonlySet<string> = new Set(['bootcmd.*', 'mounts.*.*']);

/** Whether cloud-init fails at a misfit or leaves out the setting. */
export function isFailing({ kind, pattern, node }: Problem): boolean {
  if (!Object.hasOwn(failing, pattern) || !failing[pattern]?.includes(kind)) return false;
  // util.expand_package_list takes a list of one for a name.
  if (pattern === 'packages.*' && node.type === 'sequence' && node.items.length === 1) return false;
  return node.type !== 'scalar' || node.value !== null || failingWhenEmpty.has(pattern);
}

/** cc_locale.handle takes it for the module being switched off. */
export function switchesOff(pattern: string, node: SourceNode): boolean {
  return pattern === 'locale' && node.type === 'scalar' && asPython(node).text === 'False';
}

/** Whether a number that cloud-init reads does no harm. */
export function mayBeNumber(pattern: string, isReadAsWritten: boolean): boolean {
  const taken = Object.hasOwn(takesNumbers, pattern) ? takesNumbers[pattern] : undefined;
  return taken === 'as-number' || (taken === 'written-out' && isReadAsWritten);
}

export function mayBeEmpty(pattern: string): boolean {
  return takesNothing.has(pattern);
}
