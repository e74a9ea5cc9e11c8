import type { Finding, Fix } from '../assist/fixes/fix.ts';
import type { DocumentEdits } from '../refactor/rename.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import type { SiteDocument } from '../site/document.ts';
import { readDocument } from '../site/document.ts';
import { rangeOf } from '../source/source-text.ts';
import { addSettings } from './add-settings.ts';
import { networkMoveOf } from './baked-network.ts';
import { misplacedIn } from './check-realms.ts';
import { contradictionsWith } from './contradictions.ts';
import { judgedMove } from './judged-move.ts';
import { withoutGiven } from './leave-out.ts';
import type { Addition, Misplaced } from './misplaced.ts';
import { type InnerComment, removeEntry } from './remove-entry.ts';
import { isForAll, profilesOf, type SiteAround } from './site-around.ts';
import { hostsFor } from './why-not-moved.ts';

/** Moves a setting to the document whose realm it belongs to; one fix for each profile that it could be. */
export function realmFixes(
  { document, span }: Finding,
  { analysis }: { readonly analysis: SiteAnalysis },
): Fix[] {
  const misplaced = misplacedIn(document).filter(
    ({ place }) => place.span.start === span.start && place.span.end === span.end,
  );
  const site = { documents: analysis.documents, hosts: [...analysis.analysedHosts.values()] };
  return misplaced.flatMap((each) => {
    if (each.network !== undefined) return networkFix(document, each, site);
    if (each.leaveOut !== undefined) return leaveOutFix(document, each, site);
    const all = targetsOf(document, each, site);
    const targets = all.filter((target) => contradictionsWith(each, [target]).length === 0);
    const fixes = targets.flatMap((target) => moveTo(document, each, target, all.length === 1) ?? []);
    if (each.move?.to !== 'profile' || all.length === 1) return fixes;
    return fixes.length === all.length ? [moveToAll(document, each, fixes)] : [];
  });
}

/** Where hosts of several profiles receive a fragment, only all of these profiles together keep it for all hosts. */
function moveToAll({ path }: SiteDocument, { label }: Misplaced, fixes: readonly Fix[]): Fix {
  const without = fixes[0]?.documents.filter((each) => each.path === path) ?? [];
  const withIt = fixes.flatMap(({ documents }) => documents.filter((each) => each.path !== path));
  const title = `Move “${inTitle(label)}” to all ${fixes.length} profiles whose hosts receive it`;
  return { title, isPreferred: true, documents: [...without, ...withIt] };
}

/** Out of the profile into a document of its own, with the comments beside it, and a reference to that. */
function networkFix(document: SiteDocument, misplaced: Misplaced, site: SiteAround): Fix[] {
  const move = networkMoveOf(document, misplaced, site);
  if (misplaced.network === undefined || move === undefined || typeof move === 'string') return [];
  const removed = removeEntry(document.source.text, misplaced.network.from);
  if (removed === undefined || !isSound(document, removed.text) || !isSound(move.host, move.hostText))
    return [];
  const comments = [...removed.above, ...removed.within.map(({ text }) => text)];
  const text = [...comments, move.text].join('\n');
  const changes = [changeOf(document, removed.text), changeOf(move.host, move.hostText)];
  return [
    {
      title: `Move “${misplaced.label}” to ${move.path}`,
      isPreferred: true,
      documents: changes.filter(({ edits }) => edits.length > 0),
      creates: { path: move.path, text },
    },
  ];
}

function leaveOutFix(document: SiteDocument, misplaced: Misplaced, site: SiteAround): Fix[] {
  const without = withoutGiven(document, misplaced, site);
  if (without === undefined || typeof without === 'string' || !isSound(document, without.text)) return [];
  const title = `Take out “${misplaced.label}”, which hosts are given without it`;
  return [{ title, isPreferred: true, documents: [changeOf(document, without.text)] }];
}

function targetsOf(document: SiteDocument, misplaced: Misplaced, site: SiteAround): SiteDocument[] {
  const { documents, hosts } = site;
  switch (misplaced.move?.to) {
    case 'site':
      return isForAll(document, hosts) ? documents.filter(({ kind }) => kind === 'site').slice(0, 1) : [];
    case 'host':
      return hostsFor(document, misplaced, site).map(({ reading }) => reading.document);
    case 'profile':
      return document.kind === 'host-profile' ? [document] : profilesOf(document, site);
    default:
      return [];
  }
}

