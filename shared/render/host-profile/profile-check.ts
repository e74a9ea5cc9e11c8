import type { TextFix } from '../../diagnostics/diagnostic.ts';
import type { HostProfile } from '../../schema/host-profile.ts';
import type { PathSegment, SourceNode } from '../../source/source-node.ts';
import type { RenderedHostProfile } from './render-host-profile.ts';

/** What every check of a profile gets. Paths start at `spec`. */
export interface ProfileCheck {
  readonly spec: HostProfile['spec'];
  readonly rendered: RenderedHostProfile;
  readonly at: (...path: PathSegment[]) => SourceNode;
  readonly contradiction: (node: SourceNode, message: string) => void;
  readonly value: (node: SourceNode, message: string, fixes?: readonly TextFix[]) => void;
  readonly information: (node: SourceNode, message: string) => void;
}
