import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuilderConfig } from '#shared/site/builder-config.ts';
import { fileFailure } from '../files/file-failures.ts';
import { copyFolder, type FolderEntry } from '../files/folder-content.ts';
import { makeFolder } from '../files/make-folder.ts';
import { removeFolder } from '../jobs/job-folder.ts';

export const configName = 'siteforge.json';

/** The site's own diskimage-builder elements. */
export interface SiteElements {
  readonly folder: string;
  readonly entries: readonly FolderEntry[];
  readonly digest: string;
}

export interface VolumeLoan {
  readonly volume: string;
  readonly config: BuilderConfig;
  readonly elements: SiteElements;
  /** Empties the volume where this account cannot: a builder may leave files of root. */
  readonly emptyAsRoot: () => Promise<void>;
  /** Told when the volume could not be removed. The next start tries again. */
  readonly onLeftBehind: (message: string) => void;
}

/**
 * Lends a builder its volume while `work` runs: a folder that only this account can enter, with the configuration
 * (which may hold secrets) and the site's elements. It is removed in every case; how `work` ended is what is told.
 */
export async function withVolume<Result>(loan: VolumeLoan, work: () => Promise<Result>): Promise<Result> {
  const { volume, config, elements } = loan;
  try {
    await removeFolder(volume);
    await makeFolder(volume, 0o700);
    await chmod(volume, 0o700);
    await writeFile(join(volume, configName), `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
    if (elements.entries.length > 0)
      await copyFolder(elements.folder, elements.entries, join(volume, 'elements'));
  } catch (thrown) {
    await removeFolder(volume).catch(() => undefined);
    throw fileFailure(thrown, volume, 'write');
  }
  try {
    return await work();
  } finally {
    await removeVolume(loan);
  }
}

async function removeVolume({ volume, emptyAsRoot, onLeftBehind }: VolumeLoan): Promise<void> {
  try {
    await removeFolder(volume).catch(async () => {
      await emptyAsRoot();
      await removeFolder(volume);
    });
  } catch (thrown) {
    onLeftBehind(`${volume} could not be removed: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}
