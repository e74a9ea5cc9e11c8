import type { Finding, Fix } from '../assist/fixes/fix.ts';
import { ownKinds } from '../assist/schema-of-document.ts';
import type { DocumentKind } from '../schema/metadata.ts';
import { kindsWithKey } from '../schema/other-kinds.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { readDocument, type SiteDocument } from '../site/document.ts';
import { childOf, stringOf } from '../source/source-node.ts';
import { addEntry } from './add-settings.ts';
import { errorsIn, moveFix } from './realm-fixes.ts';
import { removeEntry } from './remove-entry.ts';

/**
 * Moves a setting to the document that has such settings: from a host to its profile, from a profile to the site. One
 * fix for each document that it could be; none where there are more than an engineer would choose from.
 */
export function otherKindFixes(
  { document, span }: Finding,
  { analysis }: { readonly analysis: SiteAnalysis },
): Fix[] {
  const spec = childOf(document.root, 'spec');
  const entry =
    spec?.type === 'map'
      ? spec.entries.find(({ key }) => key.span.start === span.start && key.span.end === span.end)
      : undefined;
  const kind = document.kind === undefined ? undefined : ownKinds[document.kind];
  if (spec === undefined || entry === undefined || kind === undefined) return [];
  const label = String(entry.key.value);
  const targets = kindsWithKey(kind, label).flatMap((other) => relatedTo(document, other, analysis));
  if (targets.length > mostTargets) return [];
  const removed = removeEntry(document.source.text, { parent: spec, key: entry.key });
  // A mapping that is left with nothing, or an alias without its anchor, would be an error in the place of this one.
  if (
    removed === undefined ||
    errorsIn(readDocument(document.path, removed.text, document.kind)) >= errorsIn(document)
  )
    return [];
  return targets.flatMap((target) => {
    const withIt = addEntry(target.source.text, entry, removed.above);
    const isPreferred = targets.length === 1;
    return moveFix({ document, without: removed.text, target, withIt, label, isPreferred }) ?? [];
  });
}

const mostTargets = 4;

/** The documents of a kind that what a document says could have been meant for. */
function relatedTo(document: SiteDocument, kind: DocumentKind, { documents }: SiteAnalysis): SiteDocument[] {
  const ofKind = documents.filter((each) => each.kind !== undefined && ownKinds[each.kind] === kind);
  const profileOf = ({ root }: SiteDocument) => stringOf(childOf(root, 'spec'), 'profile');
  const refersToProfile = document.kind === 'host' || document.kind === 'image';
  if (kind === 'HostProfile' && refersToProfile)
    return ofKind.filter((each) => each.name === profileOf(document));
  if (document.kind === 'host-profile' && kind !== 'Site')
    return ofKind.filter((each) => profileOf(each) === document.name);
  return ofKind;
}
