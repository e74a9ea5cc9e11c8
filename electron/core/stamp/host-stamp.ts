import { SiteforgeError } from '#shared/errors.ts';
import { renderHost } from '#shared/render/render-host.ts';
import type { Seed } from '#shared/stamp/seed-archive.ts';
import type { AnalysedSite } from '../site/analyse-site.ts';

/** What a host receives: fits wherever a stamp is asked for. */
export interface HostStamp {
  readonly host: string;
  readonly seed: Seed;
  readonly kernelArguments: readonly string[];
}

/**
 * Renders a host. Throws `host-not-found`, or `documents-invalid` when the host has errors: half a configuration on
 * a host that nobody can reach afterwards is worse than none.
 */
export function hostStamp({ analysis }: AnalysedSite, name: string): HostStamp {
  const summary = analysis.hosts.find((host) => host.name === name);
  if (summary === undefined) {
    const known = analysis.hosts.map((host) => host.name).join(', ') || 'none';
    const message = `The site has no host ${name}. Its hosts: ${known}.`;
    throw new SiteforgeError('host-not-found', { where: name, message });
  }
  const rendered = summary.problems.errors > 0 ? undefined : renderHost(analysis, name);
  if (rendered === undefined) {
    const message = `${name} has errors, so nothing was rendered.`;
    throw new SiteforgeError('documents-invalid', { where: summary.path, message });
  }
  const { userData, metaData, networkConfig, vendorData, kernelArguments } = rendered;
  return { host: name, seed: { userData, metaData, networkConfig, vendorData }, kernelArguments };
}
