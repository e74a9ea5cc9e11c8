import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { DocumentOnDisk } from '#shared/contract.ts';
import { type FileAccess, waiting } from '../files/file-access.ts';
import { digestOf } from '../files/file-digest.ts';
import { isMissing } from '../files/file-failures.ts';
import { listOtherPaths } from './other-paths.ts';
import {
  type DocumentFile,
  inBatches,
  listSite,
  maximumDocumentBytes,
  resolveSite,
  type SkippedFile,
  siteIdOf,
  siteNameOf,
} from './site-folder.ts';

/** A site as it was at one moment. Builds work on a snapshot, so that editing goes on beside them. */
export interface SiteSnapshot {
  readonly siteId: string;
  readonly name: string;
  /** The real path of the folder. */
  readonly folder: string;
  readonly readOnly: boolean;
  readonly documents: readonly DocumentOnDisk[];
  /** Text by path, without those documents that are too large to be read. */
  readonly files: ReadonlyMap<string, string>;
  readonly skipped: readonly SkippedFile[];
  /** What lies beside the documents; see `listOtherPaths`. */
  readonly otherPaths: readonly string[];
}

/** Throws `site-not-found` for a folder that is not a site. A document that vanishes meanwhile is left out. */
export async function readSite(folder: string, by: FileAccess = waiting): Promise<SiteSnapshot> {
  const real = await resolveSite(folder);
  const listing = await listSite(real, by);
  const documents: DocumentOnDisk[] = [];
  const skipped = [...listing.skipped];
  for (const read of await inBatches(listing.files, (file) => readOrSkip(file, by))) {
    if (read === undefined) continue;
    if ('reason' in read) skipped.push(read);
    else documents.push(read);
  }
  return {
    siteId: siteIdOf(real),
    name: siteNameOf(real),
    folder: real,
    readOnly: !(await mayWrite(real)),
    documents,
    files: new Map(documents.filter((one) => !one.tooLarge).map(({ path, text }) => [path, text])),
    skipped,
    otherPaths: await listOtherPaths(real),
  };
}

/** The hosts of a site of which nothing is known: their documents, or the folder of them, could not be read. */
export function unreadHosts({ documents, skipped }: SiteSnapshot): string[] {
  const unread = [...documents.filter(({ tooLarge }) => tooLarge), ...skipped].map(({ path }) => path);
  return unread.filter((path) => path === 'hosts' || path.startsWith('hosts/'));
}

async function readOrSkip(
  file: DocumentFile,
  by: FileAccess,
): Promise<DocumentOnDisk | SkippedFile | undefined> {
  return readDocument(file, by).catch((thrown: unknown): SkippedFile | undefined =>
    isMissing(thrown) ? undefined : { path: file.path, reason: 'unreadable' },
  );
}

/**
 * The text as it is on disk, a byte order mark and line ends included. Bytes that are not UTF-8 become U+FFFD, which
 * the checks report; the digest is that of the bytes. Throws what the file system says (`ELOOP`: a link, which may
 * lead outside, was put there since the file was listed).
 */
export async function readDocument(file: DocumentFile, by: FileAccess = waiting): Promise<DocumentOnDisk> {
  if (file.size > maximumDocumentBytes) return tooLarge(file);
  const bytes = await by.content(file.target);
  if (bytes.length > maximumDocumentBytes) return tooLarge({ ...file, size: bytes.length });
  const text = decoder.decode(bytes);
  return { path: file.path, text, digest: digestOf(bytes) };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function tooLarge(file: DocumentFile): DocumentOnDisk {
  return { path: file.path, text: '', digest: digestOf(file.version), tooLarge: true };
}

async function mayWrite(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
