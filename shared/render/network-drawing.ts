import type { NetworkModel } from '../network/model.ts';
import type { LinkSummary } from '../network/summary.ts';
import { valuesWithin } from '../site/substitute.ts';
import type { SourceNode } from '../source/source-node.ts';
import { type Place, placeOf } from '../source/source-place.ts';
import { type NetworkSummary, type RouteSummary, summariseHostNetwork } from './network-summary.ts';
import { isWrittenNowhere } from './origin.ts';

/** What a picture of a network needs beside the summary: where each part is written. */
export interface NetworkFacts extends Omit<NetworkSummary, 'links' | 'routes'> {
  readonly links: readonly LinkFacts[];
  readonly routes: readonly (RouteSummary & { readonly place: Place | undefined })[];
}

export interface LinkFacts extends LinkSummary {
  readonly place: Place | undefined;
  /** Beside `addresses`: of the host's value where the text is filled in with one. */
  readonly addressPlaces: readonly (Place | undefined)[];
}

/** `model`: as it is rendered, see `networkOfHost`. */
export function networkFacts(model: NetworkModel): NetworkFacts {
  const summary = summariseHostNetwork(model);
  const routes = [...model.links.flatMap((link) => link.routes), ...model.routes];
  return {
    ...summary,
    links: summary.links.map((link, index) => ({
      ...link,
      place: placeOfValue(model.links[index]?.id.node),
      addressPlaces: model.links[index]?.addresses.map(({ node }) => placeOfValue(node)) ?? [],
    })),
    routes: summary.routes.map((route, index) => ({ ...route, place: placeOfValue(routes[index]?.node) })),
  };
}

function placeOfValue(node: SourceNode | undefined): Place | undefined {
  if (node === undefined || isWrittenNowhere(node)) return undefined;
  return placeOf(valuesWithin(node).at(-1) ?? node);
}
