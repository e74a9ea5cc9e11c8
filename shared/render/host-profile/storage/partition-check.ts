import type { Partitions } from '../../../schema/host-profile-partitions.ts';
import type { SourceNode } from '../../../source/source-node.ts';
import type { ProfileCheck } from '../profile-check.ts';

export interface PartitionCheck extends ProfileCheck {
  readonly partitions: Partitions;
  readonly of: (index: number, ...path: string[]) => SourceNode;
  /** The number of a partition in the text. */
  readonly number: (index: number) => number;
}

/** Where the partitions stand below `spec`. */
export const entriesPath = ['partitions', 'entries'] as const;
