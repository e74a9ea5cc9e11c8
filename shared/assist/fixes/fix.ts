import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DocumentEdits, TextEdit } from '../../refactor/rename.ts';
import type { SiteAnalysis } from '../../site/analysis.ts';
import type { SiteDocument } from '../../site/document.ts';
import { offsetAt, type Range, rangeOf, type SourceText, type Span } from '../../source/source-text.ts';
import type { SiteNames } from '../site-names.ts';

/** What mends a finding: edits in one document or in several, and documents that are made. */
export interface Fix {
  readonly title: string;
  /** The one that is meant when nobody chooses. */
  readonly isPreferred: boolean;
  readonly documents: readonly DocumentEdits[];
  /** A document to be made, with this text or from its skeleton. */
  readonly creates?: { readonly path: string; readonly text?: string };
}

export interface FixContext {
  readonly analysis: SiteAnalysis;
  readonly site: SiteNames;
  readonly chosenHost: string | undefined;
  /** Names, addresses and MAC addresses that fixes of the same run gave out already. */
  readonly given: Set<string>;
}

/** A finding with its document and the offsets of its range. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly document: SiteDocument;
  readonly span: Span;
}

export function findingOf(analysis: SiteAnalysis, diagnostic: Diagnostic): Finding | undefined {
  const document = analysis.documents.find(({ path }) => path === diagnostic.file);
  if (document === undefined) return undefined;
  const { source } = document;
  const { start, end } = diagnostic.range;
  return { diagnostic, document, span: { start: offsetAt(source, start), end: offsetAt(source, end) } };
}

export function editOf(source: SourceText, span: Span, newText: string): TextEdit {
  return { range: rangeOf(source, span), oldText: source.text.slice(span.start, span.end), newText };
}

export function editOfRange(source: SourceText, range: Range, newText: string): TextEdit {
  return editOf(source, { start: offsetAt(source, range.start), end: offsetAt(source, range.end) }, newText);
}

/** A fix of one place. */
export function fixAt(
  title: string,
  source: SourceText,
  span: Span,
  newText: string,
  isPreferred = false,
): Fix {
  return { title, isPreferred, documents: [{ path: source.file, edits: [editOf(source, span, newText)] }] };
}
