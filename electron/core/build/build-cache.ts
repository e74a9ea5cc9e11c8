import { randomBytes } from 'node:crypto';
import { lstat, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SiteforgeError } from '#shared/errors.ts';
import { syncFolder } from '../files/atomic-write.ts';
import { errnoOf } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';
import { moveFile } from '../files/move-file.ts';

const entrySchema = z.object({
  version: z.literal(1),
  /** Milliseconds since 1970. */
  created: z.number(),
  files: z.array(z.object({ name: z.string().regex(/^[^/]+$/), size: z.number() })),
  /** What the stage told of its result; read back with a schema of its reader. */
  result: z.unknown(),
});
type Entry = z.infer<typeof entrySchema>;

export interface CacheEntry {
  readonly folder: string;
  readonly created: number;
  readonly result: unknown;
}

/** Behind it stands what makes the name unique. */
export const replacedSuffix = '.replaced-';

/** What a build holds while it makes the result of a key, and what removes it when it removes it. */
export function lockOf(cache: string, key: string): string {
  return join(cache, 'locks', `${key.slice(0, 32)}.lock`);
}

/** Results of a stage by key. An entry is a folder that appears complete, by a rename, or not at all. */
export class BuildCache {
  readonly #folder: string;

  constructor(cache: string, stage: 'trees' | 'images') {
    this.#folder = join(cache, stage);
  }

  /** The entry of a key, if all its files are there in their full size, marked as used now; a damaged one is removed. */
  async find(key: string): Promise<CacheEntry | undefined> {
    const folder = join(this.#folder, key);
    const text = await readFile(join(folder, 'entry.json'), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const entry = parseEntry(text);
    if (entry !== undefined && (await isWhole(folder, entry))) {
      // The time that `pruneCache` goes by. A cache that can only be read is as good.
      const now = new Date();
      await utimes(join(folder, 'entry.json'), now, now).catch(() => undefined);
      return { folder, created: entry.created, result: entry.result };
    }
    await this.remove(key);
    return undefined;
  }

  /**
   * Moves files out of `source` into the cache, in place of an entry of the key that is there. Each must be a regular
   * file: a builder's output is not to be trusted, and a link would make the next stage read whatever it points at.
   */
  async add(key: string, source: string, names: readonly string[], result: unknown): Promise<CacheEntry> {
    const folder = join(this.#folder, key);
    const partial = `${folder}.partial-${process.pid}`;
    await rm(partial, { recursive: true, force: true });
    await makeFolder(partial, 0o700);
    try {
      const files: Entry['files'] = [];
      for (const name of names) {
        const path = join(source, name);
        const status = await lstat(path).catch(() => undefined);
        if (!status?.isFile()) {
          throw new SiteforgeError('artifact-missing', {
            where: name,
            message: `The builder ended well but left no file ${name}.`,
          });
        }
        files.push({ name, size: status.size });
        await moveFile(path, join(partial, name));
      }
      const entry: Entry = { version: 1, created: Date.now(), files, result };
      await writeFile(join(partial, 'entry.json'), `${JSON.stringify(entry, undefined, 2)}\n`, {
        mode: 0o600,
      });
      await syncFolder(partial);
      await setAside(folder);
      await rename(partial, folder).catch((thrown: unknown) => {
        // Another process was faster; its entry is as new as this one.
        if (errnoOf(thrown) !== 'ENOTEMPTY' && errnoOf(thrown) !== 'EEXIST') throw thrown;
      });
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    const found = await this.find(key);
    if (found === undefined) throw new SiteforgeError('file-not-readable', { where: folder });
    return found;
  }

  async remove(key: string): Promise<void> {
    await rm(join(this.#folder, key), { recursive: true, force: true });
  }
}

/** Not removed at once: another build may be reading it. `pruneCache` does it, when nobody has used it for long. */
async function setAside(folder: string): Promise<void> {
  const aside = `${folder}${replacedSuffix}${randomBytes(4).toString('hex')}`;
  await rename(folder, aside).catch((thrown: unknown) => {
    if (errnoOf(thrown) !== 'ENOENT') throw thrown;
  });
}

function parseEntry(text: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function isWhole(folder: string, entry: Entry): Promise<boolean> {
  for (const { name, size } of entry.files) {
    const status = await lstat(join(folder, name)).catch(() => undefined);
    if (!status?.isFile() || status.size !== size) return false;
  }
  return true;
}
