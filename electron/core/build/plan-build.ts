import type { BuilderConfig } from '#shared/site/builder-config.ts';

/** What the documents of a site say about an image, ready to be built. */
export interface PlannedImage {
  readonly config: BuilderConfig;
  /** Bytes that the image may have. */
  readonly sizeLimit?: number | undefined;
  /** Documents that the configuration was made from: path and SHA-256. */
  readonly documents: readonly { readonly path: string; readonly sha256: string }[];
}
