import { z } from 'zod';
import { lookUp } from '../source/look-up.ts';
import { baked } from './help.ts';
import { absolutePath } from './scalars.ts';

/** The disk of an image that is installed or written to one: qcow2 and raw. An ISO runs from its medium. */

const unitBytes: Readonly<Record<string, number>> = {
  m: 2 ** 20,
  mib: 2 ** 20,
  mb: 10 ** 6,
  g: 2 ** 30,
  gib: 2 ** 30,
  gb: 10 ** 9,
  t: 2 ** 40,
  tib: 2 ** 40,
  tb: 10 ** 12,
};

const amount = '[1-9]\\d{0,6} ?([mMgGtT]|[MGT]iB|[MGT]B)';
const share = '(100|[1-9]?\\d)%';

/** Bytes of `30g`, `512MiB` or `100GB`: letters alone count in powers of 1024, as in sfdisk; undefined for other text. */
export function bytesOfAmount(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+) ?([A-Za-z]+)$/.exec(text) ?? [];
  const factor = lookUp(unitBytes, unit.toLowerCase());
  return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}

const amountExpected = 'A size is a number with m, g or t, or MiB, GiB, GB and so on, for example 30g.';
const diskSize = z.string().regex(new RegExp(`^${amount}$`), { error: amountExpected });

const sizeExpected =
  'A size is written as 30g, as a least size >100g, as a part of the disk 25%, or as -1 for what is left.';
const partitionSize = z
  .union(
    [z.literal(-1), z.string().regex(new RegExp(`^(>? ?${amount}|${share}|-1)$`), { error: sizeExpected })],
    {
      error: sizeExpected,
    },
  )
  .transform(String);

const positionExpected = 'A position on the disk is written as 1MiB, 30g or 100%.';
const position = z.string().regex(new RegExp(`^(0|${amount}|${share})$`), { error: positionExpected });

export const fileSystemTypes = ['ext4', 'xfs', 'btrfs', 'vfat', 'swap'] as const;

const fileSystem = z.strictObject({
  type: z.enum(fileSystemTypes).meta(baked('Its type; vfat for the EFI system partition.')),
  mountpoint: z
    .union([z.literal('/'), absolutePath], { error: 'A mount point is / or a path such as /var/lib.' })
    .optional()
    .meta(
      baked('Where it is mounted; swap is mounted nowhere.', {
        examples: ['/', '/boot', '/boot/efi', '/var'],
      }),
    ),
  options: z
    .string()
    .regex(/^[^\s,]+(,[^\s,]+)*$/, {
      error: 'Mount options are words with commas between, for example noatime.',
    })
    .optional()
    .meta(baked('Mount options, with commas between.', { examples: ['defaults,noatime'] })),
  fsck: z
    .literal([0, 1, 2])
    .optional()
    .meta(
      baked(
        'Turn in which it is checked at boot, the sixth field of fstab(5): 1 for /, 2 for others, 0 for never. Left out, 1 for / and 2 for others.',
      ),
    ),
  dump: z
    .literal([0, 1])
    .default(0)
    .meta(baked('Whether dump(8) backs it up, the fifth field of fstab(5). Hardly anything reads it.')),
  label: z
    .string()
    .regex(/^[!-~]([ -~]*[!-~])?$/, { error: 'A label has printable ASCII characters.' })
    .optional()
    .meta(baked('Label of the file system: 11 characters on vfat, 12 on xfs, 16 on ext4 and swap.')),
});

export const partitionFlags = ['boot', 'esp', 'bios_grub'] as const;

const partition = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,35}$/, {
        error: 'A partition has a name of at most 36 letters, digits, dots, hyphens and underscores.',
      })
      .meta(baked('Name in the partition table.', { examples: ['root', 'esp', 'var'] })),
    size: partitionSize
      .optional()
      .meta(baked('Size: `30g`, `>100g` (at least), `25%` of the disk, or `-1` for what is left.')),
    start: position.optional().meta(baked('Where it begins, instead of a size.', { examples: ['1MiB'] })),
    end: position.optional().meta(baked('Where it ends.', { examples: ['512MiB', '100%'] })),
    flags: z
      .array(z.enum(partitionFlags))
      .max(3)
      .default([])
      .meta(
        baked(
          '`esp`: what UEFI boots from. `bios_grub`: GRUB’s own place for BIOS on GPT. `boot`: active in an MBR.',
        ),
      ),
    mountOrder: z
      .int()
      .min(0)
      .max(99)
      .optional()
      .meta(baked('Order of mounting; made from the mount points when left out. / comes first.')),
    filesystem: fileSystem.optional().meta(baked('What it is formatted with.')),
  })
  .refine(
    ({ size, start, end }) =>
      size === undefined ? start !== undefined && end !== undefined : !(start || end),
    { error: 'Give a partition either a size, or a start and an end.' },
  );

export const partitionsSchema = z.strictObject({
  table: z
    .enum(['gpt', 'mbr'])
    .default('gpt')
    .meta(baked('Kind of partition table. UEFI and disks above 2 TiB need gpt.')),
  disk: diskSize
    .optional()
    .meta(baked('Size of the smallest disk that it must fit on.', { examples: ['20g', '480GB'] })),
  entries: z.array(partition).min(1).max(128).meta(baked('Partitions in the order on the disk.')),
});

export type Partitions = z.infer<typeof partitionsSchema>;
export type Partition = Partitions['entries'][number];
