import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../source/source-node.ts';
import { checkBond } from './checks/check-bonds.ts';
import { checkBridge } from './checks/check-bridges.ts';
import { checkCardNames } from './checks/check-card-names.ts';
import { checkHostAddresses } from './checks/check-host-addresses.ts';
import { checkMacs } from './checks/check-macs.ts';
import { checkMtu } from './checks/check-mtu.ts';
import { checkNameServers } from './checks/check-name-servers.ts';
import { checkNames } from './checks/check-names.ts';
import { checkForNetplan, checkRenderers } from './checks/check-netplan.ts';
import { checkSwitch } from './checks/check-netplan-switch.ts';
import { checkReferences } from './checks/check-references.ts';
import { checkRoutes } from './checks/check-routes.ts';
import { checkRoutingRules } from './checks/check-routing-rules.ts';
import { checkVlans } from './checks/check-vlans.ts';
import { indexLinks } from './checks/link-index.ts';
import type { NetworkModel } from './model.ts';

/** What is known of the machine. */
export interface HostFacts {
  /** MAC addresses of its cards, in any spelling. */
  readonly macs?: readonly string[];
  /** Where those are written. */
  readonly macPlaces?: readonly SourceNode[];
  /** Names of its cards. */
  readonly cards?: readonly string[];
}

/**
 * Reports what is wrong in one host's network although every single value is well-formed. `alone` takes what one route,
 * rule or bond says by itself, whatever else of its link could not be read.
 */
export function checkNetwork(
  model: NetworkModel,
  sink: DiagnosticSink,
  host: HostFacts = {},
  alone: DiagnosticSink = sink,
): void {
  const index = indexLinks(model);
  checkNames(model, sink);
  checkReferences(model, index, sink);
  checkHostAddresses(model, index, sink);
  checkRoutes(model, index, host.macs !== undefined, sink, alone);
  checkRoutingRules(model, sink, alone);
  checkVlans(model, index, sink);
  checkNameServers(model, sink);
  checkMtu(model, index, sink);
  checkMacs(model, host, sink);
  checkCardNames(model, host.cards, sink);
  checkRenderers(model, sink);
  checkSwitch(model, sink);
  for (const link of model.links) {
    checkForNetplan(link, model, sink);
    if (link.kind === 'bond') checkBond(link, index, model, alone);
    if (link.kind === 'bridge') checkBridge(link, model.format, sink);
  }
}
