import type { SiteNames } from '#shared/assist/site-names.ts';
import type { NamedSummary, SiteAnalysis } from '#shared/site/analysis.ts';
import { debianBases, knownElements } from '#shared/site/known-elements.ts';
import type { SiteContent } from '#shared/site/site-content.ts';
import { childOf } from '#shared/source/source-node.ts';

const ofAnalysis = new WeakMap<SiteAnalysis, { readonly content: SiteContent; readonly names: SiteNames }>();

/** The names that completion offers. Computed once for each verdict, however many letters are completed on it. */
export function siteNamesOf(analysis: SiteAnalysis, content: SiteContent): SiteNames {
  const known = ofAnalysis.get(analysis);
  if (known?.content === content) return known.names;
  const names: SiteNames = {
    profiles: namesOf(analysis.profiles),
    networks: namesOf(analysis.networks),
    userData: namesOf(analysis.userData),
    images: analysis.images.map(({ name }) => name),
    hosts: analysis.hosts.map(({ name }) => name),
    elements: [...new Set([...content.elements, ...knownElements])],
    bases: [...new Set([...debianBases, ...content.elements])],
    secrets: [...(content.secrets ?? [])].sort(),
    interfaces: keysInHosts(analysis, 'macs'),
    variables: keysInHosts(analysis, 'variables'),
  };
  ofAnalysis.set(analysis, { content, names });
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
