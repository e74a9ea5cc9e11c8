import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuilderConfig } from '#shared/site/builder-config.ts';
import { withoutSecrets } from '#shared/site/without-secrets.ts';
import { digestOf, digestOfFile } from '../files/file-digest.ts';
import { redactedData } from '../secrets/known-values.ts';
import type { BuildKeys } from './build-keys.ts';
import type { BuilderMetadata } from './builder-metadata.ts';

export interface ManifestInput {
  readonly image: string;
  readonly artifactName: string;
  readonly metadata: BuilderMetadata;
  /** When the image was assembled, in milliseconds since 1970. */
  readonly created: number;
  /** When the packages were fetched from the mirror, in milliseconds since 1970; unknown of old entries of the cache. */
  readonly fetched: number | undefined;
  readonly keys: BuildKeys;
  readonly builder: { readonly image: string; readonly digest: string };
  readonly elementsDigest: string;
  /** Documents that the image was made from: path and SHA-256. */
  readonly documents: readonly { readonly path: string; readonly sha256: string }[];
  readonly config: BuilderConfig;
  /** The cache entry of the tree; undefined when it was cleared after the image was made. */
  readonly treeFolder: string | undefined;
}

/** Everything that is needed to tell where an artifact came from and to make it again. It holds no secrets. */
export async function createManifest(input: ManifestInput): Promise<object> {
  return redactedData({
    apiVersion: 'siteforge/v1',
    kind: 'ArtifactManifest',
    image: input.image,
    created: new Date(input.created).toISOString(),
    artifact: {
      file: input.artifactName,
      size: input.metadata.size,
      sha256: input.metadata.sha256,
      format: input.metadata.format,
    },
    stampAreas: input.metadata.stampAreas,
    index: input.metadata.index,
    inputs: {
      // Without their texts: an account in the address of a mirror is nobody's business who gets the image.
      documents: input.documents
        .map(({ path, sha256 }) => ({ path, sha256 }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
      elements: input.elementsDigest,
      keys: input.keys,
    },
    builder: input.builder,
    versions: input.metadata.versions,
    packages: await packagesOf(input),
    config: withoutSecrets(input.config, digestOf),
  });
}

async function packagesOf({ treeFolder, fetched }: ManifestInput): Promise<object | null> {
  const when = fetched === undefined ? {} : { fetched: new Date(fetched).toISOString() };
  if (treeFolder === undefined) return fetched === undefined ? null : when;
  const path = join(treeFolder, 'packages.json');
  try {
    const list: unknown = JSON.parse(await readFile(path, 'utf8'));
    return { ...when, count: Array.isArray(list) ? list.length : 0, sha256: await digestOfFile(path) };
  } catch {
    return fetched === undefined ? null : when;
  }
}
