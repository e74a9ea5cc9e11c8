import type { CommandRule } from './command-rule.ts';
import { dayTwoCommands } from './command-rules/day-two-commands.ts';
import { fileCommands } from './command-rules/file-commands.ts';
import { kernelCommands } from './command-rules/kernel-commands.ts';
import { networkCommands } from './command-rules/network-commands.ts';
import { packageCommands } from './command-rules/package-commands.ts';
import { siteCommands } from './command-rules/site-commands.ts';
import { systemCommands } from './command-rules/system-commands.ts';

/**
 * Commands of runcmd and bootcmd that do at each first boot what the image could hold, or what comes later; and those of
 * scripts of a profile that do where the image is built what hosts should have. The first that fits is told. Of firewall
 * rules nothing is said: no document has words for them, and they are as often of one host as of all.
 */
export const commandRules: readonly CommandRule[] = [
  ...kernelCommands,
  ...packageCommands,
  ...systemCommands,
  ...networkCommands,
  ...siteCommands,
  ...dayTwoCommands,
  ...fileCommands,
];
