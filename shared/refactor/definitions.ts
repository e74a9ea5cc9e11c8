import type { AnalysedHost, SiteAnalysis } from '../site/analysis.ts';
import { readingOf } from '../site/check-host.ts';
import type { SiteDocument } from '../site/document.ts';
import { lookUp } from '../source/look-up.ts';
import type { ScalarNode } from '../source/source-node.ts';
import { occurrencesOfSite } from './occurrences.ts';
import { type Occurrence, type SiteSymbol, symbolKey } from './symbols.ts';
import { occurrenceAt } from './written-name.ts';

/** Every place that names a symbol without defining it, in the order of the documents. */
export function referencesTo(
  { documents }: Pick<SiteAnalysis, 'documents'>,
  symbol: SiteSymbol,
): Occurrence[] {
  const found = occurrencesOfSite(documents).get(symbolKey(symbol)) ?? [];
  return found.filter(({ role }) => role === 'reference');
}

/**
 * Where a symbol is defined. What hosts define comes in the order of use: the chosen host, then those that receive the
 * document that was asked from (`from`), then the others only when none of these defines it.
 */
export function definitionsOf(
  analysis: SiteAnalysis,
  symbol: SiteSymbol,
  { from, chosenHost }: { readonly from?: string; readonly chosenHost?: string | undefined } = {},
): readonly Occurrence[] {
  const all =
    symbol.kind === 'fact'
      ? factDefinitions(analysis, symbol)
      : (occurrencesOfSite(analysis.documents).get(symbolKey(symbol)) ?? []).filter(
          ({ role }) => role === 'definition',
        );
  if (all.length < 2) return all;
  const receivers = from === undefined ? undefined : receiversOf(analysis, from);
  const near = receivers === undefined ? [] : all.filter(({ source }) => receivers.has(source.file));
  const chosen = chosenHost === undefined ? undefined : analysis.analysedHosts.get(chosenHost)?.summary.path;
  const kept = near.length > 0 ? near : all;
  return [
    ...kept.filter(({ source }) => source.file === chosen),
    ...kept.filter(({ source }) => source.file !== chosen),
  ];
}

function factDefinitions({ documents }: SiteAnalysis, symbol: SiteSymbol): Occurrence[] {
  const at = (place: ScalarNode | undefined) =>
    place === undefined ? [] : [occurrenceAt(place, symbol, 'definition')];
  if (symbol.name === 'site.name') {
    const site = documents.find(({ kind }) => kind === 'site');
    return site === undefined ? [] : at(readingOf(site).name);
  }
  const read = lookUp(factReaders, symbol.name);
  return documents.filter(({ kind }) => kind === 'host').flatMap((host) => at(read?.(host)));
}

const factReaders: Readonly<Record<string, (host: SiteDocument) => ScalarNode | undefined>> = {
  'host.name': (host) => readingOf(host).name,
  'host.fqdn': (host) => readingOf(host).name,
  'host.domain': (host) => readingOf(host).domain,
  'host.role': (host) => readingOf(host).role,
};

/** Paths of the hosts that receive a network or a fragment; a host receives itself. */
export function receiversOf(analysis: SiteAnalysis, path: string): ReadonlySet<string> {
  const hosts = [...analysis.analysedHosts.values()].filter((host) => receives(analysis, host, path));
  return new Set(hosts.map(({ summary }) => summary.path));
}

function receives({ documents }: SiteAnalysis, host: AnalysedHost, path: string): boolean {
  if (host.summary.path === path || host.fragments.some((fragment) => fragment.path === path)) return true;
  if (host.summary.network === '') return false;
  const document = documents.find((each) => each.path === path);
  return document?.kind === 'network-config' && document.name === host.summary.network;
}
