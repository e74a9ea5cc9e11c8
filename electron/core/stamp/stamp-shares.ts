import { kindOfPath } from '#shared/site/document-kinds.ts';
import { analyseSite } from '../site/analyse-site.ts';
import type { SiteSnapshot } from '../site/read-site.ts';
import { type HostStamp, hostStamp } from './host-stamp.ts';

/** What a share of a site's hosts receives, and what no host of another share may have. */
export interface StampedShare {
  readonly stamps: readonly HostStamp[];
  readonly claims: readonly string[];
}

/**
 * Cuts a site into shares of about as many hosts, in the order of their paths, each with everything that hosts refer
 * to: what is checked and rendered for one can be done beside the others.
 * @param count 1 or more
 * @param lead hosts that the first share has more than the others
 */
export function sharesOf(snapshot: SiteSnapshot, count: number, lead = 0): SiteSnapshot[] {
  const paths = [...snapshot.files.keys()];
  const hosts = paths.filter((path) => kindOfPath(path) === 'host').sort();
  const rest = Math.max(1, hosts.length - lead);
  const shareAt = (index: number) => Math.floor((Math.max(0, index - lead) * count) / rest);
  const shareOf = new Map(hosts.map((path, index) => [path, shareAt(index)]));
  return Array.from({ length: count }, (_, share) => ({
    ...snapshot,
    // Their texts stand in `files`; those that were not read have none.
    documents: snapshot.documents.filter(({ tooLarge }) => tooLarge),
    files: new Map([...snapshot.files].filter(([path]) => (shareOf.get(path) ?? share) === share)),
  }));
}

/** Checks and renders all hosts of a share. Undefined when one has errors, about which the whole site has to be asked. */
export function stampShare(share: SiteSnapshot): StampedShare | undefined {
  const site = analyseSite(share);
  const hosts = [...site.analysis.analysedHosts.values()];
  if (site.analysis.hosts.some(({ problems }) => problems.errors > 0)) return undefined;
  return {
    stamps: site.analysis.hosts.map(({ name }) => hostStamp(site, name)),
    claims: hosts.flatMap(({ claims }) => claims),
  };
}

/**
 * Whether the verdict on each host is the same in its share as in the whole site: no host has errors, and none claims
 * what one of another share does.
 */
export function areDisjoint(claimsOfShares: readonly (readonly string[] | undefined)[]): boolean {
  const owners = new Map<string, number>();
  return claimsOfShares.every((claims, share) =>
    claims?.every((claim) => {
      const owner = owners.get(claim);
      owners.set(claim, share);
      return owner === undefined || owner === share;
    }),
  );
}
