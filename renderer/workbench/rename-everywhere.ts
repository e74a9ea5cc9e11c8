import type { Failure } from '#shared/errors.ts';
import type { RenamedValue } from '#shared/refactor/secret-names.ts';
import { nameOfPath } from '#shared/site/document-kinds.ts';
import { folderOf } from '#shared/site/document-name.ts';
import { asOneChange, renameInWorker, renamePlanFrom } from '../authoring/client.ts';
import type { RenamePlan, SiteSymbol } from '../authoring/protocol.ts';
import { ask } from '../bridge.ts';
import { closePlaces } from '../editor/at-caret.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { moveDocument, unsavedPaths, useDocuments } from '../state/documents.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { chooseHost, useSite } from '../state/site.ts';
import { changeTexts, textsAfter } from './change-texts.ts';
import { saveDocuments } from './save-documents.ts';

/**
 * Gives a symbol another name in all documents at once, and its file when it is a document. What was saved is saved
 * again; unsaved text stays unsaved. A failure to be shown, or undefined when it is done.
 *
 * Performance entries: `siteforge:renamed` until every text of the window has the name, `siteforge:rename-saved` until
 * those that are to be saved are.
 */
export async function renameEverywhere(symbol: SiteSymbol, to: string): Promise<Failure | undefined> {
  const start = performance.now();
  const { site } = useSite.getState();
  const plan = site === undefined ? undefined : await renamePlanFrom(symbol, to);
  if (site === undefined || plan === undefined) return undefined;
  if (textsAfter(plan.documents) === undefined) return changedMeanwhile;
  if (plan.move !== undefined) {
    const answer = await ask('document.rename', { siteId: site.siteId, ...plan.move });
    if (!answer.ok) return answer.failure;
  }
  if (plan.value !== undefined) {
    const failure = await renameValue(site.siteId, plan.value);
    if (failure !== undefined) return failure;
    // The name of the value and those in the documents change together, or neither does.
    if (textsAfter(plan.documents) === undefined)
      return (
        (await renameValue(site.siteId, { from: plan.value.to, to: plan.value.from })) ?? changedMeanwhile
      );
  }
  const unsaved = new Set(unsavedPaths(useDocuments.getState()).map((path) => pathAfter(plan, path)));
  stopWatching();
  const versions = versionsOf(plan);
  asOneChange(() => carryOut(plan));
  performance.measure('siteforge:renamed', { start });
  // The list shows the name that is gone.
  closePlaces();
  const changed = plan.documents.map(({ path }) => pathAfter(plan, path));
  tellDone(symbol, to, changed.length);
  if (changed.length > 1 || plan.move !== undefined || plan.value !== undefined)
    watchForUndo(symbol, to, versions);
  await saveDocuments(changed.filter((path) => !unsaved.has(path)));
  performance.measure('siteforge:rename-saved', { start });
  return undefined;
}

async function renameValue(siteId: string, { from, to }: RenamedValue): Promise<Failure | undefined> {
  const answer = await ask('secret.rename', { siteId, from, to });
  return answer.ok ? undefined : answer.failure;
}

const changedMeanwhile: Failure = {
  code: 'document-changed-on-disk',
  message: 'The documents changed meanwhile, and nothing was renamed.',
  next: 'Look at what changed and rename again.',
};

function pathAfter({ move }: RenamePlan, path: string): string {
  return path === move?.from ? move.to : path;
}

function carryOut({ documents, move }: RenamePlan): void {
  changeTexts(documents);
  if (move === undefined) return;
  const { from, to } = move;
  const text = currentText(from);
  textModels()?.rename(from, to);
  moveDocument(from, to);
  renameInWorker(from, to, text);
  const isChosen = folderOf(to) === 'hosts' && useSite.getState().chosenHost === nameOfPath(from);
  if (isChosen) chooseHost(nameOfPath(to));
}

async function nameBack(symbol: SiteSymbol, to: string): Promise<void> {
  const failure = await renameEverywhere({ ...symbol, name: to }, symbol.name);
  if (failure !== undefined) showFailure(failure);
}

function tellDone(symbol: SiteSymbol, to: string, count: number): void {
  showNotice({
    tone: 'fine',
    title: `${symbol.name} is ${to} now, in ${count} ${count === 1 ? 'document' : 'documents'}`,
    action: { label: 'Name it back', run: () => void nameBack(symbol, to) },
  });
}

/** Of the documents that the editor holds, under their paths after the rename. */
function versionsOf(plan: RenamePlan): ReadonlyMap<string, number> {
  return new Map(
    plan.documents.flatMap(({ path }) => {
      const version = textModels()?.versionOf(path);
      return version === undefined ? [] : [[pathAfter(plan, path), version] as const];
    }),
  );
}

let stopWatching = (): void => undefined;

/** Undo is a document's own, and a file keeps its name: who undoes the last rename in one of them hears of the others. */
function watchForUndo(symbol: SiteSymbol, to: string, versions: ReadonlyMap<string, number>): void {
  const stops = [...versions].map(([path, version]) =>
    textModels()?.listen(path, () => {
      if (textModels()?.versionOf(path) !== version) return;
      stopWatching();
      tellHalfUndone(symbol, to, path);
    }),
  );
  stopWatching = () => {
    for (const stop of stops) stop?.();
  };
}

function tellHalfUndone(symbol: SiteSymbol, to: string, path: string): void {
  const everywhere = () => {
    textModels()?.redo(path);
    void nameBack(symbol, to);
  };
  showNotice({
    tone: 'attention',
    title: `The name ${symbol.name} is back in ${path} alone`,
    next: `The other places, and the file or the value that has the name, still say ${to}.`,
    action: { label: 'Name it back everywhere', run: everywhere },
  });
}
