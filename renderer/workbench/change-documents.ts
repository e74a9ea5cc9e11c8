import type { Failure } from '#shared/errors.ts';
import { isDocumentSymbol } from '#shared/refactor/symbols.ts';
import { kindOfPath, nameOfPath } from '#shared/site/document-kinds.ts';
import { folderOf } from '#shared/site/document-name.ts';
import {
  changeInWorker,
  newDocumentFrom,
  renamedFrom,
  renameInWorker,
  renameSubjectFrom,
} from '../authoring/client.ts';
import type { RenameSubject } from '../authoring/protocol.ts';
import { ask, request } from '../bridge.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { addDocument, moveDocument, updateDocument, useDocuments } from '../state/documents.ts';
import { changeLayout, goTo, useLayout } from '../state/layout.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { chooseHost, useSite } from '../state/site.ts';
import { leaveDraft, type TreeDraft, useTreeEditing } from '../state/tree-editing.ts';
import { forgetEverywhere, jumpTo } from './documents.ts';
import { referrersOf } from './referrers.ts';
import { saveDocument } from './save-documents.ts';

/** Documents that are made, copied, renamed and deleted in the window. */

/** Asks for a name in the tree, in the folder where the document will lie. */
export function beginNew(folder: string): void {
  begin({ type: 'new', folder });
}

export function beginCopy(path: string): void {
  begin({ type: 'new', folder: folderOf(path), copyOf: path });
}

export function beginRename(path: string): void {
  begin({ type: 'rename', path });
}

function begin(draft: TreeDraft): void {
  if (!mayWrite()) return;
  const folder = draft.type === 'new' ? draft.folder : folderOf(draft.path);
  goTo('site');
  const { folded } = useLayout.getState();
  if (folded.includes(folder)) changeLayout({ folded: folded.filter((one) => one !== folder) });
  useTreeEditing.setState({ draft });
}

/** Documents outside the folders have names that are fixed. */
export function mayChangeName(path: string): boolean {
  return folderOf(path) !== '';
}

/** Says it when the folder of the site cannot be written. */
export function mayWrite(): boolean {
  if (useSite.getState().site?.readOnly !== true) return true;
  showNotice({
    tone: 'attention',
    title: 'The site folder cannot be written',
    next: 'Change the permissions of the folder or copy the site to one of your own.',
  });
  return false;
}

/** Does what the draft stands for; a failure to be shown beside the name, or undefined when it is done or asked. */
export async function finishDraft(draft: TreeDraft, name: string): Promise<Failure | undefined> {
  if (draft.type === 'new') return create(draft, `${draft.folder}/${name}.yaml`);
  const to = `${folderOf(draft.path)}/${name}.yaml`;
  if (to === draft.path) {
    leaveDraft();
    return undefined;
  }
  const subject = await subjectOf(draft.path);
  const documents = subject?.documents.filter(({ path }) => path !== draft.path) ?? [];
  if (subject === undefined || documents.length === 0) return rename(draft.path, to);
  const { symbol } = subject;
  useTreeEditing.setState({
    draft: undefined,
    question: { type: 'rename', from: draft.path, to, symbol, documents },
  });
  return undefined;
}

/** What names a document, when it is one that others find by its name. */
async function subjectOf(path: string): Promise<RenameSubject | undefined> {
  const kind = kindOfPath(path);
  if (!isDocumentSymbol(kind)) return undefined;
  const subject = await renameSubjectFrom({ kind, name: nameOfPath(path) });
  return subject?.file === path ? subject : undefined;
}

/** Makes a document with this text, or from its skeleton, and shows what has to be filled in first. */
export function createDocument(path: string, text?: string): Promise<Failure | undefined> {
  return create({ copyOf: undefined }, path, text);
}

async function create(
  { copyOf }: Pick<Extract<TreeDraft, { type: 'new' }>, 'copyOf'>,
  path: string,
  given?: string,
): Promise<Failure | undefined> {
  const { site } = useSite.getState();
  if (site === undefined) return undefined;
  const draft =
    given === undefined
      ? await (copyOf === undefined ? newDocumentFrom(path) : renamedFrom(copyOf, path))
      : { text: given, select: { start: 0, end: 0 } };
  const text = draft?.text ?? (copyOf === undefined ? '' : currentText(copyOf));
  const answer = await ask('documents.create', { siteId: site.siteId, documents: [{ path, text }] });
  if (!answer.ok) return answer.failure;
  leaveDraft();
  addDocument({ path, saved: text, digest: answer.value[path] ?? null, dirty: false, tooLarge: false });
  changeInWorker(path, text);
  if (folderOf(path) === 'hosts') chooseHost(nameOfPath(path));
  const { start, end } = draft?.select ?? { start: 0, end: 0 };
  const from = placeOf(text, start);
  const to = placeOf(text, end);
  jumpTo({ path, ...from, endLine: to.line, endColumn: to.column });
  return undefined;
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}

