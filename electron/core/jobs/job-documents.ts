import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { fileFailure } from '../files/file-failures.ts';

/** A document of a site as it was when a job began. */
export interface KeptDocument {
  /** Inside the site. */
  readonly path: string;
  readonly text: string;
}

const keptSchema = z.array(z.object({ path: z.string(), text: z.string() }));

/** Beside the job, which only its account reads: a manifest goes wherever the image goes. Throws failures of files. */
export async function writeDocuments(file: string, documents: readonly KeptDocument[]): Promise<void> {
  const kept = documents.map(({ path, text }) => ({ path, text }));
  await writeFile(file, JSON.stringify(kept), { mode: 0o600 }).catch((thrown: unknown) => {
    throw fileFailure(thrown, file, 'write');
  });
}

/** Undefined where nothing was kept, or what was kept cannot be read. */
export async function readDocuments(file: string): Promise<readonly KeptDocument[] | undefined> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
