import { formatIpAddress, formatIpInterface } from '../network/addresses.ts';
import { isDefaultRoute, type NetworkModel, type Route } from '../network/model.ts';
import { type LinkSummary, summariseNetwork } from '../network/summary.ts';

/** A host's network as a picture or a table shows it. */
export interface NetworkSummary {
  readonly links: readonly LinkSummary[];
  readonly routes: readonly RouteSummary[];
  /** Of all links, each once. */
  readonly nameServers: readonly string[];
  readonly search: readonly string[];
}

export interface RouteSummary {
  /** `default` or a subnet. */
  readonly to: string;
  /** Empty for a route without a gateway. */
  readonly via: string;
  /** Id of the link; empty for a route that belongs to none. */
  readonly link: string;
}

export function summariseHostNetwork(model: NetworkModel): NetworkSummary {
  const nameServers = [...model.links.map((link) => link.nameServers), model.nameServers];
  return {
    links: summariseNetwork(model),
    routes: [
      ...model.links.flatMap((link) => link.routes.map((route) => summariseRoute(route, link.id.value))),
      ...model.routes.map((route) => summariseRoute(route, '')),
    ],
    nameServers: unique(
      nameServers.flatMap(({ addresses }) => addresses.map(({ value }) => formatIpAddress(value))),
    ),
    search: unique(nameServers.flatMap(({ search }) => search.map(({ value }) => value))),
  };
}

function summariseRoute(route: Route, link: string): RouteSummary {
  return {
    to: isDefaultRoute(route) ? 'default' : formatIpInterface(route.to.value),
    via: route.via === undefined ? '' : formatIpAddress(route.via.value),
    link,
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
