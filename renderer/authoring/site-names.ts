import type { SiteNames } from '#shared/assist/site-names.ts';
import type { NamedSummary, SiteAnalysis } from '#shared/site/analysis.ts';
import { childOf } from '#shared/source/source-node.ts';

const ofAnalysis = new WeakMap<SiteAnalysis, SiteNames>();

/** The names that completion offers. Computed once for each verdict, however many letters are completed on it. */
export function siteNamesOf(analysis: SiteAnalysis): SiteNames {
  const known = ofAnalysis.get(analysis);
  if (known !== undefined) return known;
  const names: SiteNames = {
    profiles: namesOf(analysis.profiles),
    networks: namesOf(analysis.networks),
    userData: namesOf(analysis.userData),
    images: analysis.images.map(({ name }) => name),
    hosts: analysis.hosts.map(({ name }) => name),
    elements: unique(analysis.images.flatMap(({ elements }) => elements)),
    interfaces: keysInHosts(analysis, 'macs'),
    variables: keysInHosts(analysis, 'variables'),
  };
  ofAnalysis.set(analysis, names);
  return names;
}

function namesOf(summaries: readonly NamedSummary[]): string[] {
  return summaries.map(({ name }) => name);
}

function keysInHosts({ documents }: SiteAnalysis, key: 'macs' | 'variables'): string[] {
  const keys = documents.flatMap(({ kind, root }) => {
    const mapping = kind === 'host' ? childOf(childOf(root, 'spec'), key) : undefined;
    return mapping?.type === 'map' ? mapping.entries.map((entry) => String(entry.key.value)) : [];
  });
  return unique(keys);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
