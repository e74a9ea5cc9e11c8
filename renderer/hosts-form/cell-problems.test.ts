import { expect, test } from 'vitest';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { columnsOf } from '#shared/hosts-form/host-columns.ts';
import { HostRow } from '#shared/hosts-form/host-row.ts';
import { problemsOf } from './cell-problems.ts';

const head = 'kind: Host\nmetadata:\n  name: wk-1\nspec:\n  role: worker\n';
const bare = new HostRow('hosts/wk-1.yaml', head);
const whole = new HostRow(
  'hosts/wk-2.yaml',
  `${head}  network: {ref: bonded}\n  macs: {eno1: "52:54:00:00:00:01"}\n`,
);
const columns = columnsOf([bare, whole]);

function missing(key: string): Diagnostic {
  return {
    file: 'hosts/wk-1.yaml',
    range: { start: { line: 4, column: 1 }, end: { line: 4, column: 5 } },
    severity: 'error',
    code: 'key-missing',
    message: `“${key}” is missing in “spec”.`,
  };
}

test.each([
  ['profile', 'profile'],
  ['network', 'network'],
  ['macs', 'mac.eno1'],
])('puts a missing %s at the cell that would fill it', (key, column) => {
  const { byColumn, others } = problemsOf(bare, columns, [missing(key)]);
  expect([...byColumn.keys()]).toEqual([column]);
  expect(others).toEqual([]);
});

test('leaves what no cell is about to the row', () => {
  const { byColumn, others } = problemsOf(bare, columns, [missing('kernelArguments')]);
  expect(byColumn.size).toBe(0);
  expect(others).toHaveLength(1);
});
