import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { errnoOf, fileFailure } from '../files/file-failures.ts';
import { saveDocument } from './save-document.ts';
import { vanished } from './site-folder.ts';

export interface RescuedDocument {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes documents that a window still holds into the folder that they came from. What exists there is not written
 * over. A folder whose parent is gone as well is not made: its disk is missing, and the text would land under its
 * mount point. Throws `site-vanished` then, and what `saveDocument` throws.
 */
export async function rescueIntoFolder(folder: string, documents: readonly RescuedDocument[]): Promise<void> {
  await mkdir(folder).catch((thrown: unknown) => {
    const errno = errnoOf(thrown);
    if (errno === 'ENOENT') throw vanished(folder, thrown);
    if (errno !== 'EEXIST') throw fileFailure(thrown, folder, 'write');
  });
  for (const { path: document, text } of documents) {
    await saveDocument(folder, { path: document, text, baseDigest: null }).catch((thrown: unknown) => {
      const exists = thrown instanceof SiteforgeError && thrown.code === 'document-changed-on-disk';
      if (!exists) throw thrown;
    });
  }
}

/** The same as a new folder of a name inside `parent`; answers its path. `NAME-2` when the name is taken, and so on. */
export async function rescueBeside(
  parent: string,
  name: string,
  documents: readonly RescuedDocument[],
): Promise<string> {
  const target = await newFolder(parent, name);
  await rescueIntoFolder(target, documents);
  return target;
}

/** Makes a folder that did not exist: an existing one is never written into. Throws `file-not-writable`. */
export async function newFolder(parent: string, name: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const target = path.join(parent, attempt === 1 ? name : `${name}-${attempt}`);
    if ((await stat(target).catch(() => undefined)) !== undefined) continue;
    try {
      await mkdir(target);
      return target;
    } catch (thrown) {
      if (errnoOf(thrown) === 'EEXIST') continue;
      throw new SiteforgeError('file-not-writable', { where: target, cause: thrown });
    }
  }
}
