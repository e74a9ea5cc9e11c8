import { folderOf } from '#shared/site/document-name.ts';
import type { OpenDocument } from '../state/documents.ts';
import type { TreeDraft } from '../state/tree-editing.ts';

export type TreeRow =
  | {
      readonly type: 'group';
      readonly id: string;
      readonly title: string;
      readonly count: number;
      readonly open: boolean;
    }
  | { readonly type: 'document'; readonly path: string; readonly name: string; readonly level: 1 | 2 }
  /** A name in secrets/ or in the key store: no document, and never its value. */
  | { readonly type: 'secret'; readonly name: string }
  /** A name that is being typed. */
  | { readonly type: 'draft'; readonly draft: TreeDraft };

/** `one` is what a document of the group is called. */
export const groups = [
  { id: 'hosts', title: 'Hosts', one: 'host' },
  { id: 'profiles', title: 'Profiles', one: 'host profile' },
  { id: 'networks', title: 'Networks', one: 'network' },
  { id: 'user-data', title: 'User data', one: 'user-data fragment' },
  { id: 'images', title: 'Images', one: 'image' },
] as const;

/** Of no folder that documents are made in; last, because most days nobody looks there. */
export const secretsGroup = 'secrets';

/**
 * The documents in the order of the work, as rows of a tree of two levels. Folders that a document can be made in are
 * shown without documents too; the name that is being typed stands where its document will.
 */
export function treeRows(
  paths: readonly string[],
  folded: readonly string[],
  draft?: TreeDraft,
  secrets: readonly string[] = [],
): TreeRow[] {
  const sorted = [...paths].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const inFolder = (folder: string) => sorted.filter((path) => path.startsWith(`${folder}/`));
  const known = new Set<string>(groups.map(({ id }) => id));
  const top = sorted.filter((path) => !path.includes('/'));
  const other = sorted.filter((path) => path.includes('/') && !known.has(path.slice(0, path.indexOf('/'))));
  const rows: TreeRow[] = top.map((path) => ({ type: 'document', path, name: path, level: 1 }));
  for (const { id, title } of groups) rows.push(...groupRows(id, title, inFolder(id), folded));
  if (other.length > 0) rows.push(...groupRows('other', 'Other', other, folded));
  rows.push(...secretRows(secrets, folded));
  return draft === undefined ? rows : withDraft(rows, draft);
}

function groupRows(
  id: string,
  title: string,
  paths: readonly string[],
  folded: readonly string[],
): TreeRow[] {
  const open = !folded.includes(id);
  const group: TreeRow = { type: 'group', id, title, count: paths.length, open };
  if (!open) return [group];
  return [
    group,
    ...paths.map((path): TreeRow => ({ type: 'document', path, name: shortName(path, id), level: 2 })),
  ];
}

function secretRows(names: readonly string[], folded: readonly string[]): TreeRow[] {
  if (names.length === 0) return [];
  const open = !folded.includes(secretsGroup);
  const group: TreeRow = { type: 'group', id: secretsGroup, title: 'Secrets', count: names.length, open };
  return [group, ...(open ? names.map((name): TreeRow => ({ type: 'secret', name })) : [])];
}

function withDraft(rows: readonly TreeRow[], draft: TreeDraft): TreeRow[] {
  const row: TreeRow = { type: 'draft', draft };
  const indexOf = (path: string) => rows.findIndex((one) => one.type === 'document' && one.path === path);
  if (draft.type === 'rename') {
    const index = indexOf(draft.path);
    return index < 0 ? [...rows] : rows.with(index, row);
  }
  const after =
    draft.copyOf === undefined
      ? rows.findIndex((one) => one.type === 'group' && one.id === draft.folder)
      : indexOf(draft.copyOf);
  return rows.toSpliced(after + 1, 0, row);
}

/** The folder in which a new document is most likely meant: that of the document that is shown. */
export function likelyFolder(active: string | undefined): string {
  const folder = active === undefined ? '' : folderOf(active);
  return groups.some(({ id }) => id === folder) ? folder : groups[0].id;
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
