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

/**
 * A host's network in another format. What that format cannot say is reported where it was written, as a warning
 * `network-unsupported`, and left out.
 */
export function convertNetwork(
  model: NetworkModel,
  target: NetworkTarget,
  sink: DiagnosticSink,
): ConvertedNetwork {
  switch (target) {
    case 'network-config-v2':
      return { text: cloudInitYaml(renderVersion2(model, sink)) };
    case 'network-config-v1':
      return { text: cloudInitYaml(renderVersion1(model, sink)) };
    case 'nmstate':
      return { text: cloudInitYaml(renderNmstate(model, sink)) };
    case 'network-data':
      // OpenStack's file is JSON, and its readers take nothing else.
      return { text: `${JSON.stringify(renderNetworkData(model, sink), undefined, 2)}\n` };
    case 'keyfiles':
      return { files: renderKeyfiles(model, sink) };
  }
}
