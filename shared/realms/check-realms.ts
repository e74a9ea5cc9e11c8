import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SiteDocument } from '../site/document.ts';
import { bakedAddresses } from './baked-hosts-file.ts';
import { contradictionsWith } from './contradictions.ts';
import type { Misplaced } from './misplaced.ts';
import { misplacedInProfile } from './misplaced-in-profile.ts';
import { misplacedInUserData } from './misplaced-in-user-data.ts';
import { isRemovable } from './remove-entry.ts';

/** Settings of a document that stand in the wrong realm. Nothing is said of a text that cannot be read to its end. */
export function misplacedIn(document: SiteDocument): readonly Misplaced[] {
  if (document.break !== undefined) return [];
  if (document.kind === 'cloud-config') return misplacedInUserData(document.root);
  return document.kind === 'host-profile' ? misplacedInProfile(document.root) : [];
}

/** A host as far as it says where settings of its fragments would go. */
interface Receiver {
  readonly fragments: readonly SiteDocument[];
  readonly reading: {
    readonly name: { readonly value: unknown } | undefined;
    readonly profile: { readonly value: unknown } | undefined;
  };
  readonly claims: readonly string[];
}

/** What hosts receive, so that fragments that nobody refers to are left alone, and every profile. */
export function realmFindings(
  documents: readonly SiteDocument[],
  hosts: readonly Receiver[],
): (readonly Diagnostic[])[] {
  const profiles = new Map<SiteDocument, Set<string>>();
  const receivers = new Map<SiteDocument, number>();
  for (const { fragments, reading } of hosts)
    for (const fragment of new Set(fragments)) {
      const names = profiles.get(fragment) ?? new Set();
      profiles.set(fragment, names.add(String(reading.profile?.value)));
      receivers.set(fragment, (receivers.get(fragment) ?? 0) + 1);
    }
  const sites = documents.filter(({ kind }) => kind === 'site').slice(0, 1);
  const ofKind = documents.filter(({ kind }) => kind === 'host-profile');
  const concerned = documents.filter((each) => each.kind === 'host-profile' || profiles.has(each));
  const inProfiles = ofKind.map((document) => bakedAddresses(document, hosts));
  const own = concerned.map((document) => {
    const names = profiles.get(document);
    const targets = names ? ofKind.filter(({ name }) => names.has(name)) : [document];
    const isForAll = names === undefined || receivers.get(document) === hosts.length;
    return findingsOf(document, targets, sites, isForAll);
  });
  return [...own, ...inProfiles.filter(({ length }) => length > 0)];
}

interface Checked {
  readonly isForAll: boolean;
  readonly targets: readonly SiteDocument[];
  readonly found: readonly Diagnostic[];
}

const checked = new WeakMap<SiteDocument, Checked>();

/** As information: everything works as it is written, only later, slower, or not for every host. Done once per text. */
function findingsOf(
  document: SiteDocument,
  profiles: readonly SiteDocument[],
  sites: readonly SiteDocument[],
  isForAll: boolean,
): readonly Diagnostic[] {
  const targets = [...profiles, ...sites];
  const before = checked.get(document);
  if (
    before?.isForAll === isForAll &&
    before.targets.length === targets.length &&
    before.targets.every((each, index) => each === targets[index])
  )
    return before.found;
  const sink = new DiagnosticSink();
  for (const misplaced of misplacedIn(document)) {
    const { place, message, move, onlyForAll = false } = misplaced;
    if (onlyForAll && !isForAll) continue;
    const others = contradictionsWith(
      misplaced,
      move?.to === 'site' ? sites : move?.to === 'profile' ? profiles : [],
    );
    if (move?.to === 'site' && !isForAll) others.push('not every host receives this fragment');
    if (move !== undefined && !isRemovable(document.source.text, move.from))
      others.push('a comment, an anchor or an alias stands beside it on its line');
    const why = others.length === 0 ? '' : ` No fix moves it, because ${others.join(', and ')}.`;
    sink.at(place, 'info', 'realm-other', `${message}${why}`);
  }
  const found = sink.list();
  checked.set(document, { isForAll, targets, found });
  return found;
}
