import { access, constants, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentOnDisk } from '#shared/contract.ts';
import { digestOf } from '../files/file-digest.ts';
import { isMissing } from '../files/file-failures.ts';
import { listOtherPaths } from './other-paths.ts';
import {
  type DocumentFile,
  isInside,
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
export async function readSite(folder: string): Promise<SiteSnapshot> {
  const real = await resolveSite(folder);
  const listing = await listSite(real);
  const documents: DocumentOnDisk[] = [];
  const skipped = [...listing.skipped];
  for (const read of await readAll(real, listing.files)) {
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

async function readAll(
  folder: string,
  files: readonly DocumentFile[],
): Promise<(DocumentOnDisk | SkippedFile)[]> {
  const batch = 64;
  const all: (DocumentOnDisk | SkippedFile | undefined)[] = [];
  for (let start = 0; start < files.length; start += batch) {
    all.push(
      ...(await Promise.all(
        files
          .slice(start, start + batch)
          .map((file) =>
            readDocument(folder, file).catch((thrown: unknown): SkippedFile | undefined =>
              isMissing(thrown) ? undefined : { path: file.path, reason: 'unreadable' },
            ),
          ),
      )),
    );
  }
  return all.filter((one) => one !== undefined);
}

/**
 * The text as it is on disk, a byte order mark and line ends included. Bytes that are not UTF-8 become U+FFFD, which
 * the checks report; the digest is that of the bytes.
 */
export async function readDocument(folder: string, file: DocumentFile): Promise<DocumentOnDisk> {
  if (file.size > maximumDocumentBytes) return tooLarge(file);
  const target = await realpath(join(folder, file.path));
  if (!isInside(folder, target)) throw new Error(`${file.path} was replaced by a link that leaves the site`);
  const bytes = await readFile(target);
  if (bytes.length > maximumDocumentBytes) return tooLarge({ ...file, size: bytes.length });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return { path: file.path, text, digest: digestOf(bytes) };
}

function tooLarge(file: DocumentFile): DocumentOnDisk {
  return { path: file.path, text: '', digest: digestOf(file.version), tooLarge: true };
}

async function mayWrite(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
