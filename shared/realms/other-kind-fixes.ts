import type { Finding, Fix } from '../assist/fixes/fix.ts';
import { ownKinds } from '../assist/schema-of-document.ts';
import type { DocumentKind } from '../schema/metadata.ts';
import { isOfUserData, kindsWithKey } from '../schema/other-kinds.ts';
import type { AnalysedHost, SiteAnalysis } from '../site/analysis.ts';
import { readDocument, type SiteDocument } from '../site/document.ts';
import { childOf, stringOf } from '../source/source-node.ts';
import { addEntry } from './add-settings.ts';
import { errorsIn, moveFix } from './realm-fixes.ts';
import { removeEntry } from './remove-entry.ts';

/**
 * Moves a setting to the document that has such settings: from a host to its profile, from a profile to the site, from
 * user-data to the profile of its hosts. One
 * fix for each document that it could be; none where there are more than an engineer would choose from.
 */
export function otherKindFixes(
  { document, span }: Finding,
  { analysis }: { readonly analysis: SiteAnalysis },
): Fix[] {
  const isUserData = document.kind === 'cloud-config';
  const parent = isUserData ? document.root : childOf(document.root, 'spec');
  const entry =
    parent?.type === 'map'
      ? parent.entries.find(({ key }) => key.span.start === span.start && key.span.end === span.end)
      : undefined;
  const holder = isUserData ? 'cloud-config' : document.kind && ownKinds[document.kind];
  if (parent === undefined || entry === undefined || holder === undefined) return [];
  const label = String(entry.key.value);
  const kinds = kindsWithKey(holder, label);
  const targets =
    kinds.length === 0 && isOfUserData(label)
      ? ownFragments(document, analysis)
      : kinds.flatMap((other) => relatedTo(document, other, analysis));
  if (targets.length > mostTargets) return [];
  const removed = removeEntry(document.source.text, { parent, key: entry.key });
  if (removed === undefined) return [];
  // A mapping that is left with nothing, or an alias without its anchor, would be an error in the place of this one.
  const without = readDocument(document.path, removed.text, document.kind);
  if (!isUserData && errorsIn(without) >= errorsIn(document)) return [];
  return targets.flatMap((target) => {
    const withIt = addEntry(target.source.text, entry, removed.above, target.kind === 'cloud-config');
    const isPreferred = targets.length === 1;
    return moveFix({ document, without: removed.text, target, withIt, label, isPreferred }) ?? [];
  });
}

const mostTargets = 4;

/** The fragments that hosts of this document alone receive: in others a setting would reach more of them. */
function ownFragments(document: SiteDocument, { analysedHosts }: SiteAnalysis): SiteDocument[] {
  const hosts = [...analysedHosts.values()];
  const isOwn = ({ reading, summary }: AnalysedHost) =>
    document.kind === 'site' ||
    (document.kind === 'host-profile' && summary.profile === document.name) ||
    reading.document.path === document.path;
  const ofOthers = new Set(hosts.filter((host) => !isOwn(host)).flatMap(({ fragments }) => fragments));
  const own = new Set(hosts.filter(isOwn).flatMap(({ fragments }) => fragments));
  return [...own].filter((each) => !ofOthers.has(each));
}

/** The documents of a kind that what a document says could have been meant for. */
function relatedTo(document: SiteDocument, kind: DocumentKind, analysis: SiteAnalysis): SiteDocument[] {
  const { documents, analysedHosts } = analysis;
  if (document.kind === 'cloud-config') {
    const hosts = [...analysedHosts.values()].filter(({ fragments }) => fragments.includes(document));
    const profiles = new Set(hosts.map(({ summary }) => summary.profile));
    if (kind === 'HostProfile')
      return documents.filter((each) => each.kind === 'host-profile' && profiles.has(each.name));
    if (kind === 'Host') return [...new Set(hosts.map(({ reading }) => reading.document))];
  }
  const ofKind = documents.filter((each) => each.kind !== undefined && ownKinds[each.kind] === kind);
  const profileOf = ({ root }: SiteDocument) => stringOf(childOf(root, 'spec'), 'profile');
  const refersToProfile = document.kind === 'host' || document.kind === 'image';
  if (kind === 'HostProfile' && refersToProfile)
    return ofKind.filter((each) => each.name === profileOf(document));
  if (document.kind === 'host-profile' && kind !== 'Site')
    return ofKind.filter((each) => profileOf(each) === document.name);
  return ofKind;
}
