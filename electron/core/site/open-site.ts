import { join } from 'node:path';
import type { Failure } from '#shared/errors.ts';
import type { Places } from '../places.ts';
import { readSite, type SiteSnapshot } from './read-site.ts';
import { removeDocument, type SaveRequest, saveDocument } from './save-document.ts';
import { type DocumentChange, SiteWatcher } from './watch-site.ts';

/** A site that is open for editing: what was read, and the ways to change it. */
export interface OpenSite {
  readonly snapshot: SiteSnapshot;
  save(request: SaveRequest): Promise<{ digest: string }>;
  remove(path: string): Promise<void>;
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
        await watcher.quietly(request.path, async () => {
          digest = (await saveDocument(snapshot.folder, request)).digest;
          return digest;
        });
        return { digest };
      }),
    remove: (path) =>
      inTurn(() =>
        watcher.quietly(path, async () => {
          await removeDocument(snapshot.folder, path, join(options.places.cache, 'backups', snapshot.siteId));
          return null;
        }),
      ),
    close: () => watcher.close(),
  };
}
