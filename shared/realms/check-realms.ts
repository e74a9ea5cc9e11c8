import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SiteDocument } from '../site/document.ts';
import { sameItems } from '../site/memo.ts';
import { bakedAddresses } from './baked-addresses.ts';
import { contradictionsWith } from './contradictions.ts';
import { type Addition, type Misplaced, noFixMovesIt } from './misplaced.ts';
import { misplacedInProfile } from './misplaced-in-profile.ts';
import { misplacedInUserData } from './misplaced-in-user-data.ts';
import { problemsInProfile, problemsInSite } from './problems-of-moves.ts';
import { isRemovable } from './remove-entry.ts';
import type { HostOfSite, SiteAround } from './site-around.ts';
import { whyNotMoved } from './why-not-moved.ts';

/** Settings of a document that stand in the wrong realm. Nothing is said of a text that cannot be read to its end. */
export function misplacedIn(document: SiteDocument): readonly Misplaced[] {
  const before = known.get(document);
  if (before !== undefined) return before;
  const found = readMisplaced(document);
  known.set(document, found);
  return found;
}

const known = new WeakMap<SiteDocument, readonly Misplaced[]>();

function readMisplaced(document: SiteDocument): readonly Misplaced[] {
  if (document.break !== undefined) return [];
  if (document.kind === 'cloud-config') return misplacedInUserData(document.root);
  return document.kind === 'host-profile' ? misplacedInProfile(document.root) : [];
}

/** What hosts receive, so that fragments that nobody refers to are left alone, and every profile. */
export function realmFindings(
  documents: readonly SiteDocument[],
  hosts: readonly HostOfSite[],
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
  const site = { documents, hosts };
  const inProfiles = ofKind.map((document) => bakedAddresses(document, hosts));
  const own = concerned.map((document) => {
    const names = profiles.get(document);
    const targets = names ? ofKind.filter(({ name }) => names.has(name)) : [document];
    const isForAll = names === undefined || receivers.get(document) === hosts.length;
    return findingsOf(document, { profiles: targets, sites, isForAll, site });
  });
  return [...own, ...inProfiles.filter(({ length }) => length > 0)];
}

interface Checked {
  readonly isForAll: boolean;
  readonly targets: readonly SiteDocument[];
  readonly reasons: readonly (string | undefined)[];
  readonly found: readonly Diagnostic[];
}

const checked = new WeakMap<SiteDocument, Checked>();

/** What a document's findings depend on beside its text. */
interface Targets {
  readonly profiles: readonly SiteDocument[];
  readonly sites: readonly SiteDocument[];
  /** Whether every host receives the document. */
  readonly isForAll: boolean;
  readonly site: SiteAround;
}

/** As information: everything works as it is written, only later, slower, or not for every host. Done once per text. */
function findingsOf(
  document: SiteDocument,
  { profiles, sites, isForAll, site }: Targets,
): readonly Diagnostic[] {
  const targets = [...profiles, ...sites];
  const all = misplacedIn(document).filter(({ isToldAlready = false }) => !isToldAlready);
  const reasons = all.map((each) => whyNotMoved(document, each, site));
  const before = checked.get(document);
  if (
    before?.isForAll === isForAll &&
    sameItems(before.targets, targets) &&
    sameItems(before.reasons, reasons)
  )
    return before.found;
  const sink = new DiagnosticSink();
  const problems = problemsOfMoves(all, { profiles, sites, isForAll });
  for (const [index, misplaced] of all.entries()) {
    const { place, message, move, onlyForAll = false } = misplaced;
    if (onlyForAll && !isForAll) continue;
    const takers = move?.to === 'site' ? sites : move?.to === 'profile' ? profiles : [];
    const why = takers.flatMap((taker) => whyNotTaken(misplaced, taker, problems));
    if (move?.to === 'site' && !isForAll) why.push('not every host receives this fragment');
    const from = (move ?? misplaced.network ?? misplaced.leaveOut)?.from;
    if (from !== undefined && !isRemovable(document.source.text, from))
      why.push('a comment, an anchor or an alias stands beside it on its line');
    const reason = reasons[index];
    if (reason !== undefined) why.push(reason);
    sink.at(place, 'info', 'realm-other', why.length === 0 ? message : `${message}${noFixMovesIt(...why)}`);
  }
  const found = sink.list();
  checked.set(document, { isForAll, targets, reasons, found });
  return found;
}

/** By document and by what would be added to it, what it would be told of then. */
type ProblemsOfMoves = ReadonlyMap<SiteDocument, ReadonlyMap<readonly Addition[], string>>;

function problemsOfMoves(
  all: readonly Misplaced[],
  { profiles, sites, isForAll }: Omit<Targets, 'site'>,
): ProblemsOfMoves {
  const movedTo = (home: string) => all.flatMap(({ move }) => (move?.to === home ? [move.additions] : []));
  const toProfile = movedTo('profile');
  const toSite = isForAll ? movedTo('site') : [];
  return new Map([
    ...profiles.map((each) => [each, problemsInProfile(each, toProfile)] as const),
    ...sites.map((each) => [each, problemsInSite(each, toSite)] as const),
  ]);
}

function whyNotTaken(
  misplaced: Misplaced,
  taker: SiteDocument,
  problems: ProblemsOfMoves,
): readonly string[] {
  const contradictions = contradictionsWith(misplaced, [taker]);
  if (contradictions.length > 0) return contradictions;
  const problem = misplaced.move && problems.get(taker)?.get(misplaced.move.additions);
  return problem === undefined ? [] : [`${taker.path} would then be told of: “${problem}”`];
}
