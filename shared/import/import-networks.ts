import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { hostnameLabel } from '../schema/scalars.ts';
import { readDocument, type SiteDocument } from '../site/document.ts';
import type { Kind } from '../site/document-kinds.ts';
import { judge } from '../site/validate-text.ts';
import { createSourceText } from '../source/source-text.ts';
import { cardsOfModel } from './cards-of-model.ts';
import { DocumentNames } from './document-names.ts';
import type { ImportedCard, ImportedDocument, ImportedHost, ImportedSite } from './imported-site.ts';

/** Formats that describe the network of one host in one file. */
export const networkSources = ['nmstate', 'netplan', 'network-data'] as const;
export type NetworkSource = (typeof networkSources)[number];

export interface NetworkFile {
  readonly path: string;
  readonly text: string;
  /** The host that it is of; named like the file when left out. */
  readonly host?: string | undefined;
}

const kinds: Readonly<Record<NetworkSource, Kind>> = {
  nmstate: 'nmstate',
  netplan: 'network-config',
  'network-data': 'network-data',
};

/**
 * Makes a site of the networks of hosts: each file becomes a host and its network, kept as it is. With errors, the site
 * holds what could be read. Never throws.
 */
export function importNetworks(
  files: readonly NetworkFile[],
  { format, name, origin }: { format: NetworkSource; name: string; origin: string },
): { readonly site: ImportedSite; readonly diagnostics: ReturnType<DiagnosticSink['list']> } {
  const sink = new DiagnosticSink();
  const names = new DocumentNames();
  const hosts = new Map<string, ImportedHost>();
  const networks: ImportedDocument[] = [];
  for (const file of files) {
    const document = readDocument(file.path, file.text, kinds[format]);
    for (const each of judge(document, kinds[format])) sink.report(each);
    const host = hostOf(file, hosts, sink);
    if (host === undefined) continue;
    if (format === 'netplan' && file.host === undefined) reportPartOfHost(file, host.name, sink);
    const network = names.of(host.name);
    networks.push({ name: network, text: file.text, origin: `${file.path}, kept as it is.` });
    hosts.set(host.name, { ...host, cards: cardsOf(document, format), network });
  }
  if (files.length === 0) {
    const place = { source: createSourceText(origin, ''), span: { start: 0, end: 0 } };
    sink.at(place, 'error', 'document-empty', 'There is no file to import.');
  }
  const site = {
    name,
    origin,
    hosts: [...hosts.values()],
    networks,
    fragments: [],
    secrets: [],
    isogen: undefined,
  };
  return { site, diagnostics: sink.list() };
}

function hostOf(
  { path, text, host }: NetworkFile,
  others: ReadonlyMap<string, ImportedHost>,
  sink: DiagnosticSink,
): ImportedHost | undefined {
  const written = host ?? path.replace(/^.*\//, '').replace(/\.(ya?ml|json)$/i, '');
  const [name = '', ...rest] = written.split('.');
  const place = { source: createSourceText(path, text), span: { start: 0, end: 0 } };
  const labels = [name, ...rest];
  if (!labels.every((label) => hostnameLabel.safeParse(label).success)) {
    const from = host === undefined ? 'The file is named like its host, and ' : '';
    const message = `${from}“${written}” is no name for a host: lower-case letters, digits and hyphens, for example cp-1.`;
    sink.at(place, 'error', 'value-invalid', message);
    return undefined;
  }
  if (others.has(name)) {
    sink.at(place, 'error', 'name-duplicate', `There is a host ${name} already, of another file.`);
    return undefined;
  }
  return {
    name,
    domain: rest.length === 0 ? undefined : rest.join('.'),
    role: 'worker',
    origin: `${path}.`,
    roleOrigin: 'The file says nothing of a role.',
    cards: [],
    bmc: undefined,
    network: undefined,
    userData: [],
  };
}

/** As in /etc/netplan, where all files together are one host: 00-installer-config.yaml, 50-cloud-init.yaml, 99-local.yaml. */
function reportPartOfHost({ path, text }: NetworkFile, name: string, sink: DiagnosticSink): void {
  if (!/^\d\d-/.test(name)) return;
  const place = { source: createSourceText(path, text), span: { start: 0, end: 0 } };
  const message = `The file makes a host “${name}”, and is named like a part of a host’s /etc/netplan. Name it after its host, or say which one it is of; of several parts make one file first (netplan get).`;
  sink.at(place, 'warning', 'document-name', message);
}

function cardsOf({ root }: SiteDocument, format: NetworkSource): readonly ImportedCard[] {
  const dialect = format === 'netplan' ? 'network-config' : format;
  return cardsOfModel(root === undefined ? undefined : parseNetwork(root, new DiagnosticSink(), dialect));
}
