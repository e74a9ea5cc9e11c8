import { knownAccounts, resemblesPackage } from '../accounts/check-owners.ts';
import { meantName } from '../likely-names.ts';
import { installedPackages, type ProfileCheck } from '../profile-check.ts';

/** systemd.exec(5): with a user or group that does not exist a service ends with status 217 or 216. */
export function checkUnitAccounts(check: ProfileCheck): void {
  if ((check.spec.systemd?.units ?? []).length === 0) return;
  const installed = installedPackages(check);
  if (installed === undefined || !check.isRead('users')) return;
  const known = knownAccounts(check, installed);
  for (const [index, { name, content }] of (check.spec.systemd?.units ?? []).entries()) {
    // systemd makes the account itself.
    if (/^DynamicUser\s*=\s*(1|yes|true|on|y|t)\s*$/im.test(content)) continue;
    for (const [, key = '', account = ''] of content.matchAll(/^(User|Group)\s*=[ \t]*(\S+)[ \t]*$/gm)) {
      const isOpen = /^\d+$|%/.test(account) || known.has(account) || resemblesPackage(account, installed);
      if (isOpen || isMade(check, account)) continue;
      const meant = meantName(account, [...known]);
      const hint = meant === undefined ? 'Describe it under “users”' : `Did you mean “${meant}”`;
      check.value(
        check.at('systemd', 'units', index, 'name'),
        `${name} has ${key}=${account}, which nothing in the profile makes: unless a host’s user-data does, the service does not start. ${hint}${meant === undefined ? '.' : '?'}`,
      );
    }
  }
}

/** By a script, or by systemd-sysusers. */
function isMade({ spec }: ProfileCheck, account: string): boolean {
  const texts = [
    ...(spec.scripts ?? []).map(({ content }) => content),
    ...(spec.files ?? []).filter(({ path }) => path.includes('/sysusers.d/')).map(({ content }) => content),
  ];
  return texts.some((text) => text.includes(account));
}
