import { changeInWorker } from '../authoring/client.ts';
import { request } from '../bridge.ts';
import { currentText, textModels } from '../editor/text-models.ts';
import { showForm } from '../state/document-forms.ts';
import {
  addDocument,
  type ForeignText,
  forgetDocument,
  judgeDiskChange,
  type OpenDocument,
  showTab,
  updateDocument,
  useDocuments,
} from '../state/documents.ts';
import { goTo } from '../state/layout.ts';
import { chooseHost, useSite } from '../state/site.ts';

/** What people do with documents: open, jump, save, and decide between their text and the disk's. */

export interface Jump {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

let pendingJump: Jump | undefined;
let onJump: (() => void) | undefined;

export function openDocument(path: string): void {
  if (useDocuments.getState().byPath[path] === undefined) return;
  showTab(path);
  useDocuments.setState({ comparing: undefined });
  // Who opens a host's document works on that host: the preview shows it.
  const host = useSite.getState().overview?.hosts.find((one) => one.path === path);
  if (host !== undefined) chooseHost(host.name);
  goTo('site');
}

/** Opens a document at a place; the editor fetches the jump as soon as it shows the document. */
export function jumpTo(jump: Jump): void {
  pendingJump = jump;
  // A place is one in the text.
  showForm(jump.path, false);
  openDocument(jump.path);
  onJump?.();
}

export function takeJump(path: string): Jump | undefined {
  if (pendingJump?.path !== path) return undefined;
  const jump = pendingJump;
  pendingJump = undefined;
  return jump;
}

export function listenForJumps(listener: () => void): () => void {
  onJump = listener;
  return () => {
    if (onJump === listener) onJump = undefined;
  };
}

/** Asks for the whole site again: after a refused save, and when watching may have missed something. */
export async function readDiskAgain(): Promise<void> {
  const { site } = useSite.getState();
  if (site === undefined) return;
  const opened = await request('site.reload', { siteId: site.siteId });
  if (opened === undefined) return;
  useSite.setState({ vanished: undefined });
  const onDisk = new Set(opened.documents.map(({ path }) => path));
  const removed = Object.values(useDocuments.getState().byPath)
    .filter(({ path, digest }) => digest !== null && !onDisk.has(path))
    .map(({ path }) => ({ path, text: null, digest: null }));
  applyDiskChanges([...opened.documents, ...removed]);
}

export function applyDiskChanges(changes: readonly ({ readonly path: string } & ForeignText)[]): void {
  for (const { path, text, digest } of changes) applyDiskChange(path, { text, digest });
}

function applyDiskChange(path: string, foreign: ForeignText): void {
  const { byPath, tabs } = useDocuments.getState();
  const verdict = judgeDiskChange(byPath[path], foreign, currentText(path), tabs.includes(path));
  const { text, digest } = foreign;
  if (verdict === 'take') takeText(path, foreign);
  else if (verdict === 'conflict') updateDocument(path, { conflict: foreign });
  else if (verdict === 'forget') {
    rememberRemoved(path);
    forgetEverywhere(path);
  } else if (verdict === 'known' && byPath[path]?.conflict !== undefined) {
    // The disk holds again what the window has, or had before it was edited.
    updateDocument(path, { conflict: undefined });
  } else if (verdict === 'add') {
    addDocument({ path, saved: text ?? '', digest, dirty: false, tooLarge: false });
    changeInWorker(path, text);
  } else if (verdict === 'same') {
    updateDocument(path, { saved: text ?? '', digest, dirty: false, conflict: undefined });
    textModels()?.markSaved(path, textModels()?.versionOf(path));
  }
}

/** Milliseconds after which a document that was removed on disk has nothing to do with the folder going away. */
const sameRemovalMilliseconds = 60_000;
let removedLately: { readonly document: OpenDocument; readonly at: number }[] = [];

function rememberRemoved(path: string): void {
  const document = useDocuments.getState().byPath[path];
  if (document === undefined) return;
  const recent = removedLately.filter(({ at }) => performance.now() - at < sameRemovalMilliseconds);
  removedLately = [...recent, { document, at: performance.now() }];
}

/**
 * The folder of the site is gone: documents that went just before went with it, file by file. They come back, as
 * texts of the window that the disk does not have.
 */
export function keepWhatVanished(): void {
  const { byPath } = useDocuments.getState();
  const lately = removedLately.filter(
    ({ document, at }) =>
      performance.now() - at < sameRemovalMilliseconds && byPath[document.path] === undefined,
  );
  removedLately = [];
  for (const { document } of lately) {
    addDocument({ ...document, conflict: { text: null, digest: null } });
    changeInWorker(document.path, document.saved);
  }
}

/** Another site is open: what was removed in the one before is not its business. */
export function forgetRemoved(): void {
  removedLately = [];
}

export function forgetEverywhere(path: string): void {
  textModels()?.forget(path);
  forgetDocument(path);
  changeInWorker(path, null);
}

function takeText(path: string, foreign: ForeignText): void {
  const text = foreign.text ?? '';
  const models = textModels();
  const open = models?.textOf(path) !== undefined;
  updateDocument(path, { saved: text, digest: foreign.digest, dirty: false, conflict: undefined });
  models?.replace(path, text);
  models?.markSaved(path, models.versionOf(path));
  // The model reports its own changes to the worker; a document that was never opened has none.
  if (!open) changeInWorker(path, text);
}

/** Keeps the text of the window: it stays unsaved, and the next save writes over what is on disk now. */
export function keepMine(path: string): void {
  const conflict = useDocuments.getState().byPath[path]?.conflict;
  if (conflict === undefined) return;
  updateDocument(path, {
    digest: conflict.digest,
    saved: conflict.text ?? '',
    conflict: undefined,
    dirty: true,
  });
  textModels()?.markSaved(path, undefined);
  useDocuments.setState({ comparing: undefined });
}

/** Takes the disk's text as one edit: undo brings the own text back. */
export function takeTheirs(path: string): void {
  const conflict = useDocuments.getState().byPath[path]?.conflict;
  if (conflict === undefined) return;
  useDocuments.setState({ comparing: undefined });
  if (conflict.text === null) forgetEverywhere(path);
  else takeText(path, conflict);
}
