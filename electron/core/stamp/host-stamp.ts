import { SiteforgeError } from '#shared/errors.ts';
import { renderSeed } from '#shared/render/render-host.ts';
import type { AnalysedHost } from '#shared/site/analysis.ts';
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
  const host = analysis.analysedHosts.get(name);
  if (host === undefined) {
    const known = analysis.hosts.map((host) => host.name).join(', ') || 'none';
    const message = `The site has no host ${name}. Its hosts: ${known}.`;
    throw new SiteforgeError('host-not-found', { where: name, message });
  }
  const { summary } = host;
  const rendered = summary.problems.errors > 0 ? undefined : renderSeed(analysis, name);
  if (rendered === undefined) {
    const message = `${name} has errors, so nothing was rendered.`;
    throw new SiteforgeError('documents-invalid', { where: summary.path, message });
  }
  const { userData, metaData, networkConfig, vendorData, kernelArguments } = rendered;
  const seed = { userData, metaData, networkConfig, vendorData };
  return { host: name, profile: profileOf(host), seed, kernelArguments };
}

function profileOf({ summary, reading: { document } }: AnalysedHost): HostStamp['profile'] {
  const { root, path: file } = document;
  const node = root && nodeAt(root, ['spec', 'profile']);
  const start = { line: 1, column: 1 };
  const range = node ? rangeOf(node.source, node.span) : { start, end: start };
  return { name: summary.profile, file, range };
}
