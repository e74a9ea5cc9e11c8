import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { maximumDocumentLength } from '#shared/source/parse-yaml.ts';
import { type FileAccess, waiting } from '../files/file-access.ts';
import { digestOf } from '../files/file-digest.ts';
import { errnoOf, isMissing } from '../files/file-failures.ts';

/** Documents lie in these folders, one level deep; everything else in a site is none of the editor's business. */
export const documentFolders = ['hosts', 'profiles', 'networks', 'user-data', 'images'] as const;
const topDocuments = ['site.yaml', 'isogen.yaml'] as const;

/** 500 hosts with everything around them are about 600 documents. */
export const maximumDocuments = 2000;
/** Bytes of one document, so that none is read that the parser refuses. */
export const maximumDocumentBytes = maximumDocumentLength;

export interface DocumentFile {
  /** Inside the site, with forward slashes. */
  readonly path: string;
  /** The real path that was found to lie inside the site: what is read, so that nothing can be put in between. */
  readonly target: string;
  readonly size: number;
  /** Changes whenever the content may have changed: compared, never interpreted. */
  readonly version: string;
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: 'leads-outside' | 'too-many' | 'unreadable';
}

export interface SiteListing {
  readonly files: readonly DocumentFile[];
  readonly skipped: readonly SkippedFile[];
}

/** Whether a path inside a site is one that a document may have. */
export function isDocumentPath(path: string): boolean {
  if ((topDocuments as readonly string[]).includes(path)) return true;
  const [folder, name, ...rest] = path.split('/');
  if (folder === undefined || name === undefined || rest.length > 0) return false;
  return (documentFolders as readonly string[]).includes(folder) && isDocumentName(folder, name);
}

/** Networks may come from OpenStack, which writes JSON. */
function isDocumentName(folder: string, name: string): boolean {
  const endings = folder === 'networks' ? /\.(ya?ml|json)$/ : /\.ya?ml$/;
  return /^[^.\0/\\][^\0/\\]*$/.test(name) && endings.test(name) && name.length <= 200;
}

/** The site's real folder. Throws `site-not-found` when it is no folder or holds no site.yaml. */
export async function resolveSite(folder: string): Promise<string> {
  try {
    const real = await realpath(folder);
    if (!(await stat(real)).isDirectory()) throw notASite(folder, 'It is not a folder.');
    if (await stat(join(real, 'site.yaml')).catch(() => undefined)) return real;
  } catch (thrown) {
    if (thrown instanceof SiteforgeError) throw thrown;
    const reason = isMissing(thrown) ? 'It does not exist.' : `It cannot be read (${errnoOf(thrown)}).`;
    throw notASite(folder, reason);
  }
  throw notASite(folder, 'It holds no site.yaml.');
}

function notASite(folder: string, reason: string): SiteforgeError {
  return new SiteforgeError('site-not-found', {
    where: folder,
    message: `${folder} is not a site. ${reason}`,
  });
}

/** A name for a site that is the same each time and says nothing about where it lies. */
export function siteIdOf(realFolder: string): string {
  return digestOf(realFolder).slice(0, 16);
}

export function siteNameOf(realFolder: string): string {
  return basename(realFolder);
}

/** Lists documents without reading them. Throws `site-vanished` when the folder itself is gone. */
export async function listSite(folder: string, by: FileAccess = waiting): Promise<SiteListing> {
  const real = await realpath(folder).catch((thrown: unknown) => {
    throw vanished(folder, thrown);
  });
  const files: DocumentFile[] = [];
  const skipped: SkippedFile[] = [];
  const candidates = await candidatesIn(real, skipped);
  for (const { path } of candidates.slice(maximumDocuments)) skipped.push({ path, reason: 'too-many' });
  for (const found of await inBatches(candidates.slice(0, maximumDocuments), (one) =>
    inspect(real, one, by),
  )) {
    if (found === undefined) continue;
    if ('reason' in found) skipped.push(found);
    else files.push(found);
  }
  return { files, skipped };
}

/** Several at a time, for a disk that answers late; not all at once, for a system that allows 256 open files. */
export async function inBatches<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const batch = 64;
  const done: R[] = [];
  for (let start = 0; start < all.length; start += batch)
    done.push(...(await Promise.all(all.slice(start, start + batch).map(work))));
  return done;
}

export function vanished(folder: string, thrown: unknown): SiteforgeError {
  return new SiteforgeError('site-vanished', {
    where: folder,
    message: `${folder} cannot be reached any more.`,
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    cause: thrown,
  });
}

/** A path that a document may have; `plain` when the listing itself says that it is a file in a folder of the site. */
interface Candidate {
  readonly path: string;
  readonly plain: boolean;
}

/** A folder that cannot be read is told, not taken for an empty one: its documents may be there. */
async function candidatesIn(folder: string, skipped: SkippedFile[]): Promise<Candidate[]> {
  const top = await readdir(folder).catch((thrown: unknown) => {
    throw vanished(folder, thrown);
  });
  const candidates: Candidate[] = topDocuments
    .filter((path) => top.includes(path))
    .map((path) => ({ path, plain: false }));
  for (const below of documentFolders) {
    const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((thrown: unknown) => {
      const errno = errnoOf(thrown);
      if (errno === 'ENOENT' || errno === 'ENOTDIR') return [];
      if (errno === 'EACCES' || errno === 'EPERM' || errno === 'ELOOP') {
        skipped.push({ path: below, reason: 'unreadable' });
        return [];
      }
      throw vanished(folder, thrown);
    });
    const real = await realpath(join(folder, below)).catch(() => undefined);
    const documents = entries.filter(({ name }) => isDocumentName(below, name));
    documents.sort((one, other) => (one.name < other.name ? -1 : 1));
    for (const entry of documents)
      candidates.push({
        path: `${below}/${entry.name}`,
        plain: entry.isFile() && real === join(folder, below),
      });
  }
  return candidates;
}

/**
 * A symbolic link may stand for a document, or for a folder of documents, as long as it stays inside the site. Only
 * for those is the real path asked, which costs a system call for each folder above.
 */
async function inspect(
  folder: string,
  { path, plain }: Candidate,
  by: FileAccess,
): Promise<DocumentFile | SkippedFile | undefined> {
  try {
    const target = plain ? join(folder, path) : await realpath(join(folder, path));
    if (!isInside(folder, target)) return { path, reason: 'leads-outside' };
    const status = await by.status(target);
    if (!status.isFile()) return undefined;
    const version = `${status.ino}:${status.size}:${status.mtimeNs}`;
    return { path, target, size: Number(status.size), version };
  } catch (thrown) {
    return isMissing(thrown) ? undefined : { path, reason: 'unreadable' };
  }
}

export function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
