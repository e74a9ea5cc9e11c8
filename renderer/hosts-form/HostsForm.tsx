import { useCallback, useMemo, useRef, useState } from 'react';
import { columnsOf, type HostColumn } from '#shared/hosts-form/host-columns.ts';
import type { HostRow } from '#shared/hosts-form/host-row.ts';
import { type HostSort, orderRows } from '#shared/hosts-form/order-rows.ts';
import { rangeOf } from '#shared/source/source-text.ts';
import { chooseHost, useSite } from '../state/site.ts';
import { jumpTo } from '../workbench/documents.ts';
import { CellDetail } from './CellDetail.tsx';
import type { Leave } from './CellEditor.tsx';
import { columnWidths } from './column-widths.ts';
import { type GridPlace, rangeBetween, within } from './grid-place.ts';
import { HostsGrid } from './HostsGrid.tsx';
import type { Editing } from './use-grid-keys.ts';
import { useHostRows } from './use-host-rows.ts';

interface HostsFormProps {
  readonly filter: string;
}

/** The hosts of the site as cells of a table, each edited in the text of its document. */
export function HostsForm({ filter }: HostsFormProps) {
  const byPath = useHostRows();
  if (byPath === undefined) return <p className="hosts-grid-wait muted">Reading…</p>;
  return <Table byPath={byPath} filter={filter} />;
}

interface TableProps extends HostsFormProps {
  readonly byPath: ReadonlyMap<string, HostRow>;
}

function Table({ byPath, filter }: TableProps) {
  const columns = useSteadyColumns(byPath);
  const [sort, setSort] = useState<HostSort>({ column: 'name', isDescending: false });
  const order = useSteadyOrder(byPath, columns, sort, filter);
  const rows = useMemo(() => order.flatMap((path) => byPath.get(path) ?? []), [order, byPath]);
  const widths = useMemo(() => columnWidths(columns, byPath.values()), [columns, byPath]);
  const grid = useGrid(rows, columns);
  const { place, anchor } = grid;
  const range = useMemo(() => rangeBetween(anchor, place), [anchor, place]);
  const onSort = (column: string) =>
    setSort((before) => ({ column, isDescending: before.column === column && !before.isDescending }));
  const count = (range.bottom - range.top + 1) * (range.right - range.left + 1);
  return (
    <div className="hosts-form">
      <HostsGrid
        rows={rows}
        columns={columns}
        widths={widths}
        sort={sort}
        onSort={onSort}
        grid={grid}
        range={range}
        onOpen={openAt}
      />
      {rows.length === 0 && <p className="hosts-grid-wait muted">No host has all of these words.</p>}
      <CellDetail row={rows[place.row]} column={columns[place.column]} columns={columns} count={count} />
    </div>
  );
}

/** Opens the document of a host, at the value of a column where it has one. */
function openAt(row: HostRow, column?: HostColumn): void {
  const span = column === undefined ? undefined : row.cell(column).span;
  const { start } = rangeOf(row.source, span ?? { start: 0, end: 0 });
  jumpTo({ path: row.path, ...start });
}

/** The same columns for as long as the hosts fill the same ones. */
function useSteadyColumns(byPath: ReadonlyMap<string, HostRow>): readonly HostColumn[] {
  const kept = useRef<readonly HostColumn[]>([]);
  return useMemo(() => {
    const columns = columnsOf(byPath.values());
    const isSame =
      columns.length === kept.current.length &&
      columns.every(({ id }, index) => id === kept.current[index]?.id);
    if (!isSame) kept.current = columns;
    return kept.current;
  }, [byPath]);
}

/** A row stays where it is while its cells are edited: only a sort, a filter, or another set of hosts orders anew. */
function useSteadyOrder(
  byPath: ReadonlyMap<string, HostRow>,
  columns: readonly HostColumn[],
  sort: HostSort,
  filter: string,
): readonly string[] {
  const paths = [...byPath.keys()].join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(
    () => orderRows([...byPath.values()], columns, sort, filter),
    [paths, columns, sort, filter],
  );
}

function useGrid(rows: readonly HostRow[], columns: readonly HostColumn[]) {
  const [selection, setSelection] = useState({ anchor: origin, place: origin });
  const [editing, setEditing] = useState<Editing>();
  const size = { rows: rows.length, columns: columns.length };
  const place = useSteady(within(selection.place, size));
  const anchor = useSteady(within(selection.anchor, size));
  const select = (from: GridPlace, to: GridPlace) => {
    setEditing(undefined);
    setSelection({ anchor: from, place: to });
    chooseSoon(rows[to.row]?.path);
  };
  const edit = (text?: string) => {
    const row = rows[place.row];
    const column = columns[place.column];
    const cell = row === undefined || column === undefined ? undefined : row.cell(column);
    if (cell === undefined || cell.locked !== undefined) return;
    setEditing({ text: text ?? cell.text, isBegun: text !== undefined });
  };
  const leave = (to: Leave) => {
    const steps = { stay: [0, 0], down: [1, 0], up: [-1, 0], right: [0, 1], left: [0, -1] } as const;
    const [down, right] = steps[to];
    const next = { row: Math.max(0, place.row + down), column: place.column + right };
    setEditing(undefined);
    if (to !== 'stay') select(next, next);
  };
  const open = useCallback((path: string) => jumpTo({ path, line: 1, column: 1 }), []);
  return { place, anchor, editing, select, edit, leave, open };
}

/** Milliseconds: a key that is held down passes many hosts, and each would be rendered. */
const pause = 200;
let choosing: ReturnType<typeof setTimeout> | undefined;

/** Preview, stamp and the rest follow the host that is worked on. */
function chooseSoon(path: string | undefined): void {
  clearTimeout(choosing);
  choosing = setTimeout(() => {
    const host = useSite.getState().overview?.hosts.find((one) => one.path === path);
    if (host !== undefined) chooseHost(host.name);
  }, pause);
}

const origin: GridPlace = { row: 0, column: 0 };

/** The same object for the same place, so that rows and effects that did not change stay. */
function useSteady(place: GridPlace): GridPlace {
  const { row, column } = place;
  return useMemo(() => ({ row, column }), [row, column]);
}
