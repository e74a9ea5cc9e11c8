import { readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SiteforgeError } from '#shared/errors.ts';
import { isSecretName } from '#shared/site/references.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { fileFailure, isMissing } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';

/** What keeps a key that files of this account cannot be read without: Electron's safeStorage in the application. */
export interface ValueCipher {
  /** Why values cannot be kept with it, a sentence; undefined when they can. */
  unusable(): string | undefined;
  encrypt(text: string): Uint8Array;
  /** Throws when the key is not the one that encrypted. */
  decrypt(bytes: Uint8Array): string;
}

export interface StoredSecret {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

const ending = '.secret.json';
const largestFile = 1024 * 1024;
const fileSchema = z.object({ version: z.literal(1), encrypted: z.base64().max(largestFile) });
const contentSchema = z.object({ site: z.string(), name: z.string(), value: z.string() });

/**
 * Values that are encrypted with a key of the system, one file each in a folder for each site, so that two windows
 * never write over each other's. Without a cipher (on the command line) names can be listed, values not be read.
 */
export class KeyStore {
  readonly #data: string;
  readonly #cipher: ValueCipher | undefined;

  constructor(dataFolder: string, cipher?: ValueCipher) {
    this.#data = dataFolder;
    this.#cipher = cipher;
  }

  /** Why nothing can be kept here; undefined when it can. */
  unusable(): string | undefined {
    return this.#cipher === undefined
      ? "Only the application's window can open the key store of the system."
      : this.#cipher.unusable();
  }

  async list(siteId: string): Promise<StoredSecret[]> {
    const folder = this.#folder(siteId);
    const names = (await readdir(folder).catch(() => []))
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .filter(isSecretName);
    const read = names.sort().map(async (name) => {
      const status = await stat(this.#file(siteId, name)).catch(() => undefined);
      return status === undefined ? [] : [{ name, changed: status.mtimeMs }];
    });
    return (await Promise.all(read)).flat();
  }

  /** Undefined when it does not have the secret. Errors: `secret-in-key-store` without a cipher, `secret-unreadable`. */
  async read(siteId: string, name: string): Promise<string | undefined> {
    const file = this.#file(siteId, name);
    const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
      if (isMissing(thrown)) return undefined;
      throw fileFailure(thrown, file, 'read');
    });
    if (text === undefined) return undefined;
    if (this.#cipher === undefined) {
      const message = `The secret ${name} lies in the key store of the system, which only the window can open.`;
      throw new SiteforgeError('secret-in-key-store', { where: name, message });
    }
    const cipher = this.#usable(name);
    const content = opened(text, cipher);
    // A file that was moved here from another site or name does not stand for this one.
    if (content === undefined || content.site !== siteId || content.name !== name) {
      const message = `The key store cannot open ${name}: it was kept with another key or by another account.`;
      throw new SiteforgeError('secret-unreadable', { where: name, message });
    }
    return content.value;
  }

  /** Errors: `key-store-unavailable`, `file-not-writable`, `disk-full`. */
  async write(siteId: string, name: string, value: string): Promise<void> {
    const cipher = this.#usable(name);
    const encrypted = Buffer.from(cipher.encrypt(JSON.stringify({ site: siteId, name, value }))).toString(
      'base64',
    );
    const folder = this.#folder(siteId);
    try {
      await makeFolder(folder, 0o700);
      const text = `${JSON.stringify({ version: 1, encrypted })}\n`;
      await writeFileAtomically(this.#file(siteId, name), text, { mode: 0o600 });
    } catch (thrown) {
      throw fileFailure(thrown, folder, 'write');
    }
  }

  /**
   * False when it does not have the secret, whose old name goes only when the new one has the value. What is encrypted
   * holds its name, so that it is written anew. Errors: those of reading and writing.
   */
  async rename(siteId: string, from: string, to: string): Promise<boolean> {
    const value = await this.read(siteId, from);
    if (value === undefined) return false;
    await this.write(siteId, to, value);
    try {
      const names = (await this.list(siteId)).map(({ name }) => name);
      if (names.includes(to)) await this.remove(siteId, from);
      // On a disk that ignores case, the file with the new value still has the old name.
      else await rename(this.#file(siteId, from), this.#file(siteId, to));
    } catch (thrown) {
      await this.remove(siteId, to).catch(() => undefined);
      throw thrown;
    }
    return true;
  }

  /** False when it did not have the secret. */
  async remove(siteId: string, name: string): Promise<boolean> {
    const file = this.#file(siteId, name);
    try {
      await unlink(file);
      return true;
    } catch (thrown) {
      if (isMissing(thrown)) return false;
      throw fileFailure(thrown, file, 'write');
    }
  }

  #usable(name: string): ValueCipher {
    const reason = this.unusable();
    if (reason === undefined && this.#cipher !== undefined) return this.#cipher;
    throw new SiteforgeError('key-store-unavailable', { where: name, message: reason ?? '' });
  }

  #folder(siteId: string): string {
    return join(this.#data, 'secrets', siteId);
  }

  #file(siteId: string, name: string): string {
    return join(this.#folder(siteId), `${name}${ending}`);
  }
}

function opened(text: string, cipher: ValueCipher): z.infer<typeof contentSchema> | undefined {
  try {
    const { encrypted } = fileSchema.parse(JSON.parse(text));
    return contentSchema.parse(JSON.parse(cipher.decrypt(Buffer.from(encrypted, 'base64'))));
  } catch {
    return undefined;
  }
}
