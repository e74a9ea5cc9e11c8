import { expect, it } from 'vitest';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { columnsOf } from '#shared/hosts-form/host-columns.ts';
import { HostRow } from '#shared/hosts-form/host-row.ts';
import { problemsOf } from './cell-problems.ts';

const row = new HostRow('hosts/a.yaml', 'spec:\n  role: wroker\n  kernelArguments: [a]\n');
const columns = columnsOf([row]);

function finding(line: number, column: number, endColumn: number, rest: Partial<Diagnostic>): Diagnostic {
  const range = { start: { line, column }, end: { line, column: endColumn } };
  return { file: row.path, range, severity: 'error', code: 'value-invalid', message: 'Wrong.', ...rest };
}

it('puts a finding into the cell whose text it is about', () => {
  const wrong = finding(2, 9, 15, {});
  expect([...problemsOf(row, columns, [wrong]).byColumn]).toEqual([['role', [wrong]]]);
});

it('puts a key that is missing into the empty cell that it would fill', () => {
  const missing = finding(1, 1, 5, { code: 'key-missing', message: '“profile” is missing in “spec”.' });
  expect([...problemsOf(row, columns, [missing]).byColumn]).toEqual([['profile', [missing]]]);
});

it('keeps what is about no cell for the row, and leaves notes to the text', () => {
  const other = finding(3, 20, 21, {});
  const note = finding(2, 9, 15, { severity: 'info' });
  expect(problemsOf(row, columns, [other, note])).toEqual({ byColumn: new Map(), others: [other] });
});
