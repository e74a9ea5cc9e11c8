import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type AptSource, no, readAptSources, words } from './apt-sources.ts';

/** A suite at a mirror, reduced to what holds on every machine: it may go into the base of a builder. */
export interface DebianSource {
  readonly uri: string;
  readonly suite: string;
  /** `check-valid-until=no`, `check-date=no`: the mirror is a snapshot whose dates have passed. */
  readonly options: readonly string[];
}

export interface DebianSources {
  /** The release first, then its updates and its security suite, one mirror each. Empty when no mirror is known. */
  readonly sources: readonly DebianSource[];
  /** Why a source that is configured for these suites was not taken, one sentence each. */
  readonly passedOver: readonly string[];
}

const datesOptions = ['check-valid-until', 'check-date'] as const;
/** Releases of one archive: what mirrors one of them mirrors the others. */
const releases = ['bookworm', 'trixie', 'forky', 'bullseye', 'stable', 'testing', 'sid'] as const;
/** The keys that a bootstrapped base has. */
const debianKeyring = /^\/usr\/share\/keyrings\/debian-archive-[a-z0-9-]+\.(?:gpg|pgp|asc)$/;
/** What a shell, apt (`$(ARCH)`) or a list of sources could take for something else stays out of all three. */
const address = /^https?:\/\/[^\s"'\\$`;<>|[\]]+$/;

/**
 * The suites of a release, with its updates and security, at the mirrors that `configured` names for them; where it
 * names none for the release itself, at those that it names for another release of Debian. `defaults` are options that
 * apt's configuration gives to every source.
 */
export function selectDebianSources(
  configured: readonly AptSource[],
  release: string,
  defaults: readonly string[] = [],
): DebianSources {
  const wanted = [release, ...releases.filter((other) => other !== release)];
  const spoken = wanted.find((name) => configured.some((one) => one.suite === name && isUsable(one)));
  const passedOver = new Set<string>();
  const suites = [...(isRolling(release) ? [''] : ['', '-updates', '-security'])];
  const sources = suites.flatMap((suffix): DebianSource[] => {
    const candidates = configured.filter(({ suite }) => suite === `${spoken ?? release}${suffix}`);
    const chosen = candidates.find(isUsable);
    if (chosen !== undefined) {
      const options = datesOptions.filter((name) => no.test(chosen.options.get(name) ?? ''));
      const relaxed = new Set([...defaults, ...options.map((name) => `${name}=no`)]);
      const uri = chosen.uri.replace(/\/+$/, '');
      return [{ uri, suite: `${release}${suffix}`, options: [...relaxed].sort() }];
    }
    for (const each of candidates) {
      // This goes to the log, where passwords have no place.
      const place = each.uri.replace(/\/\/.*@/, '//');
      passedOver.add(`${place} (${each.suite}) ${unfitness(each)}.`);
    }
    return [];
  });
  // Corrections of a release that itself comes from nowhere are of no use.
  return { sources: sources[0]?.suite === release ? sources : [], passedOver: [...passedOver] };
}

function isRolling(release: string): boolean {
  return release === 'sid' || release === 'testing';
}

function isUsable(source: AptSource): boolean {
  return unfitness(source) === undefined;
}

/** Why a builder cannot use a source: the rest of a sentence. Undefined when it can. */
function unfitness({ uri, components, options }: AptSource): string | undefined {
  if (!/^https?:/.test(uri)) return 'is not reached over http or https';
  if (!address.test(uri)) return 'has an address that is not a plain one';
  if (/^https?:\/\/[^/]*@/.test(uri)) return 'needs an account';
  if (!components.includes('main')) return 'does not name the component main';
  if (!isForAmd64(options)) return 'is not for amd64';
  if (/^(?:yes|true|with|on|enable|1)$/i.test(options.get('trusted') ?? '')) return 'is trusted unsigned';
  const keys = words((options.get('signed-by') ?? '').replaceAll(',', ' '));
  return keys.every((key) => debianKeyring.test(key)) ? undefined : "is signed by another key than Debian's";
}

function isForAmd64(options: ReadonlyMap<string, string>): boolean {
  const list = (name: string) => words((options.get(name) ?? '').replaceAll(',', ' '));
  return (list('arch').length === 0 || list('arch').includes('amd64')) && !list('arch-').includes('amd64');
}

/** An entry of sources.list(5). */
export function sourceLine({ uri, suite, options }: DebianSource): string {
  return `deb ${options.length === 0 ? '' : `[${options.join(' ')}] `}${uri} ${suite} main`;
}

/** The sources of a release as this machine's apt is configured; none on machines without apt. */
export async function debianSourcesOfThisMachine(
  release: string,
  folder = '/etc/apt',
): Promise<DebianSources> {
  return selectDebianSources(readAptSources(folder), release, await relaxedDates());
}

/** What apt's configuration says for all sources: somebody works with a snapshot on purpose. */
async function relaxedDates(): Promise<string[]> {
  const asked = ['shell', 'VALID', 'Acquire::Check-Valid-Until', 'DATE', 'Acquire::Check-Date'];
  // Without apt the program is not there, and neither are sources.
  const { stdout } = await promisify(execFile)('apt-config', asked, { timeout: 5000 }).catch(() => ({
    stdout: '',
  }));
  const value = (name: string) => new RegExp(`^${name}='(.*)'$`, 'm').exec(stdout)?.[1] ?? '';
  return [
    ...(no.test(value('VALID')) ? ['check-valid-until=no'] : []),
    ...(no.test(value('DATE')) ? ['check-date=no'] : []),
  ];
}
