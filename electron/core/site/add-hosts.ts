import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createDocument } from './change-documents.ts';

/**
 * Writes new documents into a site: all of them or, when one cannot be written, none. Nothing that is there is written
 * over. `folder` is the real path of the site. Throws as `createDocument` does.
 */
export async function addDocuments(
  folder: string,
  documents: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, text } of documents) {
      await createDocument(folder, path, text);
      written.push(path);
    }
  } catch (thrown) {
    for (const path of written) await unlink(join(folder, path)).catch(() => undefined);
    throw thrown;
  }
}
