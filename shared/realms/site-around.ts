import type { NetworkModel } from '../network/model.ts';
import type { SiteDocument } from '../site/document.ts';
import type { HostReading } from '../site/host-document.ts';
import type { ReferenceValues } from '../site/substitute.ts';
import { childOf, stringOf } from '../source/source-node.ts';

/** A host as far as it says whether something of its profile is its own. */
export interface HostOfSite {
  readonly reading: HostReading;
  readonly values: ReferenceValues;
  readonly network: NetworkModel | undefined;
  /** Its name, addresses and MAC addresses, of which no other host has one. */
  readonly claims: readonly string[];
  readonly fragments: readonly SiteDocument[];
}

/** The site around a document. */
export interface SiteAround {
  readonly documents: readonly SiteDocument[];
  readonly hosts: readonly HostOfSite[];
}

const ofProfiles = new WeakMap<SiteAround, Map<string, readonly HostOfSite[] | undefined>>();

/** The hosts that boot what is made of a profile; undefined while one of them is still to be checked. */
export function hostsOfProfile({ name }: SiteDocument, site: SiteAround): readonly HostOfSite[] | undefined {
  // Each of many notes asks for them.
  const known = ofProfiles.get(site) ?? new Map<string, readonly HostOfSite[] | undefined>();
  ofProfiles.set(site, known);
  if (!known.has(name)) known.set(name, findHosts(name, site));
  return known.get(name);
}

function findHosts(profile: string, { documents, hosts }: SiteAround): readonly HostOfSite[] | undefined {
  const own = documents.filter(
    ({ kind, root }) => kind === 'host' && stringOf(childOf(root, 'spec'), 'profile') === profile,
  );
  const checked = new Map(hosts.map((host) => [host.reading.document, host]));
  const found = own.flatMap((document) => checked.get(document) ?? []);
  return found.length === own.length ? found : undefined;
}

/** “3 hosts have this profile”. */
export function countOfHosts(hosts: readonly unknown[]): string {
  if (hosts.length === 0) return 'no host has this profile';
  return hosts.length === 1 ? 'one host has this profile' : `${hosts.length} hosts have this profile`;
}

/** Whether every host receives a document: what a fragment of some hosts says would hold for all of them in site.yaml. */
export function isForAll(document: SiteDocument, hosts: readonly Pick<HostOfSite, 'fragments'>[]): boolean {
  return document.kind !== 'cloud-config' || hosts.every(({ fragments }) => fragments.includes(document));
}

/** The profiles of the hosts that receive a fragment. */
export function profilesOf(fragment: SiteDocument, { documents, hosts }: SiteAround): SiteDocument[] {
  const receivers = hosts.filter(({ fragments }) => fragments.includes(fragment));
  const names = new Set(receivers.map(({ reading }) => String(reading.profile?.value)));
  return documents.filter(({ kind, name }) => kind === 'host-profile' && names.has(name));
}
