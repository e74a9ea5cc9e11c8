import type { PartitionProblems } from '#shared/partition-form/partition-problems.ts';
import type { PartitionTable } from '#shared/partition-form/read-partitions.ts';

/** What every part of the form is given. */
export interface PartsProps {
  readonly path: string;
  readonly table: PartitionTable;
  readonly problems: PartitionProblems;
  readonly isReadOnly: boolean;
}
