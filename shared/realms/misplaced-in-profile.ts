import { linesOfText } from '../source/line-of-text.ts';
import { childOf, entryOf, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Addition, type From, itemsOf, type Misplaced } from './misplaced.ts';
import { misplacedInScripts } from './misplaced-in-scripts.ts';
import { fileRules, netplanFiles, perHost } from './profile-file-rules.ts';
import { settingsOfSite } from './site-files.ts';

/** Settings of a host profile that belong to the site or to one host. Only what is clear is told. */
export function misplacedInProfile(root: SourceNode | undefined): Misplaced[] {
  const spec = childOf(root, 'spec');
  return [
    ...misplacedArguments(spec),
    ...misplacedName(spec),
    ...misplacedDomain(spec),
    ...misplacedKubeletArguments(spec),
    ...misplacedFiles(spec),
    ...misplacedInScripts(spec),
  ];
}

function misplacedName(spec: SourceNode | undefined): Misplaced[] {
  const section = entryOf(spec, 'sysctl');
  const place = entryOf(section?.value, 'kernel.hostname')?.key;
  if (spec === undefined || section === undefined || place === undefined) return [];
  const message = `${perHost} kernel.hostname gives all of them one name. The name of a host is stamped: it is that of its document. Leave it out.`;
  const isOnly = section.value.type === 'map' && section.value.entries.length === 1;
  const from = isOnly ? { parent: spec, key: section.key } : { parent: section.value, key: place };
  return [{ home: 'host', place, label: 'kernel.hostname', message, leaveOut: { from } }];
}

/** Documentation/admin-guide/sysctl/kernel.rst, “domainname & hostname”. */
function misplacedDomain(spec: SourceNode | undefined): Misplaced[] {
  const place = entryOf(childOf(spec, 'sysctl'), 'kernel.domainname')?.key;
  if (place === undefined) return [];
  const message =
    'kernel.domainname is a domain of NIS, not of DNS. The domain of a host is stamped: it is that of its document.';
  const byHand = 'only you can say whether something still asks for NIS. Leave it out if not';
  return [{ home: 'host', place, label: 'kernel.domainname', message, byHand }];
}

const inUserData =
  'Write /etc/default/kubelet in user-data with all arguments that stand here, this one with ((var.NAME)), and take it out';

/**
 * kubelet(1): without --hostname-override a node is called as its host is, without --node-ip it has the address of that
 * name, or of the default route.
 */
function misplacedKubeletArguments(spec: SourceNode | undefined): Misplaced[] {
  const kubernetes = childOf(spec, 'kubernetes');
  const section = entryOf(kubernetes, 'kubeletArguments');
  return (['node-ip', 'hostname-override'] as const).flatMap((name): Misplaced[] => {
    const entry = entryOf(section?.value, name);
    if (kubernetes === undefined || section === undefined || entry?.value.type !== 'scalar') return [];
    const isOnly = section.value.type === 'map' && section.value.entries.length === 1;
    const from = isOnly
      ? { parent: kubernetes, key: section.key }
      : { parent: section.value, key: entry.key };
    const by = name === 'node-ip' ? 'address' : 'name';
    return [
      {
        home: 'host',
        place: entry.value,
        label: `--${name}`,
        message: '',
        isToldAlready: true,
        leaveOut: { from, given: { by, values: [String(entry.value.value)], otherwise: inUserData } },
      },
    ];
  });
}

/**
 * Documentation/admin-guide/kernel-parameters.rst, ip= and hostname=; systemd(1), systemd.hostname=; the name of a card by
 * its MAC address, and that of an initiator: dracut.cmdline(7), ifname= and rd.iscsi.initiator=, and open-iscsi’s
 * initramfs hook, ISCSI_INITIATOR=.
 */
const argumentsOfOneHost =
  /^(ip=.*\d\.\d|(systemd\.)?hostname=\S|(ifname|BOOTIF|rd\.iscsi\.initiator|ISCSI_INITIATOR)=\S)/;

