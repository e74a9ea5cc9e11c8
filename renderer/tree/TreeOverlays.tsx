import './tree-overlays.css';
import '../editor/rename-dialog.css';
import { useLayoutEffect, useRef, useState } from 'react';
import { Menu, MenuItem, Popover, Separator } from 'react-aria-components';
import type { Failure } from '#shared/errors.ts';
import { nameOfPath } from '#shared/site/document-kinds.ts';
import { isMac } from '../bridge.ts';
import { shortcutText } from '../commands/shortcut.ts';
import { DialogActions, OverlayDialog } from '../components/OverlayDialog.tsx';
import { mayConvert, showConvert } from '../convert/convert-store.ts';
import { AffectedDocuments } from '../editor/AffectedDocuments.tsx';
import { useDocuments } from '../state/documents.ts';
import { showFailure } from '../state/notices.ts';
import { type MenuSubject, type TreeQuestion, useTreeEditing } from '../state/tree-editing.ts';
import {
  askDelete,
  beginCopy,
  beginNew,
  beginRename,
  deleteDocument,
  mayChangeName,
  rename,
  showInFolder,
} from '../workbench/change-documents.ts';
import { openDocument } from '../workbench/documents.ts';
import { renameEverywhere } from '../workbench/rename-everywhere.ts';
import { groups } from './tree-rows.ts';

/** What lies over the tree: its menus, and its questions. Loaded when the window is idle. */
export function TreeOverlays() {
  const menu = useTreeEditing((state) => state.menu);
  const question = useTreeEditing((state) => state.question);
  return (
    <>
      {menu !== undefined && <TreeMenu key={`${menu.x} ${menu.y}`} {...menu} />}
      {question?.type === 'rename' && <RenameQuestion {...question} />}
      {question?.type === 'delete' && <DeleteQuestion {...question} />}
    </>
  );
}

interface Item {
  readonly title: string;
  readonly keys?: string;
  readonly run: () => void;
}

function TreeMenu({
  subject,
  x,
  y,
}: {
  readonly subject: MenuSubject;
  readonly x: number;
  readonly y: number;
}) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [anchored, setAnchored] = useState(false);
  useLayoutEffect(() => setAnchored(true), []);
  const close = () => useTreeEditing.setState({ menu: undefined });
  const sections = itemsFor(subject);
  const items = sections.flat();
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: x, top: y }} aria-hidden />
      {anchored && (
        <Popover
          className="menu-popover"
          aria-label={labelOf(subject)}
          triggerRef={anchor}
          isOpen
          onOpenChange={(open) => !open && close()}
          placement="bottom start"
          offset={2}
        >
          <Menu
            className="menu"
            aria-label={labelOf(subject)}
            autoFocus="first"
            onAction={(key) => {
              close();
              items.find(({ title }) => title === key)?.run();
            }}
            onClose={close}
          >
            {sections.flatMap((section, index) => [
              ...(index === 0 ? [] : [<Separator key={section[0]?.title} className="menu-separator" />]),
              ...section.map(({ title, keys }) => (
                <MenuItem key={title} id={title} textValue={title} className="menu-item">
                  <span className="truncate">{title}</span>
                  {keys !== undefined && <kbd>{keys}</kbd>}
                </MenuItem>
              )),
            ])}
          </Menu>
        </Popover>
      )}
    </>
  );
}

function labelOf(subject: MenuSubject): string {
  if (subject.type === 'document') return subject.path;
  return subject.type === 'folder' ? subject.folder : 'New document';
}

function itemsFor(subject: MenuSubject): Item[][] {
  if (subject.type === 'document') return documentItems(subject.path);
  const of = subject.type === 'folder' ? groups.filter(({ id }) => id === subject.folder) : groups;
  return [of.map(({ id, one }) => ({ title: `New ${one}…`, run: () => beginNew(id) }))];
}

