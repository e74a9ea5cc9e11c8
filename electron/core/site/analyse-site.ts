import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { compareDiagnostics } from '#shared/diagnostics/diagnostic.ts';
import { createSiteAnalyser } from '#shared/site/analyser.ts';
import type { SiteAnalysis } from '#shared/site/analysis.ts';
import type { SiteSnapshot } from './read-site.ts';
import type { SkippedFile } from './site-folder.ts';

export interface AnalysedSite {
  readonly snapshot: SiteSnapshot;
  readonly analysis: SiteAnalysis;
  /** Those of the analysis, and those of files that could not be read; sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The same verdict as in the editor, on a whole site at once. */
export function analyseSite(snapshot: SiteSnapshot): AnalysedSite {
  const analyser = createSiteAnalyser();
  for (const [path, text] of snapshot.files) analyser.update(path, text);
  analyser.setOtherPaths(snapshot.otherPaths);
  const analysis = analyser.analyse();
  const tooLarge = snapshot.documents.filter((document) => document.tooLarge);
  const diagnostics = [
    ...analysis.diagnostics,
    ...tooLarge.map(({ path }) => atStart(path, 'document-too-large', 'The document is larger than 2 MiB.')),
    ...snapshot.skipped.map(describeSkipped),
  ].sort(compareDiagnostics);
  return { snapshot, analysis, diagnostics };
}

function describeSkipped({ path, reason }: SkippedFile): Diagnostic {
  const messages = {
    'leads-outside': 'The link leaves the site; it is not followed.',
    'too-many': 'The site has more than 2,000 documents; this one was not read.',
    unreadable: 'The file cannot be read. Check its permissions.',
  } as const;
  return atStart(path, reason === 'too-many' ? 'document-too-large' : 'document-kind', messages[reason]);
}

function atStart(file: string, code: 'document-too-large' | 'document-kind', message: string): Diagnostic {
  const start = { line: 1, column: 1 };
  return { file, range: { start, end: start }, severity: 'error', code, message };
}
