import type { HostProfile } from '../../schema/host-profile.ts';
import type { BakedFile, Contribution } from './contribution.ts';
import { configurationFile, rootFile } from './contribution.ts';

type Repository = NonNullable<HostProfile['spec']['repositories']>[number];

/** Files below /etc/apt are written before packages are installed, so that these repositories count in the build. */
export function renderRepositories({ repositories = [] }: HostProfile['spec']): Contribution {
  return { files: repositories.flatMap(filesOf) };
}

/** sources.list(5), "DEB822-STYLE FORMAT"; apt_preferences(5). A key in its own file signs this repository alone. */
function filesOf({ name, uri, suites, components, key, pin }: Repository): BakedFile[] {
  const keyPath = `/etc/apt/keyrings/${name}.asc`;
  const source = [
    'Types: deb',
    `URIs: ${uri}`,
    `Suites: ${suites.join(' ')}`,
    ...(components.length === 0 ? [] : [`Components: ${components.join(' ')}`]),
    ...(key === undefined ? [] : [`Signed-By: ${keyPath}`]),
  ];
  const preference =
    pin === undefined
      ? []
      : [
          `Package: ${pin.packages.join(' ')}`,
          `Pin: origin "${hostOf(uri)}"`,
          `Pin-Priority: ${pin.priority}`,
        ];
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
