import { join } from 'node:path';
import type { Failure } from '#shared/errors.ts';
import type { Places } from '../places.ts';
import { createDocuments, removeDocument, renameDocument } from './change-documents.ts';
import { readSite, type SiteSnapshot } from './read-site.ts';
import type { SaveRequest } from './save-document.ts';
import { type SavedDocuments, saveDocuments } from './save-documents.ts';
import { type DocumentChange, SiteWatcher } from './watch-site.ts';

/** A site that is open for editing: what was read, and the ways to change it. */
export interface OpenSite {
  readonly snapshot: SiteSnapshot;
  /** Each whole or not at all, and none of them in the way of the others. */
  save(requests: readonly SaveRequest[]): Promise<SavedDocuments>;
  /** All or none; answers their digests by path. */
  create(
    documents: readonly { readonly path: string; readonly text: string }[],
  ): Promise<Record<string, string>>;
  rename(from: string, to: string): Promise<void>;
  /** Through `discard` where it is given (the trash of the system), else into the cache's backups. */
  remove(path: string, discard?: (file: string) => Promise<void>): Promise<void>;
  close(): void;
}

export interface OpenSiteOptions {
  readonly folder: string;
  readonly places: Places;
  readonly onChange: (changes: readonly DocumentChange[], otherPaths?: readonly string[]) => void;
  readonly onVanished: (failure: Failure) => void;
}

/** Opens a site and watches it. Throws `site-not-found`. Each window has its own: it sees the saves of the others. */
export async function openSite(options: OpenSiteOptions): Promise<OpenSite> {
  const snapshot = await readSite(options.folder);
  const watcher = new SiteWatcher({
    folder: snapshot.folder,
    knownOtherPaths: snapshot.otherPaths,
    known: new Map(snapshot.documents.map(({ path, digest }) => [path, digest])),
    onChange: options.onChange,
    onVanished: options.onVanished,
  });
  // One write at a time: the check of what is on disk and the write after it must not be interleaved.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  return {
    snapshot,
    save: (requests) =>
      inTurn(async () => {
        let outcome: SavedDocuments = { saved: [], failed: [] };
        await watcher.quietly(async () => {
          outcome = await saveDocuments(snapshot.folder, requests);
          return Object.fromEntries(outcome.saved.map(({ path, digest }) => [path, digest]));
        });
        return outcome;
      }),
    create: (documents) =>
      inTurn(async () => {
        let digests: Record<string, string> = {};
        await watcher.quietly(async () => {
          digests = await createDocuments(snapshot.folder, documents);
          return digests;
        });
        return digests;
      }),
    rename: (from, to) =>
      inTurn(() =>
        watcher.quietly(async () => {
          const digest = watcher.knownDigest(from);
          await renameDocument(snapshot.folder, from, to);
          return { [from]: null, ...(digest === undefined ? {} : { [to]: digest }) };
        }),
      ),
    remove: (path, discard) =>
      inTurn(() =>
        watcher.quietly(async () => {
          const backups = join(options.places.cache, 'backups', snapshot.siteId);
          await removeDocument(snapshot.folder, path, discard === undefined ? { backups } : { discard });
          return { [path]: null };
        }),
      ),
    close: () => watcher.close(),
  };
}
