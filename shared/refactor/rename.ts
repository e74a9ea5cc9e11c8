import { scalarText } from '../assist/insert-text.ts';
import { storedName } from '../secrets/stored-name.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { documentOf } from '../site/analysis.ts';
import { folderOf } from '../site/document-name.ts';
import { type Range, rangeOf } from '../source/source-text.ts';
import { occurrencesOfSite } from './occurrences.ts';
import { type RenamedValue, renamedSecret, spellingsOf, takenSecretNames } from './secret-names.ts';
import { isDocumentSymbol, type Occurrence, type SiteSymbol, symbolKey } from './symbols.ts';

/** A replacement that knows what it replaces: a text that changed meanwhile is never cut in the wrong place. */
export interface TextEdit {
  readonly range: Range;
  readonly oldText: string;
  readonly newText: string;
}

export interface DocumentEdits {
  readonly path: string;
  /** In the order of the text. */
  readonly edits: readonly TextEdit[];
}

export interface RenamePlan {
  /** Documents that change, by path; the one that moves under its old path. */
  readonly documents: readonly DocumentEdits[];
  /** The file that is called otherwise, when the symbol is a document. */
  readonly move?: { readonly from: string; readonly to: string };
  /** The value that is kept under another name, when the symbol is a secret that has one. */
  readonly value?: RenamedValue;
}

/** What a rename would touch, told before the new name is known. */
export interface RenameSubject {
  readonly symbol: SiteSymbol;
  /** The document that gets another name. */
  readonly file?: string;
  /** The name under which the value of a secret is kept; undefined when it has none. */
  readonly value?: string;
  readonly documents: readonly { readonly path: string; readonly count: number }[];
  /** Names that would be mixed up with the new one; paths of documents where a document is renamed. */
  readonly taken: readonly string[];
  /** Documents that cannot be read to their end: what they say there stays as it is. */
  readonly unreadable: readonly string[];
}

/**
 * Undefined for what has no name that documents give: facts such as `host.name`, elements. `secrets` are the names that
 * have a value on this machine.
 */
export function renameSubject(
  analysis: SiteAnalysis,
  symbol: SiteSymbol,
  secrets: readonly string[] = [],
): RenameSubject | undefined {
  const { documents } = analysis;
  const { kind } = symbol;
  if (kind === 'fact' || kind === 'element' || kind === 'site') return undefined;
  const document = isDocumentSymbol(kind) ? documentOf(analysis, kind, symbol.name) : undefined;
  if (isDocumentSymbol(kind) && document === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const { source } of written(analysis, symbol, secrets))
    counts.set(source.file, (counts.get(source.file) ?? 0) + 1);
  const value = kind === 'secret' ? storedName(symbol.name, secrets) : undefined;
  const taken =
    document === undefined
      ? kind === 'secret'
        ? takenSecretNames(symbol, namesLike(analysis, symbol), secrets)
        : namesLike(analysis, symbol)
      : documents.flatMap(({ path }) =>
          folderOf(path) === folderOf(document.path) && path !== document.path ? [path] : [],
        );
  return {
    symbol,
    ...(document === undefined ? {} : { file: document.path }),
    ...(value === undefined ? {} : { value }),
    documents: [...counts].map(([path, count]) => ({ path, count })).sort(byPath),
    taken,
    unreadable: documents.flatMap((each) => (each.break === undefined ? [] : [each.path])),
  };
}

/** All edits of a rename. The new name is one that `newNameProblem` finds no fault with. */
export function planRename(
  analysis: SiteAnalysis,
  symbol: SiteSymbol,
  to: string,
  secrets: readonly string[] = [],
): RenamePlan {
  const secret = symbol.kind === 'secret' ? renamedSecret(symbol, to, secrets) : undefined;
  const editsOf = new Map<string, TextEdit[]>();
  for (const occurrence of written(analysis, symbol, secrets)) {
    const { file } = occurrence.source;
    const edit = editOf(occurrence, secret?.written(occurrence.symbol.name) ?? to);
    const edits = editsOf.get(file);
    if (edits === undefined) editsOf.set(file, [edit]);
    else edits.push(edit);
  }
  const documents = [...editsOf].map(([path, edits]) => ({ path, edits: edits.sort(byPlace) }));
  if (secret?.value !== undefined) return { documents, value: secret.value };
  const { kind, name } = symbol;
  const document = isDocumentSymbol(kind) ? documentOf(analysis, kind, name) : undefined;
  if (document === undefined) return { documents };
  const target = `${folderOf(document.path)}/${to}${/\.ya?ml$/.exec(document.path)?.[0] ?? '.yaml'}`;
  return { documents, move: { from: document.path, to: target } };
}

function written(
  { documents }: SiteAnalysis,
  symbol: SiteSymbol,
  secrets: readonly string[],
): readonly Occurrence[] {
  const index = occurrencesOfSite(documents);
  const found = spellingsOf(symbol, secrets).flatMap((spelling) => index.get(symbolKey(spelling)) ?? []);
  return found.filter(({ span }) => span.start < span.end);
}

function editOf({ source, span, style }: Occurrence, to: string): TextEdit {
  const newText = style === 'raw' ? to : style === 'plain' ? scalarText(to) : JSON.stringify(to);
  return { range: rangeOf(source, span), oldText: source.text.slice(span.start, span.end), newText };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

function byPlace(a: TextEdit, b: TextEdit): number {
  return a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column;
}

function namesLike({ documents }: SiteAnalysis, { kind, scope, name }: SiteSymbol): string[] {
  const names = new Set<string>();
  for (const [first] of occurrencesOfSite(documents).values()) {
    if (first?.symbol.kind === kind && first.symbol.scope === scope) names.add(first.symbol.name);
  }
  names.delete(name);
  return [...names].sort();
}
