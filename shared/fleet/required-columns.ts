import { hostRoles } from '../schema/host.ts';
import type { CellProblem } from './check-table.ts';
import type { Column, PlainKind } from './columns.ts';

/** What no host can do without, in the words of a table. */
const required: readonly (readonly [kind: PlainKind, what: string])[] = [
  ['role', `what the host does, one of ${hostRoles.join(', ')}`],
  ['profile', 'the name of a document in profiles/'],
  ['network', 'the name of a document in networks/'],
];

/** Columns that the table lacks, told at the column of the names. */
export function missingColumns(columns: readonly Column[], nameColumn: number): CellProblem[] {
  return required
    .filter(([kind]) => !columns.some((column) => column.kind === kind))
    .map(([kind, what]) => {
      const message = `The table needs a column “${kind}”: ${what}.`;
      return { row: -1, column: nameColumn, severity: 'error', message };
    });
}

/** Cells of a row that must not be empty. */
export function emptyCells(
  columns: readonly Column[],
  values: readonly string[],
  row: number,
): CellProblem[] {
  return required.flatMap(([kind, what]) => {
    const column = columns.findIndex((each) => each.kind === kind);
    if (column < 0 || values[column] !== '') return [];
    return [{ row, column, severity: 'error', message: `A host needs a ${kind}: ${what}.` }];
  });
}
