import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { decodeBase64 } from '../schema/base64.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { positionAt } from '../source/source-text.ts';
import { itemsUnder } from './user-entries.ts';

export function checkWriteFiles(root: SourceNode, sink: DiagnosticSink): void {
  const paths = new Map<string, number>();
  for (const file of itemsUnder(childOf(root, 'write_files'))) {
    const permissions = childOf(file, 'permissions');
    if (permissions?.type === 'scalar') checkPermissions(permissions, sink);
    checkEncoded(file, sink);
    checkWrittenTwice(file, paths, sink);
  }
}

/** cloud-init decodes leniently and writes what comes out: damaged content makes a damaged file, in silence. */
function checkEncoded(file: SourceNode, sink: DiagnosticSink): void {
  const encoding = childOf(file, 'encoding');
  const content = childOf(file, 'content');
  if (encoding?.type !== 'scalar' || content?.type !== 'scalar' || typeof content.value !== 'string') return;
  if (!/(^|\+)(b64|base64)$/.test(String(encoding.value)) || content.value.includes('((')) return;
  const text = content.value.replace(/\s+/g, '');
  if (text === '' || decodeBase64(text) !== undefined) return;
  sink.at(
    content,
    'error',
    'cloud-config-type',
    'This is not whole base64: it is cut short, damaged or plain text.',
  );
}

/** The later entry replaces the file of the earlier one, unless it appends. */
function checkWrittenTwice(file: SourceNode, paths: Map<string, number>, sink: DiagnosticSink): void {
  const path = childOf(file, 'path');
  if (path?.type !== 'scalar' || typeof path.value !== 'string') return;
  const append = childOf(file, 'append');
  const before = paths.get(path.value);
  if (before !== undefined && !(append?.type === 'scalar' && append.value === true)) {
    const message = `${path.value} is written in line ${before} already; this entry replaces it.`;
    sink.at(path, 'warning', 'cloud-config-type', message);
  }
  paths.set(path.value, before ?? positionAt(path.source, path.span.start).line);
}

/**
 * `decode_perms` of cc_write_files takes text as octal and a number as it is. YAML 1.1, which cloud-init reads, takes
 * 0644 for octal, so that is right; 644 is decimal there and gives the mode 1204.
 */
function checkPermissions(node: ScalarNode, sink: DiagnosticSink): void {
  if (typeof node.value !== 'number') return;
  const written = node.source.text.slice(node.span.start, node.span.end);
  if (/^0[0-7]{3,4}$/.test(written)) return;
  const fixes = /^[0-7]{3}$/.test(written) ? [replacementFix(node, `'0${written}'`)] : undefined;
  const message = `Without quotes ${written} is a decimal number and gives other permissions. Write them in quotes, for example '0644'.`;
  sink.at(node, 'warning', 'cloud-config-type', message, fixes);
}
