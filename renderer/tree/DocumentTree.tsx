import './document-tree.css';
import { ChevronDown, ChevronRight, FilePlus, FileText, FileWarning, KeyRound, Plus } from 'lucide-react';
import { type MouseEvent, useMemo } from 'react';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { isMac } from '../bridge.ts';
import { shortcutText } from '../commands/shortcut.ts';
import { ProblemCounts } from '../components/Icons.tsx';
import { VirtualList } from '../components/VirtualList.tsx';
import { showSecrets } from '../secrets/secrets-store.ts';
import { useSecretNames } from '../secrets/use-secret-names.ts';
import { useDocuments } from '../state/documents.ts';
import { toggleFolded, useLayout } from '../state/layout.ts';
import { countBySeverity, useProblems } from '../state/problems.ts';
import { useSite } from '../state/site.ts';
import { type MenuSubject, useTreeEditing } from '../state/tree-editing.ts';
import { askDelete, beginNew, beginRename, mayChangeName } from '../workbench/change-documents.ts';
import { openDocument } from '../workbench/documents.ts';
import { DraftRow } from './DraftRow.tsx';
import { groupOf, groups, pathsOf, type TreeRow, treeRows } from './tree-rows.ts';

export function DocumentTree() {
  const siteName = useSite((state) => state.overview?.name || state.site?.name || '');
  // A string compares by value: typing, which changes documents but not their names, does not render the tree.
  const paths = useDocuments((state) => pathsOf(state.byPath));
  const folded = useLayout((state) => state.folded);
  const active = useDocuments((state) => state.active);
  const draft = useTreeEditing((state) => state.draft);
  const secrets = useSecretNames();
  const rows = useMemo(
    () => treeRows(paths === '' ? [] : paths.split('\n'), folded, draft, secrets),
    [paths, folded, draft, secrets],
  );
  return (
    <nav className="pane tree" aria-label="Documents">
      <div className="pane-header">
        <h1 className="truncate" title={siteName}>
          {siteName}
        </h1>
        <span className="status-space" />
        <NewDocumentButton />
      </div>
      <VirtualList
        label="Documents of the site"
        role="tree"
        rows={rows}
        rowHeight={24}
        keyOf={keyOf}
        selectedKey={draft === undefined ? active : draftKey}
        textOf={textOf}
        rowProps={rowProps}
        onChoose={choose}
        onSideways={fold}
        onMenu={showMenu}
        onKey={changeByKey}
        render={(row) => <Row row={row} />}
      />
    </nav>
  );
}

function NewDocumentButton() {
  const keys = shortcutText({ key: 'n', control: true, shift: false }, isMac());
  const open = (event: MouseEvent) => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    useTreeEditing.setState({ menu: { subject: { type: 'all-folders' }, x: left, y: bottom } });
  };
  return (
    <button
      type="button"
      className="icon-button"
      aria-label="New document"
      aria-haspopup="menu"
      title={`New document (${keys})`}
      onClick={open}
    >
      <FilePlus size={16} aria-hidden />
    </button>
  );
}

function Row({ row }: { readonly row: TreeRow }) {
  if (row.type === 'group') return <GroupRow row={row} />;
  if (row.type === 'document') return <DocumentRow row={row} />;
  if (row.type === 'secret') return <SecretRow name={row.name} />;
  return <DraftRow key={JSON.stringify(row.draft)} draft={row.draft} />;
}

const draftKey = 'draft:';

function keyOf(row: TreeRow): string {
  if (row.type === 'group') return `group:${row.id}`;
  if (row.type === 'secret') return `secret:${row.name}`;
  return row.type === 'document' ? row.path : draftKey;
}

function textOf(row: TreeRow): string {
  if (row.type === 'group') return row.title;
  return row.type === 'draft' ? '' : row.name;
}

function rowProps(row: TreeRow): Record<string, string | number | boolean | undefined> {
  if (row.type === 'group') return { 'aria-level': 1, 'aria-expanded': row.open };
  if (row.type === 'draft') return { 'aria-level': 2, 'data-draft': true };
  if (row.type === 'secret') return { 'aria-level': 2, title: `((secret.${row.name}))` };
  return { 'aria-level': row.level, title: row.path };
}

