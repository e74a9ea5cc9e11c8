import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';

/** What diskimage-builder and other tools of the field make, and this application does not. */
const notMade: ReadonlySet<string> = new Set(['qcow2', 'raw', 'ramdisk', 'tar', 'vmdk', 'vhd']);

/** Says of a format that is well known that it is not the spelling: the schema tells only which ones there are. */
export function reportFormatsNotMade(root: SourceNode, sink: DiagnosticSink): void {
  const outputs = childOf(childOf(root, 'spec'), 'outputs');
  if (outputs?.type !== 'sequence') return;
  for (const output of outputs.items) {
    const format = childOf(output, 'format');
    if (format?.type !== 'scalar' || !notMade.has(String(format.value))) continue;
    const message = `This version makes ISOs only, which boot from a stick, a CD and virtual media. It makes no ${String(format.value)} yet.`;
    sink.at(format, 'info', 'value-invalid', message);
  }
}
