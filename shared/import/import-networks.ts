import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { parseNetwork } from '../network/parse-network.ts';
import { hostnameLabel } from '../schema/scalars.ts';
import type { Kind } from '../site/document-kinds.ts';
import type { SourceNode } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import { cardsOfModel } from './cards-of-model.ts';
import { DocumentNames } from './document-names.ts';
import type { ImportedCard, ImportedDocument, ImportedHost, ImportedSite } from './imported-site.ts';
import { isNamedLikePart, type NetplanHost, netplanHosts } from './netplan-hosts.ts';
import { baseOf, mergedText, readParts, reportLostComments } from './netplan-parts.ts';

/** Formats that describe the network of one host, netplan also in several files. */
export const networkSources = ['nmstate', 'netplan', 'network-data'] as const;
export type NetworkSource = (typeof networkSources)[number];

export interface NetworkFile {
  readonly path: string;
  readonly text: string;
  /** The host that it is of; when left out, told by its folder and its own name. */
  readonly host?: string | undefined;
}

const kinds: Readonly<Record<NetworkSource, Kind>> = {
  nmstate: 'nmstate',
  netplan: 'network-config',
  'network-data': 'network-data',
};

/**
 * Makes a site of the networks of hosts: each file becomes a host and its network, kept as it is; files of netplan that
 * are one host's are merged. With errors, the site holds what could be read. Never throws.
 */
export function importNetworks(
  files: readonly NetworkFile[],
  { format, name, origin }: { format: NetworkSource; name: string; origin: string },
): { readonly site: ImportedSite; readonly diagnostics: ReturnType<DiagnosticSink['list']> } {
  const sink = new DiagnosticSink();
  const names = new DocumentNames();
  const hosts = new Map<string, ImportedHost>();
  const networks: ImportedDocument[] = [];
  for (const { files: parts, host: written } of hostsOf(files, format, sink)) {
    const [first] = parts;
    const { root, diagnostics } = readParts(parts, kinds[format]);
    for (const each of diagnostics) sink.report(each);
    const host = hostOf({ ...first, host: written }, hosts, sink);
    if (host === undefined) continue;
    if (format === 'netplan' && written === undefined) reportPartOfHost(first, host.name, sink);
    const network = names.of(host.name);
    const origin =
      parts.length === 1
        ? `${first.path}, kept as it is.`
        : `${parts.map(({ path }) => path).join(', ')}, merged as netplan does; comments are those of ${baseOf(parts).path}.`;
    const text = parts.length === 1 || root === undefined ? first.text : mergedText(baseOf(parts), root);
    if (parts.length > 1 && root !== undefined) reportLostComments(parts, text, sink);
    networks.push({ name: network, text, origin });
    const from = parts.length === 1 ? first.path : `${parts.length} files of netplan`;
    hosts.set(host.name, { ...host, origin: `${from}.`, cards: cardsOf(root, format), network });
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

/** Only netplan knows a network of several files. */
function hostsOf(
  files: readonly NetworkFile[],
  format: NetworkSource,
  sink: DiagnosticSink,
): readonly NetplanHost[] {
  if (format === 'netplan') return netplanHosts(files, sink);
  return files.map((file): NetplanHost => ({ files: [file], host: file.host }));
}

function reportPartOfHost({ path, text }: NetworkFile, name: string, sink: DiagnosticSink): void {
  if (!isNamedLikePart(path)) return;
  const place = { source: createSourceText(path, text), span: { start: 0, end: 0 } };
  const message = `The file makes a host “${name}”, and is named like a part of a host’s /etc/netplan. Say which host it is of, or name the file after it.`;
  sink.at(place, 'warning', 'document-name', message);
}

function cardsOf(root: SourceNode | undefined, format: NetworkSource): readonly ImportedCard[] {
  const dialect = format === 'netplan' ? 'network-config' : format;
  return cardsOfModel(root === undefined ? undefined : parseNetwork(root, new DiagnosticSink(), dialect));
}
