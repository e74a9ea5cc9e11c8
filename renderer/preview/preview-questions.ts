import type { Difference } from '#shared/compare/difference.ts';
import type { Delivered, Freshness, StampedSeed } from '#shared/compare/freshness.ts';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { HostRealms } from '#shared/realms/host-realms.ts';
import type { SeedDocument } from '#shared/render/host-origins.ts';
import type { NetworkFacts } from '#shared/render/network-drawing.ts';
import type { LineOrigins } from '#shared/render/origin.ts';

/** What the preview asks the worker beyond the texts themselves: only for what is in sight. */
export type PreviewQuestion =
  | { readonly kind: 'origins'; readonly host: string; readonly document: SeedDocument }
  | { readonly kind: 'on-host'; readonly host: string; readonly as: 'netplan' | 'keyfiles' }
  | { readonly kind: 'comparison'; readonly host: string; readonly other: string }
  | { readonly kind: 'freshness'; readonly host: string; readonly delivered: Delivered }
  | { readonly kind: 'network'; readonly host: string }
  | { readonly kind: 'realms'; readonly host: string };

/** Files as they lie on the running host. */
export interface FilesOnHost {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What the files cannot say. */
  readonly losses: readonly Diagnostic[];
}

export interface HostComparison {
  readonly differences: readonly Difference[];
  /** What the other host receives. */
  readonly there: StampedSeed;
}

export interface PreviewAnswers {
  readonly origins: LineOrigins;
  readonly 'on-host': FilesOnHost;
  readonly comparison: HostComparison;
  readonly freshness: Freshness;
  readonly network: NetworkFacts;
  readonly realms: HostRealms;
}

export type AnswerOf<Question extends PreviewQuestion> = PreviewAnswers[Question['kind']];
