import { createSourceText, offsetAt } from '#shared/source/source-text.ts';
import { changeInWorker } from '../authoring/client.ts';
import type { DocumentEdits } from '../authoring/protocol.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { updateDocuments, useDocuments } from '../state/documents.ts';

/** The texts of documents after edits; undefined when one of them is not the text that the edits were made for. */
export function textsAfter(documents: readonly DocumentEdits[]): ReadonlyMap<string, string> | undefined {
  const texts = new Map<string, string>();
  const { byPath } = useDocuments.getState();
  for (const { path, edits } of documents) {
    const before = currentText(path);
    const after = byPath[path] === undefined ? undefined : edited(path, before, edits);
    if (after === undefined) return undefined;
    texts.set(path, after);
  }
  return texts;
}

function edited(path: string, text: string, edits: DocumentEdits['edits']): string | undefined {
  const source = createSourceText(path, text);
  let after = '';
  let from = 0;
  for (const { range, oldText, newText } of edits) {
    const start = offsetAt(source, range.start);
    const end = offsetAt(source, range.end);
    if (start < from || text.slice(start, end) !== oldText) return undefined;
    after += text.slice(from, start) + newText;
    from = end;
  }
  return after + text.slice(from);
}

/**
 * Carries edits out in all documents, or in none: false when a text is not the one that they were made for. A document
 * that the editor holds can be undone; all of them are unsaved afterwards.
 */
export function changeTexts(documents: readonly DocumentEdits[]): boolean {
  const texts = textsAfter(documents);
  if (texts === undefined) return false;
  const models = textModels();
  const { byPath } = useDocuments.getState();
  const unopened: Record<string, { saved: string; dirty: true }> = {};
  for (const { path, edits } of documents) {
    const text = texts.get(path);
    if (text === undefined) continue;
    if (models?.textOf(path) !== undefined) models.edit(path, edits);
    else {
      // Of a document that the editor never showed, the text is the one in the state.
      unopened[path] = { saved: text, dirty: true };
      changeInWorker(path, text);
    }
  }
  if (Object.keys(unopened).some((path) => byPath[path] !== undefined)) updateDocuments(unopened);
  return true;
}
