import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { subnetContains } from './addresses.ts';
import type { NetworkLink, NetworkModel, Route } from './model.ts';

/**
 * Formats without global routes: each goes to the link whose subnet holds its gateway. One that no link can take is
 * reported as what `target` (“Version 2”) cannot say.
 */
export function placeGlobalRoutes(
  model: NetworkModel,
  target: string,
  sink: DiagnosticSink,
): ReadonlyMap<NetworkLink, readonly Route[]> {
  const placed = new Map<NetworkLink, Route[]>();
  for (const route of model.routes) {
    const link = model.links.find(({ addresses }) =>
      addresses.some(({ value }) => route.via !== undefined && subnetContains(value, route.via.value)),
    );
    if (link === undefined) {
      const message = `${target} ties a route to a link, but no link has a subnet with this gateway.`;
      sink.at(route.node, 'warning', 'network-unsupported', message);
    } else {
      placed.set(link, [...(placed.get(link) ?? []), route]);
    }
  }
  return placed;
}
