import { replaced } from '../remedy.ts';
import type { PartitionCheck } from './partition-check.ts';
import { layOutPartitions } from './partition-layout.ts';

/** An MBR has four entries and 32-bit sector numbers. */
const mostInMbr = 4;

const largestOfMbr = 2 * 2 ** 40;

export function checkTable({
  partitions: { table, entries, disk },
  of,
  at,
  isRead,
  contradiction,
}: PartitionCheck): void {
  if (table === 'gpt' || !isRead('partitions', 'table')) return;
  const useGpt = replaced('gpt', 'partitions', 'table');
  if (entries.length > mostInMbr)
    contradiction(
      of(mostInMbr),
      `An MBR has ${mostInMbr} primary partitions. Use table: gpt for more.`,
      useGpt,
    );
  const bytes = layOutPartitions({ table, entries, disk }).disk ?? 0;
  if (bytes > largestOfMbr)
    contradiction(
      at('partitions', 'disk'),
      'An MBR reaches 2 TiB of a disk. Use table: gpt for larger ones.',
      useGpt,
    );
  for (const [index, { flags }] of entries.entries())
    if (flags.includes('bios_grub'))
      contradiction(of(index, 'flags'), 'bios_grub is a partition of GPT, not of an MBR.', useGpt);
}
