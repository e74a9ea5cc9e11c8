import {
  kernelParameter,
  moduleAdditions,
  packageAdditions,
  pairs,
  unitAdditions,
} from './command-settings.ts';
import type { Addition, Home } from './misplaced.ts';
import { settingsOfProfile } from './profile-files.ts';
import { writtenBy } from './shell-commands.ts';
import { settingsOfSite } from './site-files.ts';

/**
 * Commands of runcmd and bootcmd that do at each first boot what the image could hold, or what comes later; and those of
 * scripts of a profile that do where the image is built what hosts should have.
 */

export interface CommandRule {
  readonly command: RegExp;
  readonly home: Home;
  /** What to say of it in runcmd or bootcmd; nothing when left out. */
  readonly message?: (key: string) => string;
  /** What to say of it in a script of a profile, which runs while the image is built; nothing when left out. */
  readonly inScript?: string;
  readonly additions?: (words: readonly string[]) => readonly Addition[] | undefined;
  /** Where its words are not enough. */
  readonly additionsOfText?: (command: string) => readonly Addition[] | undefined;
  /** Commands about units that the same fragment writes are left alone: only it knows when they are there. */
  readonly exceptOwnUnits?: boolean;
}

const option = '(?:\\s+-[^\\s]+)*';

const networkTools = [
  'nmcli\\s+(-\\S+\\s+([^\\s-]\\S*\\s+)?)*c(on(nection)?)?\\s+(add|modify|mod|edit)\\s',
  'ifconfig\\s+\\S+\\s+(inet6?\\s+|add\\s+)?[0-9a-f]+[.:]',
  'route\\s+(-\\S+\\s+)*add\\s',
  'netplan\\s+set\\s',
  'networkctl\\s+edit\\b',
];
const networkInScript =
  'An image is for many hosts, and no link comes up while it is built. Addresses and routes are stamped: they stand in the document of the host and in networks/. No fix moves it, because a command says less than a network has to: write it in networks/, and take the command out here.';
const nameInScript =
  'An image is for many hosts. The name of a host is stamped: it is that of its document. No fix takes it out, because what follows in the script may need it: take it out here.';

