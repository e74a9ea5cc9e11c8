import { randomBytes } from 'node:crypto';
import { copyFile, lstat, readdir, realpath, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { foldedName, folderOf, isNewDocumentPath, isSameName } from '#shared/site/document-name.ts';
import { forEachAtOnce } from '../files/at-once.ts';
import { syncFolder } from '../files/atomic-write.ts';
import { digestOf } from '../files/file-digest.ts';
import { errnoOf, isMissing } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';
import { moveWithoutOverwriting } from '../files/move-without-overwriting.ts';
import { exists, siteFailure } from './save-document.ts';
import { isDocumentPath, isInside, maximumDocumentBytes } from './site-folder.ts';

/**
 * Writes documents that must not exist yet, not even in another case: all of them or, when one cannot be written,
 * none. Answers their digests by path. `folder` is the real path of the site. Throws `document-exists`,
 * `document-too-large`, `request-invalid` for a name that no document may have or that is given twice,
 * `site-vanished`, `site-read-only` or `disk-full`.
 */
export async function createDocuments(
  folder: string,
  documents: readonly { readonly path: string; readonly text: string }[],
): Promise<Record<string, string>> {
  const given = new Set<string>();
  for (const { path, text } of documents) {
    requireNewPath(path);
    if (given.has(path))
      throw new SiteforgeError('request-invalid', { where: path, message: `${path} is named twice.` });
    given.add(path);
    if (Buffer.byteLength(text) > maximumDocumentBytes)
      throw new SiteforgeError('document-too-large', { where: path });
  }
  const digests: Record<string, string> = {};
  const written: string[] = [];
  try {
    for (const below of new Set([...given].map(folderOf))) await requireFreePaths(folder, below, given);
    await forEachAtOnce(documents, async ({ path, text }) => {
      const bytes = Buffer.from(text, 'utf8');
      await writeNewFile(folder, path, bytes, written);
      digests[path] = digestOf(bytes);
    });
    for (const parent of new Set(written.map(dirname))) await syncFolder(parent);
  } catch (thrown) {
    for (const entry of written) await unlink(entry).catch(() => undefined);
    throw thrown;
  }
  return digests;
}

async function requireFreePaths(folder: string, below: string, paths: ReadonlySet<string>): Promise<void> {
  const first = [...paths].find((path) => folderOf(path) === below) ?? below;
  try {
    if (!(await exists(folder))) throw await siteFailure(new Error('The folder is gone.'), folder, first);
    await makeFolder(join(folder, below));
    const parent = dirname(await entryOf(folder, first));
    const names = (await readdir(parent)).map((name) => `${below}/${name}`);
    // What is new has a lower-case name and ends in .yaml: see `isNewDocumentPath`.
    const taken = names.find((path) => isDocumentPath(path) && paths.has(newNameOf(path)));
    if (taken !== undefined) throw nameTaken(taken);
  } catch (thrown) {
    throw await changeFailure(thrown, folder, first);
  }
}

/** The path of a new document that would be the same document as this one. */
function newNameOf(path: string): string {
  return `${folderOf(path)}/${foldedName(path)}.yaml`;
}

async function writeNewFile(folder: string, path: string, bytes: Buffer, written: string[]): Promise<void> {
  try {
    const entry = await entryOf(folder, path);
    // Exclusive: a file that appears in this moment is not written over. A write that fails leaves nothing behind.
    await writeFile(entry, bytes, { flag: 'wx', flush: true }).catch(async (thrown: unknown) => {
      if (errnoOf(thrown) !== 'EEXIST') await unlink(entry).catch(() => undefined);
      throw thrown;
    });
    written.push(entry);
  } catch (thrown) {
    throw await changeFailure(thrown, folder, path);
  }
}

/**
 * Gives a document another name in its folder; its content is not touched. A link is renamed, not what it stands for.
 * Throws as `createDocuments` does, and `document-not-found`.
 */
export async function renameDocument(folder: string, from: string, to: string): Promise<void> {
  requireNewPath(to);
  if (folderOf(from) !== folderOf(to)) {
    throw new SiteforgeError('request-invalid', { where: to, message: 'A document keeps its folder.' });
  }
  const source = await entryOf(folder, from);
  const target = await entryOf(folder, to);
  try {
    await lstat(source);
    await requireFree(target, to, from);
    await moveWithoutOverwriting(source, target);
    await syncFolder(dirname(target));
  } catch (thrown) {
    throw await changeFailure(thrown, folder, isMissing(thrown) ? from : to);
  }
}

/**
 * Takes a document out of the site: with `discard` (the trash of the system), or, without, into `backups`, so that a
 * slip can be undone by hand. Of a link, the link goes. Throws `document-not-found`, `trash-unavailable` and as above.
 */
export async function removeDocument(
  folder: string,
  path: string,
  to: { readonly backups: string } | { readonly discard: (file: string) => Promise<void> },
): Promise<void> {
  const entry = await entryOf(folder, path);
  try {
    await lstat(entry);
    if ('discard' in to) await discard(entry, path, to.discard);
    else {
      await makeFolder(to.backups, 0o700);
      await copyFile(entry, join(to.backups, backupName(path)));
      await unlink(entry);
    }
    await syncFolder(dirname(entry));
  } catch (thrown) {
    throw await changeFailure(thrown, folder, path);
  }
}

async function discard(entry: string, path: string, work: (file: string) => Promise<void>): Promise<void> {
  await work(entry).catch((thrown: unknown) => {
    throw new SiteforgeError('trash-unavailable', {
      where: path,
      detail: thrown instanceof Error ? thrown.message : String(thrown),
      cause: thrown,
    });
  });
  // A trash that answers "done" and did nothing is no trash.
  const left = await lstat(entry).catch(() => undefined);
  if (left !== undefined) throw new SiteforgeError('trash-unavailable', { where: path });
}

function backupName(path: string): string {
  const time = new Date().toISOString().replaceAll(':', '');
  return `${time}-${randomBytes(3).toString('hex')}-${basename(path)}`;
}

function requireNewPath(path: string): void {
  if (isNewDocumentPath(path)) return;
  throw new SiteforgeError('request-invalid', {
    where: path,
    message: `${path} is no name for a document.`,
  });
}

/** The entry itself, be it a link, in a folder that lies inside the site. */
async function entryOf(folder: string, path: string): Promise<string> {
  if (!isDocumentPath(path)) {
    throw new SiteforgeError('request-invalid', { where: path, message: `${path} is no document.` });
  }
  const plain = dirname(join(folder, path));
  const parent = await realpath(plain).catch(async (thrown: unknown) => {
    if (isMissing(thrown) && (await exists(folder))) {
      throw new SiteforgeError('document-not-found', { where: path, cause: thrown });
    }
    throw await siteFailure(thrown, folder, path);
  });
  if (parent === folder || isInside(folder, parent)) return join(parent, basename(path));
  throw new SiteforgeError('request-invalid', {
    where: path,
    message: `The folder of ${path} is a link that leaves the site.`,
  });
}

async function requireFree(entry: string, path: string, besides?: string): Promise<void> {
  const names = await readdir(dirname(entry));
  const taken = names
    .map((name) => `${folderOf(path)}/${name}`)
    .find((other) => other !== besides && isDocumentPath(other) && isSameName(other, path));
  if (taken !== undefined) throw nameTaken(taken);
}

function nameTaken(path: string): SiteforgeError {
  return new SiteforgeError('document-exists', { where: path, message: `${path} exists already.` });
}

async function changeFailure(thrown: unknown, folder: string, path: string): Promise<SiteforgeError> {
  if (thrown instanceof SiteforgeError) return thrown;
  const errno = errnoOf(thrown);
  if (errno === 'EEXIST') return nameTaken(path);
  if (errno === 'ENOENT' && (await exists(folder))) {
    return new SiteforgeError('document-not-found', { where: path, cause: thrown });
  }
  return siteFailure(thrown, folder, path);
}
