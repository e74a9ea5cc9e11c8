import type { TextFix } from '../../diagnostics/diagnostic.ts';
import type { HostProfile } from '../../schema/host-profile.ts';
import type { PathSegment, SourceNode } from '../../source/source-node.ts';
import type { Remedy } from './remedy.ts';
import type { RenderedHostProfile } from './render-host-profile.ts';
import { bareName } from './systemd/unit-packages.ts';

/** What every check of a profile gets. Paths start at `spec`. */
export interface ProfileCheck {
  readonly spec: HostProfile['spec'];
  readonly rendered: RenderedHostProfile;
  /** Packages that come into the image from elsewhere. */
  readonly brought: readonly string[];
  readonly at: (...path: PathSegment[]) => SourceNode;
  /**
   * Whether everything at a path was read. What a profile with mistakes lacks may stand where it could not be read, so
   * that a check which misses something asks this first.
   */
  readonly isRead: (...path: PathSegment[]) => boolean;
  /** The number that an item of a list has in the text, from 1. */
  readonly numberOf: (...path: PathSegment[]) => number;
  readonly contradiction: (node: SourceNode, message: string, ...remedies: readonly Remedy[]) => void;
  readonly value: (node: SourceNode, message: string, ...remedies: readonly Remedy[]) => void;
  /** A word that is allowed, but hardly the one that was meant. */
  readonly misspelt: (node: SourceNode, message: string, fixes: readonly TextFix[] | undefined) => void;
  readonly information: (node: SourceNode, message: string) => void;
}

const sectionsWithPackages = [
  ['packages'],
  ['firmware'],
  ['repositories'],
  ['containers'],
  ['kubernetes'],
  ['kdump'],
  ['apparmor'],
  ['users'],
  ['kernel', 'dkms'],
] as const;

/** Names of all packages in the image; undefined while one of them may stand in a part that cannot be read. */
export function installedPackages(check: ProfileCheck): ReadonlySet<string> | undefined {
  const { rendered, brought, isRead } = check;
  if (!sectionsWithPackages.every((section) => isRead(...section))) return undefined;
  return new Set([...rendered.packages, ...brought].map(bareName));
}
