import type { CommandRule } from '../command-rule.ts';
import { fromWords } from '../command-rule.ts';
import { packageAdditions, removedPackages, repositoryAdditions, sourcesIn } from '../command-settings.ts';

const apt = '(apt|apt-get|aptitude)(\\s+-\\S+)*';
const repositories =
  'Repositories belong to the host profile, under “repositories”, with their keys: what comes from them is installed when the image is built.';
const ofThisProfile =
  'Repositories stand under “repositories” of this profile, each with its key: they are there before packages are installed.';
const writeRepository =
  'a repository needs an address, suites and mostly a key there, and not all of them can be read here. Write them there, and take the command out';
const fetchKey =
  'the key is not written here. Fetch it once, write it, armoured, under “key” of its repository, and take the command out';

/** Those of other systems: dnf(8), yum(8), zypper(8), apk(8), pacman(8), each with its options and what `verbs` says. */
function ofOtherSystems(verbs: {
  readonly dnf: string;
  readonly zypper: string;
  readonly apk: string;
  readonly pacman: string;
}): RegExp {
  const options = '(\\s+-\\S+)*\\s+';
  const { dnf, zypper, apk, pacman } = verbs;
  const each = [`(dnf5?|microdnf|tdnf|yum)${options}(${dnf})`, `zypper${options}(${zypper})`];
  return new RegExp(
    `^(${[...each, `apk${options}(${apk})`].join('|')})\\b|^pacman\\s+(--?\\w\\S*\\s+)*${pacman}`,
  );
}

const installed: Pick<CommandRule, 'home' | 'message' | 'inScript'> = {
  home: 'profile',
  message: () =>
    'Packages belong to the host profile: they are in the image then. Here every host downloads them at its first boot, which takes minutes and fails without a network.',
  inScript:
    'Packages stand under “packages.install” of this profile: there they are checked, and a script is promised no network.',
};
const upgraded: Pick<CommandRule, 'home' | 'message'> = {
  home: 'day-2',
  message: () =>
    'Upgrading is a task of day 2: hosts that boot on different days would differ. What the image holds is decided when it is built.',
};
const removed: Pick<CommandRule, 'home' | 'message' | 'inScript'> = {
  home: 'profile',
  message: () =>
    'What the image holds is decided when it is built: a package that no host should have stands under “packages.purge” of the host profile. Here every host boots with it, and takes it out at its first boot.',
  inScript:
    'Packages that no host should have stand under “packages.purge” of this profile, where they are checked.',
};
const otherNames = 'a profile names packages as Debian does, where the same may be called otherwise';
const otherImage = 'for an image of another system in the package-installs.yaml of an element';

/** Packages, and where they come from. */
export const packageCommands: readonly CommandRule[] = [
  {
    ...installed,
    command: new RegExp(`^${apt}\\s+install\\b`),
    additions: fromWords(packageAdditions),
    byHand:
      '“packages.install” takes packages by name, with a version at most, and no option of apt that has a value. Write the packages there, and take the command out',
  },
  {
    ...installed,
    command: ofOtherSystems({
      dnf: 'install|localinstall|groupinstall|group\\s+install',
      zypper: 'install|in',
      apk: 'add',
      pacman: '(-S(?![a-z]*[cgilpsu])|--sync\\s)',
    }),
    byHand: `${otherNames}. Write its name there under “packages.install”, ${otherImage}, and take the command out`,
  },
  {
    ...upgraded,
    command: new RegExp(`^${apt}\\s+(upgrade|dist-upgrade|full-upgrade)\\b`),
  },
  {
    ...upgraded,
    command: ofOtherSystems({
      dnf: 'upgrade|update|upgrade-minimal|distro-sync',
      zypper: 'update|up|dist-upgrade|dup|patch',
      apk: 'upgrade',
      pacman: '-S[a-z]*u',
    }),
  },
  {
    ...removed,
    command: ofOtherSystems({
      dnf: 'remove|erase|autoremove',
      zypper: 'remove|rm',
      apk: 'del',
      pacman: '-R',
    }),
    byHand: `${otherNames}. Write its name there under “packages.purge”, ${otherImage} with “uninstall: true”, and take the command out`,
  },
  {
    ...removed,
    command: new RegExp(`^${apt}\\s+(purge|remove|autoremove|autopurge)\\b`),
    additions: fromWords(removedPackages),
    byHand:
      '“packages.purge” takes packages by name, and takes their configuration out as well. Write there those that no host should have, and take the command out',
  },
  {
    command: /^dpkg\s+(-\S+\s+)*(-i|--install)\s/,
    home: 'profile',
    message: () =>
      'What every host needs belongs into the image: as a package of a repository, under “packages” and “repositories” of the host profile, or installed by one of its “scripts”. Here it is installed on every host at its first boot.',
    byHand:
      'a file is no package of a repository. Write it there in one of these ways, and take the command out',
  },
  {
    command: /^(pip3?|python3?\s+-m\s+pip|snap|npm)\s+(-\S+\s+)*install\b/,
    home: 'profile',
    message: () =>
      'What every host needs belongs into the image: a package under “packages” of the host profile, or one of its “scripts”. Here every host downloads it at its first boot, and has none without a network.',
    byHand: 'only you can say which package of Debian it is. Write that there, and take the command out',
  },
  {
    command: /^add-apt-repository\b(?!.*\s(-r|--remove)\b)/,
    home: 'profile',
    message: () => repositories,
    inScript: ofThisProfile,
    additions: ({ words }, surroundings) => words && repositoryAdditions(words, surroundings),
    byHand: writeRepository,
  },
  {
    command: /^apt-key\s+(add|adv)\b/,
    home: 'profile',
    message: () => repositories,
    inScript: ofThisProfile,
    byHand: fetchKey,
  },
  {
    // A pipeline as a whole: `curl … | gpg --dearmor -o …`, `curl … | apt-key add -`.
    command: /^(curl|wget|gpg|cat|echo)\s.*\|\s*(sudo\s+)?apt-key\s+add\b/,
    home: 'profile',
    message: () => repositories,
    inScript: ofThisProfile,
    byHand: fetchKey,
  },
  {
    writes: /^\/(etc\/apt\/(keyrings|trusted\.gpg)|usr\/share\/keyrings\/)/,
    home: 'profile',
    message: () => repositories,
    inScript: ofThisProfile,
    byHand: fetchKey,
  },
  {
    writes: /^\/etc\/apt\/sources\.list(\.d\/|$)/,
    home: 'profile',
    message: () => repositories,
    inScript: ofThisProfile,
    additions: ({ written }, surroundings) => written && sourcesIn(written, surroundings),
    byHand: writeRepository,
  },
];
