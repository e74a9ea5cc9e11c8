import { AlertTriangle, CircleX, SquareArrowOutUpRight } from 'lucide-react';
import { memo, type ReactNode, useMemo } from 'react';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import type { HostCell, HostRow } from '#shared/hosts-form/host-row.ts';
import { SeverityIcon, severityWord } from '../components/Icons.tsx';
import { useProblems } from '../state/problems.ts';
import { problemsOf } from './cell-problems.ts';
import { GridPart } from './GridPart.tsx';

interface GridRowProps {
  /** Prefix of the ids of its cells. */
  readonly id: string;
  readonly index: number;
  readonly row: HostRow;
  readonly columns: readonly HostColumn[];
  /** Selected columns, both inclusive; -1 for none. */
  readonly from: number;
  readonly to: number;
  readonly active: number;
  /** The field of the active cell while it is edited. */
  readonly field: ReactNode | undefined;
  readonly onOpen: (path: string) => void;
}

const none: readonly Diagnostic[] = [];

/** A host: the button that opens its document, and a cell for each column. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, index, row, columns, from, to, active, field, onOpen } = props;
  const found = useProblems(({ byFile }) => byFile[row.path] ?? none);
  const problems = useMemo(() => problemsOf(row, columns, found), [row, columns, found]);
  const name = row.path.replace(/^hosts\/|\.ya?ml$/g, '');
  return (
    <>
      <GridPart role="gridcell" className="hosts-grid-lead" aria-colindex={1}>
        <button
          type="button"
          className="icon-button"
          tabIndex={-1}
          aria-label={`Open ${name}`}
          title="Open the document (Ctrl+Enter)"
          onClick={() => onOpen(row.path)}
        >
          <SquareArrowOutUpRight size={14} aria-hidden />
        </button>
        <RowMark found={found} others={problems.others} />
      </GridPart>
      {columns.map((column, at) => (
        <Cell
          key={column.id}
          id={`${id}-${index}-${at}`}
          column={at}
          row={index}
          cell={row.cell(column)}
          isName={column.kind === 'name'}
          isSelected={at >= from && at <= to}
          isActive={at === active}
          problems={problems.byColumn.get(column.id) ?? none}
        >
          {at === active ? field : undefined}
        </Cell>
      ))}
    </>
  );
});

interface RowMarkProps {
  readonly found: readonly Diagnostic[];
  /** Of them, what is about none of the cells. */
  readonly others: readonly Diagnostic[];
}

/** What is wrong with the host: the cell that it is about may be far to the right. */
function RowMark({ found, others }: RowMarkProps) {
  const gravest = gravestOf(found);
  if (gravest === undefined) return null;
  return (
    <span className="hosts-grid-others" title={found.map(({ message }) => message).join('\n')}>
      <SeverityIcon severity={gravest} />
      <span className="visually-hidden">
        {others.length > 0 ? wordsOf(others) : 'Cells of this host have problems.'}
      </span>
    </span>
  );
}

export function gravestOf(problems: readonly Diagnostic[]): 'error' | 'warning' | undefined {
  if (problems.length === 0) return undefined;
  return problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
}

function wordsOf(problems: readonly Diagnostic[]): string {
  return problems.map(({ severity, message }) => `${severityWord(severity)}: ${message}`).join(' ');
}

interface CellProps {
  readonly id: string;
  readonly row: number;
  readonly column: number;
  readonly cell: HostCell;
  readonly isName: boolean;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly problems: readonly Diagnostic[];
  readonly children: ReactNode;
}

const lockedWords = {
  broken: 'not readable',
  'own-network': 'its own',
  'other-shape': 'in the text',
} as const;

function Cell({ id, row, column, cell, isName, isSelected, isActive, problems, children }: CellProps) {
  const gravest = gravestOf(problems);
  const title = problems.length > 0 ? problems.map(({ message }) => message).join('\n') : cell.text;
  const Sign = gravest === 'error' ? CircleX : AlertTriangle;
  return (
    <GridPart
      id={id}
      role="gridcell"
      aria-colindex={column + 2}
      aria-selected={isSelected}
      aria-readonly={cell.locked !== undefined || undefined}
      aria-invalid={gravest === 'error' || undefined}
      className={isName ? 'hosts-grid-cell hosts-grid-name' : 'hosts-grid-cell'}
      data-row={row}
      data-column={column}
      data-active={isActive || undefined}
      data-severity={gravest}
      title={title}
    >
      {children ?? (
        <>
          <span className="code truncate">{cell.text}</span>
          {cell.locked !== undefined && <span className="muted small">{lockedWords[cell.locked]}</span>}
          {gravest !== undefined && (
            <>
              <Sign
                size={12}
                className={gravest === 'error' ? 'tone-failed' : 'tone-attention'}
                aria-hidden
              />
              <span className="visually-hidden">{wordsOf(problems)}</span>
            </>
          )}
        </>
      )}
    </GridPart>
  );
}
