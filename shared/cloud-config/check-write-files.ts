import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

export function checkWriteFiles(root: SourceNode, sink: DiagnosticSink): void {
  for (const file of itemsUnder(childOf(root, 'write_files'))) {
    const permissions = childOf(file, 'permissions');
    if (permissions?.type === 'scalar') checkPermissions(permissions, sink);
  }
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
