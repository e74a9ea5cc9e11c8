import { create } from 'zustand';
import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import { rowChanges } from '#shared/hosts-form/row-changes.ts';
import { newNameProblem } from '#shared/refactor/new-name.ts';
import { asOneChange, renameSubjectFrom } from '../authoring/client.ts';
import { textModels } from '../editor/text-models.ts';
import { changeDocuments } from '../forms/change-document.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { mayWrite } from '../workbench/change-documents.ts';
import { renameEverywhere } from '../workbench/rename-everywhere.ts';
import { rowOf } from './host-rows.ts';

/** What is done to hosts in the table: each edit is one step of undo, however many documents it touches. */

export interface HostEdit {
  readonly path: string;
  readonly column: HostColumn;
  readonly text: string;
}

/** Documents that one edit changed, with the versions that they had afterwards. */
type Done = readonly { readonly path: string; readonly version: number | undefined }[];

interface HostEditsState {
  /** Counts edits, so that rows are read again. */
  readonly count: number;
  readonly undoable: readonly Done[];
  readonly redoable: readonly Done[];
}

export const useHostEdits = create<HostEditsState>()(() => ({ count: 0, undoable: [], redoable: [] }));

/** Writes texts into cells, in all documents or in none; false when nothing was written. A name renames its host. */
export function editCells(edits: readonly HostEdit[]): boolean {
  if (!mayWrite()) return false;
  const names = edits.filter(({ column }) => column.kind === 'name');
  const byPath = new Map<string, HostEdit[]>();
  for (const edit of edits) {
    if (edit.column.kind === 'name') continue;
    const list = byPath.get(edit.path);
    if (list === undefined) byPath.set(edit.path, [edit]);
    else list.push(edit);
  }
  const documents = [...byPath].flatMap(([path, cells]) => {
    const changes = rowChanges(rowOf(path), cells);
    return changes.length === 0 ? [] : [{ path, changes }];
  });
  if (documents.length > 0) {
    if (!changeDocuments(documents)) return false;
    const done = documents.map(({ path }) => ({ path, version: textModels()?.versionOf(path) }));
    useHostEdits.setState(({ count, undoable }) => ({
      count: count + 1,
      undoable: [...undoable, done],
      redoable: [],
    }));
  }
  void renameHosts(names);
  return true;
}

/** One after the other: each of them moves a file. The first that cannot be done ends it. */
async function renameHosts(names: readonly HostEdit[]): Promise<void> {
  for (const { path, column, text } of names) {
    const name = rowOf(path).cell(column).text;
    const to = text.trim();
    if (to === name) continue;
    const symbol = { kind: 'host', name } as const;
    const subject = await renameSubjectFrom(symbol);
    const problem =
      subject === undefined ? 'Its document does not say its name.' : newNameProblem(subject, to);
    if (problem !== undefined) {
      showNotice({ tone: 'attention', title: `${name === '' ? path : name} keeps its name`, next: problem });
      return;
    }
    const failure = await renameEverywhere(symbol, to);
    if (failure !== undefined) {
      showFailure(failure);
      return;
    }
    useHostEdits.setState(({ count }) => ({ count: count + 1 }));
  }
}

/** Takes the last edit of the table back, or does it again. Text that was changed elsewhere since is left alone. */
export function stepHostEdits(direction: 'undo' | 'redo'): void {
  const from = direction === 'undo' ? 'undoable' : 'redoable';
  const to = direction === 'undo' ? 'redoable' : 'undoable';
  const state = useHostEdits.getState();
  const last = state[from].at(-1);
  const models = textModels();
  if (last === undefined || models === undefined) return;
  const isSame = last.every(({ path, version }) => models.versionOf(path) === version);
  if (!isSame) {
    useHostEdits.setState({ undoable: [], redoable: [] });
    showNotice({
      tone: 'attention',
      title: 'The hosts were changed elsewhere since, and nothing was taken back',
      next: 'Undo in the text of the document.',
    });
    return;
  }
  asOneChange(() => {
    for (const { path } of last) models[direction](path);
  });
  const done = last.map(({ path }) => ({ path, version: models.versionOf(path) }));
  useHostEdits.setState({
    count: state.count + 1,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], done],
  });
}
