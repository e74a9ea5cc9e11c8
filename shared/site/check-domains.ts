import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { wordFix } from '../diagnostics/suggest.ts';
import { domainName } from '../schema/scalars.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { textUnder } from './host-document.ts';

/**
 * DNS compares names without regard to case (RFC 4343), so that a domain with capitals works. Others compare letter by
 * letter: Kubernetes takes no name of a node with a capital, and tools look for known_hosts and certificates by text.
 */
export function reportCapitals(domains: readonly ScalarNode[], sink: DiagnosticSink): void {
  for (const domain of domains) {
    const written = String(domain.value);
    const small = written.toLowerCase();
    if (small === written || !domainName.safeParse(written).success) continue;
    const message = `To DNS the capitals of “${written}” are small letters, to Kubernetes and others they are not. Write ${small}.`;
    sink.at(domain, 'warning', 'value-invalid', message, [wordFix(domain, small)]);
  }
}

export function reportHostCapitals(root: SourceNode, sink: DiagnosticSink): void {
  const domain = textUnder(childOf(root, 'spec'), 'domain');
  if (domain !== undefined) reportCapitals([domain], sink);
}
