import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import type { NetworkModel } from '../model.ts';

/**
 * Cards that the network goes to by a name which the host almost has: it waits for such a card, and the address never
 * comes up. Other names may be right, since a host need not list every card.
 */
export function checkCardNames(
  model: NetworkModel,
  cards: readonly string[] | undefined,
  sink: DiagnosticSink,
): void {
  if (cards === undefined || cards.length === 0) return;
  const named = new Set(model.links.flatMap(({ id, setName }) => [id.value, setName?.value ?? id.value]));
  const unnamed = cards.filter((card) => !named.has(card));
  for (const { kind, id, match, setName } of unnamed.length === 0 ? [] : model.links) {
    if (kind !== 'physical' || match !== undefined || setName !== undefined || cards.includes(id.value))
      continue;
    const meant = suggest(id.value, unnamed);
    if (meant === undefined) continue;
    const message = `This host has no card “${id.value}”, but “${meant}”. If that is meant, rename the link here or the card in the host.`;
    sink.at(id.node, 'warning', 'network-match', message);
  }
}
