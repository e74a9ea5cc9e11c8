import './problems.css';
import { FileText } from 'lucide-react';
import { useMemo } from 'react';
import { FineIcon, SeverityIcon, severityWord } from '../components/Icons.tsx';
import { VirtualList } from '../components/VirtualList.tsx';
import { showSecrets } from '../secrets/secrets-store.ts';
import { type ProblemRow, problemRows, useProblems } from '../state/problems.ts';
import { useSite } from '../state/site.ts';
import { openDocument } from '../workbench/documents.ts';
import { showProblem } from './show-problem.ts';

export function ProblemsList() {
  const byFile = useProblems((state) => state.byFile);
  const checked = useSite((state) => state.overview !== undefined);
  const rows = useMemo(() => problemRows(byFile), [byFile]);
  if (!checked) return <p className="problems-none muted">Checking the documents…</p>;
  if (rows.length === 0) {
    return (
      <div className="problems-none">
        <FineIcon />
        <p className="muted">No problems in the documents of this site.</p>
      </div>
    );
  }
  return (
    <VirtualList
      label="Problems"
      role="tree"
      className="problems"
      rows={rows}
      rowHeight={24}
      unfoldsActive
      keyOf={keyOf}
      rowProps={rowProps}
      onChoose={choose}
      render={(row, { active }) =>
        row.type === 'file' ? <FileRow row={row} /> : <ProblemLine row={row} isUnfolded={active} />
      }
    />
  );
}

function keyOf(row: ProblemRow): string {
  if (row.type === 'file') return row.path;
  const { range, code, message } = row.problem;
  return `${row.path}:${range.start.line}:${range.start.column}:${range.end.line}:${range.end.column}:${code}:${message}`;
}

function rowProps(row: ProblemRow): Record<string, string | number | boolean> {
  return row.type === 'file'
    ? { 'aria-level': 1, 'aria-expanded': true }
    : { 'aria-level': 2, title: row.problem.message };
}

function choose(row: ProblemRow): void {
  if (row.type === 'problem') showProblem(row.problem);
  else if (useProblems.getState().beside.includes(row.path)) showSecrets();
  else openDocument(row.path);
}

function FileRow({ row }: { readonly row: Extract<ProblemRow, { type: 'file' }> }) {
  return (
    <span className="problem-row problem-file">
      <FileText size={14} className="tone-muted" aria-hidden />
      {row.path}
      <span className="muted small tabular">{row.count}</span>
    </span>
  );
}

interface ProblemLineProps {
  readonly row: Extract<ProblemRow, { type: 'problem' }>;
  /** Whether the message is there to its end, on as many lines as it takes. */
  readonly isUnfolded: boolean;
}

function ProblemLine({ row, isUnfolded }: ProblemLineProps) {
  const { severity, message, code, range } = row.problem;
  return (
    <span className="problem-row problem-line" data-unfolded={isUnfolded || undefined}>
      <SeverityIcon severity={severity} />
      <span className="visually-hidden">{severityWord(severity)}: </span>
      <span className={isUnfolded ? 'problem-message' : 'truncate'}>{message}</span>
      <span className="muted small problem-code">
        <span>{code}</span>
      </span>
      <span className="muted small tabular problem-place">
        Ln {range.start.line}, Col {range.start.column}
      </span>
    </span>
  );
}
