import { kindOfPath, nameOfPath } from './document-kinds.ts';

/** Documents refer to each other by the name of the file, so it is what the schemas allow in such a reference. */
const namePattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export type NameProblem = 'empty' | 'too-long' | 'upper-case' | 'characters' | 'edge' | 'taken';

/** What people may type: the ending of the file is no part of the name. */
export function typedName(text: string): string {
  return text.trim().replace(/\.ya?ml$/i, '');
}

/**
 * Why a document of a folder cannot get this name; undefined when it can. `taken` are the paths of the site; names
 * that differ in upper and lower case only are one name on the disks of other systems, and so they are here.
 */
export function nameProblem(name: string, folder: string, taken: Iterable<string>): NameProblem | undefined {
  if (name === '') return 'empty';
  if (name.length > 63) return 'too-long';
  if (!namePattern.test(name)) {
    if (namePattern.test(name.toLowerCase())) return 'upper-case';
    return /^[a-z0-9-]+$/.test(name) ? 'edge' : 'characters';
  }
  for (const path of taken) if (isSameName(path, `${folder}/${name}.yaml`)) return 'taken';
  return undefined;
}

/** Whether two paths of one folder would be one document: `.yaml` and `.yml`, upper and lower case do not count. */
export function isSameName(path: string, other: string): boolean {
  return folderOf(path) === folderOf(other) && foldedName(path) === foldedName(other);
}

/** The name that all paths have in common that `isSameName` takes for one document. */
export function foldedName(path: string): string {
  return nameOfPath(path).normalize('NFC').toLowerCase();
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether a path is one that a document may be given: of a folder of documents, with a name that others can use. */
export function isNewDocumentPath(path: string): boolean {
  const folder = folderOf(path);
  return (
    folder !== '' &&
    kindOfPath(path) !== undefined &&
    path.endsWith('.yaml') &&
    nameProblem(nameOfPath(path), folder, []) === undefined
  );
}

/** One sentence for the person who is typing the name. */
export function describeNameProblem(problem: NameProblem, name: string): string {
  switch (problem) {
    case 'empty':
      return 'Type a name.';
    case 'too-long':
      return `A name has at most 63 characters; this one has ${name.length}.`;
    case 'upper-case':
      return `Names are in lower case: ${name.toLowerCase()}`;
    case 'edge':
      return 'A name starts and ends with a letter or a digit.';
    case 'characters':
      return 'A name has lower-case letters, digits and hyphens only.';
    case 'taken':
      return `There is a document “${name}” already.`;
  }
}
