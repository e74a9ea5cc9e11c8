import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the application keeps things. Folders are made by those who write into them. */
export interface Places {
  /** Jobs and what must outlive a clean-up of caches. */
  readonly data: string;
  /** What can be made again: trees, images, package archives, backups of removed documents. */
  readonly cache: string;
  /** The folder of the builder image's sources (holds a Containerfile). */
  readonly builder: string;
  /** The folder of example sites. */
  readonly examples: string;
}

/**
 * The places of this account after the XDG base directory specification. `SITEFORGE_HOME` moves data and cache
 * together, which keeps tests and demonstrations apart from an engineer's own builds.
 */
export function findPlaces(environment: NodeJS.ProcessEnv = process.env): Places {
  const root = applicationRoot();
  const own = environment.SITEFORGE_HOME ? resolve(environment.SITEFORGE_HOME) : undefined;
  return {
    data: own ? join(own, 'data') : join(baseFolder(environment.XDG_DATA_HOME, '.local/share'), 'siteforge'),
    cache: own ? join(own, 'cache') : join(baseFolder(environment.XDG_CACHE_HOME, '.cache'), 'siteforge'),
    builder: join(root, 'builders', 'debian'),
    examples: join(root, 'assets', 'examples'),
  };
}

/** The specification says that a relative path in these variables is to be ignored. */
function baseFolder(value: string | undefined, fallback: string): string {
  return value?.startsWith('/') ? value : join(homedir(), fallback);
}

/**
 * The folder that holds builders/ and assets/: the checkout for a bundle in dist/ and for tests, the resources
 * folder beside the archive in an installed application. Both lie above this module.
 */
function applicationRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'builders', 'debian', 'Containerfile'))) return folder;
    if (folder === dirname(folder)) return start;
  }
}
