import type { OpenDocument } from '../state/documents.ts';

export type TreeRow =
  | {
      readonly type: 'group';
      readonly id: string;
      readonly title: string;
      readonly count: number;
      readonly open: boolean;
    }
  | { readonly type: 'document'; readonly path: string; readonly name: string; readonly level: 1 | 2 };

const groups = [
  { id: 'hosts', title: 'Hosts' },
  { id: 'profiles', title: 'Profiles' },
  { id: 'networks', title: 'Networks' },
  { id: 'user-data', title: 'User data' },
  { id: 'images', title: 'Images' },
] as const;

/** The documents in the order of the work, as rows of a tree of two levels. Groups without documents are left out. */
export function treeRows(paths: readonly string[], folded: readonly string[]): TreeRow[] {
  const sorted = [...paths].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const inFolder = (folder: string) => sorted.filter((path) => path.startsWith(`${folder}/`));
  const known = new Set<string>(groups.map(({ id }) => id));
  const top = sorted.filter((path) => !path.includes('/'));
  const other = sorted.filter((path) => path.includes('/') && !known.has(path.slice(0, path.indexOf('/'))));
  const rows: TreeRow[] = top.map((path) => ({ type: 'document', path, name: path, level: 1 }));
  for (const { id, title } of groups) rows.push(...groupRows(id, title, inFolder(id), folded));
  rows.push(...groupRows('other', 'Other', other, folded));
  return rows;
}

function groupRows(
  id: string,
  title: string,
  paths: readonly string[],
  folded: readonly string[],
): TreeRow[] {
  if (paths.length === 0) return [];
  const open = !folded.includes(id);
  const group: TreeRow = { type: 'group', id, title, count: paths.length, open };
  if (!open) return [group];
  return [
    group,
    ...paths.map((path): TreeRow => ({ type: 'document', path, name: shortName(path, id), level: 2 })),
  ];
}

/** `hosts/node-07.yaml` under Hosts is `node-07`; elsewhere a document keeps its path. */
function shortName(path: string, group: string): string {
  return group === 'other' ? path : path.slice(group.length + 1).replace(/\.ya?ml$/, '');
}

export function groupOf(path: string): string {
  const folder = path.slice(0, Math.max(0, path.indexOf('/')));
  if (folder === '') return '';
  return groups.some(({ id }) => id === folder) ? folder : 'other';
}

export function pathsOf(byPath: Readonly<Record<string, OpenDocument>>): string {
  return Object.keys(byPath).join('\n');
}
