import type { TextFix } from '../../diagnostics/diagnostic.ts';
import type { HostProfile } from '../../schema/host-profile.ts';
import type { PathSegment, SourceNode } from '../../source/source-node.ts';
import type { Remedy } from './remedy.ts';
import type { RenderedHostProfile } from './render-host-profile.ts';

/** What every check of a profile gets. Paths start at `spec`. */
export interface ProfileCheck {
  readonly spec: HostProfile['spec'];
  readonly rendered: RenderedHostProfile;
  /** Packages that come into the image from elsewhere. */
  readonly brought: readonly string[];
  readonly at: (...path: PathSegment[]) => SourceNode;
  readonly contradiction: (node: SourceNode, message: string, ...remedies: readonly Remedy[]) => void;
  readonly value: (node: SourceNode, message: string, ...remedies: readonly Remedy[]) => void;
  /** A word that is allowed, but hardly the one that was meant. */
  readonly misspelt: (node: SourceNode, message: string, fixes: readonly TextFix[] | undefined) => void;
  readonly information: (node: SourceNode, message: string) => void;
}
