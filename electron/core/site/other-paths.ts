import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { documentFolders, isDocumentPath } from './site-folder.ts';

/** More than any site has; a folder of a million files that was put there by mistake stays bearable. */
export const maximumOtherPaths = 1000;
const longestPath = 255;
/** How deep folders in hosts/ and the others are followed, to say that documents in them are not read. */
const deepest = 3;

/**
 * What a site's folder holds beside its documents, as paths inside the site, sorted; folders end with a slash. From
 * the top, files in YAML and folders; of elements/ its folders; of secrets/ itself and the names in it; of the folders
 * of documents all that is none. Nothing of it is opened. What cannot be listed is left out.
 */
export async function listOtherPaths(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const add = (path: string) => {
    const isPlain = path.length <= longestPath && !path.includes('\\') && !path.startsWith('.');
    if (found.length < maximumOtherPaths && isPlain) found.push(path);
  };
  for (const entry of await entriesOf(folder)) {
    if (entry.name === 'secrets') continue;
    if (await isFolder(folder, entry)) add(`${entry.name}/`);
    else if (/\.ya?ml$/i.test(entry.name) && !isDocumentPath(entry.name)) add(entry.name);
  }
  for (const entry of await entriesOf(join(folder, 'elements')))
    if (await isFolder(join(folder, 'elements'), entry)) add(`elements/${entry.name}/`);
  // A folder of secrets that this account may not list is as good as none: nothing can be said about it.
  const secrets = await readdir(join(folder, 'secrets'), { withFileTypes: true }).catch(() => undefined);
  if (secrets !== undefined) add('secrets/');
  for (const entry of secrets ?? [])
    if (!entry.isDirectory() && !entry.name.startsWith('.')) add(`secrets/${entry.name}`);
  for (const below of documentFolders) await listStrays(folder, below, 0, add);
  return found.sort();
}

async function listStrays(
  folder: string,
  below: string,
  depth: number,
  add: (path: string) => void,
): Promise<void> {
  for (const entry of await entriesOf(join(folder, below))) {
    const path = `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (depth < deepest) await listStrays(folder, path, depth + 1, add);
    } else if (!isDocumentPath(path)) add(path);
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter(({ name }) => !name.startsWith('.'));
}

async function isFolder(parent: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(join(parent, entry.name)).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
