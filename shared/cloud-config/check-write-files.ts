import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix, wordFix } from '../diagnostics/suggest.ts';
import { accountsOfPackage, baseAccounts } from '../render/host-profile/accounts/accounts.ts';
import { isSystemFolder } from '../render/host-profile/files/folder-modes.ts';
import { decodeBase64 } from '../schema/base64.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import { checkFileContent } from './check-file-contents.ts';
import { passedOver } from './check-read-folders.ts';
import { samePath } from './file-path.ts';
import { itemsUnder, madeAccounts, userEntries } from './user-entries.ts';
import { asPython } from './yaml-1-1.ts';

type IsOpen = (node: ScalarNode) => boolean;

export function checkWriteFiles(root: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const paths = new Map<string, number>();
  const made = new Set(accountsToCome(root).map(({ value }) => String(value)));
  const homes = homesOf(root);
  for (const file of itemsUnder(childOf(root, 'write_files'))) {
    const permissions = childOf(file, 'permissions');
    if (permissions?.type === 'scalar') checkPermissions(permissions, sink, isOpen);
    checkPath(file, sink, isOpen);
    checkEncoded(file, sink, isOpen);
    checkWrittenTwice(file, paths, sink);
    checkOwner(file, made, sink, isOpen);
    checkHome(file, homes, made, sink, isOpen);
    checkSudoers(file, sink, isOpen);
    checkFirstLine(file, sink, isOpen);
    checkFileContent(file, sink, isOpen);
  }
}

const fromPackages: ReadonlySet<string> = new Set([...accountsOfPackage.values()].flat());

/** Accounts of a cloud-config that no image has already: not those of Debian, nor groups that a package may have made. */
export function accountsToCome(root: SourceNode): ScalarNode[] {
  const ofUsers = new Set(userEntries(childOf(root, 'users')).map(({ name }) => name.value));
  return madeAccounts(root).filter(
    ({ value }) =>
      !baseAccounts.includes(String(value)) && (ofUsers.has(value) || !fromPackages.has(String(value))),
  );
}

/** Accounts are made after files are written (cloud_init_modules of cloud.cfg); chown then fails for the file. */
function checkOwner(file: SourceNode, made: ReadonlySet<string>, sink: DiagnosticSink, isOpen: IsOpen): void {
  const owner = childOf(file, 'owner');
  if (owner?.type !== 'scalar' || isOpen(owner)) return;
  const late = ownerOf(file).find((name) => made.has(name));
  if (late !== undefined) sink.at(owner, 'warning', 'cloud-config-type', madeTooLate(late));
}

export function madeTooLate(name: string): string {
  return `“${name}” is made after files are written: cloud-init fails here and writes none of the files after it. Add “defer: true”.`;
}

/** The user and the group that must be there when cloud-init writes the files that are not put off. */
export function ownerOf(file: SourceNode): string[] {
  return isTrue(childOf(file, 'defer')) ? [] : namesOfOwner(file);
}

/** The user and the group of a file, put off or not; `util.extract_usergroup` leaves out -1 and none. */
export function namesOfOwner(file: SourceNode): string[] {
  const owner = childOf(file, 'owner');
  if (owner?.type !== 'scalar' || typeof owner.value !== 'string') return [];
  const names = owner.value.split(':').map((name) => name.trim());
  return names.filter((name) => !/^(?:root|default|-1|none|)$/i.test(name));
}

/** The accounts of a document by their home folders. */
function homesOf(root: SourceNode): ReadonlyMap<string, string> {
  const homes = new Map<string, string>();
  for (const { name, node } of userEntries(childOf(root, 'users'))) {
    const own = childOf(node, 'homedir');
    const home = own?.type === 'scalar' ? String(own.value) : `/home/${String(name.value)}`;
    // For these useradd makes no home folder (-M in `create_user` of distros), so that it is left as it is.
    if (isTrue(childOf(node, 'system')) || isTrue(childOf(node, 'no_create_home'))) continue;
    // What every system has is not made here.
    if (isSystemFolder(home)) continue;
    if (name.value !== 'root' && name.value !== 'default') homes.set(home, String(name.value));
  }
  return homes;
}

