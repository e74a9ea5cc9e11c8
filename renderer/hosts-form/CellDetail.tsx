import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import type { HostRow } from '#shared/hosts-form/host-row.ts';
import { kindOfPath } from '#shared/site/document-kinds.ts';
import { SeverityIcon } from '../components/Icons.tsx';
import { unsavedPaths, useDocuments } from '../state/documents.ts';
import { useProblems } from '../state/problems.ts';
import { useSite } from '../state/site.ts';
import { saveDocuments } from '../workbench/save-documents.ts';
import { problemsOf } from './cell-problems.ts';

interface CellDetailProps {
  readonly row: HostRow | undefined;
  readonly column: HostColumn | undefined;
  readonly columns: readonly HostColumn[];
  /** How many cells are selected. */
  readonly count: number;
}

/** One line below the table: what is wrong with the active cell, or what it stands for. */
export function CellDetail({ row, column, columns, count }: CellDetailProps) {
  const found = useProblems(({ byFile }) => (row === undefined ? undefined : byFile[row.path]));
  const images = useSite(({ overview }) => overview?.images);
  if (row === undefined || column === undefined)
    return <p className="hosts-grid-detail muted small">{keys}</p>;
  const { byColumn, others } = problemsOf(row, columns, found ?? []);
  const problems = byColumn.get(column.id) ?? others;
  const { text, locked } = row.cell(column);
  const image = images?.find(({ profile }) => profile === text)?.name;
  return (
    <div className="hosts-grid-detail small" data-testid="cell-detail">
      {problems.length > 0 ? (
        <ul>
          {problems.map(({ severity, message }) => (
            <li key={message} className="hosts-grid-problem">
              <SeverityIcon severity={severity} />
              <span>{message}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">
          {count > 1
            ? `${count} cells: Ctrl+C copies them, Ctrl+V fills them, Delete empties them.`
            : locked !== undefined
              ? lockedSentences[locked]
              : column.kind === 'profile' && image !== undefined
                ? `Baked into the image ${image}.`
                : keys}
        </p>
      )}
      <UnsavedHosts />
    </div>
  );
}

/** Edits of the table are no more saved than typed ones; none of the hosts needs to have a tab. */
function UnsavedHosts() {
  const documents = useDocuments(({ byPath }) => byPath);
  const paths = unsavedPaths({ byPath: documents }).filter((path) => kindOfPath(path) === 'host');
  if (paths.length === 0) return null;
  return (
    <button type="button" className="button button-small" onClick={() => void saveDocuments(paths)}>
      Save {paths.length === 1 ? '1 host' : `${paths.length} hosts`}
    </button>
  );
}

const keys = 'Type or press Enter to edit, Ctrl+Enter to open the document, Ctrl+Z to take an edit back.';

const lockedSentences = {
  broken: 'The text of this host cannot be read to its end. Open the document and mend it first.',
  'own-network': 'This host has a network of its own, which is edited in its document.',
  'other-shape': 'Something else than one value stands here, which is edited in the document.',
} as const;
