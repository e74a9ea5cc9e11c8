import { changeInWorker } from '../authoring/client.ts';
import { updateDocument, useDocuments } from '../state/documents.ts';
import { useProblems } from '../state/problems.ts';
import { editorRange, setMarkers } from './markers.ts';
import { monaco } from './monaco.ts';
import { smallestReplacement } from './text-edit.ts';
import { connectTextModels, type TextModels } from './text-models.ts';

/** One model per document for as long as the site is open: undo outlives saves and closed tabs. */

interface Kept {
  /** Changes when the document is renamed; the model, and its undo, stay. */
  path: string;
  readonly model: monaco.editor.ITextModel;
  /** Undefined: no text of this model is on disk. */
  savedVersion: number | undefined;
  view: monaco.editor.ICodeEditorViewState | null;
}

const kept = new Map<string, Kept>();
const scheme = 'site';

const pathByUri = new Map<string, string>();

/** The address of a document's model. A renamed document keeps its model, and so the address that it was made with. */
export function uriOf(path: string): monaco.Uri {
  return kept.get(path)?.model.uri ?? monaco.Uri.from({ scheme, path: `/${path}` });
}

export function pathOf(uri: monaco.Uri): string {
  return pathByUri.get(uri.toString()) ?? uri.path.slice(1);
}

/** An address that no model has: a new document may get the name that a renamed one had before. */
function freeUri(path: string): monaco.Uri {
  for (let attempt = 0; ; attempt++) {
    const query = attempt === 0 ? {} : { query: String(attempt) };
    const uri = monaco.Uri.from({ scheme, path: `/${path}`, ...query });
    if (monaco.editor.getModel(uri) === null) return uri;
  }
}

export function modelOf(path: string): monaco.editor.ITextModel | undefined {
  const existing = kept.get(path);
  if (existing !== undefined) return existing.model;
  const document = useDocuments.getState().byPath[path];
  if (document === undefined) return undefined;
  const model = monaco.editor.createModel(document.saved, 'yaml', freeUri(path));
  model.updateOptions({ tabSize: 2, insertSpaces: true, trimAutoWhitespace: true });
  // A text that was changed without the editor is not what is on disk.
  const savedVersion = document.dirty ? undefined : model.getAlternativeVersionId();
  const entry: Kept = { path, model, savedVersion, view: null };
  kept.set(path, entry);
  pathByUri.set(model.uri.toString(), path);
  model.onDidChangeContent(() => {
    changeInWorker(entry.path, model.getValue(undefined, true));
    noteDirty(entry);
  });
  setMarkers(model, useProblems.getState().byFile[path] ?? []);
  return model;
}

function noteDirty({ path, model, savedVersion }: Kept): void {
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
  const entry = kept.get(path);
  if (entry === undefined) return;
  pathByUri.delete(entry.model.uri.toString());
  entry.model.dispose();
  kept.delete(path);
}

function rename(from: string, to: string): void {
  const entry = kept.get(from);
  if (entry === undefined) return;
  kept.delete(from);
  kept.set(to, entry);
  entry.path = to;
  pathByUri.set(entry.model.uri.toString(), to);
}

function replace(path: string, text: string): void {
  const model = kept.get(path)?.model;
  if (model === undefined) return;
  model.pushStackElement();
  const lineEnds = lineEndsOf(text);
  if (lineEnds !== undefined && lineEnds !== model.getEndOfLineSequence()) model.pushEOL(lineEnds);
  // Positions do not count a byte order mark, which belongs to the model from the start.
  const { start, end, text: inserted } = smallestReplacement(model.getValue(), text.replace(/^\ufeff/, ''));
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
  model.pushEditOperations(null, [{ range, text: inserted }], () => null);
  model.pushStackElement();
}

/** As monaco judges a text that it is given: what most of the lines end with. Undefined for one without line ends. */
function lineEndsOf(text: string): monaco.editor.EndOfLineSequence | undefined {
  const all = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  if (all === 0) return undefined;
  const withReturn = text.match(/\r/g)?.length ?? 0;
  const { CRLF, LF } = monaco.editor.EndOfLineSequence;
  return withReturn > all / 2 ? CRLF : LF;
}

function edit(path: string, edits: Parameters<TextModels['edit']>[1]): void {
  const model = kept.get(path)?.model;
  if (model === undefined) return;
  model.pushStackElement();
  const operations = edits.map(({ range, newText }) => ({ range: editorRange(range), text: newText }));
  model.pushEditOperations(null, operations, () => null);
  model.pushStackElement();
}

connectTextModels({
  edit,
  hold(path) {
    modelOf(path);
  },
  listen(path, listener) {
    const listening = kept.get(path)?.model.onDidChangeContent(listener);
    return () => listening?.dispose();
  },
  undo: (path) => void kept.get(path)?.model.undo(),
  redo: (path) => void kept.get(path)?.model.redo(),
  textOf: (path) => kept.get(path)?.model.getValue(undefined, true),
  versionOf: (path) => kept.get(path)?.model.getAlternativeVersionId(),
  replace,
  markSaved(path, version) {
    const entry = kept.get(path);
    if (entry === undefined) return;
    entry.savedVersion = version;
    noteDirty(entry);
  },
  rename,
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
