import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderVersion2 } from '../network/render-version-2.ts';
import { type AnalysedHost, documentOf, type SiteAnalysis } from '../site/analysis.ts';
import type { MapNode, SourceNode } from '../source/source-node.ts';
import { cloudInitYamlLines } from './cloud-init-yaml.ts';
import { networkSubstitutes } from './network-origins.ts';
import { type LineOrigins, lineOriginsOf, noOrigins, originOf, type Substitutes } from './origin.ts';
import { networkOfHost } from './render-host.ts';
import { generatedUserData, mergeUserData } from './render-user-data.ts';
import { userDataSubstitutes } from './user-data-origins.ts';
import { writtenNowhere } from './written-nowhere.ts';

export const seedDocuments = ['user-data', 'network-config', 'meta-data', 'vendor-data'] as const;
export type SeedDocument = (typeof seedDocuments)[number];

/** A rendered document before it is written as text, and what its generated parts stand for. */
export interface TracedTree {
  readonly tree: SourceNode;
  readonly substitutes: Substitutes;
}

export function tracedUserData(analysis: SiteAnalysis, host: AnalysedHost): TracedTree & { tree: MapNode } {
  const own = generatedUserData(host, analysis.settings);
  const tree = mergeUserData(host, own);
  return { tree, substitutes: userDataSubstitutes(own, host, siteRoot(analysis)) };
}

/** Undefined for a host without a network. */
export function tracedNetwork(analysis: SiteAnalysis, host: AnalysedHost): TracedTree | undefined {
  const { settings } = analysis;
  const rendered = networkOfHost(host, settings);
  if (rendered === undefined || host.network === undefined) return undefined;
  const tree = writtenNowhere(renderVersion2(rendered, new DiagnosticSink()));
  const parts = { tree, model: host.network, settings, site: siteRoot(analysis) };
  return { tree, substitutes: networkSubstitutes(parts) };
}

/** Where the lines of a document that a host receives come from. Dearer than rendering: for what is in sight. */
export function originsOfHost(
  analysis: SiteAnalysis,
  hostName: string,
  document: SeedDocument,
): LineOrigins | undefined {
  const host = analysis.analysedHosts.get(hostName);
  if (host === undefined) return undefined;
  switch (document) {
    case 'user-data': {
      const { tree, substitutes } = tracedUserData(analysis, host);
      return lineOriginsOf(cloudInitYamlLines(tree), substitutes, 1);
    }
    case 'network-config': {
      const traced = tracedNetwork(analysis, host);
      return traced === undefined
        ? noOrigins
        : lineOriginsOf(cloudInitYamlLines(traced.tree), traced.substitutes);
    }
    case 'meta-data':
      return originsOfMetaData(host);
    case 'vendor-data':
      return {
        origins: [{ place: undefined, words: 'nothing is left to a vendor', values: [] }],
        lines: [0, 0],
      };
  }
}

function originsOfMetaData({ reading }: AnalysedHost): LineOrigins {
  const name = reading.name ?? reading.document.root;
  const ofName = name && originOf(name, new Map());
  const words = 'made of user-data and network-config: what changes, makes a new instance';
  return {
    origins: [{ place: undefined, words, values: [] }, ...(ofName === undefined ? [] : [ofName])],
    lines: [0, ofName === undefined ? -1 : 1],
  };
}

export function siteRoot(analysis: SiteAnalysis): SourceNode | undefined {
  return documentOf(analysis, 'site', 'site')?.root;
}
