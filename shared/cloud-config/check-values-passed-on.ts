import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { itemsUnder, userEntries } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** Warns of values that cloud-init hands on without a look, and that the program behind it then refuses. */
export function checkValuesPassedOn(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const warn = (node: SourceNode | undefined, judge: (text: string) => Finding | undefined) => {
    if (node?.type !== 'scalar' || typeof node.value !== 'string' || isOpen(node)) return;
    const finding = judge(node.value);
    if (finding === undefined) return;
    const { message, instead } = finding;
    const fixes: TextFix[] | undefined = instead === undefined ? undefined : [replacementFix(node, instead)];
    sink.at(node, 'warning', 'cloud-config-type', message, fixes);
  };
  for (const key of ['hostname', 'fqdn']) warn(childOf(root, key), hostName);
  for (const { node } of userEntries(childOf(root, 'users'))) {
    warn(childOf(node, 'shell'), shell);
    const sudo = childOf(node, 'sudo');
    for (const rule of sudo?.type === 'sequence' ? sudo.items : [sudo]) warn(rule, sudoRule);
  }
  for (const file of itemsUnder(childOf(root, 'write_files'))) warn(childOf(file, 'owner'), owner);
  for (const mount of itemsUnder(childOf(root, 'mounts'))) warn(itemsUnder(mount)[1], mountPoint);
  for (const key of ['proxy', 'http_proxy', 'https_proxy', 'ftp_proxy'])
    warn(childOf(childOf(root, 'apt'), key), proxy);
}

interface Finding {
  readonly message: string;
  readonly instead?: string;
}

/** RFC 1123, section 2.1; hostnamed refuses all else. */
function hostName(text: string): Finding | undefined {
  const labels = text.replace(/\.$/, '').split('.');
  const isName = labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label));
  if (text === '' || (isName && text.length <= 253)) return undefined;
  return {
    message: `“${text.slice(0, 80)}” is no name of a host: each part has letters, digits and hyphens, at most 63, and no hyphen at its ends.`,
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
  if (text === '' || /^(?:false|none)$/i.test(text) || /\S\s*=\s*\S/.test(text)) return undefined;
  return {
    message: `A rule of sudo has the form “ALL=(ALL) NOPASSWD:ALL”; with “${text}” in its file sudo works for nobody.`,
  };
}

/** `util.extract_usergroup` knows the colon only; the file and all after it are not written for an unknown user. */
function owner(text: string): Finding | undefined {
  if (text.includes(':') || !/^[a-z_][\w-]*\.[a-z_][\w-]*$/.test(text)) return undefined;
  const instead = text.replace('.', ':');
  return { message: `User and group have a colon between them: ${instead}.`, instead };
}

function mountPoint(text: string): Finding | undefined {
  if (/^\/|^(?:none|swap|null)?$/i.test(text)) return undefined;
  return {
    message: `A mount point is a path from /, or none; “${text}” is not mounted.`,
    instead: `/${text}`,
  };
}

/** apt.conf(5): a proxy is a URL, “direct” or “false”. */
function proxy(text: string): Finding | undefined {
  if (text === '' || /^(?:(?:https?|socks5h?|ftp):\/\/\S+|direct|false)$/i.test(text)) return undefined;
  const instead = /^[\w.-]+:\d+\/?$/.test(text) ? `http://${text}` : undefined;
  return {
    message: `A proxy of apt is a URL such as http://192.0.2.1:3128; apt fails with “${text}”.`,
    ...(instead === undefined ? {} : { instead }),
  };
}
