import type { CommandRule } from '../command-rule.ts';
import { fromWords } from '../command-rule.ts';
import { localeAdditions } from '../command-settings.ts';
import { settingsOfSite } from '../site-files.ts';

/** What is the same on all hosts of a site, and stamped. */

const zone: CommandRule = {
  home: 'site',
  message: () =>
    'The time zone is stamped, and all hosts have the same: it is said once, and checked, under “timezone” of site.yaml.',
  inScript:
    'The time zone is stamped: under “timezone” of site.yaml it changes in milliseconds, here it costs a build.',
  byHand: 'the name of the zone cannot be read here. Write it there, and take the command out',
};

const language: CommandRule = {
  home: 'site',
  message: () =>
    'The language of messages is stamped, and all hosts have the same: it is said once, and checked, under “locale” of site.yaml.',
  inScript:
    'The language of messages is stamped: under “locale” of site.yaml it changes in milliseconds, here it costs a build.',
  additions: fromWords(localeAdditions),
  byHand: '“locale” is LANG alone. Write the language there, and take the command out',
};

export const siteCommands: readonly CommandRule[] = [
  {
    writes: /^\/etc\/resolv\.conf$/,
    home: 'site',
    message: () =>
      'Name servers are stamped: those of all hosts stand once, and checked, under “dns” of site.yaml, those of one in its network.',
    inScript:
      'Name servers are stamped: they stand under “dns” of site.yaml. What is written here is lost at boot.',
    additions: ({ written }) => written && settingsOfSite(written.path, written.content),
    byHand: 'only you can say whether they are of all hosts. Write them there, and take the command out',
  },
  {
    command: /^(resolvectl\s+(dns|domain)\s+\S+\s+\S|systemd-resolve\s(?=.*--set-(dns|domain)=))/,
    home: 'site',
    message: () =>
      'Name servers are stamped: those of all hosts stand under “dns” of site.yaml, those of one link in networks/. Set by a command they are gone when the link goes down.',
    inScript:
      'Name servers are stamped: they stand under “dns” of site.yaml, those of one link in networks/. No link comes up while an image is built.',
    byHand: 'only you can say whether they are of all hosts. Write them there, and take the command out',
  },
  {
    ...zone,
    command: /^timedatectl\s+set-timezone\s+\S/,
    additions: fromWords(([, , value = '', ...more]) =>
      more.length === 0 ? [{ path: [], key: 'timezone', value }] : undefined,
    ),
  },
  {
    ...zone,
    command: /^ln\s+(-\S+\s+)+\/usr\/share\/zoneinfo\/\S+\s+\/etc\/localtime$/,
    additions: fromWords((words) => {
      const [, value = ''] = /^\/usr\/share\/zoneinfo\/(.+)$/.exec(words.at(-2) ?? '') ?? [];
      return [{ path: [], key: 'timezone', value }];
    }),
  },
  {
    ...zone,
    writes: /^\/etc\/timezone$/,
    additions: ({ written }) => written && settingsOfSite(written.path, written.content),
  },
  { ...language, command: /^update-locale\s+(?!-)\S/ },
  { ...language, command: /^localectl\s+set-locale\s+\S/ },
];
