import { nameOfPath } from '#shared/site/document-kinds.ts';
import { folderOf } from '#shared/site/document-name.ts';
import type { Overview } from '../authoring/protocol.ts';

/** Paths of the documents that name this one, sorted; they would name nothing once it is gone. */
export function referrersOf(
  overview: Pick<Overview, 'hosts' | 'images'> | undefined,
  path: string,
): string[] {
  if (overview === undefined) return [];
  const name = nameOfPath(path);
  const { hosts, images } = overview;
  const names: Readonly<Record<string, readonly { readonly path: string }[]>> = {
    profiles: [...hosts, ...images].filter(({ profile }) => profile === name),
    networks: hosts.filter(({ network }) => network === name),
    'user-data': hosts.filter(({ userData }) => userData.includes(name)),
  };
  return (names[folderOf(path)] ?? []).map((document) => document.path).sort();
}
