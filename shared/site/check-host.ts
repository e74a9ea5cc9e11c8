import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { formatIpAddress, isLoopback } from '../network/addresses.ts';
import { parseMacAddress } from '../network/mac-address.ts';
import type { NetworkModel } from '../network/model.ts';
import { childOf, type ScalarNode } from '../source/source-node.ts';
import { bmcServerOf } from './bmc-server.ts';
import { type DocumentIndex, resolveFragments, resolveReference } from './check-references.ts';
import { type HostSubnet, subnetsOf } from './check-subnets.ts';
import { isFixed, type SiteDocument } from './document.ts';
import { type HostReading, readHost } from './host-document.ts';
import { checkHostNetwork } from './host-network.ts';
import type { Reference } from './references.ts';
import type { SiteSettings } from './site-settings.ts';
import type { ReferenceValues } from './substitute.ts';

/** A reference in a network or fragment that a host has no value for. */
export interface MissingValue {
  readonly reference: Reference;
  /** Names that the host has. */
  readonly known: readonly string[];
}

/** Everything that is told about one host from its own document and those that it refers to. */
export interface CheckedHost {
  readonly reading: HostReading;
  readonly values: ReferenceValues;
  readonly profile: SiteDocument | undefined;
  readonly networkDocument: SiteDocument | undefined;
  readonly network: NetworkModel | undefined;
  readonly fragments: readonly SiteDocument[];
  readonly missing: readonly MissingValue[];
  /** Findings outside the host's own reading: references and network. */
  readonly diagnostics: readonly Diagnostic[];
  /** Values of this host that are a part of texts in its network, by `file:line:column` of the text. */
  readonly valuePlaces: ReadonlyMap<string, ScalarNode>;
  /**
   * What only one host of a site may have: names, addresses, MAC addresses, BMCs. While no claim of a host is one of
   * another's, no error about the one depends on the other.
   */
  readonly claims: readonly string[];
  readonly subnets: readonly HostSubnet[];
  /** The documents that this was made from; while they are the same objects, so is the result. */
  readonly madeFrom: readonly unknown[];
}

/** What a host depends on beside its own document. Cheap: looked at for every host in every analysis. */
export function dependenciesOf(
  document: SiteDocument,
  reading: HostReading,
  index: DocumentIndex,
  settings: SiteSettings,
): readonly unknown[] {
  const network =
    reading.networkReference === undefined
      ? undefined
      : index.find('network-config', String(reading.networkReference.value));
  const profile =
    reading.profile === undefined ? undefined : index.find('host-profile', String(reading.profile.value));
  const fragments = reading.userData.map(({ value }) => index.find('cloud-config', String(value)));
  const refersToSite =
    document.refersToSite || network?.refersToSite || fragments.some((each) => each?.refersToSite);
  return [
    document,
    network,
    // A profile matters only by being there, and the site only by its name: edits in them cost nothing here.
    profile?.path,
    refersToSite ? settings.name : undefined,
    ...fragments,
  ];
}

export function checkHost(
  document: SiteDocument,
  reading: HostReading,
  index: DocumentIndex,
  settings: SiteSettings,
): CheckedHost {
  const sink = new DiagnosticSink();
  const profile = resolveReference(reading.profile, 'host-profile', index, sink);
  const networkDocument = resolveReference(reading.networkReference, 'network-config', index, sink);
  const fragments = resolveFragments(reading, index, sink);
  const values = withSite(reading.values, settings.name);
  const root = reading.inlineNetwork ?? networkDocument?.root;
  const isBroken = (reading.inlineNetwork === undefined ? networkDocument : document)?.break !== undefined;
  const checked = root === undefined ? undefined : checkHostNetwork(root, values, reading, isBroken);
  for (const diagnostic of checked?.diagnostics ?? []) sink.report(diagnostic);
  reportOwnMacs(reading, sink);
  const sources = [reading.inlineNetwork === undefined ? networkDocument : document, ...fragments];
  return {
    reading,
    values,
    profile,
    networkDocument,
    network: checked?.model,
    fragments,
    // What a host lacks may stand in the part of its document that cannot be read.
    missing:
      document.break === undefined
        ? sources.flatMap((source) => missingValues(source, values, document))
        : [],
    diagnostics: sink.list(),
    valuePlaces: checked?.valuePlaces ?? new Map(),
    claims: claimsOf(reading, checked?.model),
    subnets: subnetsOf(checked?.model),
    madeFrom: dependenciesOf(document, reading, index, settings),
  };
}

