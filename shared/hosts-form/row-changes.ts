import { wordsOf } from '../fleet/host-cells.ts';
import type { PlainValue, ValueChange } from '../source/edit-value.ts';
import { childOf } from '../source/source-node.ts';
import type { HostColumn } from './host-columns.ts';
import type { HostRow } from './host-row.ts';

export interface CellEdit {
  readonly column: HostColumn;
  readonly text: string;
}

/** The keys of a host in their usual order: a new one stands where people look for it. */
const usualOrder = [
  ...['domain', 'role', 'profile', 'macs', 'bmc', 'network', 'userData', 'variables', 'kernelArguments'],
  ...['address', 'mac', 'credentials', 'ref'],
];

/** What goes altogether with its last entry; `macs` must be there, even without one. */
const optionalParents = new Set(['bmc', 'network', 'variables']);

/** What new texts in cells of a row change in its document. Locked cells and those that say the same stay. */
export function rowChanges(row: HostRow, edits: readonly CellEdit[]): ValueChange[] {
  const changed = edits.filter(({ column, text }) => {
    const cell = row.cell(column);
    return cell.locked === undefined && cell.text !== text.trim();
  });
  const removed = changed.filter(({ text }) => text.trim() === '');
  const set = changed.filter(({ text }) => text.trim() !== '');
  const emptied = parentsEmptied(row, removed, set);
  return [
    ...set.map(
      (edit): ValueChange => ({
        type: 'set',
        path: edit.column.path,
        value: typedValue(row, edit),
        order: usualOrder,
      }),
    ),
    ...removed
      .filter(({ column }) => !emptied.has(parentOf(column)) && row.cell(column).span !== undefined)
      .map(({ column }): ValueChange => ({ type: 'remove', path: column.path })),
    ...[...emptied].map((parent): ValueChange => ({ type: 'remove', path: ['spec', parent] })),
  ];
}

function parentOf({ path }: HostColumn): string {
  return path.length === 3 ? String(path[1]) : '';
}

function parentsEmptied(row: HostRow, removed: readonly CellEdit[], set: readonly CellEdit[]): Set<string> {
  const emptied = new Set<string>();
  for (const parent of optionalParents) {
    const node = childOf(childOf(row.root, 'spec'), parent);
    if (node?.type !== 'map' || set.some(({ column }) => parentOf(column) === parent)) continue;
    const gone = new Set(
      removed.flatMap(({ column }) => (parentOf(column) === parent ? [String(column.path[2])] : [])),
    );
    if (gone.size > 0 && node.entries.every(({ key }) => gone.has(String(key.value)))) emptied.add(parent);
  }
  return emptied;
}

/** A table has no types: what looks like a number or a switch is one in a variable, unless it was a text before. */
function typedValue(row: HostRow, { column, text }: CellEdit): PlainValue {
  const written = text.trim();
  if (column.kind === 'userData') return wordsOf(written);
  if (column.kind !== 'var') return written;
  const before = row.cell(column);
  const wasSuchText = before.isText && looksTyped(before.text);
  return looksTyped(written) && !wasSuchText ? (JSON.parse(written) as PlainValue) : written;
}

function looksTyped(text: string): boolean {
  return /^(0|[1-9]\d{0,14}|true|false)$/.test(text);
}
