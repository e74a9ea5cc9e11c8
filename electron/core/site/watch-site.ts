import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure, SiteforgeError, toFailure } from '#shared/errors.ts';
import { listOtherPaths } from './other-paths.ts';
import { readDocument } from './read-site.ts';
import { listSite, type SkippedFile, vanished } from './site-folder.ts';

export interface DocumentChange {
  readonly path: string;
  /** Null when the document was removed. */
  readonly text: string | null;
  readonly digest: string | null;
}

export interface SiteWatcherOptions {
  /** The real path of the site. */
  readonly folder: string;
  /** Digests by path, of what the watcher's user has in hand. */
  readonly known: ReadonlyMap<string, string>;
  /** What is known to lie beside the documents. */
  readonly knownOtherPaths: readonly string[];
  /** `otherPaths` is given when they changed. */
  readonly onChange: (changes: readonly DocumentChange[], otherPaths?: readonly string[]) => void;
  readonly onVanished: (failure: Failure) => void;
  /** Milliseconds between two looks without any notice from the system: network file systems give none. */
  readonly pollMilliseconds?: number;
}

const settleMilliseconds = 100;
const watchedFolders = ['', 'hosts', 'profiles', 'networks', 'user-data', 'images', 'elements', 'secrets'];

/**
 * Reports what others change in a site. Notices of the system only say when to look: the truth is a fresh listing,
 * compared by inode, size and time, so that a lost or doubled notice does no harm.
 */
export class SiteWatcher {
  readonly #options: SiteWatcherOptions;
  readonly #known: Map<string, string>;
  readonly #versions = new Map<string, string>();
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #poll: NodeJS.Timeout;
  #otherPaths: string;
  #missing: ReadonlySet<string> = new Set();
  #settle: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #again = false;
  #quiet = 0;
  #closed = false;
  #vanished = false;

  constructor(options: SiteWatcherOptions) {
    this.#options = options;
    this.#known = new Map(options.known);
    this.#otherPaths = JSON.stringify(options.knownOtherPaths);
    this.#arm();
    this.#poll = setInterval(() => void this.look(), options.pollMilliseconds ?? 3000);
    this.#poll.unref();
    void this.look();
  }

  /**
   * Runs a write of the watcher's own user between two looks, so that it is not reported back to it. `write` answers
   * the digests of what it left, by path; null for a document that it removed.
   */
  async quietly(write: () => Promise<Readonly<Record<string, string | null>>>): Promise<void> {
    while (this.#looking !== undefined) await this.#looking;
    this.#quiet++;
    try {
      for (const [path, digest] of Object.entries(await write())) {
        if (digest === null) this.#known.delete(path);
        else this.#known.set(path, digest);
      }
    } finally {
      this.#quiet--;
    }
    this.#soon();
  }

  /** The digest of a document as it is known here; undefined for one that is not. */
  knownDigest(path: string): string | undefined {
    return this.#known.get(path);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#settle);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** Compares the folder with what is known. Looks never overlap; one asked for meanwhile follows at once. */
  async look(): Promise<void> {
    if (this.#closed || this.#quiet > 0) return;
    if (this.#looking !== undefined) {
      this.#again = true;
      return this.#looking;
    }
    this.#looking = this.#compare().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
    if (!this.#again) return;
    this.#again = false;
    await this.look();
  }

  async #compare(): Promise<void> {
    try {
      const { files, skipped } = await listSite(this.#options.folder);
      const returned = this.#vanished;
      this.#vanished = false;
      this.#arm();
      const changes: DocumentChange[] = [];
      const present = new Set<string>();
      for (const file of files) {
        present.add(file.path);
        if (this.#versions.get(file.path) === file.version) continue;
        const document = await readDocument(file).catch(() => undefined);
        if (document === undefined) continue;
        this.#versions.set(file.path, file.version);
        if (this.#known.get(file.path) === document.digest) continue;
        this.#known.set(file.path, document.digest);
        changes.push({ path: file.path, text: document.text, digest: document.digest });
      }
      // Had the folder gone while it was listed, everything in it would seem to be removed.
      const otherPathsNow = await listOtherPaths(this.#options.folder);
      await stat(this.#options.folder);
      for (const path of this.#removed(present, skipped)) {
        this.#known.delete(path);
        this.#versions.delete(path);
        changes.push({ path, text: null, digest: null });
      }
      const otherPaths = this.#changedOtherPaths(otherPathsNow);
      // That the folder is back is news, even when nothing in it changed.
      if (changes.length === 0 && otherPaths === undefined && !returned) return;
      if (!this.#closed) this.#options.onChange(changes, otherPaths);
    } catch (thrown) {
      if (this.#closed || this.#vanished) return;
      this.#vanished = true;
      const failure = thrown instanceof SiteforgeError ? thrown : vanished(this.#options.folder, thrown);
      this.#options.onVanished(toFailure(failure));
    }
  }

  /**
   * Documents that two looks in a row did not find. One could be wrong: an editor replaces a file, `git checkout`
   * removes and writes, and a folder that is removed as a whole loses its documents one after the other before it is
   * gone itself, which is another message.
   */
  #removed(present: ReadonlySet<string>, skipped: readonly SkippedFile[]): string[] {
    const missing = [...this.#known.keys()].filter((path) => !present.has(path) && !isSkipped(path, skipped));
    const confirmed = missing.filter((path) => this.#missing.has(path));
    this.#missing = new Set(missing.filter((path) => !confirmed.includes(path)));
    if (this.#missing.size > 0) this.#soon();
    return confirmed;
  }

  #changedOtherPaths(paths: readonly string[]): readonly string[] | undefined {
    const text = JSON.stringify(paths);
    if (text === this.#otherPaths) return undefined;
    this.#otherPaths = text;
    return paths;
  }

  /** Folders come and go; each look watches again those that are there. */
  #arm(): void {
    for (const below of watchedFolders) {
      if (this.#closed || this.#watchers.has(below)) continue;
      try {
        const watcher = watch(join(this.#options.folder, below), { persistent: false }, () => this.#soon());
        const drop = () => {
          watcher.close();
          this.#watchers.delete(below);
          this.#soon();
        };
        watcher.on('error', drop);
        this.#watchers.set(below, watcher);
      } catch {
        // Absent, or the system's limit of watches is reached: the next looks find changes by themselves.
      }
    }
  }

  #soon(): void {
    if (this.#closed) return;
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => {
      // A folder that was replaced leaves its watch on the old one; new watches cost six system calls.
      for (const watcher of this.#watchers.values()) watcher.close();
      this.#watchers.clear();
      this.#arm();
      void this.look();
    }, settleMilliseconds);
  }
}

/** What cannot be read at the moment is not gone: neither a document nor one in a folder that cannot be read. */
function isSkipped(path: string, skipped: readonly SkippedFile[]): boolean {
  return skipped.some((one) => path === one.path || path.startsWith(`${one.path}/`));
}
