import { createSourceText, offsetAt } from '#shared/source/source-text.ts';
import { definitionFrom, referencesFrom, renameAtCaretFrom } from '../authoring/client.ts';
import type { Place, Places } from '../authoring/protocol.ts';
import { showSecrets } from '../secrets/secrets-store.ts';
import { useDocuments } from '../state/documents.ts';
import { changeLayout, showBottom, useLayout } from '../state/layout.ts';
import { useReferences } from '../state/references.ts';
import { useRenaming } from '../state/renaming.ts';
import { mayWrite } from '../workbench/change-documents.ts';
import { jumpTo } from '../workbench/documents.ts';
import { loadEditor } from './load.ts';
import { currentText } from './text-models.ts';

/** What is done with the name at the caret: go where it is defined, list its places, give it another name. */

interface Caret {
  readonly path: string;
  readonly offset: number;
}

function caretOf(): Caret | undefined {
  const { active, caret } = useDocuments.getState();
  if (active === undefined) return undefined;
  return { path: active, offset: offsetAt(createSourceText(active, currentText(active)), caret) };
}

export async function goToDefinition(): Promise<void> {
  const caret = caretOf();
  if (caret === undefined) return;
  const found = await definitionFrom(caret.path, caret.offset);
  if (found?.secret !== undefined) return showSecrets(found.secret);
  const [first, second] = found?.places ?? [];
  if (found === undefined || first === undefined) return say('Nothing here is defined in a document.');
  if (second === undefined) jumpToPlace(first);
  else showPlaces(found);
}

export async function findReferences(): Promise<void> {
  const caret = caretOf();
  if (caret === undefined) return;
  const found = await referencesFrom(caret.path, caret.offset);
  if (found === undefined) return say('Here is no name that documents refer to.');
  showPlaces(found);
}

export async function renameAtCaret(): Promise<void> {
  const caret = caretOf();
  if (caret === undefined || !mayWrite()) return;
  const found = await renameAtCaretFrom(caret.path, caret.offset);
  if (found === undefined) return say('Here is no name that could be changed everywhere.');
  if (found.subject === undefined) return say('This name is not one that a document gives.');
  useRenaming.setState({ subject: found.subject });
}

export function showPlaces(found: Places): void {
  useReferences.setState({ found });
  showBottom('references');
}

export function closePlaces(): void {
  useReferences.setState({ found: undefined });
  if (useLayout.getState().bottomTab === 'references') changeLayout({ bottomTab: 'problems' });
}

export function jumpToPlace({ file, range: { start, end } }: Place): void {
  jumpTo({ path: file, ...start, endLine: end.line, endColumn: end.column });
}

/** At the caret, where the eye is, and gone with the next key. */
function say(message: string): void {
  void loadEditor().then(({ showAtCaret }) => showAtCaret(message));
}

export async function showQuickFixes(): Promise<void> {
  const { openQuickFixes } = await loadEditor();
  openQuickFixes();
}

/** Whether keys go to the text: F2 means the name at the caret there, and the document in the tree. */
export function textHasFocus(): boolean {
  return document.activeElement?.closest('#editor-surface .monaco-editor') != null;
}
