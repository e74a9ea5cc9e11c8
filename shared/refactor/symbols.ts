import type { Kind } from '../site/document-kinds.ts';
import type { SourceText, Span } from '../source/source-text.ts';

/**
 * What names in documents stand for. `link`: of one network. `variable` and `mac`: of all hosts that define it. `fact`:
 * what every host has, such as `host.name`. `element` and `secret` lie beside the documents.
 */
export type SymbolKind =
  | 'site'
  | 'host'
  | 'host-profile'
  | 'network-config'
  | 'cloud-config'
  | 'image'
  | 'link'
  | 'variable'
  | 'mac'
  | 'fact'
  | 'element'
  | 'secret';

export interface SiteSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  /** Path of the document whose network has the link; undefined for every other kind. */
  readonly scope?: string | undefined;
}

/** One place where a symbol is written. */
export interface Occurrence {
  readonly symbol: SiteSymbol;
  readonly role: 'definition' | 'reference';
  readonly source: SourceText;
  /** The name itself. Empty at the start of a document that does not say its name. */
  readonly span: Span;
  /** What belongs to the name for whoever points at it: the parentheses of a reference too. */
  readonly place: Span;
  /** How another name is written here: as a plain scalar, as it is, or anew in quotes. */
  readonly style: 'plain' | 'raw' | 'quoted';
}

export function symbolKey({ kind, name, scope }: SiteSymbol): string {
  return scope === undefined ? `${kind} ${name}` : `${kind} ${scope} ${name}`;
}

const words: Readonly<Record<SymbolKind, string>> = {
  site: 'site',
  host: 'host',
  'host-profile': 'host profile',
  'network-config': 'network',
  'cloud-config': 'user-data fragment',
  image: 'image',
  link: 'link',
  variable: 'variable',
  mac: 'MAC name',
  fact: 'reference',
  element: 'element',
  secret: 'secret',
};

export function wordOf({ kind }: Pick<SiteSymbol, 'kind'>): string {
  return words[kind];
}

/** Kinds of documents that others refer to by the name of their file. */
export const documentSymbols = ['host', 'host-profile', 'network-config', 'cloud-config', 'image'] as const;
export type DocumentSymbolKind = (typeof documentSymbols)[number];

export function isDocumentSymbol(kind: SymbolKind | Kind | undefined): kind is DocumentSymbolKind {
  return documentSymbols.some((one) => one === kind);
}
