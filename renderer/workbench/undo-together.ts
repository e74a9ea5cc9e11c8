import { textModels } from '../editor/text-models.ts';
import { showNotice } from '../state/notices.ts';
import { openDocument } from './documents.ts';

interface Versions {
  readonly before: number;
  readonly after: number;
}

/**
 * Carries out a change of several documents that is one to whoever undoes it. Undo is a document's own: a setting that
 * was moved would stand twice, or nowhere, when it is taken back in one of them alone.
 */
export function asOneUndo(paths: readonly string[], change: () => boolean): boolean {
  const models = textModels();
  if (models === undefined || paths.length < 2) return change();
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
  undoTogether(versions);
  return true;
}

/** Undo and redo in one document go on in the others, as long as nothing else was changed there since. */
function undoTogether(versions: ReadonlyMap<string, Versions>): void {
  const models = textModels();
  if (models === undefined || versions.size < 2) return;
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
      tellFollowed(
        others.map(([other]) => other),
        word,
      );
  };
  const stops = [...versions].map(([path, its]) => models.listen(path, () => follow(path, its)));
}

function tellFollowed(paths: readonly string[], word: string): void {
  const [first = ''] = paths;
  showNotice({
    tone: 'fine',
    title: `The change is ${word} in ${paths.length === 1 ? first : `${paths.length} other documents`} as well`,
    action: { label: 'Show it', run: () => openDocument(first) },
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
