import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { formatIpAddress, isLoopback } from '../network/addresses.ts';
import { checkAcrossHosts } from '../network/check-site-network.ts';
import { parseMacAddress } from '../network/mac-address.ts';
import type { ScalarNode, SourceNode } from '../source/source-node.ts';
import { rangeOf, type SourceText } from '../source/source-text.ts';
import { bmcServerOf } from './bmc-server.ts';
import { type CheckedHost, macPlaces } from './check-host.ts';
import { checkSubnets } from './check-subnets.ts';
import type { SiteDocument } from './document.ts';
import { folderOfKind, type Kind } from './document-kinds.ts';
import { valuesWithin } from './substitute.ts';

/** Findings that need all hosts: names, MAC addresses and addresses that stand twice, values that hosts lack. */
export function checkAllHosts(hosts: readonly CheckedHost[]): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  const rivals = hostsWithSharedClaims(hosts);
  checkBmcAddresses(rivals, sink);
  checkBmcsAgainstLinks(rivals, sink);
  checkNames(rivals, sink);
  checkMacs(rivals, sink);
  const networks = rivals.flatMap(({ reading, network }) =>
    network === undefined
      ? []
      : [{ host: reading.document.name, model: network, placeOf: placeIn(reading.document) }],
  );
  checkAcrossHosts(networks, sink);
  checkSubnets(
    hosts.map(({ reading, subnets }) => ({
      host: reading.document.name,
      subnets,
      placeOf: placeIn(reading.document),
    })),
    sink,
  );
  reportMissing(hosts, sink);
  reportSecondEphemeral(hosts, sink);
  return sink.list();
}

/** One host installs the others; airshipctl refuses a set of two (pkg/bootstrap/cloudinit). Two may stand ready in a room. */
function reportSecondEphemeral(hosts: readonly CheckedHost[], sink: DiagnosticSink): void {
  const [first, ...others] = hosts.flatMap(({ reading: { role } }) =>
    role?.value === 'ephemeral' ? [role] : [],
  );
  for (const role of others) {
    const message = `The ephemeral host installs the others, and ${first?.source.file} is one already; airshipctl takes one alone.`;
    sink.at(role, 'info', 'airship-ephemeral', message);
  }
}

/** A network of several hosts says nothing of who is wrong: the value that a host gave it does. */
function placeIn(host: SiteDocument): (node: SourceNode) => SourceNode {
  return (node) => valuesWithin(node).findLast(({ source }) => source.file === host.path) ?? node;
}

/** Almost always none: only these are looked at closely, so that a site of 500 hosts costs nothing per keystroke. */
function hostsWithSharedClaims(hosts: readonly CheckedHost[]): readonly CheckedHost[] {
  const owners = new Map<string, CheckedHost>();
  const rivals = new Set<CheckedHost>();
  for (const host of hosts) {
    for (const claim of host.claims) {
      const owner = owners.get(claim);
      if (owner === undefined) owners.set(claim, host);
      else rivals.add(owner).add(host);
    }
  }
  return hosts.filter((host) => rivals.has(host));
}

function checkNames(hosts: readonly CheckedHost[], sink: DiagnosticSink): void {
  for (const [name, places] of groupBy(hosts, ({ reading }) => reading.name)) {
    if (places.length < 2) continue;
    const files = listed(places.map(({ source }) => source.file));
    for (const place of places) {
      sink.at(
        place,
        'error',
        'name-duplicate',
        `The name “${name}” is used by ${places.length} hosts: ${files}.`,
      );
    }
  }
}

/** The whole URL: one controller may manage several systems, each under a path of its own. */
function checkBmcAddresses(hosts: readonly CheckedHost[], sink: DiagnosticSink): void {
  for (const [url, places] of groupBy(hosts, ({ reading }) => reading.bmcAddress)) {
    if (places.length < 2) continue;
    const files = listed(places.map(({ source }) => source.file));
    const message = `The BMC address ${url} is used by ${places.length} hosts: ${files}.`;
    for (const place of places) sink.at(place, 'error', 'network-address-duplicate', message);
  }
}

/** A machine's own address where its BMC's belongs answers to neither. */
function checkBmcsAgainstLinks(hosts: readonly CheckedHost[], sink: DiagnosticSink): void {
  const bmcs = new Map<string, { host: string; place: ScalarNode }>();
  for (const { reading } of hosts) {
    const place = reading.bmcAddress;
    const server = place === undefined ? undefined : bmcServerOf(String(place.value));
    if (place === undefined || server === undefined || isLoopback(server.address)) continue;
    bmcs.set(formatIpAddress(server.address), { host: reading.document.name, place });
  }
  for (const { reading, network } of hosts) {
    const owner = reading.document.name;
    for (const { id, addresses } of network?.links ?? []) {
      for (const { value, node } of addresses) {
        const shown = formatIpAddress(value.address);
        const bmc = bmcs.get(shown);
        if (bmc === undefined) continue;
        const message = `The address ${shown} is that of ${id.value} of ${owner} and of the BMC of ${bmc.host}.`;
        for (const place of [placeIn(reading.document)(node), bmc.place])
          sink.at(place, 'error', 'network-address-duplicate', message);
      }
    }
  }
}

