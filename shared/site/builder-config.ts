import type { RenderedHostProfile } from '../render/host-profile/render-host-profile.ts';

/** The configuration that a builder reads: version 1 of the builder contract (builders/README.md). */
export interface BuilderConfig {
  readonly apiVersion: 'siteforge/v1';
  readonly kind: 'BuilderConfig';
  readonly builder: {
    readonly imageType: 'iso';
    readonly outputFileName: string;
    readonly outputMetadataFileName: string;
  };
  readonly compose: ComposeConfig;
  readonly assemble: AssembleConfig;
}

/** Everything that decides what the root file system holds: its digest is the key of the cache. */
export interface ComposeConfig
  extends Pick<RenderedHostProfile, 'kernelPackage' | 'packages' | 'files' | 'units' | 'scripts'> {
  readonly base: string;
  readonly release: string;
  readonly architecture: string;
  /** Left out: the mirror that the builder's own apt sources name. */
  readonly mirror?: string;
  /** The mirror of Debian's security archive. Left out: none beside `mirror`, otherwise the builder's own. */
  readonly securityMirror?: string;
  readonly components: readonly string[];
  readonly elements: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface AssembleConfig {
  readonly volumeId: string;
  /** What the image is made of, as the documents name it: kept in the image, so that a stamp can be compared with it. */
  readonly origin: { readonly site: string; readonly image: string; readonly profile: string };
  readonly kernelArguments: readonly string[];
  readonly menuTitle: string;
  /** Seconds. */
  readonly menuTimeout: number;
  readonly seedAreaBytes: number;
  readonly kernelArgumentsAreaBytes: number;
  /** Seconds since 1970: the time of every file on the medium, so that equal inputs give equal images. */
  readonly sourceDateEpoch: number;
}
