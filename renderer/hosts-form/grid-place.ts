import type { CellRange } from '#shared/hosts-form/cell-block.ts';

/** A cell by its row and column, from 0. Row -1 is the header. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

export function rangeBetween(one: GridPlace, other: GridPlace): CellRange {
  return {
    top: Math.max(0, Math.min(one.row, other.row)),
    bottom: Math.max(0, one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}

/** Where a key leads, as in a spreadsheet; undefined for keys that lead nowhere. `page` is a number of rows. */
export function placeAfterKey(
  { row, column }: GridPlace,
  key: string,
  isControl: boolean,
  size: GridSize,
  page: number,
): GridPlace | undefined {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const steps: Readonly<Record<string, GridPlace>> = {
    ArrowDown: { row: isControl ? last.row : row + 1, column },
    ArrowUp: { row: isControl ? 0 : row - 1, column },
    ArrowRight: { row, column: isControl ? last.column : column + 1 },
    ArrowLeft: { row, column: isControl ? 0 : column - 1 },
    PageDown: { row: row + page, column },
    PageUp: { row: Math.max(0, row - page), column },
    Home: { row: isControl ? 0 : row, column: 0 },
    End: { row: isControl ? last.row : row, column: last.column },
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return step && within(step, size);
}

export function within({ row, column }: GridPlace, size: GridSize): GridPlace {
  return {
    row: Math.max(-1, Math.min(size.rows - 1, row)),
    column: Math.max(0, Math.min(size.columns - 1, column)),
  };
}
