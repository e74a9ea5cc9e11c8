import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { SiteforgeError } from '#shared/errors.ts';
import { fileFailure } from '../files/file-failures.ts';
import { readBounded } from '../files/read-bounded.ts';

/** Rendered sets of a whole cluster are a few megabytes, most of it definitions of resources. */
export const maximumSourceBytes = 32 * 1024 * 1024;
const maximumFiles = 5000;
const deepest = 16;
/** What a folder of documents does not hold. */
const passedOver = /^(\.|node_modules$)/;

export interface SourceFile {
  /** Inside the folder that was read, with forward slashes; the name of a file that was read alone. */
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a folder with all folders below it, in the order of their names, or one file. Links are not followed.
 * Bytes that are not UTF-8 become U+FFFD. Throws `file-not-found`, `file-not-readable` or `document-too-large`, also
 * for a folder of too much, such as a whole disk that was named by mistake.
 */
export async function readImportSource(path: string): Promise<readonly SourceFile[]> {
  const status = await stat(path).catch((thrown: unknown) => {
    throw fileFailure(thrown, path, 'read');
  });
  const budget = { bytes: maximumSourceBytes, files: maximumFiles, where: path };
  if (status.isDirectory()) return await readFolder(path, '', 0, budget);
  return [await readOne(path, basename(path), budget)];
}

interface Budget {
  bytes: number;
  files: number;
  readonly where: string;
}

async function readFolder(root: string, below: string, depth: number, budget: Budget): Promise<SourceFile[]> {
  const folder = join(root, below);
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown: unknown) => {
    throw fileFailure(thrown, folder, 'read');
  });
  const files: SourceFile[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (passedOver.test(entry.name)) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory() && depth < deepest)
      files.push(...(await readFolder(root, path, depth + 1, budget)));
    else if (entry.isFile()) files.push(await readOne(join(root, path), path, budget));
  }
  return files;
}

async function readOne(file: string, path: string, budget: Budget): Promise<SourceFile> {
  try {
    const { size } = await lstat(file);
    budget.bytes -= size;
    budget.files -= 1;
    if (budget.bytes < 0 || budget.files < 0) throw tooMuch(budget.where);
    const bytes = await readBounded(file, maximumSourceBytes);
    if (bytes === undefined) throw tooMuch(budget.where);
    return { path, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
  } catch (thrown) {
    throw fileFailure(thrown, file, 'read');
  }
}

function tooMuch(where: string): SiteforgeError {
  return new SiteforgeError('document-too-large', {
    where,
    message: `${where} holds more than 5,000 files or 32 MiB. A document set is smaller: name its own folder.`,
  });
}

/** What a pipe gives, to its end. Throws `document-too-large`. */
export async function readStream(stream: Readable, name: string): Promise<SourceFile> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maximumSourceBytes) throw tooMuch(name);
    chunks.push(bytes);
  }
  return { path: name, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(chunks)) };
}
