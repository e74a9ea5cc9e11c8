import { entryOf } from '../../../source/source-node.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { checkBooting } from './check-booting.ts';
import { checkFileSystems } from './check-file-systems.ts';
import { checkMounting } from './check-mounting.ts';
import { checkRootSize, checkSizes } from './check-partition-sizes.ts';
import { checkTable } from './check-partition-table.ts';
import { checkRepeated } from './check-repeated-partitions.ts';
import type { PartitionCheck } from './partition-check.ts';

export function checkPartitions(check: ProfileCheck): void {
  const { partitions } = check.spec;
  if (partitions === undefined) return;
  const own: PartitionCheck = {
    ...check,
    partitions,
    of: (index, ...path) => check.at('partitions', 'entries', index, ...path),
    number: (index) => check.numberOf('partitions', 'entries', index),
  };
  check.information(
    entryOf(check.at(), 'partitions')?.key ?? check.at('partitions'),
    'Partitions are used by qcow2 and raw images, and this version makes ISOs only, which run from their medium. Nothing of this section is baked.',
  );
  checkRepeated(own);
  checkFileSystems(own);
  checkMounting(own);
  checkSizes(own);
  checkRootSize(own);
  checkTable(own);
  checkBooting(own);
}
