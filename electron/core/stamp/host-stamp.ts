import { SiteforgeError } from '#shared/errors.ts';
import { renderSeed } from '#shared/render/render-host.ts';
import { documentOf, type HostSummary, type SiteAnalysis } from '#shared/site/analysis.ts';
import { nodeAt } from '#shared/source/source-node.ts';
import { type Range, rangeOf } from '#shared/source/source-text.ts';
import type { Seed } from '#shared/stamp/seed-archive.ts';
import type { AnalysedSite } from '../site/analyse-site.ts';

/** What a host receives: fits wherever a stamp is asked for. */
export interface HostStamp {
  readonly host: string;
  /** Where the host's document names its profile: what `stampWarnings` points at. */
  readonly profile: { readonly name: string; readonly file: string; readonly range: Range };
  readonly seed: Seed;
  readonly kernelArguments: readonly string[];
}

/**
 * Renders a host. Throws `host-not-found`, or `documents-invalid` when the host has errors: half a configuration on
 * a host that nobody can reach afterwards is worse than none.
 */
export function hostStamp({ analysis }: AnalysedSite, name: string): HostStamp {
  const summary = analysis.analysedHosts.get(name)?.summary;
  if (summary === undefined) {
    const known = analysis.hosts.map((host) => host.name).join(', ') || 'none';
    const message = `The site has no host ${name}. Its hosts: ${known}.`;
    throw new SiteforgeError('host-not-found', { where: name, message });
  }
  const rendered = summary.problems.errors > 0 ? undefined : renderSeed(analysis, name);
  if (rendered === undefined) {
    const message = `${name} has errors, so nothing was rendered.`;
    throw new SiteforgeError('documents-invalid', { where: summary.path, message });
  }
  const { userData, metaData, networkConfig, vendorData, kernelArguments } = rendered;
  const seed = { userData, metaData, networkConfig, vendorData };
  return { host: name, profile: profileOf(analysis, summary), seed, kernelArguments };
}

function profileOf(analysis: SiteAnalysis, { name, path: file, profile }: HostSummary): HostStamp['profile'] {
  const root = documentOf(analysis, 'host', name)?.root;
  const node = root && nodeAt(root, ['spec', 'profile']);
  const start = { line: 1, column: 1 };
  return { name: profile, file, range: node ? rangeOf(node.source, node.span) : { start, end: start } };
}
