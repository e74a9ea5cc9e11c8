import { isUtf8 } from 'node:buffer';
import type { BigIntStats } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { documentPath } from '#shared/contract.ts';
import { SiteforgeError } from '#shared/errors.ts';
import { type FileOwner, stageFile, syncFolder } from '../files/atomic-write.ts';
import { digestOf } from '../files/file-digest.ts';
import { errnoOf, fileFailure, isMissing } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';
import { isDocumentPath, isInside, maximumDocumentBytes, vanished } from './site-folder.ts';

export interface SaveRequest {
  readonly path: string;
  readonly text: string;
  /** Digest of what the text was based on; null for a document that is new. */
  readonly baseDigest: string | null;
  /** Writes even when the document changed on disk meanwhile. */
  readonly force?: boolean | undefined;
}

/** A document's new text beside the file that it is to replace. Either of the two ends it. */
export interface StagedDocument {
  /** The file that is replaced: the one that a link stands for. */
  readonly target: string;
  /** Throws `document-changed-on-disk` when the file changed since it was staged. */
  replace(): Promise<{ digest: string }>;
  discard(): Promise<void>;
}

/**
 * Writes a document as it is given, line ends and byte order mark included. `folder` is the real path of the site.
 * Throws `document-changed-on-disk` when the file is not the one that the text was based on, `document-too-large`,
 * `site-vanished`, `site-read-only` or `disk-full`.
 */
export async function saveDocument(folder: string, request: SaveRequest): Promise<{ digest: string }> {
  const staged = await stageDocument(folder, request);
  const saved = await staged.replace();
  await syncFolder(dirname(staged.target));
  return saved;
}

/** Does all of a save that can fail before the document itself is touched. Throws as `saveDocument` does. */
export async function stageDocument(folder: string, request: SaveRequest): Promise<StagedDocument> {
  const bytes = Buffer.from(request.text, 'utf8');
  if (bytes.length > maximumDocumentBytes)
    throw new SiteforgeError('document-too-large', { where: request.path });
  const target = await targetOf(folder, request.path);
  const inWords = async (thrown: unknown): Promise<never> => {
    throw await siteFailure(thrown, folder, request.path);
  };
  const stage = async (): Promise<StagedDocument> => {
    // What is written over in any case need not be readable.
    const before = request.force ? undefined : await readTarget(target);
    if (!request.force) requireUnchanged(before, request);
    requireNothingLost(before, request);
    if (before === undefined) await makeFolder(dirname(target));
    const staged = await stageFile(target, bytes, request.force ? {} : { existing: before?.owner ?? null });
    const replace = async () => {
      try {
        if (!request.force && (await versionOf(target)) !== before?.version)
          requireUnchanged(await readTarget(target), request);
        await staged.replace();
      } catch (thrown) {
        await staged.discard();
        throw thrown;
      }
      return { digest: digestOf(bytes) };
    };
    return { target, replace: () => replace().catch(inWords), discard: staged.discard };
  };
  return stage().catch(inWords);
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

interface TargetFile {
  readonly digest: string;
  /** Differs when the content may have changed. */
  readonly version: string;
  readonly owner: FileOwner;
  readonly isUtf8: boolean;
}

/** Undefined for a file that is not there. */
async function readTarget(target: string): Promise<TargetFile | undefined> {
  const file = await open(target, 'r').catch(undefinedWhenMissing);
  if (file === undefined) return undefined;
  try {
    const status = await file.stat({ bigint: true });
    const owner = { mode: Number(status.mode), uid: Number(status.uid), gid: Number(status.gid) };
    const content = await file.readFile();
    return { digest: digestOf(content), version: versionText(status), owner, isUtf8: isUtf8(content) };
  } finally {
    await file.close();
  }
}

async function versionOf(target: string): Promise<string | undefined> {
  const status = await stat(target, { bigint: true }).catch(undefinedWhenMissing);
  return status === undefined ? undefined : versionText(status);
}

function versionText({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino}:${size}:${mtimeNs}`;
}

function undefinedWhenMissing(thrown: unknown): undefined {
  if (!isMissing(thrown)) throw thrown;
  return undefined;
}

/**
 * What is not UTF-8 was read as U+FFFD. Written back, that would take the place of what stands on the disk, which only
 * a person can tell; once those characters were written again, the document is saved as any other.
 */
function requireNothingLost(before: TargetFile | undefined, { path, text }: SaveRequest): void {
  if (before === undefined || before.isUtf8 || !text.includes('\ufffd')) return;
  const message = `${path} is not UTF-8 on disk: saving would replace the characters that could not be read.`;
  throw new SiteforgeError('document-not-utf8', { where: path, message });
}

function requireUnchanged(current: TargetFile | undefined, request: SaveRequest): void {
  const digest = current?.digest ?? null;
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
