import { isWholeHash } from '../../../schema/password-hash.ts';
import type { SourceNode } from '../../../source/source-node.ts';
import { baseAccounts } from '../accounts/accounts.ts';
import { headersOf } from '../kernel/dkms.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, removed, replaced } from '../remedy.ts';

/** Repositories, kernel headers, accounts: what else is written once for all hosts. */
export function checkSources(check: ProfileCheck): void {
  checkRepositories(check);
  checkHeaders(check);
  checkUsers(check);
}

function checkRepositories({
  spec: { repositories = [] },
  at,
  isRead,
  contradiction,
  value,
}: ProfileCheck): void {
  const names = new Set<string>();
  for (const [index, { name, uri, suites, components, key, pin }] of repositories.entries()) {
    const of = (...path: string[]): SourceNode => at('repositories', index, ...path);
    if (names.has(name)) contradiction(of('name'), `There are two repositories of the name ${name}.`);
    names.add(name);
    const isAll = isRead('repositories', index);
    const flat = suites.filter((suite) => suite.endsWith('/'));
    if (flat.length > 0 && components.length > 0)
      contradiction(
        of('components'),
        `A suite that ends with a slash (${flat[0]}) has no components.`,
        removed('repositories', index, 'components'),
      );
    if (isAll && flat.length < suites.length && components.length === 0)
      contradiction(
        of('suites'),
        'A suite by name needs components, for example [main]; a flat one ends with a slash.',
        replaced(['main'], 'repositories', index, 'components'),
      );
    if (/^https?:\/\/[^/]*@/.test(uri))
      value(of('uri'), 'The address holds a password, which everybody who has the image can read.');
    if (isAll && key === undefined && pin !== undefined && pin.priority > 1000)
      value(
        of('pin'),
        'Without a key of its own this repository is trusted like the distribution, and its packages replace newer ones.',
      );
  }
}

function checkHeaders({ spec: { kernel }, at, isRead, contradiction }: ProfileCheck): void {
  if (!isRead('kernel', 'package') || kernel.headers === undefined || kernel.dkms.length === 0) return;
  const expected = headersOf(kernel.package);
  if (kernel.headers !== expected)
    contradiction(
      at('kernel', 'headers'),
      `Modules would be built with ${kernel.headers}, but the kernel ${kernel.package} needs ${expected}.`,
      replaced(expected, 'kernel', 'headers'),
    );
}

function checkUsers({ spec, at, contradiction, value }: ProfileCheck): void {
  const names = new Set<string>();
  const numbers = new Map<number, string>();
  for (const [index, user] of (spec.users ?? []).entries()) {
    const node = at('users', index, 'name');
    if (names.has(user.name))
      contradiction(node, `The account ${user.name} stands here twice.`, removed('users', index));
    names.add(user.name);
    if (baseAccounts.includes(user.name)) {
      contradiction(
        node,
        `${user.name} is an account or a group of every system: useradd refuses it, and the build ends.`,
        removed('users', index),
      );
      continue;
    }
    if (user.passwordHash !== undefined && !isWholeHash(user.passwordHash))
      value(
        at('users', index, 'passwordHash'),
        'The hash is cut short or damaged, and fits no password. Make it again (mkpasswd --method=yescrypt).',
        removed('users', index, 'passwordHash'),
      );
    const before = user.uid === undefined ? undefined : numbers.get(user.uid);
    if (before !== undefined)
      contradiction(
        at('users', index, 'uid'),
        `${before} has the number ${user.uid} too.`,
        ...freeNumber(spec.users ?? [], index),
      );
    if (user.uid !== undefined) numbers.set(user.uid, user.name);
    if (user.system && user.authorizedKeys.length > 0)
      contradiction(
        at('users', index, 'authorizedKeys'),
        'An account for a service has no home folder that would hold keys.',
        removed('users', index, 'authorizedKeys'),
      );
    if (user.passwordHash?.startsWith('$') === true || user.authorizedKeys.length > 0)
      value(
        node,
        `${user.name} is the same on every host that boots this image, and whoever has the image has its ${user.passwordHash === undefined ? 'keys' : 'password hash'}. An account that is stamped (adminUser in site.yaml, users in user-data) changes without a build.`,
      );
  }
}

/** Of accounts that people have (FIRST_UID and LAST_UID of adduser.conf(5), and those of services below). */
const lastNumber = 59_999;

function freeNumber(users: readonly { uid?: number | undefined }[], index: number): Remedy[] {
  const taken = new Set(users.map(({ uid }) => uid));
  let number = users[index]?.uid ?? 0;
  while (taken.has(number)) number++;
  return number > lastNumber ? [] : [replaced(number, 'users', index, 'uid')];
}
