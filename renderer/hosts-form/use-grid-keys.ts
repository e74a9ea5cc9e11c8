import type { KeyboardEvent } from 'react';
import type { CellRange } from '#shared/hosts-form/cell-block.ts';
import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import type { HostRow } from '#shared/hosts-form/host-row.ts';
import { isMac } from '../bridge.ts';
import type { Leave } from './CellEditor.tsx';
import { type GridPlace, placeAfterKey } from './grid-place.ts';
import { stepHostEdits } from './host-edits.ts';

export interface Editing {
  readonly text: string;
  /** The text is the first of what is typed, and not what stood there. */
  readonly isBegun: boolean;
}

/** Where the grid is, and what moves it. */
export interface GridState {
  readonly place: GridPlace;
  /** The other corner of the selection. */
  readonly anchor: GridPlace;
  /** The field of the active cell; undefined while none is edited. */
  readonly editing: Editing | undefined;
  readonly select: (anchor: GridPlace, place: GridPlace) => void;
  /** Starts to edit the active cell, with its own text or another; locked cells are not edited. */
  readonly edit: (text?: string) => void;
  readonly leave: (leave: Leave) => void;
  readonly open: (path: string) => void;
}

interface GridKeysOptions {
  readonly grid: GridState;
  readonly range: CellRange;
  readonly rows: readonly HostRow[];
  readonly columns: readonly HostColumn[];
  /** Rows that are in view. */
  readonly page: number;
  readonly edit: (cells: readonly { row: number; column: number; text: string }[]) => void;
  readonly onSort: (column: string) => void;
  readonly onOpen: (row: HostRow, column?: HostColumn) => void;
}

/** The keys of the grid while no cell is edited. */
export function useGridKeys(options: GridKeysOptions): (event: KeyboardEvent) => void {
  return (event) => {
    if (options.grid.editing !== undefined || event.target !== event.currentTarget || event.altKey) return;
    if (handleKey(options, event)) event.preventDefault();
  };
}

function handleKey(options: GridKeysOptions, event: KeyboardEvent): boolean {
  const { grid, rows, columns, page } = options;
  const { key, shiftKey } = event;
  const isControl = isMac() ? event.metaKey : event.ctrlKey;
  const size = { rows: rows.length, columns: columns.length };
  const next = placeAfterKey(grid.place, key, isControl, size, page);
  if (next !== undefined) {
    grid.select(shiftKey ? grid.anchor : next, next);
    return true;
  }
  if (isControl) return handleControl(options, key.toLowerCase(), shiftKey);
  if (grid.place.row < 0) {
    const column = columns[grid.place.column];
    if ((key !== 'Enter' && key !== ' ') || column === undefined) return false;
    options.onSort(column.id);
    return true;
  }
  if (key === 'Enter' || key === 'F2') grid.edit();
  else if (key === 'Delete' || key === 'Backspace') options.edit(emptyCells(options.range));
  else if (key.length === 1) grid.edit(key === ' ' ? undefined : key);
  else return false;
  return true;
}

function handleControl(
  { grid, rows, columns, onOpen }: GridKeysOptions,
  key: string,
  isShift: boolean,
): boolean {
  if (key === 'a') grid.select({ row: 0, column: 0 }, { row: rows.length - 1, column: columns.length - 1 });
  else if (key === 'z') stepHostEdits(isShift ? 'redo' : 'undo');
  else if (key === 'y') stepHostEdits('redo');
  else if (key === 'enter') {
    const row = rows[grid.place.row];
    if (row !== undefined) onOpen(row, columns[grid.place.column]);
  } else return false;
  return true;
}

export function emptyCells({ top, bottom, left, right }: CellRange) {
  const cells: { row: number; column: number; text: string }[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) cells.push({ row, column, text: '' });
  return cells;
}
