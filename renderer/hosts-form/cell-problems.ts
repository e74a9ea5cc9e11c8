import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { diagnosticsByPlace } from '#shared/diagnostics/diagnostics-by-place.ts';
import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import type { HostRow } from '#shared/hosts-form/host-row.ts';

export interface RowProblems {
  /** By the id of the column. */
  readonly byColumn: ReadonlyMap<string, readonly Diagnostic[]>;
  /** What is about the host and no cell of it, such as a key that is missing. */
  readonly others: readonly Diagnostic[];
}

/** The findings of a document by the cells that they are about. Notes are left to the text. */
export function problemsOf(
  row: HostRow,
  columns: readonly HostColumn[],
  found: readonly Diagnostic[],
): RowProblems {
  const problems = found.filter(({ severity }) => severity !== 'info');
  const places = columns.flatMap((column) => {
    const { span } = row.cell(column);
    return span === undefined ? [] : [{ name: column.id, span }];
  });
  const byColumn = new Map(diagnosticsByPlace(row.source, problems, places));
  const placed = new Set([...byColumn.values()].flat());
  const others = problems.filter((problem) => {
    if (placed.has(problem)) return false;
    const column = columnMissed(row, columns, problem);
    if (column !== undefined) byColumn.set(column.id, [...(byColumn.get(column.id) ?? []), problem]);
    return column === undefined;
  });
  return { byColumn, others };
}

/** The first empty cell below a key that is missing: the finding itself stands at the mapping around it. */
function columnMissed(
  row: HostRow,
  columns: readonly HostColumn[],
  { code, message }: Diagnostic,
): HostColumn | undefined {
  const key = code === 'key-missing' ? /^“([^”]+)”/.exec(message)?.[1] : undefined;
  if (key === undefined) return undefined;
  return columns.find((column) => column.path.includes(key) && row.cell(column).text === '');
}