function isTrue(node: SourceNode | undefined): boolean {
  return node?.type === 'scalar' && asPython(node).value === true;
}

/** No home folder lies deeper. */
const deepestHome = 8;

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1).slice(0, deepestHome);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** useradd(8) leaves a home folder that is there as it is: with the owner root, and without what /etc/skel has. */
function checkHome(
  file: SourceNode,
  homes: ReadonlyMap<string, string>,
  made: ReadonlySet<string>,
  sink: DiagnosticSink,
  isOpen: IsOpen,
): void {
  const path = childOf(file, 'path');
  const defer = childOf(file, 'defer');
  if (path?.type !== 'scalar' || isOpen(path) || isTrue(defer)) return;
  // That it belongs to somebody who is not there yet is told at the owner.
  if (ownerOf(file).some((name) => made.has(name))) return;
  // By its folders: thousands of files and accounts must not cost a comparison for each pair.
  const folders = foldersAbove(samePath(String(path.value)));
  const home = folders.find((folder) => homes.has(folder));
  const user = home === undefined ? undefined : homes.get(home);
  if (user === undefined) return;
  const message = `This makes ${home} before the account “${user}” is made: the folder then belongs to root. Add “defer: true”, and “owner”.`;
  sink.at(path, 'warning', 'cloud-config-type', message);
}

/** sudo passes over files in its folder that everybody may write (sudoers(5)). */
function checkSudoers(file: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const path = childOf(file, 'path');
  const permissions = childOf(file, 'permissions');
  if (path?.type !== 'scalar' || !/^\/etc\/sudoers(?:\.d\/[^/]+)?$/.test(samePath(String(path.value))))
    return;
  if (permissions?.type !== 'scalar' || isOpen(permissions)) return;
  const { type, text, value } = asPython(permissions);
  const mode = type === 'string' ? Number.parseInt(text.replace(/^\s*0[oO]/, ''), 8) : Number(value);
  if (!Number.isInteger(mode) || (mode & 0o002) === 0) return;
  const message = "sudo reads no file that everybody may write. Write permissions: '0440'.";
  sink.at(permissions, 'warning', 'cloud-config-type', message, [replacementFix(permissions, "'0440'")]);
}

