import {
  editValues,
  type RefusalReason,
  replacementsAsEdits,
  type ValueChange,
} from '#shared/source/edit-value.ts';
import { overwritesOtherShape } from '#shared/source/overwrites.ts';
import { asOneChange } from '../authoring/client.ts';
import type { DocumentEdits } from '../authoring/protocol.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { showForm } from '../state/document-forms.ts';
import { showNotice } from '../state/notices.ts';
import { mayWrite } from '../workbench/change-documents.ts';
import { changeTexts } from '../workbench/change-texts.ts';
import { openDocument } from '../workbench/documents.ts';

/** How a form changes documents: the text is edited as if it had been typed, so that undo and diagnostics follow. */

export interface DocumentChanges {
  readonly path: string;
  readonly changes: readonly ValueChange[];
}

/** Changes one document; false when it could not be, which the user has been told. */
export function changeDocument(path: string, changes: readonly ValueChange[]): boolean {
  return changeDocuments([{ path, changes }]);
}

/**
 * Beyond so many documents the editor is left out, and whoever asks for the change takes it back: 500 models of Monaco
 * cost seconds, and it complains of a leak.
 */
const mostHeld = 16;

/** Changes all of these documents or none. */
export function changeDocuments(all: readonly DocumentChanges[]): boolean {
  if (!mayWrite()) return false;
  const documents: DocumentEdits[] = [];
  for (const { path, changes } of all) {
    const text = currentText(path);
    if (overwritesOtherShape(text, changes)) {
      tellRefusal(path, 'no-such-place');
      return false;
    }
    const result = editValues(text, changes);
    if (!result.ok) {
      tellRefusal(path, result.reason);
      return false;
    }
    const edits = replacementsAsEdits(text, result.replacements);
    if (edits.length > 0) documents.push({ path, edits });
  }
  if (documents.length <= mostHeld) for (const { path } of documents) textModels()?.hold(path);
  let isDone = false;
  asOneChange(() => {
    isDone = changeTexts(documents);
  });
  return isDone;
}

const words: Readonly<Record<RefusalReason, string>> = {
  'broken-text': 'Its text cannot be read to its end. Mend the errors in the text first.',
  'shared-value': 'An anchor or alias of YAML shares the value with other places. Change it in the text.',
  'no-such-place': 'Something else stands where the value belongs. Mend it in the text.',
  'not-writable': 'The value cannot stand there as the text is written. Change it in the text.',
};

function tellRefusal(path: string, reason: RefusalReason): void {
  showNotice({
    tone: 'attention',
    title: `${path} was not changed`,
    next: words[reason],
    action: { label: 'Show the text', run: () => showText(path) },
  });
}

function showText(path: string): void {
  showForm(path, false);
  openDocument(path);
}