function claimsOf(reading: HostReading, network: NetworkModel | undefined): string[] {
  const claims = new Set<string>();
  if (reading.name !== undefined) claims.add(`name ${String(reading.name.value)}`);
  for (const place of macPlaces(reading)) {
    const mac = parseMacAddress(String(place.value));
    if (mac !== undefined) claims.add(mac);
  }
  for (const link of network?.links ?? []) {
    for (const { value } of link.addresses) claims.add(formatIpAddress(value.address));
    if (link.match?.macAddress !== undefined) claims.add(link.match.macAddress.value);
    if (link.macAddress !== undefined) claims.add(link.macAddress.value);
  }
  // Not through the set: a BMC that has an address of its own host is that host's rival.
  return [...claims, ...bmcClaimsOf(reading)];
}

function bmcClaimsOf({ bmcAddress }: HostReading): string[] {
  if (bmcAddress === undefined) return [];
  const url = String(bmcAddress.value);
  const server = bmcServerOf(url)?.address;
  return [`BMC ${url}`, ...(server === undefined || isLoopback(server) ? [] : [formatIpAddress(server)])];
}

function reportOwnMacs(reading: HostReading, sink: DiagnosticSink): void {
  const seen = new Set<string>();
  for (const place of macPlaces(reading)) {
    const mac = parseMacAddress(String(place.value));
    if (mac === undefined) continue;
    if (seen.has(mac)) {
      sink.at(
        place,
        'error',
        'network-mac-duplicate',
        `The MAC address ${mac} stands twice in this document.`,
      );
    }
    seen.add(mac);
  }
}

/** Cards and management controllers alike, whether or not a network uses them. */
export function macPlaces({ macs, bmcMac }: HostReading): ScalarNode[] {
  return [...macs.map(({ value }) => value), ...(bmcMac === undefined ? [] : [bmcMac])];
}

function withSite(values: ReferenceValues, name: ScalarNode | undefined): ReferenceValues {
  return name === undefined ? values : new Map(values).set('site.name', name);
}

/** A variable or MAC address that is there but empty or no text is reported where it stands. */
function isWritten(key: string, { root }: SiteDocument): boolean {
  const [namespace, name = ''] = key.split('.', 2);
  const mapping = { var: 'variables', mac: 'macs' }[namespace ?? ''];
  return mapping !== undefined && childOf(childOf(childOf(root, 'spec'), mapping), name) !== undefined;
}

function missingValues(
  document: SiteDocument | undefined,
  values: ReferenceValues,
  host: SiteDocument,
): MissingValue[] {
  if (document === undefined) return [];
  return document.references
    .filter(({ key, namespace }) => !values.has(key) && !isWritten(key, host) && isPossible(namespace, key))
    .map((reference) => ({ reference, known: [...values.keys()] }));
}

/** `host.` and `site.` names that cannot exist are reported by the document itself. */
function isPossible(namespace: string, key: string): boolean {
  return namespace === 'var' || namespace === 'mac' || isFixed(key);
}

const readings = new WeakMap<SiteDocument, HostReading>();

export function readingOf(document: SiteDocument): HostReading {
  let reading = readings.get(document);
  if (reading === undefined) {
    reading = readHost(document);
    readings.set(document, reading);
  }
  return reading;
}