function moveTo(
  document: SiteDocument,
  { move, label }: Misplaced,
  target: SiteDocument,
  isPreferred: boolean,
): Fix | undefined {
  if (move === undefined) return undefined;
  const removed = removeEntry(document.source.text, move.from);
  if (removed === undefined) return undefined;
  const judged = judgedMove(target, withComments(move.additions, removed.within));
  if (judged.problem !== undefined) return undefined;
  const { additions } = judged;
  const text = addSettings(target === document ? removed.text : target.source.text, additions, removed.above);
  // Site.yaml and hosts are not judged by value.
  if (text === undefined || problemsIn(target, text) > problemsIn(target)) return undefined;
  const fix =
    target === document
      ? moveInside(document, label, additions, text)
      : moveFix({ document, without: removed.text, target, withIt: text, label, isPreferred });
  const along = judged.along.map((words) => `, with ${words}`).join('');
  return fix && { ...fix, title: `${fix.title}${along}` };
}

/** Errors and warnings of a document, or of what becomes of it. */
function problemsIn(document: SiteDocument, text?: string): number {
  const { diagnostics } = text === undefined ? document : readDocument(document.path, text, document.kind);
  return diagnostics.filter(({ severity }) => severity !== 'info').length;
}

/** Within one document: from a place that does nothing for hosts to its section. */
function moveInside(
  document: SiteDocument,
  label: string,
  [first]: readonly Addition[],
  text: string,
): Fix | undefined {
  if (first === undefined || !isSound(document, text)) return undefined;
  const title = `Move “${label}” to “${first.path.join('.')}”`;
  return { title, isPreferred: true, documents: [changeOf(document, text)] };
}

/** Each comment with the setting that it stands behind or above; with the first where it is not to be seen which one. */
function withComments(additions: readonly Addition[], comments: readonly InnerComment[]): Addition[] {
  const starts = additions.map(({ from }) => from?.span.start ?? 0);
  const own = additions.map((): string[] => []);
  for (const { text, offset, isBehind } of comments) {
    const before = starts.findLastIndex((start) => start < offset);
    const next = starts.findIndex((start) => start > offset);
    own[Math.max(0, isBehind || next < 0 ? firstOf(starts, before) : next)]?.push(text);
  }
  return additions.map((each, index) => ({
    ...each,
    comments: [...(own[index] ?? []), ...(each.comments ?? [])],
  }));
}

/** Of settings that are written at one place, the first. */
function firstOf(starts: readonly number[], index: number): number {
  return starts.indexOf(starts[index] ?? -1);
}

/** A fix of two documents: one loses a setting, the other has it. Undefined where one of the texts is not to be had. */
export function moveFix(move: {
  readonly document: SiteDocument;
  readonly without: string | undefined;
  readonly target: SiteDocument;
  readonly withIt: string | undefined;
  readonly label: string;
  readonly isPreferred: boolean;
}): Fix | undefined {
  const { document, without, target, withIt, label, isPreferred } = move;
  if (
    without === undefined ||
    withIt === undefined ||
    !isSound(target, withIt) ||
    !isSound(document, without)
  )
    return undefined;
  const documents = [changeOf(document, without), changeOf(target, withIt)].filter(
    ({ edits }) => edits.length > 0,
  );
  return { title: `Move “${inTitle(label)}” to ${target.path}`, isPreferred, documents };
}

function inTitle(label: string): string {
  return label.length > 60 ? `${label.slice(0, 60)}…` : label;
}

/** Nothing is offered that breaks a document: no error may come that was not there. */
function isSound(document: SiteDocument, text: string): boolean {
  return errorsIn(readDocument(document.path, text, document.kind)) <= errorsIn(document);
}

export function errorsIn({ diagnostics }: SiteDocument): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}

/** The smallest replacement that makes one text of the other. */
export function changeOf({ path, source }: SiteDocument, after: string): DocumentEdits {
  const before = source.text;
  if (before === after) return { path, edits: [] };
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  // A line end of two characters is not cut.
  if (before[start - 1] === '\r') start--;
  const range = rangeOf(source, { start, end: before.length - same });
  const edit = {
    range,
    oldText: before.slice(start, before.length - same),
    newText: after.slice(start, after.length - same),
  };
  return { path, edits: [edit] };
}
