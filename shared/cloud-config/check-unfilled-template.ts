import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Variables of cloud-init's templates (`instance-data.json`); other braces belong to the programs that a text is for. */
const templateVariable = /\{\{-?\s*(v1\.[\w.]+|ds\.(?:meta_?data|user_?data|vendor_?data)(?:\.\w+)+)/;

/** cloud-init fills in Jinja only under a first line that says so: anywhere else the braces reach the host. */
export function checkUnfilledTemplate(root: SourceNode, sink: DiagnosticSink): void {
  if (root.source.text.includes('{{')) visit(root, sink);
}

function visit(node: SourceNode, sink: DiagnosticSink): void {
  if (node.type === 'sequence') for (const item of node.items) visit(item, sink);
  else if (node.type === 'map') for (const { value } of node.entries) visit(value, sink);
  else if (typeof node.value === 'string') {
    const variable = templateVariable.exec(node.value)?.[1];
    if (variable === undefined) return;
    const message = `cloud-init does not fill in {{ ${variable} }} here: that needs “## template: jinja” as the first line. A fragment of a site says ((host.name)), ((var.NAME)) and so on.`;
    sink.at(node, 'warning', 'cloud-config-template', message);
  }
}
