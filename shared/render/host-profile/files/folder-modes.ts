/** Folders through which every program is started, with its libraries. */
const programFolders = /^\/(usr|bin|lib|lib64|usr\/(bin|lib|lib64))$/;

/** Folders with the settings and the state of services of every account. */
const serviceFolders = /^\/(etc|var|usr\/share|var\/lib)$/;

/** Beside these, folders that may have other modes. */
const furtherFolders =
  /^\/(boot|home|media|mnt|opt|root|sbin|srv|tmp|usr\/(local|sbin|src)|var\/(cache|log|spool|tmp))$/;

export function isSystemFolder(path: string): boolean {
  return programFolders.test(path) || serviceFolders.test(path) || furtherFolders.test(path);
}

export interface FolderModeProblem {
  readonly message: string;
  /** The mode that is meant. */
  readonly instead: string;
  /** Whether no host can be used with it. */
  readonly isFatal?: boolean;
}

/** What a mode takes away from everybody else; `isFolder` tells what else may be a file. */
export function folderModeProblem(
  path: string,
  mode: string,
  isFolder: boolean,
): FolderModeProblem | undefined {
  const special = mode.length > 3 ? (mode.slice(0, -3).at(-1) ?? '0') : '0';
  const digits = [...mode.slice(-3)].map(Number);
  const written = (bits: readonly number[], first = special) => `${first}${bits.join('')}`;
  // tmpfiles.d of Debian gives /tmp its mode again at boot, and leaves /var/tmp as it is.
  if (path === '/tmp' || path === '/var/tmp')
    return special === '1' && mode.endsWith('777')
      ? undefined
      : {
          message: `${path} is written by every account, and the sticky bit keeps them from each other’s files: its mode is 1777, not ${mode}.`,
          instead: '1777',
        };
  const shuts = `The mode ${mode} shuts ${path} for every account but root’s:`;
  const isShut = !((digits[2] ?? 0) & 1);
  if (isShut && programFolders.test(path))
    return {
      // execve(2): every folder of the path is searched by the account that starts a program, after User= of its unit.
      message: `${shuts} they start no program, not even the shell of a login, and services such as the one of the network do not start.`,
      instead: '0755',
      isFatal: true,
    };
  if (isShut && serviceFolders.test(path))
    return {
      message: `${shuts} services with an account of their own find neither names of accounts and hosts nor what they keep there.`,
      instead: '0755',
    };
  const entered = digits.map((bits) => (bits & 6 ? bits | 1 : bits));
  if (!isFolder || entered.join('') === digits.join('')) return undefined;
  return {
    message: `Without x nobody enters a folder: with the mode ${mode} ${whoOf(digits)} can list names at most.`,
    instead: written(entered),
  };
}

function whoOf(digits: readonly number[]): string {
  const names = ['its owner', 'its group', 'others'];
  const shut = names.filter((_, index) => (digits[index] ?? 0) & 6 && !((digits[index] ?? 0) & 1));
  return shut.join(' and ').replace(/ and (?=.* and )/, ', ');
}
