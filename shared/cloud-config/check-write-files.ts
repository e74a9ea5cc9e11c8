import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { decodeBase64 } from '../schema/base64.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import { passedOver } from './check-read-folders.ts';
import { samePath } from './file-path.ts';
import { itemsUnder, userEntries } from './user-entries.ts';
import { asPython } from './yaml-1-1.ts';

type IsOpen = (node: ScalarNode) => boolean;

export function checkWriteFiles(root: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  const paths = new Map<string, number>();
  const made = new Set(userEntries(childOf(root, 'users')).map(({ name }) => String(name.value)));
  for (const file of itemsUnder(childOf(root, 'write_files'))) {
    const permissions = childOf(file, 'permissions');
    if (permissions?.type === 'scalar') checkPermissions(permissions, sink, isOpen);
    checkPath(file, sink, isOpen);
    checkEncoded(file, sink, isOpen);
    checkWrittenTwice(file, paths, sink);
    checkOwner(file, made, sink, isOpen);
    checkFirstLine(file, sink, isOpen);
  }
}

/** Accounts are made after files are written (cloud_init_modules of cloud.cfg); chown then fails for the file. */
function checkOwner(file: SourceNode, made: ReadonlySet<string>, sink: DiagnosticSink, isOpen: IsOpen): void {
  const owner = childOf(file, 'owner');
  if (owner?.type !== 'scalar' || typeof owner.value !== 'string' || isOpen(owner)) return;
  const defer = childOf(file, 'defer');
  if (defer?.type === 'scalar' && asPython(defer).value === true) return;
  const late = owner.value.split(':').find((name) => made.has(name) && name !== 'root' && name !== 'default');
  if (late === undefined) return;
  const message = `“${late}” is made after files are written: cloud-init fails here and writes none of the files after it. Add “defer: true”.`;
  sink.at(owner, 'warning', 'cloud-config-type', message);
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
  if (!/(^|\+)(b64|base64)$/.test(String(encoding.value)) || isOpen(content)) return;
  const text = content.value.replace(/\s+/g, '');
  if (text === '' || decodeBase64(text) !== undefined) return;
  const isRefused = decodeBase64(text.replace(/[^A-Za-z0-9+/=]/g, '')) === undefined;
  const consequence = isRefused
    ? 'cloud-init fails at it and writes neither this file nor those after it'
    : 'cloud-init leaves out the characters that do not belong there';
  const message = `This is not whole base64: it is cut short, damaged or plain text; ${consequence}.`;
  sink.at(content, isRefused ? 'error' : 'warning', 'cloud-config-type', message);
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
    const message = `A path starts with /. cloud-init writes this file to /${text}.`;
    sink.at(path, 'warning', 'cloud-config-type', message, [replacementFix(path, `/${text}`)]);
  } else {
    const message = passedOver(text);
    if (message !== undefined) sink.at(path, 'warning', 'cloud-config-ignored', message);
  }
}