export const commandRules: readonly CommandRule[] = [
  {
    command: new RegExp(`^sysctl${option}\\s+["']?[\\w.*/-]+=\\S`),
    home: 'profile',
    message: (key) =>
      `A kernel parameter that is the same on every host belongs to the host profile, under “sysctl”: there it is set at every boot and before services start. ${key} sets it once.`,
    inScript:
      'It sets the kernel that builds the image, and no host’s. Under “sysctl” of this profile it is set at every boot.',
    additions: ([, ...words]) =>
      pairs(words.filter((word) => !word.startsWith('-')))?.map(([key, value]) => ({
        path: ['sysctl'],
        key,
        value,
      })),
  },
  {
    command:
      /^modprobe(\s+-(v|q|a|-verbose|-quiet|-all))*(\s+[A-Za-z0-9_][A-Za-z0-9_-]*)+(\s+[a-z]\w*=[^\s$`;|]+)*$/,
    home: 'profile',
    message: (key) =>
      `A module that every host needs belongs to the host profile, under “kernel.modules.load”: there it is loaded at every boot and before the network. ${key} comes later.`,
    inScript:
      'It loads the module where the image is built, if at all. Under “kernel.modules.load” of this profile every host loads it at boot.',
    additions: ([, ...words]) => moduleAdditions(words.filter((word) => !word.startsWith('-'))),
  },
  {
    command: new RegExp(`^(apt|apt-get|aptitude)${option}\\s+install\\b`),
    home: 'profile',
    message: () =>
      'Packages belong to the host profile: they are in the image then. Here every host downloads them at its first boot, which takes minutes and fails without a network.',
    inScript:
      'Packages stand under “packages.install” of this profile: there they are checked, and a script is promised no network.',
    additions: packageAdditions,
  },
  {
    command: new RegExp(`^(apt|apt-get|aptitude)${option}\\s+(upgrade|dist-upgrade|full-upgrade)\\b`),
    home: 'day-2',
    message: () =>
      'Upgrading is a task of day 2: hosts that boot on different days would differ. What the image holds is decided when it is built.',
  },
  {
    command: /^(update-grub|grub-mkconfig)\b/,
    home: 'profile',
    message: () =>
      'Kernel arguments belong to the host profile (kernel.arguments), or to the host (kernelArguments): what is changed here counts from the next boot of a disk on, and never for an image on a stick.',
    inScript:
      'An image on a stick never reads this: kernel arguments stand under “kernel.arguments” of this profile.',
  },
  {
    command: /^(echo|printf)\s.*(>|\btee)\s*\/proc\/sys\/\S/,
    home: 'profile',
    message: (key) =>
      `A kernel parameter that is the same on every host belongs to the host profile, under “sysctl”, and huge pages under “hugepages”: there it is set at every boot. ${key} sets it once.`,
    inScript:
      'It sets the kernel that builds the image, and no host’s. Kernel parameters stand under “sysctl” of this profile, and huge pages under “hugepages”.',
    additionsOfText: kernelParameter,
  },
  {
    command: /^(echo|printf)\s.*(>|\btee)\s*\/sys\/kernel\/mm\/(transparent_hugepage|hugepages)\//,
    home: 'profile',
    message: () =>
      'Huge pages belong to the host profile, under “hugepages” and “transparentHugepages”: there they are reserved at boot, while memory is still whole.',
    inScript:
      'It sets the kernel that builds the image, and no host’s. Huge pages stand under “hugepages” and “transparentHugepages” of this profile.',
  },
  {
    command:
      /^(echo|printf|sed)\s.*\s?\/etc\/(sysctl\.|modules(\s|$|-load\.d\/)|modprobe\.d\/|security\/limits|default\/grub)/,
    home: 'profile',
    message: () =>
      'This file is the same on every host and belongs to the host profile, which has “sysctl”, “kernel.modules”, “limits” and “kernel.arguments”: there it is read from the first boot on.',
    inScript:
      'This profile has “sysctl”, “kernel.modules”, “limits” and “kernel.arguments”: what stands there is checked, and an image on a stick has no other kernel arguments.',
    additionsOfText: (command) => {
      const written = writtenBy(command);
      return written && settingsOfProfile(written.path, written.content);
    },
  },
  {
    command: /^systemctl(\s+--\S+)*\s+(enable|disable|mask)(\s+\S+)+$/,
    home: 'profile',
    message: () =>
      'Which services start is the same on every host and belongs to the host profile, under “systemd”: there it counts from the first boot on.',
    inScript:
      'Which services start stands under “systemd” of this profile: there it is checked against packages and other sections.',
    additions: (words) => unitAdditions(words),
    exceptOwnUnits: true,
  },
  {
    command: /^(hostnamectl\s+(set-hostname|hostname)\s+\S|hostname\s+[^-\s])/,
    home: 'host',
    message: () =>
      'Every host with this fragment would get this one name. The name of a host is stamped: it is that of its document.',
    inScript: nameInScript,
  },
  {
    command: /^(echo|printf)\s.*(>|\btee)\s*\/etc\/hostname\b/,
    home: 'host',
    message: () =>
      'Every host with this fragment would get this one name. The name of a host is stamped: it is that of its document.',
    inScript: nameInScript,
  },
  {
    command: /^ip\s+(-\S+\s+)*(address|addr|a|route|r)\s+(add|replace)\s/,
    home: 'host',
    message: () =>
      'Addresses and routes are stamped: they stand in the document of the host and in networks/. Set by a command they are gone when the link goes down.',
    inScript: networkInScript,
  },
  {
    command: new RegExp(`^(${networkTools.join('|')})`),
    home: 'host',
    message: () =>
      'Addresses and routes are stamped: they stand in the document of the host and in networks/, where they are checked, and every host with this fragment would get the same.',
    inScript: networkInScript,
  },
  {
    command: /^(?=(echo|printf)\s)(?=.*\bnameserver\s).*(>|\btee)\s*(-a\s+)?\/etc\/resolv\.conf\b/,
    home: 'site',
    message: () => 'Name servers of all hosts stand under “dns” of site.yaml, those of one in its network.',
    inScript:
      'Name servers are stamped: they stand under “dns” of site.yaml. What is written here is lost at boot.',
    additionsOfText: (command) => {
      const written = writtenBy(command);
      return written && settingsOfSite(written.path, written.content);
    },
  },
  {
    command: /^timedatectl\s+set-timezone\s+\S/,
    home: 'site',
    message: () => 'The time zone of all hosts stands under “timezone” of site.yaml.',
    additions: ([, , zone = '', ...more]) =>
      more.length === 0 ? [{ path: [], key: 'timezone', value: zone }] : undefined,
    inScript: 'The time zone is stamped: it stands under “timezone” of site.yaml.',
  },
  {
    command: /^ln\s+(-\S+\s+)+\/usr\/share\/zoneinfo\/\S+\s+\/etc\/localtime$/,
    home: 'site',
    message: () => 'The time zone of all hosts stands under “timezone” of site.yaml.',
    additions: (words) => {
      const [, zone = ''] = /^\/usr\/share\/zoneinfo\/(.+)$/.exec(words.at(-2) ?? '') ?? [];
      return [{ path: [], key: 'timezone', value: zone }];
    },
    inScript: 'The time zone is stamped: it stands under “timezone” of site.yaml.',
  },
  {
    command: /^(echo|printf)\s.*(>|\btee)\s*\/etc\/timezone$/,
    home: 'site',
    message: () => 'The time zone of all hosts stands under “timezone” of site.yaml.',
    additionsOfText: (command) => {
      const written = writtenBy(command);
      return written && settingsOfSite(written.path, written.content);
    },
    inScript: 'The time zone is stamped: it stands under “timezone” of site.yaml.',
  },
  {
    command: /^(add-apt-repository|apt-key\s+(add|adv))\b/,
    home: 'profile',
    message: () =>
      'Repositories belong to the host profile, under “repositories”, with their keys: what comes from them is installed when the image is built.',
    inScript:
      'Repositories stand under “repositories” of this profile, each with its key: they are there before packages are installed.',
  },
  {
    command: /^(pip3?|python3?\s+-m\s+pip|snap|npm)\s+(-\S+\s+)*install\b/,
    home: 'profile',
    message: () =>
      'What every host needs belongs into the image: a package under “packages” of the host profile, or one of its “scripts”. Here every host downloads it at its first boot, and has none without a network.',
  },
  {
    // Not `init`: an ephemeral host makes its own cluster, which lives as long as it does.
    command: /^kubeadm\s+join\b/,
    home: 'day-2',
    message: () =>
      'Joining a cluster is a task of day 2: its token expires, and it is done again after every boot from the medium. Neither image nor seed should carry it.',
    inScript:
      'Joining a cluster is a task of day 2. A script of a profile runs while the image is built, where there is none.',
  },
  {
    command: /^(kubectl(\s+-\S+(=\S+)?)*\s+(apply|create|replace)|helm\s+(install|upgrade))\b/,
    home: 'day-2',
    message: () =>
      'Applications are a task of day 2: they are deployed to a cluster that is up, not by each host at its first boot.',
    inScript:
      'Applications are a task of day 2: they are deployed to a cluster that is up. A script of a profile runs while the image is built, where there is none.',
  },
  {
    command: /^(useradd|adduser|groupadd|addgroup|usermod)\s/,
    home: 'profile',
    // Of runcmd nothing is said: accounts are stamped there as well, and only “users” of the fragment is checked.
    inScript: 'Accounts in the image stand under “users” of this profile, where they are checked.',
  },
];
