import { join } from 'node:path';
import type { Failure } from '#shared/errors.ts';
import type { Places } from '../places.ts';
import { createDocument, removeDocument, renameDocument } from './change-documents.ts';
import { readSite, type SiteSnapshot } from './read-site.ts';
import { type SaveRequest, saveDocument } from './save-document.ts';
import { type DocumentChange, SiteWatcher } from './watch-site.ts';

/** A site that is open for editing: what was read, and the ways to change it. */
export interface OpenSite {
  readonly snapshot: SiteSnapshot;
  save(request: SaveRequest): Promise<{ digest: string }>;
  create(path: string, text: string): Promise<{ digest: string }>;
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
    save: (request) =>
      inTurn(async () => {
        let digest = '';
        await watcher.quietly(async () => {
          digest = (await saveDocument(snapshot.folder, request)).digest;
          return { [request.path]: digest };
        });
        return { digest };
      }),
    create: (path, text) =>
      inTurn(async () => {
        let digest = '';
        await watcher.quietly(async () => {
          digest = (await createDocument(snapshot.folder, path, text)).digest;
          return { [path]: digest };
        });
        return { digest };
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
