import type { CommandRule } from '../command-rule.ts';
import { fromWords } from '../command-rule.ts';
import { unitAdditions } from '../command-settings.ts';

/** Services and accounts. */
export const systemCommands: readonly CommandRule[] = [
  {
    command: /^systemctl(\s+--\S+)*\s+(enable|disable|mask)(\s+\S+)+$/,
    home: 'profile',
    message: () =>
      'Which services start is the same on every host and belongs to the host profile, under “systemd”: there it counts from the first boot on.',
    inScript:
      'Which services start stands under “systemd” of this profile: there it is checked against packages and other sections.',
    additions: fromWords(unitAdditions),
    byHand:
      '“systemd” takes units of the system by name, and no options of systemctl such as --user. Write the units there, and take the command out',
    exceptOwnUnits: true,
  },
  {
    command: /^(useradd|adduser|groupadd|addgroup|usermod)\s/,
    home: 'profile',
    // Of runcmd nothing is said: accounts are stamped there as well, and only “users” of the fragment is checked.
    inScript: 'Accounts in the image stand under “users” of this profile, where they are checked.',
    byHand:
      'there groups and the password are said with the account, and here by several commands. Write the account there, with its groups and its hashed password, and take the command out',
  },
];