function groupBy(
  hosts: readonly CheckedHost[],
  placeOf: (host: CheckedHost) => ScalarNode | undefined,
): Map<string, ScalarNode[]> {
  const groups = new Map<string, ScalarNode[]>();
  for (const host of hosts) {
    const place = placeOf(host);
    if (place !== undefined) add(groups, String(place.value), place);
  }
  return groups;
}

function add<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** In the words of `checkAcrossHosts`, so that a place that both report is reported once. */
function checkMacs(hosts: readonly CheckedHost[], sink: DiagnosticSink): void {
  const uses = new Map<string, { host: string; place: ScalarNode }[]>();
  for (const { reading } of hosts) {
    for (const place of macPlaces(reading)) {
      const mac = parseMacAddress(String(place.value));
      if (mac !== undefined) add(uses, mac, { host: reading.document.name, place });
    }
  }
  for (const [mac, all] of uses) {
    const names = [...new Set(all.map(({ host }) => host))].sort();
    if (names.length < 2) continue;
    const message = `The MAC address ${mac} is used by ${names.length} hosts: ${listed(names)}.`;
    for (const { place } of all) sink.at(place, 'error', 'network-mac-duplicate', message);
  }
}

/** One finding per place, however many hosts lack the value. */
function reportMissing(hosts: readonly CheckedHost[], sink: DiagnosticSink): void {
  const found = new Map<ScalarNode, { key: string; hosts: string[]; known: readonly string[] }>();
  for (const { reading, missing } of hosts) {
    for (const { reference, known } of missing) {
      const entry = found.get(reference.place);
      if (entry === undefined) {
        found.set(reference.place, { key: reference.key, hosts: [reading.document.name], known });
      } else entry.hosts.push(reading.document.name);
    }
  }
  for (const [place, { key, hosts: lacking, known }] of found) {
    const namespace = key.slice(0, key.indexOf('.') + 1);
    const alike = known
      .filter((name) => name.startsWith(namespace) && !usedBeside(place, name))
      .map((name) => name.slice(namespace.length));
    const { hint, fixes } = didYouMean(place, key.slice(namespace.length), alike);
    const mended = fixes?.map((fix) => ({ ...fix, newText: `((${namespace}${fix.newText}))` }));
    const message = `“${key}” has no value for ${listed(lacking)}. ${whereToSet(key)}${hint}`;
    sink.report({
      file: place.source.file,
      range: rangeOf(place.source, place.span),
      severity: 'error',
      code: 'variable-unknown',
      message,
      ...(isWhole(place) && mended !== undefined ? { fixes: mended } : {}),
      hosts: lacking,
    });
  }
}

/** Which names a text refers to; looked for once for each name, since one text may lack thousands of values. */
const usedIn = new WeakMap<SourceText, Map<string, boolean>>();

/** A name that the same text refers to is right as it is, and so was not meant by another. */
function usedBeside({ source }: ScalarNode, name: string): boolean {
  const known = usedIn.get(source) ?? new Map<string, boolean>();
  usedIn.set(source, known);
  const used = known.get(name) ?? source.text.includes(`((${name}))`);
  known.set(name, used);
  return used;
}

/** A fix replaces the place, so that it may only be offered where the place is the reference alone. */
function isWhole({ source, span }: ScalarNode): boolean {
  return /^\(\([^()]*\)\)$/.test(source.text.slice(span.start, span.end));
}

function whereToSet(key: string): string {
  if (key.startsWith('var.')) return 'Add it under “variables” of the host.';
  if (key.startsWith('mac.')) return 'Add it under “macs” of the host.';
  return key === 'site.name' ? 'Give the site a name in site.yaml.' : 'Add it to the document of the host.';
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

const words: Readonly<Partial<Record<Kind, string>>> = {
  'host-profile': 'No host and no image refers to this host profile.',
  'network-config': 'No host refers to this network.',
  'cloud-config': 'No host refers to this fragment.',
};

/** Documents that nothing refers to are no mistake, but often one that was forgotten or misspelt. */
export function reportUnused(document: SiteDocument, sink: DiagnosticSink): void {
  const message = document.kind === undefined ? undefined : words[document.kind];
  if (message === undefined) return;
  // A host that names one of another type is told that it cannot, so that this would be false.
  if (document.kind === 'cloud-config' && document.userDataType === 'other') return;
  const end = document.source.text.search(/[\r\n]/);
  const span = { start: 0, end: end < 0 ? document.source.text.length : end };
  sink.at({ source: document.source, span }, 'info', 'reference-unused', message);
}

/** Two files of one name (`a.yaml` and `a.yml`): only the first is found by its name. */
export function reportSameName(document: SiteDocument, first: SiteDocument, sink: DiagnosticSink): void {
  const folder = document.kind === undefined ? '' : `${folderOfKind(document.kind)}/`;
  const message = `${first.path} has the same name; others find only that one. Rename one of the two in ${folder}.`;
  sink.at({ source: document.source, span: { start: 0, end: 0 } }, 'error', 'name-duplicate', message);
}