/** The kernel looks for a program whose name ends with CR. */
function checkFirstLine(file: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const content = childOf(file, 'content');
  if (content?.type !== 'scalar' || typeof content.value !== 'string' || isOpen(content)) return;
  if (!/^#![^\n]*\r\n/.test(content.value)) return;
  const message =
    'The lines of this script end with CR and LF, as on Windows: the kernel does not find its program. Write LF alone.';
  sink.at(content, 'warning', 'cloud-config-type', message);
}

/**
 * Python's b64decode leaves out what is no base64 and raises an error when the rest has no whole length: a damaged file,
 * or none from there on.
 */
function checkEncoded(file: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const encoding = childOf(file, 'encoding');
  const content = childOf(file, 'content');
  if (encoding?.type !== 'scalar' || content?.type !== 'scalar' || typeof content.value !== 'string') return;
  if (isOpen(content)) return;
  if (/^gz(?:ip)?$/.test(String(encoding.value)) && content.value !== '' && !isBinary(content)) {
    const message = `Text is nothing that gzip has packed: cloud-init fails at it and writes neither this file nor those after it. Leave “encoding” out, or write gz+b64 and base64 of what is packed.`;
    sink.at(content, 'error', 'cloud-config-type', message);
  }
  if (!/(^|\+)(b64|base64)$/.test(String(encoding.value))) return;
  const text = content.value.replace(/\s+/g, '');
  if (text === '') return;
  const bytes = decodeBase64(text);
  if (bytes !== undefined) {
    if (/^gz/.test(String(encoding.value)) && !isGzip(bytes)) reportNoGzip(encoding, content, sink);
    return;
  }
  const isRefused = decodeBase64(text.replace(/[^A-Za-z0-9+/=]/g, '')) === undefined;
  const consequence = isRefused
    ? 'cloud-init fails at it and writes neither this file nor those after it'
    : 'cloud-init leaves out the characters that do not belong there';
  const message = `This is not whole base64: it is cut short, damaged or plain text; ${consequence}.`;
  sink.at(content, isRefused ? 'error' : 'warning', 'cloud-config-type', message);
}

/** Whether PyYAML makes bytes of it. */
function isBinary({ source, span }: ScalarNode): boolean {
  return /!(?:!|<tag:yaml\.org,2002:)binary/.test(
    source.text.slice(Math.max(0, span.start - 40), span.start + 40),
  );
}

/** RFC 1952, section 2.3.1. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** `extract_contents` lets `util.decomp_gzip` raise DecompressionError. */
function reportNoGzip(encoding: ScalarNode, content: ScalarNode, sink: DiagnosticSink): void {
  const message = `This base64 holds nothing that gzip has packed: cloud-init fails at it and writes neither this file nor those after it. Write “encoding: b64”, or pack the content.`;
  sink.at(content, 'error', 'cloud-config-type', message, [wordFix(encoding, 'b64')]);
}

/** The later entry replaces the file of the earlier one, unless it appends. */
function checkWrittenTwice(file: SourceNode, paths: Map<string, number>, sink: DiagnosticSink): void {
  const path = childOf(file, 'path');
  if (path?.type !== 'scalar' || typeof path.value !== 'string') return;
  const append = childOf(file, 'append');
  const before = paths.get(samePath(path.value));
  if (before !== undefined && !(append?.type === 'scalar' && append.value === true)) {
    const message = `${path.value} is written in line ${before} already; this entry replaces it.`;
    sink.at(path, 'warning', 'cloud-config-type', message);
  }
  paths.set(samePath(path.value), before ?? positionAt(path.source, path.span.start).line);
}

/**
 * `decode_perms` of cc_write_files takes text as octal and a number as it is. YAML 1.1, which cloud-init reads, takes
 * 0644 for octal, so that is right; 644 is decimal there and gives the mode 1204. What is no octal number at all is
 * logged, and the file gets the mode 0644.
 */
function checkPermissions(node: ScalarNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (isOpen(node)) return;
  const { type, text, value } = asPython(node);
  const written = node.source.text.slice(node.span.start, node.span.end);
  if (type === 'string') {
    if (/^\s*(0[oO])?[0-7_]+\s*$/.test(text)) return;
    const message =
      'Permissions are octal digits in quotes, for example "0644"; with anything else the file gets 0644.';
    sink.at(node, 'error', 'cloud-config-type', message);
  } else if (type === 'integer' && !/^0[0-7]{3,4}$/.test(written)) {
    const fixes = /^[0-7]{3}$/.test(written) ? [replacementFix(node, `'0${written}'`)] : undefined;
    const message = `Without quotes ${written} is a decimal number and gives the permissions ${Number(value).toString(8)}. Write them in quotes, for example '0644'.`;
    sink.at(node, 'warning', 'cloud-config-type', message, fixes);
  }
}

/** os.path.abspath makes a path without a slash one below the root; a folder cannot be written as a file. */
function checkPath(file: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const path = childOf(file, 'path');
  if (path?.type !== 'scalar' || isOpen(path) || asPython(path).type !== 'string') return;
  const text = String(path.value);
  if (text.endsWith('/'))
    sink.at(path, 'error', 'cloud-config-type', 'A path names a file and does not end with a slash.');
  else if (text !== '' && !text.startsWith('/')) {
    // No shell reads it; where the file belongs is not said by a slash in front.
    const isOfShell = /^[~$]/.test(text);
    const reason = isOfShell ? ` cloud-init fills in no ${text[0] === '~' ? '~' : 'variables'} here.` : '';
    const message = `A path starts with /. cloud-init writes this file to /${text}.${reason}`;
    const fixes = isOfShell ? undefined : [replacementFix(path, `/${text}`)];
    sink.at(path, 'warning', 'cloud-config-type', message, fixes);
  } else {
    const message = passedOver(text);
    if (message !== undefined) sink.at(path, 'warning', 'cloud-config-ignored', message);
  }
}
