import { expect, test } from 'vitest';
import type { Place } from '../authoring/protocol.ts';
import { keyOfRow, referenceRows } from './reference-rows.ts';

const place = (file: string, line: number, role: Place['role'] = 'reference'): Place => ({
  file,
  role,
  line: `line ${line}`,
  range: { start: { line, column: 3 }, end: { line, column: 7 } },
});

test('groups places by document, the document of the first place first', () => {
  const rows = referenceRows([place('b', 4, 'definition'), place('a', 1), place('b', 2), place('a', 9)]);
  expect(rows.map((row) => (row.type === 'file' ? `${row.path} ${row.count}` : row.place.line))).toEqual([
    'b 2',
    'line 2',
    'line 4',
    'a 2',
    'line 1',
    'line 9',
  ]);
  expect(new Set(rows.map(keyOfRow)).size).toBe(rows.length);
});
