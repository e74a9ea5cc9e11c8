import { editDistance } from '../../../diagnostics/suggest.ts';

/** Interpreters and shells that every image has: of the base system, and python3, in which cloud-init is written. */
const everywhere =
  'awk bash busybox cat dash env false mawk nawk perl python3 python3.11 rbash sed sh true'.split(' ');

/** Those of packages, with the packages that bring them; the first is what is proposed. */
const packagesOfProgram: ReadonlyMap<string, readonly string[]> = new Map([
  ['ash', ['ash', 'busybox-static']],
  ['csh', ['tcsh', 'csh']],
  ['expect', ['expect']],
  ['fish', ['fish']],
  ['gawk', ['gawk']],
  ['ksh', ['ksh', 'ksh93u+m', 'mksh']],
  ['ksh93', ['ksh93u+m', 'ksh']],
  ['lua', ['lua5.4']],
  ['mksh', ['mksh']],
  ['nft', ['nftables']],
  ['node', ['nodejs']],
  ['php', ['php-cli', 'php']],
  ['python', ['python-is-python3', 'python-dev-is-python3']],
  ['python2', []],
  ['python2.7', []],
  ['ruby', ['ruby']],
  ['sash', ['sash']],
  ['tclsh', ['tcl']],
  ['tcsh', ['tcsh']],
  ['tmux', ['tmux']],
  ['screen', ['screen']],
  ['yash', ['yash']],
  ['zsh', ['zsh']],
]);

export interface MissingProgram {
  readonly name: string;
  /** One of them brings it; empty where nothing of Debian does. */
  readonly packages: readonly string[];
  /** The path of a program that is meant. */
  readonly meant?: string;
}

/** In Debian 12 /bin and /sbin are links into /usr. */
const folderOfPrograms = /^(\/usr)?\/s?bin\/([^/]+)$/;

/** A well-known interpreter or shell that an image lacks. Of programs that are not known here nothing is said. */
export function missingProgram(path: string, installed: ReadonlySet<string>): MissingProgram | undefined {
  const name = folderOfPrograms.exec(path)?.[2];
  if (name === undefined || everywhere.includes(name) || installed.has(name)) return undefined;
  const packages = packagesOfProgram.get(name);
  const inItsPlace = (other: string) => `${path.slice(0, -name.length)}${other}`;
  if (packages === undefined) {
    // Names as short as sh are near to too many programs.
    const meant =
      name === 'shh' ? 'sh' : everywhere.find((known) => known.length > 2 && editDistance(name, known) === 1);
    return meant === undefined ? undefined : { name, packages: [], meant: inItsPlace(meant) };
  }
  if (packages.some((each) => installed.has(each))) return undefined;
  return { name, packages, ...(name.startsWith('python') ? { meant: inItsPlace('python3') } : {}) };
}

/** What to say of it, behind “there is no”. */
export function whyMissing({ packages, meant }: MissingProgram): string {
  const [first] = packages;
  if (meant?.endsWith('python3')) return `Python of Debian 12 is python3. Did you mean “${meant}”?`;
  if (meant !== undefined) return `Did you mean “${meant}”?`;
  return first === undefined ? '' : `It comes with the package ${first}, which the profile does not install.`;
}
