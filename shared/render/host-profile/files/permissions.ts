import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, shellQuoted, shellScript } from '../contribution.ts';

/**
 * The last of all scripts: what it is for is made by packages and scripts. A pattern that fits nothing stays as it is
 * written (POSIX shell, section 2.13.3), so that the command fails and names it.
 */
export function renderPermissions({ permissions = [] }: HostProfile['spec']): Contribution {
  const owners = permissions.flatMap(({ path, owner = '', group }) => {
    const account = group === undefined ? owner : `${owner}:${group}`;
    return account === '' ? [] : [`chown ${account} -- ${patternText(path)}`];
  });
  const modes = permissions.flatMap(({ path, mode }) =>
    mode === undefined ? [] : [`chmod ${mode} -- ${patternText(path)}`],
  );
  // chown takes the set-user-ID bit away (chown(2)), so that the modes follow, those of other entries too.
  const commands = [...owners, ...modes];
  return { scripts: shellScript('99-siteforge-permissions', commands) };
}

/** With the letters of a pattern outside the quotes. */
function patternText(path: string): string {
  const parts = path.split(/([*?]+)/);
  return parts.map((part, index) => (index % 2 === 1 || part === '' ? part : shellQuoted(part))).join('');
}
