import type { HostProfile } from '../../../schema/host-profile.ts';
import type { BakedFile, Contribution } from '../contribution.ts';
import { configurationFile, rootFile, shellScript } from '../contribution.ts';
import { bareName } from '../systemd/unit-packages.ts';

type Repository = NonNullable<HostProfile['spec']['repositories']>[number];

/** Files below /etc/apt are written before packages are installed, so that these repositories count in the build. */
export function renderRepositories({ repositories = [] }: HostProfile['spec']): Contribution {
  return {
    files: repositories.flatMap(filesOf),
    packages: repositories.flatMap(({ packages }) => packages),
  };
}

/** Behind the scripts of the profile, which may install from them too. */
export function renderBuildRepositories({ repositories = [] }: HostProfile['spec']): Contribution {
  const files = repositories.flatMap((each) => (each.onHosts ? [] : filesOf(each)));
  const commands = files.map(({ path }) => `rm -f ${path}`);
  return { scripts: shellScript('98-siteforge-repositories', commands) };
}

/** apt_preferences(5): above that of any other repository (500), and below what would go back to an older version. */
const priorityOfOwn = 990;

/** sources.list(5), "DEB822-STYLE FORMAT"; apt_preferences(5). A key in its own file signs this repository alone. */
function filesOf({ name, uri, suites, components, key, packages, pin }: Repository): BakedFile[] {
  const keyPath = `/etc/apt/keyrings/${name}.asc`;
  const source = [
    'Types: deb',
    `URIs: ${uri}`,
    `Suites: ${suites.join(' ')}`,
    ...(components.length === 0 ? [] : [`Components: ${components.join(' ')}`]),
    ...(key === undefined ? [] : [`Signed-By: ${keyPath}`]),
  ];
  const stanza = (names: readonly string[], priority: number) => [
    `Package: ${names.join(' ')}`,
    `Pin: origin "${hostOf(uri)}"`,
    `Pin-Priority: ${priority}`,
  ];
  // The first stanza that names a package decides.
  const stanzas = [
    ...(packages.length === 0 ? [] : [stanza(packages.map(bareName), priorityOfOwn)]),
    ...(pin === undefined ? [] : [stanza(pin.packages, pin.priority)]),
  ];
  const preference = stanzas.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
  return [
    ...(key === undefined ? [] : [rootFile(keyPath, key.endsWith('\n') ? key : `${key}\n`)]),
    ...configurationFile(`/etc/apt/sources.list.d/${name}.sources`, source),
    ...configurationFile(`/etc/apt/preferences.d/${name}.pref`, preference),
  ];
}

/** What apt calls the origin of a repository: the host without account and port. */
function hostOf(uri: string): string {
  return /^https?:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:]+)/.exec(uri)?.[1] ?? '';
}
