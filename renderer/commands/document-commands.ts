import { toggleForm } from '../document-forms/toggle-form.ts';
import { closeTab, neighbouringTab, useDocuments } from '../state/documents.ts';
import { changeLayout } from '../state/layout.ts';
import { groups } from '../tree/tree-rows.ts';
import {
  askDelete,
  beginCopy,
  beginNew,
  beginRename,
  mayChangeName,
  showInFolder,
} from '../workbench/change-documents.ts';
import { openDocument } from '../workbench/documents.ts';
import { saveAllDocuments, saveDocument } from '../workbench/save-documents.ts';
import { type Command, shortcut } from './command.ts';

/** Documents: found, made, changed, kept. */
export const documentCommands: readonly Command[] = [
  {
    id: 'document.open',
    title: 'Open a document…',
    words: 'file go to',
    shortcut: shortcut('p'),
    needsSite: true,
    run: () => changeLayout({ palette: 'documents' }),
  },
  {
    id: 'document.new',
    title: 'New document…',
    words: 'file add create',
    shortcut: shortcut('n'),
    needsSite: true,
    run: () => changeLayout({ palette: 'new' }),
  },
  ...groups.map(({ id, one }) => ({
    id: `document.new.${id}`,
    title: `New ${one}…`,
    needsSite: true,
    run: () => beginNew(id),
  })),
  {
    id: 'document.duplicate',
    title: 'Duplicate the document…',
    words: 'file copy clone',
    needsSite: true,
    run: () => ofActive(beginCopy),
  },
  {
    id: 'document.rename',
    title: 'Rename the document…',
    words: 'file move host network profile',
    needsSite: true,
    run: () => ofActive(beginRename),
  },
  {
    id: 'document.delete',
    title: 'Delete the document…',
    words: 'file remove',
    needsSite: true,
    run: () => ofActive(askDelete),
  },
  {
    id: 'document.show-in-folder',
    title: 'Show the document in its folder',
    needsSite: true,
    run: showActiveInFolder,
  },
  {
    id: 'document.form',
    title: 'Change between the text and the form of the document',
    words: 'partitions partition bar network drawing elements cards yaml editor',
    shortcut: shortcut('e', 'control-shift'),
    needsSite: true,
    run: toggleForm,
  },
  { id: 'document.save', title: 'Save', shortcut: shortcut('s'), needsSite: true, run: saveActive },
  {
    id: 'document.save-all',
    title: 'Save all',
    shortcut: shortcut('s', 'control-shift'),
    needsSite: true,
    run: () => void saveAllDocuments(),
  },
  {
    id: 'document.close',
    title: 'Close the tab',
    shortcut: shortcut('w'),
    needsSite: true,
    run: closeActive,
  },
  {
    id: 'document.next',
    title: 'Next tab',
    shortcut: shortcut('PageDown'),
    needsSite: true,
    run: () => showNeighbour(1),
  },
  {
    id: 'document.previous',
    title: 'Previous tab',
    shortcut: shortcut('PageUp'),
    needsSite: true,
    run: () => showNeighbour(-1),
  },
];

function saveActive(): void {
  const { active } = useDocuments.getState();
  if (active !== undefined) void saveDocument(active);
}

/** Of the documents that are shown, those outside the folders keep their name and their place. */
function ofActive(change: (path: string) => void): void {
  const { active } = useDocuments.getState();
  if (active !== undefined && mayChangeName(active)) change(active);
}

function showActiveInFolder(): void {
  const { active } = useDocuments.getState();
  if (active !== undefined) void showInFolder(active);
}

function showNeighbour(step: 1 | -1): void {
  const tab = neighbouringTab(step);
  if (tab !== undefined) openDocument(tab);
}

function closeActive(): void {
  const { active } = useDocuments.getState();
  if (active !== undefined) closeTab(active);
}
