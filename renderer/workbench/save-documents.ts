import type { ErrorCode, Failure } from '#shared/errors.ts';
import { ask } from '../bridge.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { type OpenDocument, unsavedPaths, updateDocuments, useDocuments } from '../state/documents.ts';
import { noteWritten, showFailure, showNotice } from '../state/notices.ts';
import { useSite } from '../state/site.ts';
import { openDocument, readDiskAgain } from './documents.ts';

/** Texts of the window on their way to the disk: as many as are due in one call, and one answer for each. */

/** True when the document is on disk now as it is in the window. */
export function saveDocument(path: string, force = false): Promise<boolean> {
  return saveDocuments([path], force);
}

/** Saves everything unsaved; false when something could not be saved (the user has been told). */
export function saveAllDocuments(): Promise<boolean> {
  return saveDocuments(unsavedPaths(useDocuments.getState()));
}

/**
 * True when all of these documents are on disk now as they are in the window; otherwise the user has been told which
 * are not. `force` writes over what changed on disk meanwhile.
 */
export async function saveDocuments(paths: readonly string[], force = false): Promise<boolean> {
  const { site } = useSite.getState();
  const known = paths.flatMap((path) => useDocuments.getState().byPath[path] ?? []);
  if (site === undefined || known.length < paths.length) return false;
  const due = known.filter(({ dirty, digest }) => dirty || force || digest === null);
  const undecided = force ? [] : due.filter(({ conflict }) => conflict !== undefined);
  const sent = due.filter((document) => !undecided.includes(document)).map(textToSave);
  if (undecided.length > 0) tellUndecided(undecided.map(({ path }) => path));
  if (sent.length === 0) return undecided.length === 0;
  const documents = sent.map(({ path, text, baseDigest }) => ({
    path,
    text,
    baseDigest,
    ...(force ? { force } : {}),
  }));
  const answer = await ask('documents.save', { siteId: site.siteId, documents });
  if (!answer.ok) {
    const again = { label: 'Save again', run: () => void saveDocuments(paths, force) };
    const unwritten = sent.map(({ path }) => path);
    showFailure(answer.failure, again, unwritten);
    return false;
  }
  const { saved, failed } = answer.value;
  noteSaved(sent, new Map(saved.map(({ path, digest }) => [path, digest])));
  noteWritten(saved.map(({ path }) => path));
  if (failed.length > 0) await tellUnwritten(failed, due.length, force);
  return undecided.length === 0 && failed.length === 0;
}

interface TextToSave {
  readonly path: string;
  readonly text: string;
  readonly version: number | undefined;
  readonly baseDigest: string | null;
}

function textToSave({ path, digest }: OpenDocument): TextToSave {
  return { path, text: currentText(path), version: textModels()?.versionOf(path), baseDigest: digest };
}

function noteSaved(sent: readonly TextToSave[], digests: ReadonlyMap<string, string>): void {
  const changes: Record<string, Partial<OpenDocument>> = {};
  for (const { path, text } of sent) {
    const digest = digests.get(path);
    if (digest === undefined) continue;
    changes[path] = { saved: text, digest, conflict: undefined, dirty: currentText(path) !== text };
  }
  updateDocuments(changes);
  for (const { path, version } of sent) if (digests.has(path)) textModels()?.markSaved(path, version);
}

function tellUndecided(paths: readonly string[]): void {
  const [first = ''] = paths;
  const isOne = paths.length === 1;
  if (isOne) openDocument(first);
  showNotice({
    tone: 'attention',
    title: `${isOne ? first : `${paths.length} documents`} changed on disk meanwhile`,
    where: isOne ? undefined : listed(paths),
    next: 'Decide above the text: compare, keep yours, or take theirs.',
    action: isOne ? undefined : { label: 'Show the first', run: () => openDocument(first) },
    unwritten: paths,
  });
}

interface Unwritten {
  readonly path: string;
  readonly failure: Failure;
}

/** What could not be written: one notice for all that met the same. */
async function tellUnwritten(failed: readonly Unwritten[], outOf: number, force: boolean): Promise<void> {
  const byCode = new Map<ErrorCode, Unwritten[]>();
  for (const one of failed) byCode.set(one.failure.code, [...(byCode.get(one.failure.code) ?? []), one]);
  const changed = byCode.get('document-changed-on-disk') ?? [];
  byCode.delete('document-changed-on-disk');
  for (const alike of byCode.values()) tellAlike(alike, outOf, force);
  if (changed.length === 0) return;
  await readDiskAgain();
  const { byPath, active } = useDocuments.getState();
  // Where the disk has the very text of the window, there is nothing to decide.
  const undecided = changed.filter(({ path }) => byPath[path]?.conflict !== undefined);
  const isInSight = outOf === 1 && undecided[0]?.path === active;
  if (undecided.length > 0 && !isInSight) tellUndecided(undecided.map(({ path }) => path));
}

function tellAlike(alike: readonly Unwritten[], outOf: number, force: boolean): void {
  const [first] = alike;
  if (first === undefined) return;
  const paths = alike.map(({ path }) => path);
  const again = { label: 'Save again', run: () => void saveDocuments(paths, force) };
  const many: Failure = {
    ...first.failure,
    where: listed(paths),
    message: `${alike.length} of ${outOf} documents were not saved. ${first.failure.message}`,
    detail: alike.map(({ failure }) => failure.message).join('\n'),
  };
  showFailure(alike.length === 1 ? first.failure : many, again, paths);
}

/** Enough to know which; the tree marks all of them. */
function listed(paths: readonly string[]): string {
  const shown = 5;
  const more = paths.length - shown;
  return `${paths.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
