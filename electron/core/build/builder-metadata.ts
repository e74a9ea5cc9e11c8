import { constants, open, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { SiteforgeError } from '#shared/errors.ts';
import { parseYaml } from '#shared/source/parse-yaml.ts';
import { toPlain } from '#shared/source/source-node.ts';
import { createSourceText } from '#shared/source/source-text.ts';
import { digestOfHandle } from '../files/file-digest.ts';
import { isMissing } from '../files/file-failures.ts';
import { isInside } from '../site/site-folder.ts';

const place = z.string().min(1).max(4096);
const count = z.number().int().nonnegative();
const area = z.strictObject({
  name: z.string().max(100),
  path: place,
  offset: count,
  length: count,
  format: z.string().max(40),
});

/** The metadata file that a builder leaves, version 1 of the contract. Keys that it does not know are refused. */
export const builderMetadataSchema = z.strictObject({
  bootImagePath: place,
  size: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  format: z.string().max(20),
  stampAreas: z.array(area).max(16),
  index: z.strictObject({ path: place, offset: count, length: count }),
  versions: z.record(z.string().max(100), z.string().max(200)),
});
export type BuilderMetadata = z.infer<typeof builderMetadataSchema>;

const maximumMetadataBytes = 256 * 1024;

export interface VerifiedArtifact {
  readonly path: string;
  readonly metadata: BuilderMetadata;
}

/**
 * Reads what the builder left in its volume and believes nothing of it: the file must lie inside the volume, be a
 * regular file, and have the size and digest that were told.
 * Throws `metadata-missing`, `metadata-invalid`, `artifact-outside-volume`, `artifact-missing`,
 * `artifact-size-mismatch` or `artifact-digest-mismatch`.
 */
export async function verifyArtifact(
  volume: string,
  metadataName: string,
  signal: AbortSignal,
): Promise<VerifiedArtifact> {
  const metadata = parseMetadata(await readMetadata(volume, metadataName), metadataName);
  const path = await artifactPath(volume, metadata.bootImagePath);
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await file.stat();
    if (size !== metadata.size) {
      const message = `The image has ${size} bytes; the builder reported ${metadata.size}.`;
      throw new SiteforgeError('artifact-size-mismatch', { where: metadata.bootImagePath, message });
    }
    const digest = await digestOfHandle(file, signal);
    if (digest !== metadata.sha256) {
      const detail = `expected ${metadata.sha256}\nfound    ${digest}`;
      throw new SiteforgeError('artifact-digest-mismatch', { where: metadata.bootImagePath, detail });
    }
  } finally {
    await file.close();
  }
  return { path, metadata };
}

async function readMetadata(volume: string, name: string): Promise<string> {
  const path = join(volume, name);
  try {
    const real = await realpath(path);
    if (!isInside(await realpath(volume), real)) throw invalid(name, 'It is a link that leaves the volume.');
    const status = await stat(real);
    if (!status.isFile()) throw invalid(name, 'It is not a file.');
    if (status.size > maximumMetadataBytes) throw invalid(name, `It has ${status.size} bytes.`);
    return await readFile(real, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) throw new SiteforgeError('metadata-missing', { where: name, cause: thrown });
    throw thrown;
  }
}

function parseMetadata(text: string, name: string): BuilderMetadata {
  const sink = new DiagnosticSink();
  const tree = parseYaml(createSourceText(name, text), sink);
  const broken = sink.list().find(({ severity }) => severity === 'error');
  if (tree === undefined || broken !== undefined) throw invalid(name, broken?.message ?? 'It is empty.');
  const parsed = builderMetadataSchema.safeParse(toPlain(tree));
  if (!parsed.success) throw invalid(name, z.prettifyError(parsed.error));
  return parsed.data;
}

function invalid(name: string, detail: string): SiteforgeError {
  return new SiteforgeError('metadata-invalid', { where: name, detail });
}

async function artifactPath(volume: string, told: string): Promise<string> {
  const folder = await realpath(volume);
  const outside = new SiteforgeError('artifact-outside-volume', {
    where: told,
    message: `The builder named ${told}, which does not lie in its volume.`,
  });
  // Before anything is looked at: whether a file outside exists is not the builder's to learn.
  const plain = resolve(folder, told);
  if (told.includes('\0') || !isInside(folder, plain)) throw outside;
  const real = await realpath(plain).catch((thrown: unknown) => {
    throw new SiteforgeError('artifact-missing', { where: told, cause: thrown });
  });
  if (!isInside(folder, real)) throw outside;
  if (!(await stat(real)).isFile()) {
    throw new SiteforgeError('artifact-missing', { where: told, message: `${told} is not a regular file.` });
  }
  return real;
}
