import { layOutPartitions, type PartitionLayout } from '../render/host-profile/storage/partition-layout.ts';
import { type Partition, partitionFlags } from '../schema/host-profile-partitions.ts';
import { childOf, type PathSegment, type SourceNode } from '../source/source-node.ts';

/** A partition as it is written: texts of scalars, right or wrong. */
export interface PartitionRow {
  readonly index: number;
  readonly node: SourceNode;
  readonly path: readonly PathSegment[];
  readonly name: string | undefined;
  readonly size: string | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly flags: readonly string[];
  readonly mountOrder: string | undefined;
  readonly fileSystem: FileSystemRow | undefined;
}

export interface FileSystemRow {
  readonly type: string | undefined;
  readonly mountPoint: string | undefined;
  readonly options: string | undefined;
  readonly label: string | undefined;
  readonly fsck: string | undefined;
  readonly dump: string | undefined;
}

export interface PartitionTable {
  readonly node: SourceNode;
  readonly table: string | undefined;
  readonly disk: string | undefined;
  readonly rows: readonly PartitionRow[];
  readonly layout: PartitionLayout;
}

/** Where a profile has its partitions. */
export const partitionsPath = ['spec', 'partitions'] as const;
export const entriesPath = [...partitionsPath, 'entries'] as const;

/** The partitions of a HostProfile's tree, read leniently: a wrong value is shown where it stands. */
export function readPartitions(root: SourceNode | undefined): PartitionTable | undefined {
  const node = childOf(childOf(root, 'spec'), 'partitions');
  if (node?.type !== 'map') return undefined;
  const entries = childOf(node, 'entries');
  const items = entries?.type === 'sequence' ? entries.items : [];
  const rows = items.map(readRow);
  const disk = textOf(childOf(node, 'disk'));
  return { node, table: textOf(childOf(node, 'table')), disk, rows, layout: layOutRows(rows, disk) };
}

/** Whether something stands in their place that is no mapping, such as a list of partitions. */
export function hasOtherPartitions(root: SourceNode): boolean {
  const node = childOf(childOf(root, 'spec'), 'partitions');
  return node?.type === 'sequence' ? node.items.length > 0 : textOf(node) !== undefined;
}

/** The same rows with other sizes or another disk, as while a border is drawn. */
export function layOutRows(rows: readonly PartitionRow[], disk: string | undefined): PartitionLayout {
  const entries = rows.map(
    ({ name, size, start, end, flags }): Partition => ({
      name: name ?? '',
      flags: flags.flatMap((flag) => partitionFlags.find((each) => each === flag) ?? []),
      ...(size === undefined ? {} : { size }),
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
    }),
  );
  return layOutPartitions({ table: 'gpt', disk, entries });
}

function readRow(node: SourceNode, index: number): PartitionRow {
  const of = (key: string) => textOf(childOf(node, key));
  const flags = childOf(node, 'flags');
  const fileSystem = childOf(node, 'filesystem');
  const ofFileSystem = (key: string) => textOf(childOf(fileSystem, key));
  return {
    index,
    node,
    path: [...entriesPath, index],
    name: of('name'),
    size: of('size'),
    start: of('start'),
    end: of('end'),
    flags: flags?.type === 'sequence' ? flags.items.flatMap((item) => textOf(item) ?? []) : [],
    mountOrder: of('mountOrder'),
    fileSystem:
      fileSystem?.type === 'map'
        ? {
            type: ofFileSystem('type'),
            mountPoint: ofFileSystem('mountpoint'),
            options: ofFileSystem('options'),
            label: ofFileSystem('label'),
            fsck: ofFileSystem('fsck'),
            dump: ofFileSystem('dump'),
          }
        : undefined,
  };
}

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.type === 'scalar' && node.value !== null ? String(node.value) : undefined;
}
