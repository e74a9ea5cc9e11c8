import './hosts-form.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type MouseEvent, useEffect, useId, useRef } from 'react';
import { type CellRange, placeBlock, readBlock, writeBlock } from '#shared/hosts-form/cell-block.ts';
import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import type { HostRow } from '#shared/hosts-form/host-row.ts';
import type { HostSort } from '#shared/hosts-form/order-rows.ts';
import { useSite } from '../state/site.ts';
import { CellEditor } from './CellEditor.tsx';
import { choicesOf } from './choices.ts';
import { GridPart } from './GridPart.tsx';
import { GridRow } from './GridRow.tsx';
import type { GridPlace } from './grid-place.ts';
import { editCells, type HostEdit } from './host-edits.ts';
import { useClipboard } from './use-clipboard.ts';
import { emptyCells, type GridState, useGridKeys } from './use-grid-keys.ts';

interface HostsGridProps {
  readonly rows: readonly HostRow[];
  readonly columns: readonly HostColumn[];
  readonly widths: readonly number[];
  readonly sort: HostSort;
  readonly onSort: (column: string) => void;
  readonly grid: GridState;
  readonly range: CellRange;
  readonly onOpen: (row: HostRow, column?: HostColumn) => void;
}

/** Pixels. */
const rowHeight = 30;
const headerHeight = 30;
const leadWidth = 56;

/** The cells. The grid holds the focus; arrows move its active cell, Shift extends the selection. */
export function HostsGrid(props: HostsGridProps) {
  const { rows, columns, widths, sort, onSort, grid, range, onOpen } = props;
  const { place, editing } = grid;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const overview = useSite((state) => state.overview);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    getItemKey: (index) => rows[index]?.path ?? index,
  });
  useEffect(() => {
    if (place.row >= 0) virtualizer.scrollToIndex(place.row, { align: 'auto' });
    scrollToColumn(scroller.current, widths, place.column);
  }, [place, widths, virtualizer]);
  const edit = (cells: readonly { row: number; column: number; text: string }[]) =>
    editCells(
      cells.flatMap(({ row, column, text }): HostEdit[] => {
        const path = rows[row]?.path;
        const of = columns[column];
        return path === undefined || of === undefined ? [] : [{ path, column: of, text }];
      }),
    );
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
  const onKeyDown = useGridKeys({ grid, range, rows, columns, page, edit, onSort, onOpen });
  const focusGrid = () => scroller.current?.focus({ preventScroll: true });

  const selected = () =>
    rows
      .slice(range.top, range.bottom + 1)
      .map((row) => columns.slice(range.left, range.right + 1).map((column) => row.cell(column).text));
  useClipboard(scroller, editing === undefined && place.row >= 0, {
    copy: () => writeBlock(selected()),
    clear: () => edit(emptyCells(range)),
    paste: (text) => {
      const placed = placeBlock(readBlock(text), range, { rows: rows.length, columns: columns.length });
      const last = placed.at(-1);
      if (edit(placed) && last !== undefined) grid.select({ row: range.top, column: range.left }, last);
    },
  });
  const onMouse = (event: MouseEvent) => {
    const at = placeOf(event.target);
    if (at === undefined || event.button !== 0) return;
    const isSame = at.row === place.row && at.column === place.column;
    if (event.type === 'mousemove') {
      if (event.buttons === 1 && editing === undefined && !isSame) grid.select(grid.anchor, at);
      return;
    }
    if (editing !== undefined && isSame) return;
    // The field that is left takes its text when the grid takes the focus.
    event.preventDefault();
    focusGrid();
    if (event.shiftKey) grid.select(grid.anchor, at);
    else grid.select(at, at);
  };
  const template = `${leadWidth}px ${widths.map((width) => `${width}px`).join(' ')}`;
  const width = leadWidth + widths.reduce((sum, each) => sum + each, 0);
  const items = virtualizer.getVirtualItems();
  const isThere = place.row < 0 || items.some(({ index }) => index === place.row);
  const column = columns[place.column];
  return (
    <GridPart
      ref={scroller}
      role="grid"
      aria-label="Hosts, edited in place"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={
        isThere && editing === undefined ? `${id}-${place.row}-${place.column}` : undefined
      }
      tabIndex={0}
      className="hosts-grid"
      onScroll={({ currentTarget }) =>
        currentTarget.toggleAttribute('data-sideways', currentTarget.scrollLeft > 0)
      }
      onKeyDown={onKeyDown}
      onMouseDown={onMouse}
      onMouseMove={onMouse}
      onDoubleClick={(event) => placeOf(event.target) !== undefined && grid.edit()}
    >
      <GridPart
        role="row"
        aria-rowindex={1}
        className="hosts-grid-row hosts-grid-header"
        style={{ gridTemplateColumns: template, width, height: headerHeight }}
      >
        <GridPart role="columnheader" className="hosts-grid-lead" aria-colindex={1}>
          <span className="visually-hidden">Document</span>
        </GridPart>
        {columns.map(({ id: of, title, kind }, index) => (
          <Header
            key={of}
            id={`${id}--1-${index}`}
            index={index}
            title={title}
            isName={kind === 'name'}
            isActive={place.row < 0 && place.column === index}
            sorted={sort.column === of ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
            onSort={() => onSort(of)}
          />
        ))}
      </GridPart>
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), width, position: 'relative' }}>
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const isSelected = index >= range.top && index <= range.bottom && place.row >= 0;
          const isActive = index === place.row;
          return (
            <GridPart
              key={key}
              role="row"
              aria-rowindex={index + 2}
              className="hosts-grid-row"
              style={{ gridTemplateColumns: template, width, height: rowHeight, top: start - headerHeight }}
            >
              <GridRow
                id={id}
                index={index}
                row={row}
                columns={columns}
                from={isSelected ? range.left : -1}
                to={isSelected ? range.right : -2}
                active={isActive ? place.column : -1}
                onOpen={grid.open}
                field={
                  isActive && editing !== undefined && column !== undefined ? (
                    <CellEditor
                      label={`${column.title} of ${row.path}`}
                      {...editing}
                      choices={choicesOf(column, overview)}
                      onCancel={() => {
                        grid.leave('stay');
                        focusGrid();
                      }}
                      onTake={(text, leave) => {
                        edit([{ row: index, column: place.column, text }]);
                        grid.leave(leave);
                        if (leave !== 'stay') focusGrid();
                      }}
                    />
                  ) : undefined
                }
              />
            </GridPart>
          );
        })}
      </div>
    </GridPart>
  );
}

