import { formatIpAddress, parseIpAddress } from '../network/addresses.ts';
import type { AnalysedHost, SiteAnalysis } from '../site/analysis.ts';
import { documentOf } from '../site/analysis.ts';
import type { SiteDocument } from '../site/document.ts';
import { kindOfPath, nameOfPath } from '../site/document-kinds.ts';
import { childOf, type ScalarNode } from '../source/source-node.ts';
import { noFacts, type SkeletonFacts, skeletonOf } from './skeletons.ts';

/** The text of a document that is about to be made, and what has to be filled in first (UTF-16 offsets). */
export interface DraftText {
  readonly text: string;
  readonly select: { readonly start: number; readonly end: number };
}

/** A first text for a path, as valid as it can be in this site; undefined for a path that has no skeleton. */
export function newDocumentText(analysis: SiteAnalysis, path: string): DraftText | undefined {
  return skeletonOf(kindOfPath(path), path, factsOf(analysis));
}

/**
 * The text of a document under another name: what it says of its own name is changed with it. The selection is what
 * two hosts cannot share, the first MAC address, or else the name.
 */
export function renamedText(analysis: SiteAnalysis, path: string, to: string): DraftText | undefined {
  const document = analysis.documents.find((each) => each.path === path);
  if (document === undefined) return undefined;
  const { text } = document.source;
  const place = childOf(childOf(document.root, 'metadata'), 'name');
  const isOwnName = place?.type === 'scalar' && String(place.value) === document.name;
  if (!isOwnName) return { text, select: { start: 0, end: 0 } };
  const name = nameOfPath(to);
  const renamed = text.slice(0, place.span.start) + name + text.slice(place.span.end);
  const shift = name.length - (place.span.end - place.span.start);
  const mac = firstMac(document);
  const select =
    mac !== undefined && mac.span.start > place.span.end
      ? { start: mac.span.start + shift, end: mac.span.end + shift }
      : { start: place.span.start, end: place.span.start + name.length };
  return { text: renamed, select };
}

function firstMac({ root }: SiteDocument): ScalarNode | undefined {
  const macs = childOf(childOf(root, 'spec'), 'macs');
  const value = macs?.type === 'map' ? macs.entries[0]?.value : undefined;
  return value?.type === 'scalar' ? value : undefined;
}

/** What most hosts of the site have in common is what the next one will most likely need. */
export function factsOf(analysis: SiteAnalysis): SkeletonFacts {
  const like = commonestHost(analysis);
  const profile = like?.summary.profile || analysis.profiles[0]?.name;
  const network = like === undefined ? analysis.networks[0]?.name : like.summary.network;
  const userData = like?.fragments.map(({ name }) => name) ?? [];
  const networkDocument =
    network === undefined || network === '' ? undefined : documentOf(analysis, 'network-config', network);
  const sources = [networkDocument, ...(like?.fragments ?? [])].filter((source) => source !== undefined);
  return {
    domain: like?.reading.domain === undefined ? undefined : String(like.reading.domain.value),
    role: like?.summary.role || noFacts.role,
    profile: profile !== undefined && documentOf(analysis, 'host-profile', profile) ? profile : undefined,
    network: networkDocument?.name,
    userData: [...new Set(userData)],
    macs: freeMacs(analysis, namesIn(sources, 'mac')),
    variables: namesIn(sources, 'var').map((name) => [name, freeValue(analysis, name, sources)] as const),
  };
}

function commonestHost({ analysedHosts }: SiteAnalysis): AnalysedHost | undefined {
  const groups = new Map<string, AnalysedHost[]>();
  for (const host of analysedHosts.values()) {
    const { role, profile, network, userData } = host.summary;
    if (host.summary.problems.errors > 0) continue;
    const key = JSON.stringify([role, profile, network, userData]);
    groups.set(key, [...(groups.get(key) ?? []), host]);
  }
  // Of equally many, the role `worker`: a machine room has more of them to come.
  const rank = (hosts: readonly AnalysedHost[]) =>
    hosts.length + (hosts[0]?.summary.role === 'worker' ? 0.5 : 0);
  return [...groups.values()].sort((a, b) => rank(b) - rank(a))[0]?.[0];
}

function namesIn(sources: readonly SiteDocument[], namespace: 'mac' | 'var'): string[] {
  const references = sources.flatMap(({ references }) => references);
  return [...new Set(references.filter((each) => each.namespace === namespace).map(({ name }) => name))];
}

/** Locally administered addresses that no host of the site has: to be replaced, and valid until then. */
function freeMacs(analysis: SiteAnalysis, names: readonly string[]): [string, string][] {
  const taken = new Set(analysis.hosts.flatMap(({ macs }) => macs.map((mac) => mac.toLowerCase())));
  let number = 0;
  const next = () => {
    for (;;) {
      number += 1;
      const digits = number.toString(16).padStart(6, '0');
      const mac = `02:00:00:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}`;
      if (!taken.has(mac)) return mac;
    }
  };
  return (names.length === 0 ? ['eno1'] : names).map((name) => [name, next()]);
}

/** Values for a variable that so many hosts lack, as YAML writes them: addresses are different for each. */
export function freeValues(analysis: SiteAnalysis, name: string, count: number): string[] {
  const sources = analysis.documents.filter(({ references }) =>
    references.some((each) => each.namespace === 'var' && each.name === name),
  );
  const values = [freeValue(analysis, name, sources)];
  const taken = takenAddresses([...analysis.analysedHosts.values()]);
  while (values.length < count) {
    const last = values.at(-1) ?? '';
    const address = ipv4Number(last);
    if (address === undefined) values.push(last);
    else values.push(addressAfter(address, taken));
  }
  return values;
}

/** The address behind the highest that other hosts have, the value that all of them share, or one to be replaced. */
function freeValue(analysis: SiteAnalysis, name: string, sources: readonly SiteDocument[]): string {
  const hosts = [...analysis.analysedHosts.values()];
  const values = hosts.flatMap(({ values }) => values.get(`var.${name}`)?.value ?? []);
  const addresses = values.map((value) => ipv4Number(String(value)));
  if (values.length > 0 && addresses.every((address) => address !== undefined)) {
    return addressAfter(Math.max(...addresses), takenAddresses(hosts));
  }
  const [first] = values;
  if (first !== undefined && values.every((value) => value === first)) {
    return typeof first === 'string' && !/^[A-Za-z][A-Za-z0-9.-]*$/.test(first)
      ? JSON.stringify(first)
      : String(first);
  }
  const isAddress =
    /address|gateway|(^|-)ip4?$/.test(name) ||
    sources.some(({ source }) => source.text.includes(`((var.${name}))/`));
  // RFC 5737, section 3: addresses for documentation, which no network routes.
  return isAddress ? addressAfter(ipv4Number('192.0.2.9') ?? 0, takenAddresses(hosts)) : 'change-me';
}

function takenAddresses(hosts: readonly AnalysedHost[]): ReadonlySet<number> {
  const all = hosts.flatMap(({ values }) =>
    [...values.values()].map(({ value }) => ipv4Number(String(value))),
  );
  return new Set(all.filter((address) => address !== undefined));
}

function ipv4Number(text: string): number | undefined {
  const address = parseIpAddress(text);
  return address?.family === 4 ? Number(address.bits) : undefined;
}

function addressAfter(highest: number, taken: ReadonlySet<number>): string {
  let next = highest + 1;
  // The last number of an octet is a broadcast address in most subnets, and 0 names the subnet.
  while (taken.has(next) || next % 256 === 255 || next % 256 === 0) next += 1;
  return formatIpAddress({ family: 4, bits: BigInt(next) });
}
