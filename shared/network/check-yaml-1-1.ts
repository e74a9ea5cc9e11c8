import { quoteFix } from '../cloud-config/report-problem.ts';
import { asPython } from '../cloud-config/yaml-1-1.ts';
import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';

/**
 * Warns of MAC addresses of digits only, and whatever else is a number to base 60 in YAML 1.1: PyYAML, with which
 * cloud-init reads the text, makes a number of it. Hosts of a site receive it in quotes.
 */
export function reportReadAsNumbers(root: SourceNode, sink: DiagnosticSink): void {
  const open: SourceNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'map') for (const { value } of node.entries) open.push(value);
    else if (node.type === 'sequence') for (const item of node.items) open.push(item);
    else if (typeof node.value === 'string' && node.value.includes(':')) reportNumber(node, sink);
  }
}

function reportNumber(node: ScalarNode, sink: DiagnosticSink): void {
  const { type, text } = asPython(node);
  if (type !== 'integer' && type !== 'number') return;
  const message = `cloud-init reads ${String(node.value)} as the number ${text} (YAML 1.1). Put it in quotes.`;
  sink.at(node, 'warning', 'value-type', message, quoteFix(node));
}
