import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { createSourceText } from '../source/source-text.ts';
import { folderOfKind, kindOfPath, kinds } from './document-kinds.ts';

/** What the folder of a site holds beside its documents, as far as documents or their author depend on it. */
export interface SiteContent {
  /** Names of the folders in elements/. */
  readonly elements: readonly string[];
  /** Names of the files in secrets/; undefined without such a folder, as in a fresh clone. */
  readonly secrets: readonly string[] | undefined;
  /** Files and folders that lie where documents are looked for, but are not read. Folders end with a slash. */
  readonly strays: readonly string[];
}

const documentFolders = kinds.flatMap((kind) => folderOfKind(kind) ?? []);
const otherFolders = ['elements', 'secrets', 'out'];

/** Notes beside documents, and what editors and merges leave behind: nobody takes these for documents. */
const expectedBeside =
  /^(\.|#.*#$|README|LICEN[CS]E|4913$)|(~|\.(md|rst|bak|orig|rej|sw[a-p]|tmp|part|save))$/i;

/** Sorts paths inside a site, as `otherPaths` of the site's listing gives them. */
export function contentOf(paths: readonly string[]): SiteContent {
  const inside = (folder: string) =>
    paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
  const secrets = inside('secrets');
  return {
    elements: inside('elements').flatMap((path) => (/^[^/]+\/$/.test(path) ? path.slice(0, -1) : [])),
    secrets: secrets.length === 0 ? undefined : secrets.filter((name) => name !== '' && !name.includes('/')),
    strays: paths.filter(isStray),
  };
}

function isStray(path: string): boolean {
  if (path.split('/').some((part) => expectedBeside.test(part)) || kindOfPath(path) !== undefined)
    return false;
  const [top = '', ...rest] = path.split('/');
  if (rest.length === 0) return /\.ya?ml$/i.test(top);
  if (documentFolders.includes(top)) return !path.endsWith('/');
  return !otherFolders.includes(top) && rest.join('') === '' && folderMeant(top) !== undefined;
}

function folderMeant(name: string): string | undefined {
  return suggest(name, [...documentFolders, ...otherFolders]);
}

/** Says of each stray that it is not read, so that nobody looks for a host in the wrong place. */
export function reportStrays({ strays }: SiteContent, sink: DiagnosticSink): void {
  for (const path of strays) {
    const place = { source: createSourceText(path, ''), span: { start: 0, end: 0 } };
    const [top = '', ...rest] = path.split('/');
    const isNote = rest.length === 0 && !isSiteMeant(top);
    sink.at(place, isNote ? 'info' : 'warning', 'file-not-read', whyNotRead(path, top, rest));
  }
}

function isSiteMeant(name: string): boolean {
  const plain = name.toLowerCase().replace(/\.yml$/, '.yaml');
  return plain === 'site.yaml' || suggest(plain, ['site.yaml']) !== undefined;
}

function whyNotRead(path: string, top: string, rest: readonly string[]): string {
  if (rest.length === 0) {
    return isSiteMeant(top)
      ? 'This file is not read: the document of the site is site.yaml. Rename this one or remove it.'
      : `This file is not read: beside site.yaml, documents lie in ${documentFolders.map((folder) => `${folder}/`).join(', ')}. Move it there if it is one.`;
  }
  if (!documentFolders.includes(top)) return `This folder is not read. Did you mean ${folderMeant(top)}/?`;
  const name = rest.at(-1) ?? '';
  if (rest.length > 1) {
    const wanted = /\.ya?ml$/.test(name) ? `${top}/${name}` : `${top}/`;
    return `This file is not read: documents lie in ${top}/ itself, not in folders below it. Move it to ${wanted}.`;
  }
  const stem = name.replace(/\.[^.]*$/, '');
  return `This file is not read: the name of a document in ${top}/ ends with .yaml. Rename it to ${stem}.yaml or move it out of ${path.slice(0, top.length)}/.`;
}
