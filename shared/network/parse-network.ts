import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean, replacementFix } from '../diagnostics/suggest.ts';
import { withMergedKeys } from '../source/merge-keys.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import type { NetworkModel } from './model.ts';
import { formatOfTree, topKeysOf } from './network-format.ts';
import { parseNetworkData } from './parse-network-data.ts';
import { parseNmstate } from './parse-nmstate.ts';
import { parseVersion1 } from './parse-version-1.ts';
import { parseVersion2 } from './parse-version-2.ts';
import { textOf } from './read-value.ts';
import { reportManifest, reportPolicy } from './report-manifest.ts';
import { version1Keys } from './version-1-keys.ts';
import { linkSections, version2Keys } from './version-2-keys.ts';

/** How a document is read when its keys shall not decide. */
export type NetworkDialect = 'network-config' | 'nmstate' | 'network-data';

/**
 * Reads a network in any supported format: cloud-init's version 1 or 2, with or without `network:` around it, NMState, or
 * OpenStack's network_data. Its keys tell which, unless `dialect` does. Everything that is wrong goes to the sink;
 * undefined when not even the version can be told. `<<` brings in keys but in NMState, whose reader (serde_yaml) takes it for
 * a key. Never throws.
 */
export function parseNetwork(
  written: SourceNode,
  sink: DiagnosticSink,
  dialect: NetworkDialect = formatOfTree(written),
): NetworkModel | undefined {
  if (reportManifest(written, sink) || reportOtherDialect(written, dialect, sink)) return undefined;
  if (dialect === 'nmstate' && reportPolicy(written, sink)) return undefined;
  const node = dialect === 'nmstate' ? written : withMergedKeys(written);
  if (dialect === 'network-config') return parseCloudInit(node, sink);
  if (node.type !== 'map') {
    const what = dialect === 'nmstate' ? 'An NMState document' : 'A network_data document';
    const first = dialect === 'nmstate' ? 'interfaces' : 'links';
    sink.at(node, 'error', 'value-type', `${what} is a mapping that starts with “${first}:”.`);
    return undefined;
  }
  return dialect === 'nmstate' ? parseNmstate(node, sink) : parseNetworkData(node, sink);
}

const dialectNames: Readonly<Record<NetworkDialect, string>> = {
  'network-config': 'a network-config of cloud-init or netplan',
  nmstate: 'an NMState document',
  'network-data': 'a network_data document of OpenStack',
};

/** A document of another format than it is asked to be: one finding, in place of one for each of its keys. */
function reportOtherDialect(node: SourceNode, dialect: NetworkDialect, sink: DiagnosticSink): boolean {
  const actual = formatOfTree(node);
  if (actual === dialect || node.type !== 'map') return false;
  const first = node.entries.find(({ key }) => topKeysOf(actual).includes(String(key.value)));
  const isAsAsked = node.entries.some(({ key }) => topKeysOf(dialect).includes(String(key.value)));
  if (first === undefined || isAsAsked) return false;
  const message = `This is ${dialectNames[actual]}, and not ${dialectNames[dialect]}. Check or import it as what it is.`;
  sink.at(first.key, 'error', 'key-unknown', message);
  return true;
}

function parseCloudInit(node: SourceNode, sink: DiagnosticSink): NetworkModel | undefined {
  const written = unwrap(node, sink);
  if (written?.type !== 'map') {
    const place = written ?? node;
    sink.at(
      place,
      'error',
      'value-type',
      'A network configuration is a mapping that starts with “version: 2” or “version: 1”.',
    );
    return undefined;
  }
  const document = written === node ? written : withVersion(written, sink);
  const version = versionOf(document, sink);
  if (version === undefined) return undefined;
  const other = reportOtherVersion(document, version, sink);
  if (other !== undefined) return version === 1 ? parseVersion2(other, sink) : parseVersion1(other, sink);
  return version === 1 ? parseVersion1(document, sink) : parseVersion2(document, sink);
}

