import type { Range } from '#shared/source/source-text.ts';
import { asOneChange, fixesFrom } from '../authoring/client.ts';
import type { Fix } from '../authoring/protocol.ts';
import { useDocuments } from '../state/documents.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { createDocument, mayWrite } from './change-documents.ts';
import { changeTexts, textsAfter } from './change-texts.ts';
import { jumpTo, openDocument } from './documents.ts';
import { saveAllDocuments } from './save-documents.ts';
import { asOneUndo } from './undo-together.ts';

/** Carries a quick fix out: in the document that is shown, in others, or by making one. */
export async function applyFix({ documents, creates }: Fix): Promise<void> {
  if (!mayWrite()) return;
  // First, because it may fail: what moves there must not be gone from where it was.
  if (creates !== undefined) {
    const failure =
      textsAfter(documents) === undefined ? undefined : await createDocument(creates.path, creates.text);
    if (failure !== undefined) return showFailure(failure);
  }
  const made = creates?.text === undefined ? undefined : { path: creates.path, text: creates.text };
  let isDone = false;
  const paths = documents.map(({ path }) => path);
  asOneChange(() => {
    isDone = asOneUndo(paths, () => changeTexts(documents), made);
  });
  if (!isDone) {
    showNotice({
      tone: 'attention',
      title: 'The document changed meanwhile, and nothing was mended',
      next: 'Ask for the fixes again with Ctrl and the full stop.',
    });
    return;
  }
  const { active } = useDocuments.getState();
  tellOthers(paths.filter((path) => path !== active));
}

/** The fix of the finding at a range, as a form offers it; the text is shown where there is none. */
export async function applyFirstFix(path: string, range: Range): Promise<void> {
  const [fix] = await fixesFrom(path, range);
  if (fix !== undefined) await applyFix(fix);
  else jumpTo({ path, ...range.start });
}

/** What changed out of sight is said: it is not saved, like everything that is typed. */
function tellOthers(paths: readonly string[]): void {
  const [first] = paths;
  if (first === undefined) return;
  const isOne = paths.length === 1;
  showNotice({
    tone: 'fine',
    title: `${isOne ? first : `${paths.length} documents`} changed, not saved yet`,
    action: isOne
      ? { label: 'Show it', run: () => openDocument(first) }
      : { label: 'Save all', run: () => void saveAllDocuments() },
    unwritten: paths,
  });
}
