import { z } from 'zod';
import { flag, words } from './cloud-config-scalars.ts';
import { stamped } from './help.ts';
import { absolutePath } from './scalars.ts';

/** Disks, partitions, file systems and swap. */

export const swap = z.strictObject({
  filename: absolutePath.optional().meta(stamped('Path of the swap file.')),
  size: z
    .union([z.string(), z.int()])
    .optional()
    .meta(stamped('Size: auto, bytes, or a number with K, M, G.', { examples: ['auto', '1G'] })),
  maxsize: z.union([z.string(), z.int()]).optional().meta(stamped('Largest size for auto.')),
});

export const growpart = z.strictObject({
  mode: z
    .union([z.enum(['auto', 'growpart', 'gpart', 'off']), z.literal(false)])
    .optional()
    .meta(stamped('Which tool grows partitions; off for none.')),
  devices: z.array(z.string()).optional().meta(stamped('Mount points or devices to grow. Default [/].')),
  ignore_growroot_disabled: flag.optional().meta(stamped('Whether /etc/growroot-disabled is ignored.')),
});

export const fileSystem = z.strictObject({
  device: z.string().meta(stamped('Device or alias, with an optional partition such as disk.1.')),
  filesystem: z.string().meta(stamped('Type of the file system.', { examples: ['ext4', 'xfs', 'vfat'] })),
  label: z.string().optional().meta(stamped('Label of the file system.')),
  partition: z
    .union([z.string(), z.int()])
    .optional()
    .meta(stamped('Which partition: auto, any, none or a number.')),
  overwrite: flag
    .optional()
    .meta(stamped('Whether a file system that is there is destroyed. Default false.')),
  replace_fs: z.string().optional().meta(stamped('Type of a file system that may be replaced.')),
  extra_opts: words.optional().meta(stamped('More options of mkfs.')),
  cmd: words.optional().meta(stamped('A command instead of mkfs.')),
});

export const diskSetup = z.strictObject({
  table_type: z.enum(['mbr', 'gpt']).optional().meta(stamped('Type of the partition table. Default mbr.')),
  layout: z
    .union([
      z.literal('remove'),
      z.boolean(),
      z.array(z.union([z.int(), z.array(z.union([z.int(), z.string()]))])),
    ])
    .optional()
    .meta(stamped('true for one partition, or a list of sizes in per cent of the disk.')),
  overwrite: flag
    .optional()
    .meta(stamped('Whether a disk that is in use is repartitioned: destroys its data. Default false.')),
});
