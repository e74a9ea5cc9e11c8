import type { HostProfile } from '../../../schema/host-profile.ts';
import { type BakedFile, type Contribution, rootFile, shellQuoted, shellScript } from '../contribution.ts';

type User = NonNullable<HostProfile['spec']['users']>[number];

/**
 * useradd(8) as a script, behind the packages, whose accounts may be groups of these. A password or key in a file of
 * its own would need an owner that does not exist yet when files are written.
 */
export function renderUsers({ users = [] }: HostProfile['spec']): Contribution {
  const files: BakedFile[] = users.flatMap(({ name, sudo }) =>
    // A name with a dot would not be read (sudoers(5), "Including other files").
    sudo === undefined ? [] : [rootFile(`/etc/sudoers.d/90-siteforge-${name}`, `${name} ${sudo}\n`, '0440')],
  );
  return {
    files,
    scripts: shellScript('00-siteforge-users', [...users.flatMap(accountOf), ...users.flatMap(groupsOf)]),
  };
}

/** The names of accounts that exist only after the script has run. */
export function bakedUserNames({ users = [] }: HostProfile['spec']): ReadonlySet<string> {
  return new Set(users.map(({ name }) => name));
}

/** Behind all accounts: each brings a group of its own name, which another one may be in. */
function groupsOf({ name, groups }: User): string[] {
  if (groups.length === 0) return [];
  return [
    ...groups.map((group) => `getent group ${group} >/dev/null || groupadd --system ${group}`),
    `usermod --append --groups ${groups.join(',')} ${name}`,
  ];
}

function accountOf(user: User): string[] {
  const { name, uid, system, description, passwordHash, authorizedKeys } = user;
  const shell = user.shell ?? (system ? '/usr/sbin/nologin' : '/bin/bash');
  const options = [
    system ? '--system --no-create-home' : '--create-home',
    '--user-group',
    ...(uid === undefined ? [] : [`--uid ${uid}`]),
    ...(description === undefined ? [] : [`--comment ${shellQuoted(description)}`]),
    `--shell ${shell}`,
    ...(passwordHash === undefined ? [] : [`--password ${shellQuoted(passwordHash)}`]),
  ];
  const commands = [`useradd ${options.join(' ')} ${name}`];
  if (authorizedKeys.length === 0) return commands;
  const folder = `/home/${name}/.ssh`;
  commands.push(
    `install -d -m 0700 -o ${name} -g ${name} ${folder}`,
    `printf '%s\\n' ${authorizedKeys.map((key) => shellQuoted(key.trim())).join(' ')} > ${folder}/authorized_keys`,
    `chown ${name}:${name} ${folder}/authorized_keys`,
    `chmod 0600 ${folder}/authorized_keys`,
  );
  return commands;
}
