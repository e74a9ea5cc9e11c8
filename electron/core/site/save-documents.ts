import { dirname } from 'node:path';
import { type Failure, SiteforgeError, toFailure } from '#shared/errors.ts';
import { forEachAtOnce } from '../files/at-once.ts';
import { syncFolder } from '../files/atomic-write.ts';
import { type SaveRequest, type StagedDocument, saveDocument, stageDocument } from './save-document.ts';
import { isDocumentPath } from './site-folder.ts';

/** What became of each document of a save, in the order of the request. */
export interface SavedDocuments {
  readonly saved: readonly { readonly path: string; readonly digest: string }[];
  readonly failed: readonly { readonly path: string; readonly failure: Failure }[];
}

/**
 * Writes documents, each of them whole or not at all. What one of them meets (those failures of `saveDocument`) keeps
 * none of the others from the disk, and is told beside them. All texts are on the disk before the first takes its
 * place, and their folders are synchronised once: 500 documents wait for the disk a few times, not a thousand.
 *
 * Throws `request-invalid`, with nothing written, when a path is none of a document or is named twice.
 */
export async function saveDocuments(
  folder: string,
  requests: readonly SaveRequest[],
): Promise<SavedDocuments> {
  requirePaths(requests);
  const answer = new Answer();
  const { staged, sameFile } = await stageAll(folder, requests, answer);
  await forEachAtOnce([...staged], async ([path, document]) => {
    await answer.take(path, document.replace());
  });
  for (const parent of new Set([...staged.values()].map(({ target }) => dirname(target))))
    await syncFolder(parent);
  // Judged by what the first of the two has left in the file.
  for (const request of sameFile) await answer.take(request.path, saveDocument(folder, request));
  return answer.inOrderOf(requests);
}

class Answer {
  readonly #digests = new Map<string, string>();
  readonly #failures = new Map<string, Failure>();

  async take(path: string, saving: Promise<{ digest: string }>): Promise<void> {
    try {
      this.#digests.set(path, (await saving).digest);
    } catch (thrown) {
      this.refuse(path, thrown);
    }
  }

  refuse(path: string, thrown: unknown): void {
    this.#failures.set(path, toFailure(thrown));
  }

  inOrderOf(requests: readonly SaveRequest[]): SavedDocuments {
    const saved: { path: string; digest: string }[] = [];
    const failed: { path: string; failure: Failure }[] = [];
    for (const { path } of requests) {
      const digest = this.#digests.get(path);
      const failure = this.#failures.get(path);
      if (digest !== undefined) saved.push({ path, digest });
      else if (failure !== undefined) failed.push({ path, failure });
    }
    return { saved, failed };
  }
}

function requirePaths(requests: readonly SaveRequest[]): void {
  const seen = new Set<string>();
  for (const { path } of requests) {
    if (!isDocumentPath(path) || seen.has(path)) {
      const reason = seen.has(path) ? 'is named twice' : 'is no place for a document';
      throw new SiteforgeError('request-invalid', { where: path, message: `${path} ${reason}.` });
    }
    seen.add(path);
  }
}

/** By links, two paths may be one file; `sameFile` are those whose file another of the request writes already. */
async function stageAll(
  folder: string,
  requests: readonly SaveRequest[],
  answer: Answer,
): Promise<{ staged: ReadonlyMap<string, StagedDocument>; sameFile: readonly SaveRequest[] }> {
  const staged = new Map<string, StagedDocument>();
  const sameFile: SaveRequest[] = [];
  const targets = new Set<string>();
  await forEachAtOnce(requests, async (request) => {
    try {
      const document = await stageDocument(folder, request);
      if (!targets.has(document.target)) staged.set(request.path, document);
      else {
        await document.discard();
        sameFile.push(request);
      }
      targets.add(document.target);
    } catch (thrown) {
      answer.refuse(request.path, thrown);
    }
  });
  return { staged, sameFile };
}