function misplacedArguments(spec: SourceNode | undefined): Misplaced[] {
  const kernel = entryOf(spec, 'kernel');
  const list = entryOf(kernel?.value, 'arguments');
  const items = itemsOf(list?.value);
  return items.flatMap((place): Misplaced[] => {
    const written = writtenArgument(place);
    // ip=dhcp and ip=off hold for all hosts alike.
    if (!argumentsOfOneHost.test(written)) return [];
    const message = `${perHost} Its address and name are stamped; an argument for one of them stands under “kernelArguments” of its document.`;
    const found = { home: 'host' as const, place, label: written, message };
    if (spec === undefined || kernel === undefined || list === undefined) return [found];
    const isLast = kernel.value.type === 'map' && kernel.value.entries.length === 1;
    const from =
      items.length > 1
        ? { parent: list.value, item: place }
        : isLast
          ? { parent: spec, key: kernel.key }
          : { parent: kernel.value, key: list.key };
    const additions: Addition[] = [{ path: ['kernelArguments'], item: written }];
    return [{ ...found, move: { to: 'host', additions, from } }];
  });
}

function writtenArgument(place: SourceNode): string {
  if (place.type === 'scalar') return String(place.value);
  const value = stringOf(place, 'value') ?? '';
  return `${stringOf(place, 'name') ?? ''}=${/\s/.test(value) ? `"${value}"` : value}`;
}

function misplacedFiles(spec: SourceNode | undefined): Misplaced[] {
  const list = entryOf(spec, 'files');
  const items = itemsOf(list?.value);
  return items.flatMap((item): Misplaced[] => {
    const path = stringOf(item, 'path');
    const place = entryOf(item, 'path')?.value;
    const content = stringOf(item, 'content') ?? '';
    if (list === undefined || spec === undefined || path === undefined || place === undefined) return [];
    const rule = fileRules.find((each) => each.path.test(path) && (each.content?.test(content) ?? true));
    if (rule === undefined) return [];
    const { home, message, byHand, isToldAlready } = rule;
    const from = items.length === 1 ? { parent: spec, key: list.key } : { parent: list.value, item };
    const found = {
      ...{ home, place, label: path, message },
      ...(byHand === undefined ? {} : { byHand }),
      ...(isToldAlready === undefined ? {} : { isToldAlready }),
    };
    if (netplanFiles.test(path)) {
      const files = items.filter((each) => netplanFiles.test(stringOf(each, 'path') ?? ''));
      return [{ ...found, network: { text: content, from, isOneOfSeveral: files.length > 1 } }];
    }
    if (path === '/etc/hosts') return [{ ...found, ...ownNameLine(childOf(item, 'content'), from) }];
    if (home !== 'site') return [found];
    const additions = additionsToSite(path, content);
    const more =
      'it holds more than site.yaml has words for. Write there what it has, and take that out here';
    return [
      additions === undefined
        ? { ...found, byHand: more }
        : { ...found, move: { to: 'site', additions, from } },
    ];
  });
}

/** The line that cloud-init writes for each host, with “manage_etc_hosts: localhost”. */
function ownNameLine(content: SourceNode | undefined, file: From): Pick<Misplaced, 'leaveOut' | 'byHand'> {
  const lines = content?.type === 'scalar' ? String(content.value).split('\n') : [];
  const own = lines.flatMap((line, index) => (/^\s*127\.0\.1\.1\s/.test(line) ? [index] : []));
  const [first, second] = own;
  const line = content === undefined || first === undefined ? undefined : linesOfText(content)(first);
  if (line === undefined || line === content || second !== undefined)
    return { byHand: 'the lines of this file do not stand by themselves here. Take this one out' };
  const [, ...names] = (lines[first ?? 0] ?? '').replace(/#.*/, '').trim().split(/\s+/);
  const otherwise =
    'Write the names that a host needs beside its own in user-data (write_files with append: true), and take the line out here';
  const isOnly = lines.filter((each) => each.trim() !== '').length === 1;
  const isNoted = (lines[first ?? 0] ?? '').includes('#');
  return isNoted
    ? { byHand: 'a comment stands behind it. Take out both' }
    : { leaveOut: { from: isOnly ? file : { line }, given: { by: 'names', values: names, otherwise } } };
}

/** Where the whole file has its counterpart in site.yaml. */
export function additionsToSite(path: string, content: string): readonly Addition[] | undefined {
  const name = /^\/usr\/local\/share\/ca-certificates\/([A-Za-z0-9][A-Za-z0-9._-]*)\.crt$/.exec(path)?.[1];
  if (name !== undefined) return [{ path: ['trustedCAs'], item: { name, certificate: content } }];
  const account = /^\/(?:home\/)?([^/]+)\/\.ssh\/authorized_keys$/.exec(path)?.[1];
  if (account === undefined) return settingsOfSite(path, content);
  const keys = content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return keys.length === 0 ? undefined : keys.map((item) => ({ path: ['adminKeys'], account, item }));
}
