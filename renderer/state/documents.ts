import { create } from 'zustand';
import type { DocumentOnDisk } from '#shared/contract.ts';

/** What the disk says about a document that has unsaved text here. `text: null`: the file was removed. */
export interface ForeignText {
  readonly text: string | null;
  readonly digest: string | null;
}

export interface OpenDocument {
  readonly path: string;
  /** The text as it was last read or written. */
  readonly saved: string;
  /** Digest of that text; null for a document that is not on disk (yet, or any more). */
  readonly digest: string | null;
  readonly dirty: boolean;
  readonly tooLarge: boolean;
  readonly conflict?: ForeignText | undefined;
}

interface DocumentsState {
  readonly byPath: Readonly<Record<string, OpenDocument>>;
  readonly tabs: readonly string[];
  readonly active: string | undefined;
  /** Shows the comparison of this document with the disk instead of its editor. */
  readonly comparing: string | undefined;
  readonly caret: { readonly line: number; readonly column: number };
}

export const noDocuments: DocumentsState = {
  byPath: {},
  tabs: [],
  active: undefined,
  comparing: undefined,
  caret: { line: 1, column: 1 },
};

export const useDocuments = create<DocumentsState>()(() => noDocuments);

export function documentsOf(read: readonly DocumentOnDisk[]): DocumentsState['byPath'] {
  return Object.fromEntries(
    read.map(({ path, text, digest, tooLarge }) => [
      path,
      { path, saved: text, digest, dirty: false, tooLarge: tooLarge ?? false },
    ]),
  );
}

export function updateDocument(path: string, change: Partial<OpenDocument>): void {
  const { byPath } = useDocuments.getState();
  const document = byPath[path];
  if (document === undefined) return;
  useDocuments.setState({ byPath: { ...byPath, [path]: { ...document, ...change } } });
}

/** The same for many at once: whoever listens is told once. */
export function updateDocuments(changes: Readonly<Record<string, Partial<OpenDocument>>>): void {
  const { byPath } = useDocuments.getState();
  const changed = { ...byPath };
  for (const [path, change] of Object.entries(changes)) {
    const document = byPath[path];
    if (document !== undefined) changed[path] = { ...document, ...change };
  }
  useDocuments.setState({ byPath: changed });
}

export function addDocument(document: OpenDocument): void {
  addDocuments([document]);
}

export function addDocuments(documents: readonly OpenDocument[]): void {
  const added = Object.fromEntries(documents.map((document) => [document.path, document]));
  useDocuments.setState(({ byPath }) => ({ byPath: { ...byPath, ...added } }));
}

export function forgetDocument(path: string): void {
  closeTab(path);
  const { [path]: _, ...byPath } = useDocuments.getState().byPath;
  useDocuments.setState({ byPath });
}

/** The document at a path has another one now: text, tab and place in the row stay. */
export function moveDocument(from: string, to: string): void {
  useDocuments.setState(({ byPath, tabs, active, comparing }) => {
    const { [from]: document, ...others } = byPath;
    if (document === undefined) return {};
    const moved = (path: string) => (path === from ? to : path);
    return {
      byPath: { ...others, [to]: { ...document, path: to } },
      tabs: tabs.map(moved),
      active: active === undefined ? undefined : moved(active),
      comparing: comparing === undefined ? undefined : moved(comparing),
    };
  });
}

export function showTab(path: string): void {
  const { tabs, active } = useDocuments.getState();
  if (!tabs.includes(path)) {
    const place = active === undefined ? tabs.length : tabs.indexOf(active) + 1;
    useDocuments.setState({ tabs: tabs.toSpliced(place, 0, path) });
  }
  useDocuments.setState({ active: path });
}

/** Closing a tab never loses text: an unsaved document stays unsaved, and in the tree, with its dot. */
export function closeTab(path: string): void {
  const { tabs, active, comparing } = useDocuments.getState();
  const index = tabs.indexOf(path);
  if (index === -1) return;
  const left = tabs.filter((tab) => tab !== path);
  useDocuments.setState({
    tabs: left,
    active: active === path ? (left[index] ?? left[index - 1]) : active,
    comparing: comparing === path ? undefined : comparing,
  });
}

export function neighbouringTab(step: 1 | -1): string | undefined {
  const { tabs, active } = useDocuments.getState();
  if (active === undefined || tabs.length === 0) return tabs[0];
  return tabs[(tabs.indexOf(active) + step + tabs.length) % tabs.length];
}

export function unsavedPaths(state: Pick<DocumentsState, 'byPath'>): string[] {
  return Object.values(state.byPath)
    .filter(({ dirty }) => dirty)
    .map(({ path }) => path);
}

/**
 * What a change on disk means for a document here. A digest that is known is our own save coming back; equal text is
 * nothing to decide (both sides made the same change); a clean
 * document takes the new text; unsaved text is never touched, the disk's becomes a conflict to decide.
 */
export type DiskVerdict = 'known' | 'same' | 'take' | 'conflict' | 'add' | 'forget';

export function judgeDiskChange(
  document: OpenDocument | undefined,
  foreign: ForeignText,
  current: string,
  open: boolean,
): DiskVerdict {
  if (document === undefined) return foreign.text === null ? 'known' : 'add';
  if (foreign.text === null) return document.dirty || open ? 'conflict' : 'forget';
  if (foreign.digest === document.digest) return 'known';
  if (foreign.text === current) return 'same';
  return document.dirty ? 'conflict' : 'take';
}
