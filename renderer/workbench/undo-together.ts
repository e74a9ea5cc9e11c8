import { textModels } from '../editor/text-models.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { createDocument, takeBackDocument } from './change-documents.ts';
import { openDocument } from './documents.ts';

/** A document that a change made beside those that it changed. */
export interface MadeDocument {
  readonly path: string;
  readonly text: string;
}

interface Versions {
  readonly before: number;
  readonly after: number;
}

/**
 * Carries out a change of several documents that is one to whoever undoes it. Undo is a document's own: a setting that
 * was moved would stand twice, or nowhere, when it is taken back in one of them alone.
 */
export function asOneUndo(
  paths: readonly string[],
  change: () => boolean,
  made: MadeDocument | undefined,
): boolean {
  const models = textModels();
  if (models === undefined || (paths.length < 2 && made === undefined)) return change();
  // What the editor does not hold cannot be undone.
  for (const path of paths) models.hold(path);
  const before = paths.map((path) => models.versionOf(path));
  if (!change()) return false;
  const versions = new Map<string, Versions>();
  paths.forEach((path, index) => {
    const [earlier, later] = [before[index], models.versionOf(path)];
    if (earlier !== undefined && later !== undefined && earlier !== later)
      versions.set(path, { before: earlier, after: later });
  });
  undoTogether(versions, made);
  return true;
}

/** Undo and redo in one document go on in the others, as long as nothing else was changed there since. */
function undoTogether(versions: ReadonlyMap<string, Versions>, made: MadeDocument | undefined): void {
  const models = textModels();
  if (models === undefined || (versions.size < 2 && made === undefined)) return;
  let isUndone = false;
  const follow = (path: string, { before, after }: Versions) => {
    const wasUndone = isUndone;
    if (models.versionOf(path) !== (wasUndone ? after : before)) return;
    isUndone = !wasUndone;
    const others = [...versions].filter(([other]) => other !== path);
    const left = others.filter(
      ([other, its]) => models.versionOf(other) !== (wasUndone ? its.before : its.after),
    );
    if (left.length > 0) for (const stop of stops) stop();
    for (const each of others) {
      if (left.includes(each)) continue;
      if (wasUndone) models.redo(each[0]);
      else models.undo(each[0]);
    }
    const word = wasUndone ? 'done again' : 'undone';
    if (left.length > 0)
      tellLeft(
        path,
        left.map(([other]) => other),
        word,
      );
    else
      void followed(
        others.map(([other]) => other),
        word,
        made,
        wasUndone,
      );
  };
  const stops = [...versions].map(([path, its]) => models.listen(path, () => follow(path, its)));
}

/** The document that the change made comes and goes with it. */
async function followed(
  paths: readonly string[],
  word: string,
  made: MadeDocument | undefined,
  isAgain: boolean,
): Promise<void> {
  if (made !== undefined && isAgain) {
    const failure = await createDocument(made.path, made.text);
    if (failure !== undefined) showFailure(failure);
  }
  const isGone = made !== undefined && !isAgain && (await takeBackDocument(made.path, made.text));
  tellFollowed(paths, word, isGone ? made.path : undefined);
}

function tellFollowed(paths: readonly string[], word: string, gone: string | undefined): void {
  const [first] = paths;
  const title = [
    first === undefined ? [] : [`${paths.length === 1 ? first : `${paths.length} other documents`} as well`],
    gone === undefined ? [] : [`${gone} is gone again`],
  ].flat();
  if (title.length === 0) return;
  showNotice({
    tone: 'fine',
    title: `${first === undefined ? 'The change is undone: ' : `The change is ${word} in `}${title.join(', and ')}`,
    ...(first === undefined ? {} : { action: { label: 'Show it', run: () => openDocument(first) } }),
    unwritten: paths,
  });
}

function tellLeft(path: string, left: readonly string[], word: string): void {
  const [first = ''] = left;
  showNotice({
    tone: 'attention',
    title: `The change is ${word} in ${path} alone`,
    next: `Since then ${left.join(' and ')} changed further and ${left.length === 1 ? 'stays as it is' : 'stay as they are'}: look whether a setting stands twice or nowhere.`,
    action: { label: 'Show it', run: () => openDocument(first) },
  });
}