/**
 * Renames the file, and the name that the document says of itself. Unsaved text stays unsaved; a document that was
 * saved is saved again with its new name.
 */
export async function rename(from: string, to: string): Promise<Failure | undefined> {
  const { site, chosenHost } = useSite.getState();
  if (site === undefined) return undefined;
  const named = await renamedFrom(from, to);
  const answer = await ask('document.rename', { siteId: site.siteId, from, to });
  if (!answer.ok) return answer.failure;
  leaveDraft();
  const before = currentText(from);
  const wasDirty = useDocuments.getState().byPath[from]?.dirty === true;
  textModels()?.rename(from, to);
  moveDocument(from, to);
  // With the new name in it, so that the host of this document is never one that nobody chose.
  renameInWorker(from, to, named?.text ?? before);
  if (folderOf(to) === 'hosts' && chosenHost === nameOfPath(from)) chooseHost(nameOfPath(to));
  if (named === undefined || named.text === before) return undefined;
  const models = textModels();
  if (models?.textOf(to) === undefined) updateUnopened(to, named.text);
  else models.replace(to, named.text);
  if (!wasDirty) await saveDocument(to);
  return undefined;
}

/** Of a document that the editor never showed, the text is the one in the state. */
function updateUnopened(path: string, text: string): void {
  updateDocument(path, { saved: text, dirty: true });
  changeInWorker(path, text);
}

export function askDelete(path: string): void {
  if (!mayWrite() || useDocuments.getState().byPath[path] === undefined) return;
  const referrers = referrersOf(useSite.getState().overview, path);
  useTreeEditing.setState({ question: { type: 'delete', path, referrers, trash: true } });
}

/** Deletes after the question. A trash that refuses brings the question back, now about deleting for good. */
export async function deleteDocument(path: string, to: 'trash' | 'nowhere'): Promise<void> {
  const { site } = useSite.getState();
  if (site === undefined) return;
  const answer = await ask('document.remove', { siteId: site.siteId, path, to });
  if (!answer.ok) {
    if (answer.failure.code !== 'trash-unavailable') return showFailure(answer.failure);
    const referrers = referrersOf(useSite.getState().overview, path);
    useTreeEditing.setState({ question: { type: 'delete', path, referrers, trash: false } });
    return;
  }
  const text = currentText(path);
  forgetEverywhere(path);
  showNotice({
    tone: 'fine',
    title: to === 'trash' ? `${path} is in the trash` : `${path} is deleted`,
    action: { label: 'Put it back', run: () => void putBack(site.siteId, path, text) },
  });
}

/** Deletes a document that was made with this text and is as it was made; one that was changed since stays. */
export async function takeBackDocument(path: string, text: string): Promise<boolean> {
  const { site } = useSite.getState();
  const document = useDocuments.getState().byPath[path];
  const isUntouched = document?.dirty === false && document.saved === text && currentText(path) === text;
  if (site === undefined || !isUntouched) return false;
  const answer = await ask('document.remove', { siteId: site.siteId, path, to: 'nowhere' });
  if (!answer.ok) {
    showFailure(answer.failure);
    return false;
  }
  forgetEverywhere(path);
  return true;
}

async function putBack(siteId: string, path: string, text: string): Promise<void> {
  if (useSite.getState().site?.siteId !== siteId) return;
  const answer = await request('documents.save', { siteId, documents: [{ path, text, baseDigest: null }] });
  const digest = answer?.saved[0]?.digest;
  for (const { failure } of answer?.failed ?? []) showFailure(failure);
  if (digest === undefined) return;
  addDocument({ path, saved: text, digest, dirty: false, tooLarge: false });
  changeInWorker(path, text);
  jumpTo({ path, line: 1, column: 1 });
}

export async function showInFolder(path: string): Promise<void> {
  const { site } = useSite.getState();
  if (site !== undefined) await request('document.show-in-folder', { siteId: site.siteId, path });
}
