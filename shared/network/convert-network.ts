import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { cloudInitYaml } from '../render/cloud-init-yaml.ts';
import type { NetworkModel } from './model.ts';
import { renderKeyfiles } from './render-keyfiles.ts';
import { renderNetworkData } from './render-network-data.ts';
import { renderNmstate } from './render-nmstate.ts';
import { renderVersion1 } from './render-version-1.ts';
import { renderVersion2 } from './render-version-2.ts';

/** What a network can be converted to, by the names of the command line. */
export const networkTargets = [
  'network-config-v2',
  'network-config-v1',
  'nmstate',
  'network-data',
  'keyfiles',
] as const;
export type NetworkTarget = (typeof networkTargets)[number];

export interface NetworkFile {
  readonly name: string;
  readonly text: string;
}

/** One document, or a folder of files that belong together. */
export type ConvertedNetwork = { readonly text: string } | { readonly files: readonly NetworkFile[] };

/** What is one document, with comments and references of its own, rather than files that are made from it. */
export type DocumentTarget = Exclude<NetworkTarget, 'keyfiles'>;

/**
 * A host's network in another format. What that format cannot say is reported where it was written, as a warning
 * `network-unsupported`, and left out.
 */
export function convertNetwork(
  model: NetworkModel,
  target: NetworkTarget,
  sink: DiagnosticSink,
): ConvertedNetwork {
  if (target === 'keyfiles') return { files: renderKeyfiles(model, sink) };
  // OpenStack's file is JSON, and its readers take nothing else.
  return { text: networkText(networkData(model, target, sink), target === 'network-data' ? 'json' : 'yaml') };
}

/** The same as plain data, for a format that is one document. */
export function networkData(model: NetworkModel, target: DocumentTarget, sink: DiagnosticSink): unknown {
  switch (target) {
    case 'network-config-v2':
      return renderVersion2(model, sink);
    case 'network-config-v1':
      return renderVersion1(model, sink);
    case 'nmstate':
      return renderNmstate(model, sink);
    case 'network-data':
      return renderNetworkData(model, sink);
  }
}

export function networkText(data: unknown, as: 'json' | 'yaml'): string {
  return as === 'json' ? `${JSON.stringify(data, undefined, 2)}\n` : cloudInitYaml(data);
}
