import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { childOf } from '../../source/source-node.ts';
import type { NetworkModel, RoutingRule } from '../model.ts';
import { integerOf } from '../read-value.ts';

/** Rules that choose a table of routes. `alone` takes what a rule says by itself. */
export function checkRoutingRules(model: NetworkModel, sink: DiagnosticSink, alone: DiagnosticSink): void {
  for (const { routingPolicy } of model.links) for (const rule of routingPolicy) checkRule(rule, alone);
  reportEmptyTables(model, sink);
}

/** Tables that the kernel fills by itself, or that a rule without a table means. */
const systemTables: ReadonlySet<number> = new Set([0, 253, 254, 255]);

/** A rule that sends packets to a table in which no route is: they go on to the next rule, as if there were none. */
function reportEmptyTables(model: NetworkModel, sink: DiagnosticSink): void {
  const rules = model.links.flatMap(({ routingPolicy }) => routingPolicy);
  // Other formats describe a part of what a host has already.
  if (rules.length === 0 || model.format !== 'network-config-v2') return;
  const filled = new Set<unknown>(
    model.links.flatMap(({ routes }) => routes.map(({ table }) => table?.value)),
  );
  for (const { node, section } of model.links) {
    if (section === 'vrfs') filled.add(integerOf(childOf(node, 'table')));
    filled.add(integerOf(childOf(childOf(node, 'ra-overrides'), 'table')));
  }
  for (const { table, from, to } of rules) {
    // A rule for no packets at all is told as that.
    if (
      table === undefined ||
      (from ?? to) === undefined ||
      systemTables.has(table.value) ||
      filled.has(table.value)
    )
      continue;
    const message = `No route of this document is in table ${table.value}, so the rule changes nothing unless another program fills it; give routes “table: ${table.value}”.`;
    sink.at(table.node, 'warning', 'network-route', message);
  }
}

/** What a rule says by itself. */
function checkRule({ node, from, to }: RoutingRule, sink: DiagnosticSink): void {
  // One that is written, and is no network, is told as that.
  const isWritten = ['from', 'to', 'ip-from', 'ip-to'].some((key) => childOf(node, key) !== undefined);
  if (from === undefined && to === undefined && !isWritten) {
    const message = 'The rule says for which packets it is neither by “from” nor by “to”.';
    sink.at(node, 'error', 'network-route', message);
  }
  const families = [from, to].map((end) => end?.value.address.family);
  if (from === undefined || to === undefined || families[0] === families[1]) return;
  const message = `The rule is from IPv${families[0]} to IPv${families[1]}, which no packet is. Write a rule for each.`;
  sink.comparing(to.node, 'error', 'network-route', message, [from.node]);
}
