import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { checkNetwork } from '../network/check-network.ts';
import type { NetworkModel } from '../network/model.ts';
import { parseNetwork } from '../network/parse-network.ts';
import type { SourceNode } from '../source/source-node.ts';
import { rangeOf } from '../source/source-text.ts';
import type { SiteDocument } from './document.ts';
import type { HostReading } from './host-document.ts';
import { holdsReference } from './references.ts';
import { type ReferenceValues, substitute } from './substitute.ts';

export interface CheckedNetwork {
  readonly model: NetworkModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** One host's network, with its own values in the place of references. */
export function checkHostNetwork(
  root: SourceNode,
  values: ReferenceValues,
  host: HostReading,
): CheckedNetwork {
  const sink = new DiagnosticSink();
  const filled = substitute(root, values);
  const model = parseNetwork(filled, sink);
  if (model !== undefined) {
    checkNetwork(model, sink, { macs: host.macs.map(({ value }) => String(value.value)) });
  }
  return { model, diagnostics: withoutUnknownValues(sink.list(), filled) };
}

/** A network that no host uses: checked as it is, without what concerns values that only a host would give. */
export function checkUnusedNetwork(document: SiteDocument): readonly Diagnostic[] {
  if (document.root === undefined) return [];
  const sink = new DiagnosticSink();
  const model = parseNetwork(document.root, sink);
  if (model !== undefined) checkNetwork(model, sink);
  return withoutUnknownValues(sink.list(), document.root);
}

/** Findings that compare an address with the others of its link, and so are wrong as soon as one is not known. */
const comparisons: ReadonlySet<DiagnosticCode> = new Set(['network-gateway', 'network-route']);

/**
 * Drops what is reported at a text that still holds a reference, and what follows from it: its value is not known, so
 * no check can judge it.
 */
function withoutUnknownValues(diagnostics: readonly Diagnostic[], root: SourceNode): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const unknown = new Set<string>();
  const visit = (node: SourceNode): void => {
    if (node.type === 'scalar') {
      if (holdsReference(node)) {
        const { start } = rangeOf(node.source, node.span);
        unknown.add(`${node.source.file}:${start.line}:${start.column}`);
      }
    } else if (node.type === 'sequence') {
      for (const item of node.items) visit(item);
    } else {
      for (const { key, value } of node.entries) {
        visit(key);
        visit(value);
      }
    }
  };
  visit(root);
  if (unknown.size === 0) return diagnostics;
  return diagnostics.filter(
    ({ file, code, range: { start } }) =>
      !comparisons.has(code) && !unknown.has(`${file}:${start.line}:${start.column}`),
  );
}