function unwrap(node: SourceNode, sink: DiagnosticSink): SourceNode | undefined {
  const wrapped = childOf(node, 'network');
  if (wrapped === undefined || node.type !== 'map') return node;
  for (const { key, value } of node.entries) {
    if (value === wrapped) continue;
    const message = `The key “${String(key.value)}” cannot stand beside “network”; move it inside.`;
    sink.at(key, 'error', 'key-unknown', message);
  }
  return wrapped;
}

function versionOf(document: MapNode, sink: DiagnosticSink): 1 | 2 | undefined {
  const node = childOf(document, 'version');
  const written = textOf(node);
  if (node?.type === 'scalar' && (node.value === '1' || node.value === '2')) reportQuotedVersion(node, sink);
  if (written === '1') return 1;
  if (written === '2') return 2;
  if (node !== undefined) {
    sink.at(node, 'error', 'network-version', `The version must be 1 or 2, not “${written ?? 'nothing'}”.`);
    return undefined;
  }
  return guessedVersion(document, sink);
}

/**
 * netplan reads its files, which all have `network:`, without a version as well (`network_handlers` of its parser have no
 * key that must be there). cloud-init does not, and hosts of a site receive one in any case.
 */
function withVersion(document: MapNode, sink: DiagnosticSink): MapNode {
  const isOfNetplan = document.entries.some(({ key }) => Object.hasOwn(version2Keys, String(key.value)));
  if (!isOfNetplan || childOf(document, 'version') !== undefined || childOf(document, 'config') !== undefined)
    return document;
  const { source, span } = document;
  const message =
    'The network configuration does not say its version, which netplan takes for 2; cloud-init takes no network from it. Add “version: 2”.';
  sink.at(document, 'warning', 'network-version', message);
  const nowhere = { type: 'scalar', source, span: { start: span.start, end: span.start } } as const;
  const version = { key: { ...nowhere, value: 'version' }, value: { ...nowhere, value: 2 } };
  return { ...document, entries: [version, ...document.entries] };
}

/** network_state.parse_net_config_data of cloud-init compares with numbers. Hosts of a site receive one in any case. */
function reportQuotedVersion(node: ScalarNode, sink: DiagnosticSink): void {
  const message = `In quotes cloud-init takes no network from the version ${String(node.value)}; write the number alone.`;
  sink.at(node, 'warning', 'network-version', message, [replacementFix(node, String(node.value))]);
}

/**
 * What stands below `version:` is that of the other one. Gives the document with the version that it has by its keys, so
 * that all else in it is told as well.
 */
function reportOtherVersion(document: MapNode, version: 1 | 2, sink: DiagnosticSink): MapNode | undefined {
  const hasConfig = childOf(document, 'config') !== undefined;
  const section = document.entries.find(({ key }) => Object.hasOwn(linkSections, String(key.value)));
  if (version === 1 ? hasConfig || section === undefined : !hasConfig || section !== undefined)
    return undefined;
  const node = childOf(document, 'version');
  const other = version === 1 ? 2 : 1;
  const foreign = section === undefined ? 'config' : String(section.key.value);
  const corrected = document.entries.map((entry) =>
    entry.value === node && node.type === 'scalar' ? { ...entry, value: { ...node, value: other } } : entry,
  );
  if (node !== undefined) {
    const message = `“${foreign}” belongs to version ${other} of the network configuration; version ${version}, which is written here, has no such key.`;
    sink.at(node, 'error', 'network-version', message, [replacementFix(node, String(other))]);
  }
  return { ...document, entries: corrected };
}

/** Without a version the keys tell which was meant; the parser of that version then reports that it is missing. */
function guessedVersion(document: MapNode, sink: DiagnosticSink): 1 | 2 | undefined {
  if (childOf(document, 'config') !== undefined) return 1;
  if (document.entries.some(({ key }) => Object.hasOwn(version2Keys, String(key.value)))) return 2;
  const misspelt = document.entries.find(
    ({ key }) => didYouMean(key, String(key.value), ['version']).fixes !== undefined,
  );
  const { hint, fixes } = didYouMean(
    misspelt?.key ?? document,
    String(misspelt?.key.value ?? ''),
    Object.keys(version1Keys),
  );
  const message = `The network configuration does not say its version; add “version: 2”.${hint}`;
  sink.at(misspelt?.key ?? document, 'error', 'network-version', message, fixes);
  return undefined;
}
