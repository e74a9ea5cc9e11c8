import { parseIpAddress } from '../network/addresses.ts';
import { isDefaultRoute, type Located, type NetworkLink, type NetworkModel } from '../network/model.ts';
import type { SiteSettings } from '../site/site-settings.ts';

/**
 * Gives the site's name servers and search domains to the links with a default route that have none: that is where a
 * resolver can be reached. A network that names servers anywhere is left alone, because it has said what it wants.
 */
export function withSiteNameServers(model: NetworkModel, dns: SiteSettings['dns']): NetworkModel {
  const isAnswered = [model, ...model.links].some(({ nameServers }) => nameServers.addresses.length > 0);
  if (isAnswered || dns.servers.length + dns.search.length === 0) return model;
  return {
    ...model,
    links: model.links.map((link) => (hasDefaultRoute(link) ? withNameServers(link, dns) : link)),
  };
}

function hasDefaultRoute({ routes }: NetworkLink): boolean {
  return routes.some(isDefaultRoute);
}

function withNameServers(link: NetworkLink, dns: SiteSettings['dns']): NetworkLink {
  const { node } = link;
  const addresses = dns.servers.flatMap((text) => {
    const value = parseIpAddress(text);
    return value === undefined ? [] : [{ value, node }];
  });
  const search: Located<string>[] = dns.search.map((value) => ({ value, node }));
  const own = link.nameServers.search;
  return { ...link, nameServers: { addresses, search: own.length > 0 ? own : search } };
}
