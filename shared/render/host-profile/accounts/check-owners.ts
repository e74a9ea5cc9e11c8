import { replacementFix } from '../../../diagnostics/suggest.ts';
import { entryOf } from '../../../source/source-node.ts';
import { meantName } from '../likely-names.ts';
import { installedPackages, type ProfileCheck } from '../profile-check.ts';
import { appended, type Remedy, replaced } from '../remedy.ts';
import { accountsOfPackage, baseAccounts } from './accounts.ts';

/**
 * Owners and groups that nothing in the profile brings. Which accounts a package makes is known of a few only, so that
 * an account that has something of the name of an installed package passes.
 */
export function checkOwners(check: ProfileCheck): void {
  const { spec, at, value, misspelt } = check;
  const entries = (['files', 'directories', 'permissions'] as const).flatMap((list) =>
    (spec[list] ?? []).map((entry, index) => ({ entry, list, way: [list, index] as const })),
  );
  const installed = installedPackages(check);
  if (entries.length === 0 || installed === undefined) return;
  const known = knownAccounts(check, installed);
  const told = new Set<string>();
  for (const { entry, list, way } of entries) {
    for (const key of ['owner', 'group'] as const) {
      const name = entry[key];
      if (name === undefined) continue;
      if (known.has(name) || /^\d+$/.test(name) || resemblesPackage(name, installed)) continue;
      const node = entryOf(at(...way), key)?.value ?? at(...way);
      const meant = meantName(name, [...known]);
      if (meant !== undefined) {
        const message = `There is no ${wordOf(key)} “${name}”. Did you mean “${meant}”?`;
        const isWritten = node.type === 'scalar' && node.value === name;
        misspelt(node, message, isWritten ? [replacementFix(node, meant)] : undefined);
      } else if (!told.has(name)) {
        told.add(name);
        value(node, unknownAccount(name, key, list), ...remediesFor(check, name, key));
      }
    }
  }
}

/** Accounts that the profile and its packages bring. */
export function knownAccounts({ spec }: ProfileCheck, installed: ReadonlySet<string>): ReadonlySet<string> {
  const ofPackages = [...accountsOfPackage].flatMap(([name, accounts]) =>
    installed.has(name) ? accounts : [],
  );
  // A user has a group of its own name, and groups that do not exist are made.
  const ofProfile = (spec.users ?? []).flatMap(({ name, groups }) => [name, ...groups]);
  return new Set([...baseAccounts, ...ofPackages, ...ofProfile]);
}

/** Users of Debian's packages are mostly called as these: `_chrony`, `Debian-snmp`, `prometheus` of `prometheus-node-exporter`. */
export function resemblesPackage(account: string, installed: ReadonlySet<string>): boolean {
  const bare = lettersOf(account.replace(/^(_|debian-)/, ''));
  if (bare.length < 2) return true;
  const stem = bare.replace(/d$/, '');
  const all = lettersOfAll(installed);
  return all.includes(bare) || (stem.length >= 3 && all.includes(`\n${stem}`));
}

const joined = new WeakMap<ReadonlySet<string>, string>();

/** The letters of each name behind a line end: thousands of accounts may be looked for in thousands of names. */
function lettersOfAll(names: ReadonlySet<string>): string {
  let letters = joined.get(names);
  if (letters === undefined) {
    letters = [...names].map((name) => `\n${lettersOf(name)}`).join('');
    joined.set(names, letters);
  }
  return letters;
}

function lettersOf(name: string): string {
  return name.replace(/[^a-z0-9]/gi, '');
}

function wordOf(key: 'owner' | 'group'): string {
  return key === 'owner' ? 'account' : 'group';
}

function unknownAccount(name: string, key: 'owner' | 'group', list: string): string {
  const packages = packagesWith(name);
  const [first] = packages;
  const cause =
    first === undefined
      ? 'it is none of Debian’s, nor of a user or package of this profile'
      : `it comes with the package ${first}, which the profile does not install`;
  const next = first === undefined ? 'Describe it under “users”, or take root. ' : '';
  const end =
    list === 'permissions'
      ? 'An unknown one ends the build.'
      : 'Files get their owners before scripts run, and an unknown one ends the build.';
  return `There is no ${wordOf(key)} “${name}” in the image: ${cause}. ${next}${end}`;
}

function packagesWith(account: string): string[] {
  return [...accountsOfPackage].flatMap(([name, accounts]) => (accounts.includes(account) ? [name] : []));
}

function remediesFor({ spec }: ProfileCheck, name: string, key: 'owner' | 'group'): Remedy[] {
  const [first] = packagesWith(name);
  if (first !== undefined) return [appended(first, spec.packages?.install, 'packages', 'install')];
  if (key === 'group' || !/^[a-z_][a-z0-9_-]{0,30}$/.test(name)) return [];
  const users = spec.users ?? [];
  const user = { name, system: true };
  return [
    {
      ...(users.length === 0 ? replaced([user], 'users') : replaced(user, 'users', users.length)),
      title: `Add “${name}” to users, as an account for a service`,
    },
  ];
}
