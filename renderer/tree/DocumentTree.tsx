import './document-tree.css';
import { ChevronDown, ChevronRight, FileText, FileWarning } from 'lucide-react';
import { useMemo } from 'react';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { ProblemCounts } from '../components/Icons.tsx';
import { VirtualList } from '../components/VirtualList.tsx';
import { useDocuments } from '../state/documents.ts';
import { toggleFolded, useLayout } from '../state/layout.ts';
import { countBySeverity, useProblems } from '../state/problems.ts';
import { useSite } from '../state/site.ts';
import { openDocument } from '../workbench/documents.ts';
import { groupOf, pathsOf, type TreeRow, treeRows } from './tree-rows.ts';

export function DocumentTree() {
  const siteName = useSite((state) => state.overview?.name || state.site?.name || '');
  // A string compares by value: typing, which changes documents but not their names, does not render the tree.
  const paths = useDocuments((state) => pathsOf(state.byPath));
  const folded = useLayout((state) => state.folded);
  const active = useDocuments((state) => state.active);
  const rows = useMemo(() => treeRows(paths === '' ? [] : paths.split('\n'), folded), [paths, folded]);
  return (
    <nav className="pane tree" aria-label="Documents">
      <div className="pane-header">
        <h1 className="truncate" title={siteName}>
          {siteName}
        </h1>
      </div>
      <VirtualList
        label="Documents of the site"
        role="tree"
        rows={rows}
        rowHeight={24}
        keyOf={keyOf}
        selectedKey={active}
        textOf={(row) => (row.type === 'group' ? row.title : row.name)}
        rowProps={rowProps}
        onChoose={(row) => (row.type === 'group' ? toggleFolded(row.id) : openDocument(row.path))}
        onSideways={fold}
        render={(row) => (row.type === 'group' ? <GroupRow row={row} /> : <DocumentRow row={row} />)}
      />
    </nav>
  );
}

function keyOf(row: TreeRow): string {
  return row.type === 'group' ? `group:${row.id}` : row.path;
}

function rowProps(row: TreeRow): Record<string, string | number | boolean | undefined> {
  return row.type === 'group'
    ? { 'aria-level': 1, 'aria-expanded': row.open }
    : { 'aria-level': row.level, title: row.path };
}

function fold(row: TreeRow, step: 1 | -1): boolean {
  if (row.type !== 'group' || row.open === (step === 1)) return false;
  toggleFolded(row.id);
  return true;
}

function GroupRow({ row }: { readonly row: Extract<TreeRow, { type: 'group' }> }) {
  const errors = useProblems((state) => countIn(state.byFile, row.id).errors);
  const warnings = useProblems((state) => countIn(state.byFile, row.id).warnings);
  const Chevron = row.open ? ChevronDown : ChevronRight;
  return (
    <span className="tree-row tree-group">
      <Chevron size={14} aria-hidden />
      <span className="truncate">{row.title}</span>
      <span className="muted small tabular">{row.count}</span>
      <span className="status-space" />
      {!row.open && <ProblemCounts errors={errors} warnings={warnings} />}
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
