import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf, fileFailure } from '../core/files/file-failures.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import type { HostStamp } from '../core/stamp/host-stamp.ts';

/** The files of a host: its seed by the names of cloud-init's NoCloud data source, or keyfiles. */
export interface RenderedHost {
  readonly host: string;
  readonly files: Readonly<Record<string, string>>;
  readonly kernelArguments: readonly string[];
}

export function filesOf({ host, seed, kernelArguments }: HostStamp): RenderedHost {
  const files = {
    'user-data': seed.userData,
    'meta-data': seed.metaData,
    'network-config': seed.networkConfig,
    'vendor-data': seed.vendorData,
  };
  return { host, files, kernelArguments };
}

/** Whether the folder was made: then there is nothing in it. Throws the failure of the file system. */
export async function makeOutFolder(out: string): Promise<boolean> {
  const made = await makeFolder(out, 0o700).catch((thrown: unknown) => {
    throw fileFailure(thrown, out, 'write');
  });
  return made !== undefined;
}

/**
 * Thousands of small files: each appears whole, but none is worth waiting for the disk, since it can be made again.
 * Throws the failure of the file system.
 * @param into a folder for each host below `out`; or `out` itself, which is fresh or was there
 */
export function writeHosts(
  rendered: readonly RenderedHost[],
  out: string,
  into: 'each' | 'fresh' | 'there',
  signal?: AbortSignal,
): void {
  for (const { host, files } of rendered) {
    signal?.throwIfAborted();
    const folder = into === 'each' ? join(out, host) : out;
    try {
      const fresh = into === 'each' ? makeBelow(folder) : into === 'fresh';
      for (const [name, text] of Object.entries(files)) writePrivately(join(folder, name), text, fresh);
    } catch (thrown) {
      throw fileFailure(thrown, folder, 'write');
    }
  }
}

/** Whether the folder was not there yet. Not awaited: for thousands of hosts that would cost as much as their files. */
function makeBelow(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) !== 'EEXIST') throw thrown;
    return false;
  }
}

/** The files may hold keys and digests of passwords: only their owner may read them, from the first byte on. */
function writePrivately(path: string, text: string, fresh: boolean): void {
  const options = { mode: 0o600, flag: 'wx' } as const;
  if (fresh) {
    writeFileSync(path, text, options);
    return;
  }
  const temporary = `${path}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, text, options);
  renameSync(temporary, path);
}