interface HeaderProps {
  readonly id: string;
  readonly index: number;
  readonly title: string;
  readonly isName: boolean;
  readonly isActive: boolean;
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
}

function Header({ id, index, title, isName, isActive, sorted, onSort }: HeaderProps) {
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <GridPart
      id={id}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sorted}
      data-active={isActive || undefined}
      className={isName ? 'hosts-grid-title hosts-grid-name' : 'hosts-grid-title'}
      title={`Sort by ${title}`}
      onClick={onSort}
    >
      <span className="truncate">{title}</span>
      {sorted !== undefined && <Arrow size={12} aria-hidden />}
    </GridPart>
  );
}

function placeOf(target: EventTarget): GridPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (cell === null) return undefined;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

/** The button of a row and its name stay in view; what is active must not lie behind them. */
function scrollToColumn(scroller: HTMLElement | null, widths: readonly number[], column: number): void {
  if (scroller === null || column === 0) return;
  const left = leadWidth + widths.slice(0, column).reduce((sum, each) => sum + each, 0);
  const fixed = leadWidth + (widths[0] ?? 0);
  const right = left + (widths[column] ?? 0);
  if (left - fixed < scroller.scrollLeft) scroller.scrollLeft = left - fixed;
  else if (right > scroller.scrollLeft + scroller.clientWidth)
    scroller.scrollLeft = right - scroller.clientWidth;
}
