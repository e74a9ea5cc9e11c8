import { changeInWorker } from '../authoring/client.ts';
import { updateDocument, useDocuments } from '../state/documents.ts';
import { useProblems } from '../state/problems.ts';
import { setMarkers } from './markers.ts';
import { monaco } from './monaco.ts';
import { smallestReplacement } from './text-edit.ts';
import { connectTextModels } from './text-models.ts';

/** One model per document for as long as the site is open: undo outlives saves and closed tabs. */

interface Kept {
  readonly model: monaco.editor.ITextModel;
  /** Undefined: no text of this model is on disk. */
  savedVersion: number | undefined;
  view: monaco.editor.ICodeEditorViewState | null;
}

const kept = new Map<string, Kept>();
const scheme = 'site';

export function uriOf(path: string): monaco.Uri {
  return monaco.Uri.from({ scheme, path: `/${path}` });
}

export function pathOf(uri: monaco.Uri): string {
  return uri.path.slice(1);
}

export function modelOf(path: string): monaco.editor.ITextModel | undefined {
  const existing = kept.get(path);
  if (existing !== undefined) return existing.model;
  const document = useDocuments.getState().byPath[path];
  if (document === undefined) return undefined;
  const model = monaco.editor.createModel(document.saved, 'yaml', uriOf(path));
  model.updateOptions({ tabSize: 2, insertSpaces: true, trimAutoWhitespace: true });
  const entry: Kept = { model, savedVersion: model.getAlternativeVersionId(), view: null };
  kept.set(path, entry);
  model.onDidChangeContent(() => {
    changeInWorker(path, model.getValue(undefined, true));
    noteDirty(path, entry);
  });
  setMarkers(model, useProblems.getState().byFile[path] ?? []);
  return model;
}

function noteDirty(path: string, { model, savedVersion }: Kept): void {
  const dirty = model.getAlternativeVersionId() !== savedVersion;
  if (useDocuments.getState().byPath[path]?.dirty !== dirty) updateDocument(path, { dirty });
}

export function keepView(path: string, view: monaco.editor.ICodeEditorViewState | null): void {
  const entry = kept.get(path);
  if (entry !== undefined) entry.view = view;
}

export function viewOf(path: string): monaco.editor.ICodeEditorViewState | null {
  return kept.get(path)?.view ?? null;
}

function forget(path: string): void {
  kept.get(path)?.model.dispose();
  kept.delete(path);
}

function replace(path: string, text: string): void {
  const model = kept.get(path)?.model;
  if (model === undefined) return;
  const { start, end, text: inserted } = smallestReplacement(model.getValue(undefined, true), text);
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
  model.pushStackElement();
  model.pushEditOperations(null, [{ range, text: inserted }], () => null);
  model.pushStackElement();
}

connectTextModels({
  textOf: (path) => kept.get(path)?.model.getValue(undefined, true),
  versionOf: (path) => kept.get(path)?.model.getAlternativeVersionId(),
  replace,
  markSaved(path, version) {
    const entry = kept.get(path);
    if (entry === undefined) return;
    entry.savedVersion = version;
    noteDirty(path, entry);
  },
  forget,
  forgetAll() {
    for (const path of [...kept.keys()]) forget(path);
  },
});

useProblems.subscribe((state, before) => {
  for (const [path, { model }] of kept) {
    if (state.byFile[path] !== before.byFile[path]) setMarkers(model, state.byFile[path] ?? []);
  }
});
