import { definitionsOf, referencesTo } from '#shared/refactor/definitions.ts';
import { occurrenceIn } from '#shared/refactor/occurrences.ts';
import { type RenameSubject, renameSubject } from '#shared/refactor/rename.ts';
import { spellingsOf } from '#shared/refactor/secret-names.ts';
import { type Occurrence, type SiteSymbol, wordOf } from '#shared/refactor/symbols.ts';
import type { SiteAnalysis } from '#shared/site/analysis.ts';
import { type Range, rangeOf } from '#shared/source/source-text.ts';
import type { Definitions, Highlight, Place, Places } from './protocol.ts';

/** Where the caret stands, and for whom the preview is shown. */
export interface Caret {
  readonly path: string;
  readonly offset: number;
  readonly chosenHost: string | undefined;
  /** Names of secrets that have a value. */
  readonly secrets: readonly string[];
}

export function occurrenceAt(analysis: SiteAnalysis, { path, offset }: Caret): Occurrence | undefined {
  const document = analysis.documents.find((each) => each.path === path);
  return document === undefined ? undefined : occurrenceIn(document, offset);
}

/**
 * Where the name at the caret is defined. Undefined when there is no name, or nothing defines it. A secret is defined
 * beside the documents: its name is told instead of a place.
 */
export function definitionAt(analysis: SiteAnalysis, caret: Caret): Definitions | undefined {
  const occurrence = occurrenceAt(analysis, caret);
  if (occurrence === undefined) return undefined;
  const { source, span, symbol } = occurrence;
  const of = { title: `Definitions of ${titleOf(symbol)}`, name: rangeOf(source, span) };
  if (symbol.kind === 'secret') return { ...of, places: [], secret: symbol.name };
  const options = { from: caret.path, chosenHost: caret.chosenHost };
  const places = definitionsOf(analysis, symbol, options).map(placeOf);
  return places.length === 0 ? undefined : { ...of, places };
}

/** Every place of the name at the caret: its definitions first. */
export function referencesAt(analysis: SiteAnalysis, caret: Caret): Places | undefined {
  const occurrence = occurrenceAt(analysis, caret);
  if (occurrence === undefined) return undefined;
  const { symbol } = occurrence;
  const definitions = symbol.kind === 'fact' ? [] : definitionsOf(analysis, symbol);
  const references = spellingsOf(symbol, caret.secrets).flatMap((each) => referencesTo(analysis, each));
  const places = [...definitions, ...references].map(placeOf);
  return { title: `Places of ${titleOf(symbol)}`, places };
}

export function highlightsAt(analysis: SiteAnalysis, caret: Caret): readonly Highlight[] | undefined {
  const occurrence = occurrenceAt(analysis, caret);
  if (occurrence === undefined) return undefined;
  const { symbol } = occurrence;
  const all = [...definitionsOf(analysis, symbol), ...referencesTo(analysis, symbol)];
  return all
    .filter(({ source, span }) => source.file === caret.path && span.start < span.end)
    .map(({ source, span, role }) => ({ range: rangeOf(source, span), role }));
}

/** What a rename of the name at the caret would touch, and where the name stands. */
export function renameSubjectAt(
  analysis: SiteAnalysis,
  caret: Caret,
): { readonly subject: RenameSubject | undefined; readonly range: Range } | undefined {
  const occurrence = occurrenceAt(analysis, caret);
  if (occurrence === undefined) return undefined;
  const { source, span, symbol } = occurrence;
  return { subject: renameSubject(analysis, symbol, caret.secrets), range: rangeOf(source, span) };
}

function titleOf(symbol: SiteSymbol): string {
  return symbol.kind === 'fact' ? `((${symbol.name}))` : `the ${wordOf(symbol)} ${symbol.name}`;
}

/** Characters: a line may be the base64 of a whole archive. */
const longestLine = 200;

function placeOf({ source, span, role }: Occurrence): Place {
  const range = rangeOf(source, span);
  const start = source.lineStarts[range.start.line - 1] ?? 0;
  const end = source.text.slice(start).search(/[\r\n]|$/) + start;
  const line = source.text.slice(start, end);
  return { file: source.file, range, role, line: excerptOf(line, range.start.column - 1) };
}

/** A line, or the part of a long one that has the name in it. */
function excerptOf(line: string, at: number): string {
  if (line.trim().length <= longestLine) return line.trim();
  const indent = line.length - line.trimStart().length;
  const wanted = Math.min(at - longestLine / 2, line.trimEnd().length - longestLine);
  const from = Math.max(indent, wanted);
  const part = line.slice(from, from + longestLine).trim();
  return `${from > indent ? '…' : ''}${part}${from + longestLine < line.trimEnd().length ? '…' : ''}`;
}
