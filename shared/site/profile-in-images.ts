import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { checkHostProfile } from '../render/host-profile/check-host-profile.ts';
import type { SiteDocument } from './document.ts';

/**
 * The findings of a profile that stand when the images that use it are known: packages that all of these bring count as
 * installed. Elements of the site bring some as well, but that is decided while they run.
 */
export function findingsInImages(
  document: SiteDocument,
  images: readonly SiteDocument[],
): readonly Diagnostic[] {
  const { readableProfile, diagnostics } = document;
  const brought = packagesOfAll(images, document.name);
  if (readableProfile === undefined || brought.length === 0) return diagnostics;
  const alone = new DiagnosticSink();
  const inImages = new DiagnosticSink();
  checkHostProfile(readableProfile, alone);
  checkHostProfile(readableProfile, inImages, { brought });
  const standing = new Set(inImages.list().map(identityOf));
  const settled = new Set(
    alone
      .list()
      .map(identityOf)
      .filter((each) => !standing.has(each)),
  );
  return settled.size === 0 ? diagnostics : diagnostics.filter((each) => !settled.has(identityOf(each)));
}

function packagesOfAll(images: readonly SiteDocument[], profile: string): readonly string[] {
  const using = images.flatMap(({ image }) => (image?.spec.profile === profile ? [image] : []));
  const [first, ...others] = using.map(({ spec }) => new Set(spec.packages));
  return [...(first ?? [])].filter((name) => others.every((packages) => packages.has(name)));
}

function identityOf({ range, code, message }: Diagnostic): string {
  return `${range.start.line}:${range.start.column} ${code} ${message}`;
}
