import type { AnalysedHost, SiteAnalysis } from '../site/analysis.ts';
import type { SiteDocument } from '../site/document.ts';
import type { ScalarNode } from '../source/source-node.ts';
import { type Range, rangeOf } from '../source/source-text.ts';

/** A place where a document names a secret. */
export interface SecretUse {
  readonly file: string;
  readonly range: Range;
  /** Hosts whose seed, or whose management controller, needs the secret here; sorted. */
  readonly hosts: readonly string[];
  readonly as: 'value' | 'bmc-credentials';
}

export interface UsedSecret {
  readonly name: string;
  readonly uses: readonly SecretUse[];
}

/** The secrets that documents refer to, by name, with every place in the order of files and texts. */
export function secretUses(analysis: SiteAnalysis): UsedSecret[] {
  const hosts = hostsByDocument(analysis);
  const uses = new Map<string, SecretUse[]>();
  const add = (name: string, place: ScalarNode, as: SecretUse['as'], needing: readonly string[]) => {
    const use = { file: place.source.file, range: rangeOf(place.source, place.span), hosts: needing, as };
    const known = uses.get(name);
    if (known === undefined) uses.set(name, [use]);
    else known.push(use);
  };
  for (const document of analysis.documents) {
    for (const { namespace, name, place } of document.references)
      if (namespace === 'secret') add(name, place, 'value', hosts.get(document.path) ?? []);
  }
  for (const [name, { reading }] of analysis.analysedHosts) {
    const place = reading.bmcCredentials;
    if (place !== undefined) add(String(place.value), place, 'bmc-credentials', [name]);
  }
  return [...uses]
    .map(([name, places]) => ({ name, uses: places }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

function hostsByDocument({ analysedHosts, documents }: SiteAnalysis): ReadonlyMap<string, readonly string[]> {
  const networks = new Map(
    documents.flatMap((each) => (each.kind === 'network-config' ? [[each.name, each.path] as const] : [])),
  );
  const byPath = new Map<string, Set<string>>();
  for (const [name, host] of analysedHosts) {
    const { networkReference, inlineNetwork } = host.reading;
    const network = networkReference && networks.get(String(networkReference.value));
    const own = inlineNetwork === undefined ? network : host.summary.path;
    for (const path of [own, ...host.fragments.map((fragment) => fragment.path)]) {
      if (path === undefined) continue;
      const known = byPath.get(path);
      if (known === undefined) byPath.set(path, new Set([name]));
      else known.add(name);
    }
  }
  return new Map([...byPath].map(([path, names]) => [path, [...names].sort()]));
}

/** The place in the site's documents where a host's seed takes a secret from; undefined when it takes none of it. */
export function secretPlace(
  host: AnalysedHost,
  documents: readonly SiteDocument[],
  secret: string,
): ScalarNode | undefined {
  const { networkReference, document } = host.reading;
  const network = documents.find(
    ({ kind, name }) => kind === 'network-config' && name === String(networkReference?.value),
  );
  const sources = [document, ...(network === undefined ? [] : [network]), ...host.fragments];
  for (const { references } of sources) {
    const found = references.find(({ namespace, name }) => namespace === 'secret' && name === secret);
    if (found !== undefined) return found.place;
  }
  return undefined;
}
