import { SiteforgeError } from '#shared/errors.ts';
import { storedName } from '#shared/secrets/stored-name.ts';
import type { KeyStore } from './key-store.ts';
import { rememberValue } from './known-values.ts';
import {
  checkSecretFolder,
  listSecretFolder,
  mendSecretFolder,
  readSecretFile,
  removeSecretFile,
  renameSecretFile,
  type SecretFinding,
  secretFolderName,
  writeSecretFile,
} from './secret-folder.ts';
import { requireValue } from './secret-value.ts';

export type SecretPlace = 'folder' | 'key-store';

export interface SecretEntry {
  readonly name: string;
  readonly where: SecretPlace;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/**
 * The secrets of one site in both of their places. A name in secrets/ hides the same in the key store, so that the
 * window and the command line, which cannot open the key store, mean the same value.
 */
export class SiteSecrets {
  readonly #folder: string;
  readonly #siteId: string;
  readonly #keyStore: KeyStore;

  constructor({ folder, siteId }: { folder: string; siteId: string }, keyStore: KeyStore) {
    this.#folder = folder;
    this.#siteId = siteId;
    this.#keyStore = keyStore;
  }

  /** By name. */
  async list(): Promise<SecretEntry[]> {
    const inFolder = await listSecretFolder(this.#folder);
    const hidden = new Set(inFolder.map(({ name }) => name));
    const inStore = (await this.#keyStore.list(this.#siteId)).filter(({ name }) => !hidden.has(name));
    return [
      ...inFolder.map((one) => ({ ...one, where: 'folder' as const })),
      ...inStore.map((one) => ({ ...one, where: 'key-store' as const })),
    ].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  /** Paths as they would stand in secrets/, for analyses: those tell which names have a value. */
  async paths(): Promise<string[]> {
    const stored = await this.#keyStore.list(this.#siteId);
    return stored.map(({ name }) => `${secretFolderName}/${name}`);
  }

  findings(): Promise<SecretFinding[]> {
    return checkSecretFolder(this.#folder);
  }

  mend(): Promise<void> {
    return mendSecretFolder(this.#folder);
  }

  /** Undefined when it has none. Errors: `secret-in-key-store`, `secret-unreadable`, `secret-value-invalid`, `key-store-unavailable`. */
  async value(name: string): Promise<string | undefined> {
    const value =
      (await readSecretFile(this.#folder, name)) ??
      (await this.#keyStore.read(this.#siteId, name)) ??
      (await this.#valueWithEnding(name));
    if (value !== undefined) rememberValue(name, value);
    return value;
  }

  /** `bmc-rack-1` names secrets/bmc-rack-1.yaml, too, where no file has the very name. */
  async #valueWithEnding(name: string): Promise<string | undefined> {
    const files = await listSecretFolder(this.#folder);
    const file = storedName(
      name,
      files.map((one) => one.name),
    );
    return file === undefined ? undefined : readSecretFile(this.#folder, file);
  }

  /** Takes the value to this place; what another place has under the name is removed. */
  async set(name: string, where: SecretPlace, value: string): Promise<void> {
    requireValue(value, name);
    rememberValue(name, value);
    if (where === 'folder') {
      await writeSecretFile(this.#folder, name, value);
      await this.#keyStore.remove(this.#siteId, name);
    } else {
      await this.#keyStore.write(this.#siteId, name, value);
      await removeSecretFile(this.#folder, name);
    }
  }

  /**
   * Gives the value another name where it lies: in both places, or in none when one refuses. Errors: `secret-missing`,
   * `secret-exists` when the new name has a value of its own, those of reading and writing.
   */
  async rename(from: string, to: string): Promise<void> {
    if (from === to) return;
    const entries = await this.list();
    const taken = entries.find(({ name }) => name !== from && name.toLowerCase() === to.toLowerCase());
    if (taken !== undefined) throw exists(taken.name);
    const inStore = await this.#keyStore.rename(this.#siteId, from, to);
    try {
      const inFolder = await renameSecretFile(this.#folder, from, to);
      if (!inStore && !inFolder) throw missing(from);
    } catch (thrown) {
      if (inStore) await this.#keyStore.rename(this.#siteId, to, from);
      throw thrown;
    }
    await this.value(to).catch(() => undefined);
  }

  /** Errors: `secret-missing` when there is none. */
  async remove(name: string): Promise<void> {
    const removed = [
      await removeSecretFile(this.#folder, name),
      await this.#keyStore.remove(this.#siteId, name),
    ];
    if (!removed.includes(true)) throw missing(name);
  }

  /** Reads every value that can be read, so that none of them gets into a log from now on. Never throws. */
  async rememberAll(): Promise<void> {
    const entries = await this.list().catch(() => []);
    for (const { name } of entries) await this.value(name).catch(() => undefined);
  }
}

function exists(name: string): SiteforgeError {
  return new SiteforgeError('secret-exists', { where: name, message: `The secret ${name} exists already.` });
}

export function missing(name: string): SiteforgeError {
  const message = `The secret ${name} has no value on this machine.`;
  return new SiteforgeError('secret-missing', { where: name, message });
}
