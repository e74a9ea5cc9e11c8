import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';

export function itemsUnder(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.type === 'sequence' ? node.items : [];
}

/** An account of `users`: cloud-init takes a name alone, a mapping with a name, and mappings by name. */
export interface UserEntry {
  readonly name: ScalarNode;
  /** The settings; the name alone where there are none. */
  readonly node: SourceNode;
}

/** The accounts of a cloud-config in the three forms that `normalize_users_groups` of cloud-init accepts. */
export function userEntries(users: SourceNode | undefined): UserEntry[] {
  if (users === undefined) return [];
  if (users.type === 'map') return users.entries.map(({ key, value }) => ({ name: key, node: value }));
  if (users.type === 'scalar') {
    if (typeof users.value !== 'string') return [];
    const names = users.value.split(',').map((name) => name.trim());
    return names
      .filter((name) => name !== '')
      .map((name) => ({ name: { ...users, value: name }, node: users }));
  }
  return users.items.flatMap((item) => {
    const name = item.type === 'scalar' ? item : childOf(item, 'name');
    return name?.type === 'scalar' && typeof name.value === 'string' ? [{ name, node: item }] : [];
  });
}

/** Names of `groups`: a text with commas, a list of names and mappings, or one mapping (`ug_util._normalize_groups`). */
export function groupNames(groups: SourceNode | undefined): ScalarNode[] {
  if (groups === undefined) return [];
  if (groups.type === 'map') return groups.entries.map(({ key }) => key);
  if (groups.type === 'sequence') return groups.items.flatMap(groupNames);
  if (typeof groups.value !== 'string') return [];
  const names = groups.value.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map((name) => ({ ...groups, value: name }));
}

/** Users and groups that the module users-groups makes. */
export function madeAccounts(root: SourceNode | undefined): ScalarNode[] {
  const users = userEntries(childOf(root, 'users')).map(({ name }) => name);
  return [...users, ...groupNames(childOf(root, 'groups'))];
}
