import type { BuilderConfig } from '#shared/site/builder-config.ts';
import { digestOf } from '../files/file-digest.ts';

export interface BuildKeys {
  /** Names the composed tree in the cache. */
  readonly tree: string;
  /** Names the assembled image. */
  readonly image: string;
}

/**
 * Everything that shapes a result, and nothing else: the builder's sources, the site's own elements and the parts of
 * the configuration that the stage reads. File names do not: the same image under another name is the same image.
 */
export function keysOf(builderDigest: string, elementsDigest: string, config: BuilderConfig): BuildKeys {
  const tree = digestOf(canonical(['tree', 1, builderDigest, elementsDigest, config.compose]));
  const image = digestOf(canonical(['image', 1, tree, config.builder.imageType, config.assemble]));
  return { tree, image };
}

/** JSON with sorted keys: the order in which a document names its settings changes nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
