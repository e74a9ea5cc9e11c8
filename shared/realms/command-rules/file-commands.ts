import type { CommandRule } from '../command-rule.ts';
import { bakedFile, howItMoves } from '../command-settings.ts';
import { bakedPaths, siteFiles, stampedPaths } from '../misplaced-paths.ts';
import { settingsOfSite } from '../site-files.ts';

/** Files that are told of in write_files as well; in scripts of a profile they are where they belong. */
export const fileCommands: readonly CommandRule[] = [
  ...bakedPaths.map(
    ([writes, why]): CommandRule => ({
      writes,
      home: 'profile',
      message: (_key, command) => {
        const path = command.paths.find((each) => writes.test(each));
        const how = why.includes('“files”') ? '' : howItMoves(command);
        return `${path} is the same on every host and belongs to the host profile. ${why}${how}`;
      },
      additions: bakedFile,
      byHand:
        'what the file says in the end is not to be seen here. Write that there, or the file itself under “files”, and take the command out',
    }),
  ),
  ...stampedPaths.map(
    ([writes, home, why]): CommandRule => ({
      writes,
      home,
      message: () => why,
      additions: ({ written }) => written && settingsOfSite(written.path, written.content),
      ...(home === 'site'
        ? {
            byHand:
              'what the file says in the end, or which setting has words for it, is not to be seen here. Write there what it should say, and take the command out',
          }
        : {}),
    }),
  ),
  ...siteFiles.map(
    ([writes, why]): CommandRule => ({
      writes,
      home: 'site',
      message: () => why,
      additions: ({ written }) => written && settingsOfSite(written.path, written.content),
      onlyForAll: true,
    }),
  ),
];
