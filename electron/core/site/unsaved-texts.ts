import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type UnsavedText, unsavedTextSchema } from '#shared/contract.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { fileFailure } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';
import { isAlive, ownIdentity, processIdentitySchema } from '../files/process-identity.ts';
import { readBounded } from '../files/read-bounded.ts';

const keptSchema = z.object({
  owner: processIdentitySchema,
  window: z.number(),
  /** Milliseconds since 1970. */
  changed: z.number(),
  documents: z.array(unsavedTextSchema),
});
type Kept = z.infer<typeof keptSchema>;

/** 2,000 documents of ordinary length, or a few of the longest. */
const maximumBytes = 64 * 1024 * 1024;

/**
 * Texts that windows hold and the disk does not, copied beside our jobs so that they outlive a crash. A copy belongs to
 * a window of a process; once that is gone, the next window that opens the site takes it over.
 */
export class UnsavedTexts {
  readonly #folder: string;
  /** What this process wrote, by window: its files are removed when the window closes in peace. */
  readonly #written = new Map<number, Set<string>>();
  /** Of pages of this process that crashed: for the page that comes next, in the same window or in another. */
  readonly #leftBehind = new Set<string>();
  /** Copies that a window has taken over, by its own file: they stay until that one holds their texts. */
  readonly #takenOver = new Map<string, readonly string[]>();
  readonly #forgotten = new Set<number>();
  #last: Promise<unknown> = Promise.resolve();

  /** `data` is the folder of what must outlive a clean-up of caches. */
  constructor(data: string) {
    this.#folder = join(data, 'unsaved');
  }

  /** All that this window holds of a site, in the place of what it held before. Throws what writing a file throws. */
  keep(siteId: string, window: number, documents: readonly UnsavedText[]): Promise<void> {
    return this.#inTurn(() => this.#write(siteId, window, documents));
  }

  /**
   * What crashed windows left of this site, the newest text of each document. It is this window's from now on; a disk
   * that cannot take its copy keeps nobody from the texts. A copy that cannot be read is left where it is.
   */
  takeOver(siteId: string, window: number): Promise<readonly UnsavedText[]> {
    return this.#inTurn(async () => {
      const own = this.#fileOf(siteId, window);
      const left = (await this.#copies(siteId)).filter(
        (copy) => copy.file === own || this.#isLeft(copy, own),
      );
      const newestLast = left.sort((a, b) => a.kept.changed - b.kept.changed);
      const byPath = new Map(
        newestLast.flatMap(({ kept }) => kept.documents.map((document) => [document.path, document])),
      );
      if (byPath.size === 0) return [];
      const documents = [...byPath.values()];
      this.#takenOver.set(
        own,
        left.flatMap(({ file }) => (file === own ? [] : [file])),
      );
      await this.#write(siteId, window, documents).catch(() => undefined);
      return documents;
    });
  }

  /** The window has another site now, and left this one with nothing that it would lose. */
  leave(siteId: string, window: number): Promise<void> {
    return this.#inTurn(async () => {
      const file = this.#fileOf(siteId, window);
      if (this.#written.get(window)?.delete(file)) removeNow([file, ...(this.#takenOver.get(file) ?? [])]);
      this.#takenOver.delete(file);
    });
  }

  /** The window was closed by its user: what it held is not wanted any more. Done at once, since the process may end. */
  forget(window: number): void {
    this.#forgotten.add(window);
    for (const file of this.#written.get(window) ?? [])
      removeNow([file, ...(this.#takenOver.get(file) ?? [])]);
    this.#written.delete(window);
  }

  /** The page of this window is gone, and nobody was asked: what it held is left to the page that comes next. */
  noteCrash(window: number): void {
    for (const file of this.#written.get(window) ?? []) {
      this.#leftBehind.add(file);
      this.#takenOver.delete(file);
    }
    this.#written.delete(window);
  }

  #isLeft({ file, kept: { owner } }: { file: string; kept: Kept }, own: string): boolean {
    const isTaken = [...this.#takenOver].some(([by, files]) => by !== own && files.includes(file));
    return !isTaken && (!isAlive(owner) || this.#leftBehind.has(file));
  }

  async #write(siteId: string, window: number, documents: readonly UnsavedText[]): Promise<void> {
    const file = this.#fileOf(siteId, window);
    this.#written.set(window, (this.#written.get(window) ?? new Set()).add(file));
    this.#leftBehind.delete(file);
    try {
      if (documents.length === 0) return await this.#remove(file);
      await makeFolder(join(this.#folder, siteId), 0o700);
      const kept: Kept = { owner: ownIdentity(), window, changed: Date.now(), documents: [...documents] };
      await writeFileAtomically(file, JSON.stringify(kept), { mode: 0o600 });
      if (this.#forgotten.has(window)) await rm(file, { force: true });
      await this.#removeTakenOver(file);
    } catch (thrown) {
      throw fileFailure(thrown, file, 'write');
    }
  }

  async #remove(file: string): Promise<void> {
    await rm(file, { force: true });
    await this.#removeTakenOver(file);
  }

  async #removeTakenOver(by: string): Promise<void> {
    for (const file of this.#takenOver.get(by) ?? []) await rm(file, { force: true });
    this.#takenOver.delete(by);
  }

  async #copies(siteId: string): Promise<{ file: string; kept: Kept }[]> {
    const folder = join(this.#folder, siteId);
    const names = await readdir(folder).catch(() => []);
    const copies = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => readKept(join(folder, name))),
    );
    return copies.filter((copy) => copy !== undefined);
  }

  #fileOf(siteId: string, window: number): string {
    return join(this.#folder, siteId, `${process.pid}-${window}.json`);
  }

  /** One after the other: an older text must not be written over a newer one. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** Where they cannot be removed, they come back once more: nothing is lost by that. */
function removeNow(files: readonly string[]): void {
  try {
    for (const file of files) rmSync(file, { force: true });
  } catch {
    // As said.
  }
}

async function readKept(file: string): Promise<{ file: string; kept: Kept } | undefined> {
  try {
    const content = await readBounded(file, maximumBytes);
    const parsed = keptSchema.safeParse(JSON.parse(content?.toString('utf8') ?? ''));
    return parsed.success ? { file, kept: parsed.data } : undefined;
  } catch {
    return undefined;
  }
}
