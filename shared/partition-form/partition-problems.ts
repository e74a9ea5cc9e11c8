import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnosticsByPlace, type NamedPlace } from '../diagnostics/diagnostics-by-place.ts';
import { childOf, entryOf, type SourceNode } from '../source/source-node.ts';
import type { SourceText } from '../source/source-text.ts';
import type { PartitionTable } from './read-partitions.ts';

const keysOfRow = ['name', 'size', 'start', 'end', 'flags', 'mountOrder', 'filesystem'];
const keysOfFileSystem = ['type', 'mountpoint', 'options', 'label', 'fsck', 'dump'];

/** The findings of a profile by `disk`, `table`, `2` for a partition, `2.size` and `2.filesystem.type`; `''` for the rest. */
export type PartitionProblems = ReadonlyMap<string, readonly Diagnostic[]>;

export function partitionProblems(
  source: SourceText,
  root: SourceNode | undefined,
  table: PartitionTable,
  found: readonly Diagnostic[],
): PartitionProblems {
  const places: NamedPlace<string>[] = [{ name: '', span: table.node.span }];
  const key = entryOf(childOf(root, 'spec'), 'partitions')?.key;
  if (key !== undefined) places.push({ name: '', span: key.span });
  addEntries(places, table.node, '', ['disk', 'table']);
  for (const { node, index } of table.rows) {
    places.push({ name: String(index), span: node.span });
    addEntries(places, node, `${index}.`, keysOfRow);
    addEntries(places, childOf(node, 'filesystem'), `${index}.filesystem.`, keysOfFileSystem);
  }
  return diagnosticsByPlace(source, found, places);
}

function addEntries(
  places: NamedPlace<string>[],
  node: SourceNode | undefined,
  prefix: string,
  keys: readonly string[],
): void {
  for (const key of keys) {
    const entry = entryOf(node, key);
    if (entry === undefined) continue;
    const span = { start: entry.key.span.start, end: entry.value.span.end };
    places.push({ name: `${prefix}${key}`, span });
  }
}

/** What concerns a partition, of itself and of all its fields. */
export function problemsOfRow(problems: PartitionProblems, index: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, list] of problems)
    if (name === String(index) || name.startsWith(`${index}.`)) for (const each of list) found.push(each);
  return found;
}
