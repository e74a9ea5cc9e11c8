import type { OpenedSite, UnsavedText } from '#shared/contract.ts';
import { changeInWorker } from '../authoring/client.ts';
import { ask } from '../bridge.ts';
import { loadEditor } from '../editor/load.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { addDocument, unsavedPaths, updateDocument, useDocuments } from '../state/documents.ts';
import { showNotice } from '../state/notices.ts';
import { useSite } from '../state/site.ts';
import { openDocument } from './documents.ts';

/** Texts that are not saved outlive a crash: main keeps a copy of them, and gives it to the next page of the site. */

/** As much typing as a crash may cost. */
const intervalMilliseconds = 2000;

/** Characters that main takes of one text; a document of that length cannot be saved either. */
const longestText = 8 * 1024 * 1024;

/**
 * Looks at the clock, not at each key: a copy of the texts per keystroke would be felt. What was saved, renamed or
 * deleted leaves the copy at once: after a crash it would come back as a text of its own.
 */
export function keepUnsaved(): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let kept = '';
  const keep = async () => {
    const { site } = useSite.getState();
    if (site === undefined) return;
    const documents = unsavedTexts();
    const now = JSON.stringify(documents);
    if (now === kept) return;
    kept = now;
    const answer = await ask('unsaved.keep', { siteId: site.siteId, documents });
    // A disk that is full says so where it matters, when the document is saved. Here it is tried again.
    if (!answer.ok && kept === now) kept = '';
  };
  let due: readonly string[] = [];
  useDocuments.subscribe((state, { byPath }) => {
    if (state.byPath === byPath) return;
    const before = due;
    due = unsavedPaths(state);
    if (due.length > 0 !== (timer !== undefined)) {
      clearInterval(timer);
      timer = due.length > 0 ? setInterval(() => void keep(), intervalMilliseconds) : undefined;
    }
    // After what changes with it: the text of a document that was renamed, another site.
    if (before.some((path) => !due.includes(path))) queueMicrotask(() => void keep());
  });
}

function unsavedTexts(): UnsavedText[] {
  const { byPath } = useDocuments.getState();
  return unsavedPaths({ byPath })
    .map((path) => ({ path, text: currentText(path), baseDigest: byPath[path]?.digest ?? null }))
    .filter(({ text }) => text.length <= longestText);
}

/**
 * Puts the texts that a crashed window had not saved back into the editor, as one edit each that can be undone. Where
 * the file changed meanwhile, both texts are there to decide.
 */
export async function bringBackUnsaved({ siteId, unsaved }: OpenedSite): Promise<void> {
  if (unsaved.length === 0) return;
  await loadEditor();
  if (useSite.getState().site?.siteId !== siteId) return;
  const back = unsaved.filter(bringBack).map(({ path }) => path);
  const [first] = back;
  if (first === undefined) return;
  showNotice({
    tone: 'attention',
    title: `${back.length === 1 ? 'A text' : `${back.length} texts`} that had not been saved ${back.length === 1 ? 'is' : 'are'} back`,
    where: back.length > 5 ? `${back.slice(0, 5).join(', ')} and ${back.length - 5} more` : back.join(', '),
    next: 'The window ended without asking. Save what you want to keep; undo gives the text of the disk.',
    action: { label: back.length === 1 ? 'Show it' : 'Show the first', run: () => openDocument(first) },
  });
}

const byteOrderMark = '\ufeff';

/** False when the disk has this very text. */
function bringBack({ path, text, baseDigest }: UnsavedText): boolean {
  const document = useDocuments.getState().byPath[path];
  if (document?.dirty || document?.saved === text) return false;
  const onDisk = { text: document?.saved ?? null, digest: document?.digest ?? null };
  if (document === undefined) {
    // A byte order mark is the document's, not of the text that is put into it.
    const saved = text.startsWith(byteOrderMark) ? byteOrderMark : '';
    addDocument({ path, saved, digest: baseDigest, dirty: true, tooLarge: false });
    changeInWorker(path, '');
  }
  const models = textModels();
  models?.hold(path);
  models?.replace(path, text);
  if (onDisk.digest !== baseDigest) {
    updateDocument(path, { digest: baseDigest, conflict: onDisk });
    models?.markSaved(path, undefined);
  }
  return true;
}
