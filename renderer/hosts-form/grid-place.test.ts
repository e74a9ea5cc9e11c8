import { expect, it } from 'vitest';
import { type GridPlace, placeAfterKey, rangeBetween } from './grid-place.ts';

const size = { rows: 500, columns: 12 };
const from: GridPlace = { row: 10, column: 3 };
const after = (key: string, isControl = false, place = from) =>
  placeAfterKey(place, key, isControl, size, 20);

it('moves by cells, by pages and to the ends', () => {
  expect(after('ArrowDown')).toEqual({ row: 11, column: 3 });
  expect(after('ArrowRight', true)).toEqual({ row: 10, column: 11 });
  expect(after('PageUp')).toEqual({ row: 0, column: 3 });
  expect(after('PageDown', false, { row: 490, column: 3 })).toEqual({ row: 499, column: 3 });
  expect(after('End', true)).toEqual({ row: 499, column: 11 });
  expect(after('x')).toBeUndefined();
  expect(after('constructor')).toBeUndefined();
});

it('reaches the header from the first row, and nothing beyond', () => {
  expect(after('ArrowUp', false, { row: 0, column: 0 })).toEqual({ row: -1, column: 0 });
  expect(after('ArrowUp', false, { row: -1, column: 0 })).toEqual({ row: -1, column: 0 });
  expect(after('ArrowLeft', false, { row: 0, column: 0 })).toEqual({ row: 0, column: 0 });
});

it('spans a block whichever corner came first', () => {
  expect(rangeBetween({ row: 4, column: 1 }, { row: 2, column: 5 })).toEqual({
    top: 2,
    bottom: 4,
    left: 1,
    right: 5,
  });
});
