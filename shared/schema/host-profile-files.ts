import { z } from 'zod';
import { baked } from './help.ts';
import { absolutePath, absolutePathPattern, accountName, octalMode } from './scalars.ts';

const owned = {
  owner: accountName.default('root').meta(baked('User that owns it.')),
  group: accountName.default('root').meta(baked('Group that owns it.')),
};

export const fileSchema = z.strictObject({
  path: absolutePath.meta(baked('Absolute path of the file.')),
  ...owned,
  mode: octalMode
    .default('0644')
    .meta(baked('Permissions in octal, in quotes.', { examples: ['0644', '0755', '0600'] })),
  content: z.string().max(1_048_576).meta(baked('Text of the file.')),
});

export const directorySchema = z.strictObject({
  path: absolutePath.meta(baked('Absolute path of the folder.')),
  ...owned,
  mode: octalMode
    .default('0755')
    .meta(baked('Permissions in octal, in quotes.', { examples: ['0755', '0750', '0700'] })),
});

export const permissionSchema = z
  .strictObject({
    path: absolutePathPattern.meta(
      baked('Absolute path of what packages or scripts bring. `*` and `?` stand for any letters of a name.', {
        examples: ['/boot/System.map-*', '/etc/crontab', '/var/log/audit'],
      }),
    ),
    owner: accountName.optional().meta(baked('User that owns it; as it is when left out.')),
    group: accountName.optional().meta(baked('Group that owns it; as it is when left out.')),
    mode: octalMode
      .optional()
      .meta(
        baked('Permissions in octal, in quotes; as they are when left out.', { examples: ['0600', '0750'] }),
      ),
  })
  .refine(({ owner, group, mode }) => (owner ?? group ?? mode) !== undefined, {
    error: 'Say what changes: owner, group or mode.',
  });
