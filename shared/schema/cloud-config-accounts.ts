import { z } from 'zod';
import { flag, words } from './cloud-config-scalars.ts';
import { stamped } from './help.ts';
import { absolutePath, sshPublicKey } from './scalars.ts';

/** Accounts that are made, and passwords of those that are there. */

export const user = z.union(
  [
    z.string().min(1),
    z.strictObject({
      name: z.string().min(1).meta(stamped('Login name.')),
      gecos: z.string().optional().meta(stamped('Real name or purpose.')),
      groups: words.optional().meta(stamped('Groups to join: a list, or names with commas between them.')),
      primary_group: z
        .string()
        .optional()
        .meta(stamped('Primary group. One of the same name when left out.')),
      homedir: z.string().optional().meta(stamped('Home folder. /home/NAME when left out.')),
      shell: absolutePath
        .optional()
        .meta(stamped('Login shell.', { examples: ['/bin/bash', '/usr/sbin/nologin'] })),
      sudo: z
        .union([words, z.boolean(), z.null()])
        .optional()
        .meta(stamped('Rules for sudo without the user.', { examples: ['ALL=(ALL) NOPASSWD:ALL'] })),
      doas: z.array(z.string()).optional().meta(stamped('Rules for doas.')),
      ssh_authorized_keys: z.array(sshPublicKey).optional().meta(stamped('SSH public keys that may log in.')),
      ssh_import_id: z
        .array(z.string())
        .optional()
        .meta(stamped('Accounts whose keys are fetched; needs internet.')),
      ssh_redirect_user: flag.optional().meta(stamped('Whether a login only says which user to take.')),
      lock_passwd: flag.optional().meta(stamped('Whether password login is impossible. Default true.')),
      'lock-passwd': flag.optional().meta(stamped('Older spelling of lock_passwd.')),
      passwd: z
        .string()
        .optional()
        .meta(stamped('Hash of the password, for a user that does not exist yet.')),
      hashed_passwd: z
        .string()
        .optional()
        .meta(stamped('Hash of the password, also for a user that exists.')),
      plain_text_passwd: z
        .string()
        .optional()
        .meta(stamped('Password in plain text: readable by whoever has the medium.')),
      ssh_pwauth: flag.optional().meta(stamped('Without effect here; it belongs to the top level.')),
      expiredate: z
        .string()
        .optional()
        .meta(stamped('Date on which the account is disabled.', { examples: ['2030-12-31'] })),
      inactive: z
        .union([z.string(), flag])
        .optional()
        .meta(stamped('Days until an expired password disables the account.', { unit: 'days' })),
      system: flag.optional().meta(stamped('Whether it is a system account. Default false.')),
      snapuser: z.string().optional().meta(stamped('E-mail address of an Ubuntu account.')),
      create_groups: flag.optional().meta(stamped('Whether missing groups are made. Default true.')),
      no_create_home: flag.optional().meta(stamped('Whether no home folder is made. Default false.')),
      no_log_init: flag
        .optional()
        .meta(stamped('Whether lastlog and faillog stay untouched. Default false.')),
      no_user_group: flag
        .optional()
        .meta(stamped('Whether no group of the same name is made. Default false.')),
      selinux_user: z.string().optional().meta(stamped('SELinux user of the login.')),
      uid: z.union([z.int(), z.string()]).optional().meta(stamped('Numeric id of the user.')),
    }),
  ],
  { error: 'A user is the word default, a login name, or a mapping with a name.' },
);

export const passwords = z.strictObject({
  expire: flag
    .optional()
    .meta(stamped('Whether passwords must be changed at the first login. Default true.')),
  users: z
    .array(
      z.strictObject({
        name: z.string().meta(stamped('Login name.')),
        password: z.string().optional().meta(stamped('Hash or text of the password, as type says.')),
        type: z
          .enum(['hash', 'text', 'RANDOM'])
          .optional()
          .meta(stamped('What password holds. Default hash.')),
      }),
    )
    .optional()
    .meta(stamped('Passwords of existing users.')),
  list: words.optional().meta(stamped('Older form: lines of name:password. Use users.')),
});
