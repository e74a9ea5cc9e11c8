import { useMemo } from 'react';
import type { CellProblem } from '#shared/fleet/check-table.ts';
import { pasteInto, setCell, useTable } from './table-store.ts';
import { visibleRows } from './visible-rows.ts';

/** The cells, each a field; what is wrong with one is told by its colour, its title and the list below. */
export function TableGrid() {
  const grid = useTable((state) => state.grid);
  const checked = useTable((state) => state.checked);
  const problems = useMemo(
    () => new Map((checked?.problems ?? []).map((each) => [`${each.row} ${each.column}`, each])),
    [checked],
  );
  if (grid === undefined) return null;
  const shown = visibleRows(grid.rows.length, checked?.problems ?? []);
  const hidden = grid.rows.length - shown.length;
  return (
    <div className="fleet-scroll">
      <table className="fleet-grid">
        <caption className="visually-hidden">Hosts of the table</caption>
        <thead>
          <tr>
            <th scope="col" className="fleet-number">
              <span className="visually-hidden">Row</span>
            </th>
            {grid.header.map((text, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <th key={column} scope="col">
                <Cell
                  row={-1}
                  column={column}
                  label="Header"
                  text={text}
                  problem={problems.get(`-1 ${column}`)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row}>
              <th scope="row" className="fleet-number muted tabular">
                {row + 1}
              </th>
              {grid.rows[row]?.map((text, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <td key={column}>
                  <Cell
                    row={row}
                    column={column}
                    label={`${grid.header[column]} of row ${row + 1}`}
                    text={text}
                    problem={problems.get(`${row} ${column}`)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <p className="fleet-hidden muted">{hidden} more rows are not shown; all of them are added.</p>
      )}
    </div>
  );
}

interface CellProps {
  readonly row: number;
  readonly column: number;
  readonly label: string;
  readonly text: string;
  readonly problem: CellProblem | undefined;
}

function Cell({ row, column, label, text, problem }: CellProps) {
  return (
    <input
      id={`fleet-${row}-${column}`}
      className="fleet-cell code"
      aria-label={row < 0 ? `Header of column ${column + 1}` : label}
      aria-invalid={problem?.severity === 'error'}
      data-severity={problem?.severity}
      title={problem?.message}
      spellCheck={false}
      size={Math.max(8, Math.min(32, text.length + 1))}
      value={text}
      onChange={(event) => setCell(row, column, event.target.value)}
      onPaste={(event) => {
        // Of several cells the field would make one text.
        if (pasteInto(row, column, event.clipboardData.getData('text/plain'))) event.preventDefault();
      }}
    />
  );
}