function documentItems(path: string): Item[][] {
  const own = { title: 'Show in folder', run: () => void showInFolder(path) };
  const open = { title: 'Open', keys: 'Enter', run: () => openDocument(path) };
  if (!mayChangeName(path)) return [[open], [own]];
  const one = groups.find(({ id }) => path.startsWith(`${id}/`));
  return [
    [open, own],
    [
      ...(one === undefined ? [] : [{ title: `New ${one.one}…`, run: () => beginNew(one.id) }]),
      { title: 'Duplicate…', run: () => beginCopy(path) },
      {
        title: 'Rename…',
        keys: shortcutText({ key: 'F2', control: false, shift: false }, isMac()),
        run: () => beginRename(path),
      },
      ...(mayConvert(path) ? [{ title: 'Convert…', run: () => showConvert(path) }] : []),
    ],
    [{ title: 'Delete…', keys: 'Del', run: () => askDelete(path) }],
  ];
}

function close(): void {
  useTreeEditing.setState({ question: undefined });
}

function RenameQuestion({ from, to, symbol, documents }: Extract<TreeQuestion, { type: 'rename' }>) {
  const count = documents.length;
  const run = async (renaming: () => Promise<Failure | undefined>) => {
    close();
    const failure = await renaming();
    if (failure !== undefined) showFailure(failure);
  };
  return (
    <Question
      title={`Rename ${from}?`}
      act={{
        label: count === 1 ? 'Rename, and change it' : 'Rename, and change them',
        run: () => void run(() => renameEverywhere(symbol, nameOfPath(to))),
      }}
      other={{ label: 'Only the file', run: () => void run(() => rename(from, to)) }}
    >
      <p>
        {count === 1 ? 'One document names' : `${count} documents name`} it. The file becomes{' '}
        <span className="code">{to}</span>, and {count === 1 ? 'this document names' : 'these documents name'}{' '}
        it so from then on.
      </p>
      <AffectedDocuments documents={documents} />
    </Question>
  );
}

function DeleteQuestion({ path, referrers, trash }: Extract<TreeQuestion, { type: 'delete' }>) {
  const dirty = useDocuments((state) => state.byPath[path]?.dirty ?? false);
  const count = referrers.length;
  const run = () => {
    close();
    void deleteDocument(path, trash ? 'trash' : 'nowhere');
  };
  return (
    <Question
      title={`Delete ${path}?`}
      act={{ label: trash ? 'Move it to the trash' : 'Delete it for good', run, danger: true }}
    >
      <p>
        {trash
          ? 'The file goes to the trash of this computer.'
          : 'The trash of this computer cannot take it. The file is deleted for good; a copy stays among the backups in the cache of Siteforge.'}
        {dirty && ' Its unsaved text is not in the file and goes with the window.'}
      </p>
      <p>
        {count === 0
          ? 'No other document refers to it.'
          : `${count === 1 ? 'One document refers' : `${count} documents refer`} to it and will have an error:`}
      </p>
      <Referrers paths={referrers} />
    </Question>
  );
}

/** As many as are read; the rest is a number. */
const shownReferrers = 8;

function Referrers({ paths }: { readonly paths: readonly string[] }) {
  if (paths.length === 0) return null;
  return (
    <ul className="question-list code">
      {paths.slice(0, shownReferrers).map((path) => (
        <li key={path} className="truncate">
          {path}
        </li>
      ))}
      {paths.length > shownReferrers && <li className="muted">and {paths.length - shownReferrers} more</li>}
    </ul>
  );
}

interface QuestionProps {
  readonly title: string;
  readonly act: { readonly label: string; readonly run: () => void; readonly danger?: boolean };
  /** Another way, seldom the right one. */
  readonly other?: { readonly label: string; readonly run: () => void };
  readonly children: React.ReactNode;
}

function Question({ title, act, other, children }: QuestionProps) {
  return (
    <OverlayDialog title={title} surface="question-modal" role="alertdialog" onClose={close}>
      {children}
      <DialogActions>
        <button type="button" className="button" onClick={close}>
          Keep it as it is
        </button>
        {other !== undefined && (
          <button type="button" className="button" onClick={other.run}>
            {other.label}
          </button>
        )}
        <button
          type="button"
          className={`button ${act.danger === true ? 'button-danger' : 'button-primary'}`}
          // Enter answers what was just asked for; Escape leaves.
          // biome-ignore lint/a11y/noAutofocus: in a dialog, the focus has to go somewhere
          autoFocus
          onClick={act.run}
        >
          {act.label}
        </button>
      </DialogActions>
    </OverlayDialog>
  );
}
