import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SiteDocument } from '../site/document.ts';
import type { Misplaced } from './misplaced.ts';
import { misplacedInProfile } from './misplaced-in-profile.ts';
import { misplacedInUserData } from './misplaced-in-user-data.ts';

/** Settings of a document that stand in the wrong realm. Nothing is said of a text that cannot be read to its end. */
export function misplacedIn(document: SiteDocument): readonly Misplaced[] {
  if (document.break !== undefined) return [];
  if (document.kind === 'cloud-config') return misplacedInUserData(document.root);
  return document.kind === 'host-profile' ? misplacedInProfile(document.root) : [];
}

/** What hosts receive, so that fragments that nobody refers to are left alone, and every profile. */
export function realmFindings(
  documents: readonly SiteDocument[],
  hosts: readonly { readonly fragments: readonly SiteDocument[] }[],
): (readonly Diagnostic[])[] {
  const received = new Set<SiteDocument>();
  for (const { fragments } of hosts) for (const fragment of fragments) received.add(fragment);
  const concerned = documents.filter((each) => each.kind === 'host-profile' || received.has(each));
  return concerned.map(findingsOf);
}

const checked = new WeakMap<SiteDocument, readonly Diagnostic[]>();

/** As information: everything works as it is written, only later, slower, or not for every host. Done once per text. */
function findingsOf(document: SiteDocument): readonly Diagnostic[] {
  let found = checked.get(document);
  if (found === undefined) {
    const sink = new DiagnosticSink();
    for (const { place, message } of misplacedIn(document)) sink.at(place, 'info', 'realm-other', message);
    found = sink.list();
    checked.set(document, found);
  }
  return found;
}
