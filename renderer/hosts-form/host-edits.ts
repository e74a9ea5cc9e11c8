import { create } from 'zustand';
import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import { rowChanges } from '#shared/hosts-form/row-changes.ts';
import { newNameProblem } from '#shared/refactor/new-name.ts';
import { asOneChange, changeInWorker, renameSubjectFrom } from '../authoring/client.ts';
import { textModels } from '../editor/text-models.ts';
import { changeDocuments } from '../forms/change-document.ts';
import { type OpenDocument, updateDocuments, useDocuments } from '../state/documents.ts';
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

/** A document that an edit changed. */
interface Changed {
  readonly path: string;
  /** Of the editor's text afterwards; undefined where the editor did not hold the document. */
  readonly version: number | undefined;
  readonly before: UnopenedText;
  readonly after: UnopenedText;
}

/** What the window holds of a document that the editor never showed. */
type UnopenedText = Pick<OpenDocument, 'saved' | 'dirty'>;

type Done = readonly Changed[];

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
    const before = documents.map(({ path }) => unopenedText(path));
    if (!changeDocuments(documents)) return false;
    const done = documents.map(({ path }, index) => ({
      path,
      version: textModels()?.versionOf(path),
      before: before[index] ?? unopenedText(path),
      after: unopenedText(path),
    }));
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

function unopenedText(path: string): UnopenedText {
  const { saved = '', dirty = false } = useDocuments.getState().byPath[path] ?? {};
  return { saved, dirty };
}

type Direction = 'undo' | 'redo';

/** Takes the last edit of the table back, or does it again. Text that was changed elsewhere since is left alone. */
export function stepHostEdits(direction: Direction): void {
  const from = direction === 'undo' ? 'undoable' : 'redoable';
  const to = direction === 'undo' ? 'redoable' : 'undoable';
  const state = useHostEdits.getState();
  const last = state[from].at(-1);
  if (last === undefined) return;
  if (!last.every((changed) => isAsLeft(changed, direction))) {
    useHostEdits.setState({ undoable: [], redoable: [] });
    showNotice({
      tone: 'attention',
      title: 'The hosts were changed elsewhere since, and nothing was taken back',
      next: 'Undo in the text of the document.',
    });
    return;
  }
  asOneChange(() => stepAll(last, direction));
  const done = last.map((changed) => ({
    ...changed,
    version: changed.version === undefined ? undefined : textModels()?.versionOf(changed.path),
  }));
  useHostEdits.setState({
    count: state.count + 1,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], done],
  });
}

function isAsLeft({ path, version, before, after }: Changed, direction: Direction): boolean {
  const now = textModels()?.versionOf(path);
  if (version !== undefined || now !== undefined) return version === now;
  return unopenedText(path).saved === (direction === 'undo' ? after : before).saved;
}

function stepAll(last: Done, direction: Direction): void {
  const unopened: Record<string, UnopenedText> = {};
  for (const { path, version, before, after } of last) {
    if (version !== undefined) {
      textModels()?.[direction](path);
      continue;
    }
    unopened[path] = direction === 'undo' ? before : after;
    changeInWorker(path, unopened[path].saved);
  }
  updateDocuments(unopened);
}
