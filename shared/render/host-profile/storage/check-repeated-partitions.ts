import type { Partition, Partitions } from '../../../schema/host-profile-partitions.ts';
import type { SourceNode } from '../../../source/source-node.ts';
import { type Remedy, replaced } from '../remedy.ts';
import { longestLabel } from './check-file-systems.ts';
import { entriesPath, type PartitionCheck } from './partition-check.ts';

export function checkRepeated({ partitions, of, number, contradiction, value }: PartitionCheck): void {
  const repeated = (
    textOf: (partition: Partition) => string | undefined,
    path: readonly string[],
    say: (node: SourceNode, text: string, first: number, index: number) => void,
  ) => {
    const seen = new Map<string, number>();
    for (const [index, partition] of partitions.entries.entries()) {
      const text = textOf(partition);
      if (text === undefined) continue;
      const first = seen.get(text);
      if (first === undefined) seen.set(text, index);
      else say(of(index, ...path), text, number(first), index);
    }
  };
  repeated(
    ({ filesystem }) => filesystem?.mountpoint,
    ['filesystem', 'mountpoint'],
    (node, text, first) => contradiction(node, `${text} is the mount point of partition ${first} already.`),
  );
  repeated(
    ({ filesystem }) => filesystem?.label,
    ['filesystem', 'label'],
    (node, text, first, index) =>
      contradiction(
        node,
        `Partition ${first} has the label ${text} too, so that it would name two of them.`,
        ...otherLabel(partitions, text, index),
      ),
  );
  repeated(
    ({ name }) => name,
    ['name'],
    (node, text, first, index) =>
      value(node, `Partition ${first} has the name ${text} too.`, ...otherName(partitions, text, index)),
  );
}

function otherName({ entries }: Partitions, name: string, index: number): Remedy[] {
  const free = freeName(name, new Set(entries.map((entry) => entry.name)));
  return free.length > 36 ? [] : [replaced(free, ...entriesPath, index, 'name')];
}

function otherLabel({ entries }: Partitions, label: string, index: number): Remedy[] {
  const free = freeName(label, new Set(entries.map(({ filesystem }) => filesystem?.label)));
  const most = longestLabel[entries[index]?.filesystem?.type ?? ''] ?? 0;
  return free.length > most ? [] : [replaced(free, ...entriesPath, index, 'filesystem', 'label')];
}

function freeName(name: string, taken: ReadonlySet<string | undefined>): string {
  let number = 2;
  while (taken.has(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}
