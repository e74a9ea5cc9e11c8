import { mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { documentPath } from '#shared/contract.ts';
import { SiteforgeError } from '#shared/errors.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { digestOf } from '../files/file-digest.ts';
import { errnoOf, fileFailure, isMissing } from '../files/file-failures.ts';
import { isDocumentPath, isInside, maximumDocumentBytes, vanished } from './site-folder.ts';

export interface SaveRequest {
  readonly path: string;
  readonly text: string;
  /** Digest of what the text was based on; null for a document that is new. */
  readonly baseDigest: string | null;
  /** Writes even when the document changed on disk meanwhile. */
  readonly force?: boolean | undefined;
}

/**
 * Writes a document as it is given, line ends and byte order mark included. `folder` is the real path of the site.
 * Throws `document-changed-on-disk` when the file is not the one that the text was based on, `document-too-large`,
 * `site-vanished`, `site-read-only` or `disk-full`.
 */
export async function saveDocument(folder: string, request: SaveRequest): Promise<{ digest: string }> {
  const bytes = Buffer.from(request.text, 'utf8');
  if (bytes.length > maximumDocumentBytes)
    throw new SiteforgeError('document-too-large', { where: request.path });
  const target = await targetOf(folder, request.path);
  try {
    if (!request.force) await requireUnchanged(target, request);
    await mkdir(dirname(target), { recursive: true });
    await writeFileAtomically(target, bytes);
  } catch (thrown) {
    throw await siteFailure(thrown, folder, request.path);
  }
  return { digest: digestOf(bytes) };
}

/** The file to write: the one a link stands for, if it lies inside the site. */
export async function targetOf(folder: string, path: string): Promise<string> {
  if (!documentPath.safeParse(path).success || !isDocumentPath(path)) {
    throw new SiteforgeError('request-invalid', {
      where: path,
      message: `${path} is no place for a document.`,
    });
  }
  const plain = join(folder, path);
  const real = await realpath(plain).catch(async (thrown: unknown) => {
    if (!isMissing(thrown)) throw await siteFailure(thrown, folder, path);
    const parent = await realpath(dirname(plain)).catch(() => dirname(plain));
    return join(parent, basename(plain));
  });
  if (isInside(folder, real)) return real;
  throw new SiteforgeError('request-invalid', {
    where: path,
    message: `${path} is a link that leaves the site.`,
  });
}

async function requireUnchanged(target: string, request: SaveRequest): Promise<void> {
  const current = await readFile(target).catch((thrown: unknown) => {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  });
  const digest = current === undefined ? null : digestOf(current);
  if (digest === request.baseDigest) return;
  const message =
    digest === null
      ? `${request.path} was removed on disk since it was opened.`
      : request.baseDigest === null
        ? `${request.path} exists already.`
        : `${request.path} was changed on disk since it was opened.`;
  throw new SiteforgeError('document-changed-on-disk', { where: request.path, message });
}

export async function siteFailure(thrown: unknown, folder: string, path: string): Promise<SiteforgeError> {
  if (thrown instanceof SiteforgeError) return thrown;
  if (!(await exists(folder))) return vanished(folder, thrown);
  const errno = errnoOf(thrown);
  if (errno === 'EROFS' || errno === 'EACCES' || errno === 'EPERM') {
    const message =
      errno === 'EROFS'
        ? `${path} cannot be written: the site lies on a medium that is mounted read-only.`
        : `${path} cannot be written: this account may not.`;
    return new SiteforgeError('site-read-only', { where: path, message, cause: thrown });
  }
  return fileFailure(thrown, path, 'write');
}

export async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