function choose(row: TreeRow): void {
  if (row.type === 'group') toggleFolded(row.id);
  else if (row.type === 'document') openDocument(row.path);
  else if (row.type === 'secret') showSecrets(row.name);
}

function fold(row: TreeRow, step: 1 | -1): boolean {
  if (row.type !== 'group' || row.open === (step === 1)) return false;
  toggleFolded(row.id);
  return true;
}

function showMenu(row: TreeRow, place: { readonly x: number; readonly y: number }): void {
  const subject: MenuSubject | undefined =
    row.type === 'document'
      ? { type: 'document', path: row.path }
      : row.type === 'group' && isFolder(row.id)
        ? { type: 'folder', folder: row.id }
        : undefined;
  if (subject !== undefined) useTreeEditing.setState({ menu: { subject, ...place } });
}

/** F2 and Delete, as in every file manager. */
function changeByKey(row: TreeRow, key: string): boolean {
  if (row.type !== 'document' || !mayChangeName(row.path)) return false;
  if (key === 'F2') beginRename(row.path);
  else if (key === 'Delete') askDelete(row.path);
  else return false;
  return true;
}

function isFolder(group: string): boolean {
  return groups.some(({ id }) => id === group);
}

function GroupRow({ row }: { readonly row: Extract<TreeRow, { type: 'group' }> }) {
  const errors = useProblems((state) => countIn(state.byFile, row.id).errors);
  const warnings = useProblems((state) => countIn(state.byFile, row.id).warnings);
  const Chevron = row.open ? ChevronDown : ChevronRight;
  const one = groups.find(({ id }) => id === row.id)?.one;
  return (
    <span className="tree-row tree-group">
      <Chevron size={14} aria-hidden />
      <span className="truncate">{row.title}</span>
      <span className="muted small tabular">{row.count}</span>
      <span className="status-space" />
      {!row.open && <ProblemCounts errors={errors} warnings={warnings} />}
      {one !== undefined && (
        <button
          type="button"
          className="icon-button tree-add"
          // For the mouse: a tree holds rows only. By keyboard, Ctrl+N and the menu of the row do the same.
          aria-hidden
          tabIndex={-1}
          title={`New ${one}`}
          onClick={(event) => {
            event.stopPropagation();
            beginNew(row.id);
          }}
        >
          <Plus size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}

function SecretRow({ name }: { readonly name: string }) {
  return (
    <span className="tree-row" data-level={2}>
      <KeyRound size={14} className="tone-muted" aria-hidden />
      <span className="truncate">{name}</span>
    </span>
  );
}

function countIn(byFile: Readonly<Record<string, readonly Diagnostic[]>>, group: string) {
  const inGroup = Object.entries(byFile).filter(([path]) => groupOf(path) === group);
  return countBySeverity(inGroup.flatMap(([, found]) => found));
}

function DocumentRow({ row }: { readonly row: Extract<TreeRow, { type: 'document' }> }) {
  const dirty = useDocuments((state) => state.byPath[row.path]?.dirty ?? false);
  const conflict = useDocuments((state) => state.byPath[row.path]?.conflict !== undefined);
  const found = useProblems((state) => state.byFile[row.path]);
  const counts = found === undefined ? undefined : countBySeverity(found);
  const Icon = conflict ? FileWarning : FileText;
  return (
    <span className="tree-row" data-level={row.level}>
      <Icon size={14} className={conflict ? 'tone-attention' : 'tone-muted'} aria-hidden />
      <span className="truncate" data-severity={(counts?.errors ?? 0) > 0 ? 'error' : undefined}>
        {row.name}
      </span>
      {dirty && (
        <span className="unsaved-dot" title="Unsaved">
          <span className="visually-hidden">unsaved</span>
        </span>
      )}
      {conflict && <span className="visually-hidden">changed on disk</span>}
      <span className="status-space" />
      {counts !== undefined && <ProblemCounts errors={counts.errors} warnings={counts.warnings} />}
    </span>
  );
}
