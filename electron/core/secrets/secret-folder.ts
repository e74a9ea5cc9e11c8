import { chmod, lstat, open, readdir, realpath, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { isSecretName } from '#shared/site/references.ts';
import { syncFolder, writeFileAtomically } from '../files/atomic-write.ts';
import { errnoOf, fileFailure, isMissing } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';
import { moveWithoutOverwriting } from '../files/move-without-overwriting.ts';
import { isInside } from '../site/site-folder.ts';
import { ignoreFolder, isIgnored } from './git-ignore.ts';
import type { StoredSecret } from './key-store.ts';
import { maximumValueBytes, valueOfContent } from './secret-value.ts';

export const secretFolderName = 'secrets';
const privateFolder = 0o700;
const privateFile = 0o600;
const others = 0o077;
/** What a listing may hold; a folder of a million files that was put there by mistake stays bearable. */
const mostSecrets = 1000;

/** What speaks against keeping secrets in the folder as it is. `mendSecretFolder` puts both right. */
export interface SecretFinding {
  readonly code: 'secret-permissions' | 'secret-not-ignored';
  /** Inside the site. */
  readonly path: string;
  readonly message: string;
}

/** Files of secrets/ that may stand for a secret; links that lead out of the site do not. */
export async function listSecretFolder(siteFolder: string): Promise<StoredSecret[]> {
  const folder = await realFolder(siteFolder);
  if (folder === undefined) return [];
  const names = (await readdir(folder).catch(() => [])).filter(isSecretName).sort().slice(0, mostSecrets);
  const read = names.map(async (name) => {
    const file = await realFile(siteFolder, folder, name).catch(() => undefined);
    const status = file === undefined ? undefined : await lstat(file).catch(() => undefined);
    return status?.isFile() ? [{ name, changed: status.mtimeMs }] : [];
  });
  return (await Promise.all(read)).flat();
}

/** Undefined when there is no such file. Errors: `secret-value-invalid`, `file-not-readable`. */
export async function readSecretFile(siteFolder: string, name: string): Promise<string | undefined> {
  const where = `${secretFolderName}/${name}`;
  const folder = await realFolder(siteFolder);
  const path = folder && (await realFile(siteFolder, folder, name));
  if (path === undefined) return undefined;
  try {
    const file = await open(path, 'r');
    try {
      if (!(await file.stat()).isFile()) return undefined;
      // One byte more than a value may have tells a file that is too large, however large it is.
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(maximumValueBytes + 1),
        0,
        maximumValueBytes + 1,
        0,
      );
      return valueOfContent(buffer.subarray(0, bytesRead), where);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw fileFailure(thrown, where, 'read');
  }
}

/** For its owner alone, in a folder for its owner alone that git leaves out. Errors: those of writing a file. */
export async function writeSecretFile(siteFolder: string, name: string, value: string): Promise<void> {
  const where = `${secretFolderName}/${name}`;
  const folder = join(siteFolder, secretFolderName);
  try {
    if ((await makeFolder(folder, privateFolder)) !== undefined) await chmod(folder, privateFolder);
    if (!isInside(await realpath(siteFolder), await realpath(folder))) throw leadsOutside(secretFolderName);
    // A link is replaced by a file, never written through.
    await writeFileAtomically(join(folder, name), value.includes('\n') ? value : `${value}\n`, {
      mode: privateFile,
    });
  } catch (thrown) {
    throw fileFailure(thrown, where, 'write');
  }
  if (!(await isIgnored(siteFolder, secretFolderName))) await ignoreFolder(siteFolder, secretFolderName);
}

/** False when there is no such file. Another file is never written over. Errors: those of writing a file. */
export async function renameSecretFile(siteFolder: string, from: string, to: string): Promise<boolean> {
  const folder = await realFolder(siteFolder);
  if (folder === undefined) return false;
  try {
    await moveWithoutOverwriting(join(folder, from), join(folder, to));
    await syncFolder(folder);
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw fileFailure(thrown, `${secretFolderName}/${to}`, 'write');
  }
}

/** False when there was no such file. */
export async function removeSecretFile(siteFolder: string, name: string): Promise<boolean> {
  const folder = await realFolder(siteFolder);
  if (folder === undefined) return false;
  try {
    await unlink(join(folder, name));
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw fileFailure(thrown, `${secretFolderName}/${name}`, 'write');
  }
}

export async function checkSecretFolder(siteFolder: string): Promise<SecretFinding[]> {
  const folder = await realFolder(siteFolder);
  if (folder === undefined) return [];
  const findings: SecretFinding[] = [];
  for (const [path, mode] of await openPaths(folder)) {
    const written = (mode & 0o777).toString(8).padStart(4, '0');
    const wanted = path === '' ? '0700' : '0600';
    const inSite = path === '' ? `${secretFolderName}/` : `${secretFolderName}/${path}`;
    const message = `Other accounts of this machine can reach ${inSite} (${written}): chmod ${wanted} closes it.`;
    findings.push({ code: 'secret-permissions', path: inSite, message });
  }
  if (!(await isIgnored(siteFolder, secretFolderName))) {
    const message =
      'The next commit would take the secrets along: .gitignore of the site lacks the line “secrets/”.';
    findings.push({ code: 'secret-not-ignored', path: '.gitignore', message });
  }
  return findings;
}

/** Closes the folder and its files to others, and tells git to leave them out. */
export async function mendSecretFolder(siteFolder: string): Promise<void> {
  const folder = await realFolder(siteFolder);
  if (folder === undefined) return;
  try {
    for (const [path] of await openPaths(folder))
      await chmod(path === '' ? folder : join(folder, path), path === '' ? privateFolder : privateFile);
  } catch (thrown) {
    throw fileFailure(thrown, secretFolderName, 'write');
  }
  if (!(await isIgnored(siteFolder, secretFolderName))) await ignoreFolder(siteFolder, secretFolderName);
}

/** What others than the owner can reach, with its mode; the folder itself has the name ''. Links have no mode. */
async function openPaths(folder: string): Promise<[path: string, mode: number][]> {
  // Windows has no such modes: access lists of the user's folder protect it there.
  if (process.platform === 'win32') return [];
  const found: [string, number][] = [];
  const { mode } = await lstat(folder);
  if ((mode & others) !== 0) found.push(['', mode]);
  const names = (await readdir(folder).catch(() => [])).sort().slice(0, mostSecrets);
  for (const name of names) {
    const status = await lstat(join(folder, name)).catch(() => undefined);
    if (status?.isFile() && (status.mode & others) !== 0) found.push([name, status.mode]);
  }
  return found;
}

/** The folder itself; undefined when there is none, or when it is a link that leads out of the site. */
async function realFolder(siteFolder: string): Promise<string | undefined> {
  try {
    const real = await realpath(join(siteFolder, secretFolderName));
    return isInside(await realpath(siteFolder), real) && (await lstat(real)).isDirectory() ? real : undefined;
  } catch (thrown) {
    if (isMissing(thrown) || errnoOf(thrown) === 'ELOOP' || errnoOf(thrown) === 'EACCES') return undefined;
    throw fileFailure(thrown, secretFolderName, 'read');
  }
}

/** A site that came from elsewhere may hold links: what they lead to outside of it is none of its secrets. */
async function realFile(siteFolder: string, folder: string, name: string): Promise<string | undefined> {
  try {
    const real = await realpath(join(folder, name));
    if (!isInside(await realpath(siteFolder), real)) throw leadsOutside(`${secretFolderName}/${name}`);
    return real;
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw fileFailure(thrown, `${secretFolderName}/${name}`, 'read');
  }
}

function leadsOutside(where: string): SiteforgeError {
  const message = `${where} is a link that leaves the site; it is not followed.`;
  return new SiteforgeError('secret-value-invalid', { where, message });
}
