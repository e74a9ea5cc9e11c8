import type { Range } from '#shared/source/source-text.ts';
import { useDocuments } from '../state/documents.ts';

/**
 * What the rest of the window needs of the editor's models. The editor is loaded after the first paint; until then, and
 * for documents that were never opened, the text is the one that was read.
 */
export interface TextModels {
  textOf(path: string): string | undefined;
  /** Counts edits; the same number means the same text, also after undo. */
  versionOf(path: string): number | undefined;
  /** Replaces the text as one edit that can be undone; caret and folds stay where they can. */
  replace(path: string, text: string): void;
  /** Carries replacements out as one edit that can be undone; ranges are those of the text before. */
  edit(path: string, edits: readonly { readonly range: Range; readonly newText: string }[]): void;
  /** The editor holds the document from now on, shown or not: what changes it can be undone. */
  hold(path: string): void;
  /** Calls back after each change of a document that the editor holds, until the function that is returned is called. */
  listen(path: string, listener: () => void): () => void;
  undo(path: string): void;
  redo(path: string): void;
  /** From now on the text of this version is what is on disk. */
  markSaved(path: string, version: number | undefined): void;
  /** The document has another path now; its text and its undo stay. */
  rename(from: string, to: string): void;
  forget(path: string): void;
  forgetAll(): void;
}

let models: TextModels | undefined;

export function connectTextModels(connected: TextModels): void {
  models = connected;
}

export function textModels(): TextModels | undefined {
  return models;
}

export function currentText(path: string): string {
  return models?.textOf(path) ?? useDocuments.getState().byPath[path]?.saved ?? '';
}
