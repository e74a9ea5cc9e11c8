import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLError } from 'yaml';
import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import { maximumSyntaxErrors } from './read-with-library.ts';
import type { MapEntry, ScalarNode, ScalarValue, SourceNode } from './source-node.ts';
import type { SourceText, Span } from './source-text.ts';

/** No document of the field nests deeper than a dozen levels; the limit keeps recursion off the end of the stack. */
export const maximumDepth = 64;
/** Nodes that aliases may add: ten anchors of ten aliases each ("billion laughs") pass a million after six levels. */
const maximumAliasedNodes = 10_000;

const codeOfSyntaxError: Partial<Record<YAMLError['code'], DiagnosticCode>> = {
  TAB_AS_INDENT: 'yaml-tab',
};

/** Where the text that the library was given stands in the document. */
export interface Origin {
  readonly source: SourceText;
  /** Offset in the document of the text's first character. */
  readonly offset: number;
  /** Offset in the document behind which nothing is reported. */
  readonly end: number;
  /** Levels of the document above the text. */
  readonly depth: number;
}

export function boundedSpan(source: SourceText, start: number, end: number): Span {
  const first = Math.max(0, Math.min(start, source.text.length));
  return { start: first, end: Math.max(first, Math.min(end, source.text.length)) };
}

export function reportSyntax(
  { source, offset, end }: Origin,
  sink: DiagnosticSink,
  error: YAMLError,
  severity: 'error' | 'warning',
): void {
  const span = boundedSpan(
    source,
    Math.min(offset + error.pos[0], end),
    Math.min(offset + error.pos[1], end),
  );
  const code = severity === 'error' ? codeOfSyntaxError[error.code] : undefined;
  const message = error.message.endsWith('.') ? error.message : `${error.message}.`;
  sink.at({ source, span }, severity, code ?? 'yaml-syntax', message);
}

/** Makes our tree of what the library read. A block collection ends where its last value ends. */
export class LibraryTree {
  /** Whether an anchor or alias was seen: such a text cannot be judged apart from its document. */
  hasAnchors = false;
  readonly #origin: Origin;
  readonly #sink: DiagnosticSink;
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #aliasedNodes = 0;
  #aliasDepth = 0;
  #limitReported = false;
  #emptyAliases = 0;
  #collectionKeys = 0;

  constructor(origin: Origin, sink: DiagnosticSink) {
    this.#origin = origin;
    this.#sink = sink;
  }

  build(node: Node): SourceNode {
    return this.#node(node, this.#origin.depth);
  }

  #node(node: Node | null, depth: number, fallback: Span = { start: 0, end: 0 }): SourceNode {
    if (node === null) return this.#scalar(null, fallback);
    const span = this.#span(node, fallback);
    if (depth > maximumDepth) {
      this.#report(span, 'yaml-depth', `The nesting is deeper than ${maximumDepth} levels.`);
      return this.#scalar(null, span);
    }
    if (this.#aliasDepth > 0 && ++this.#aliasedNodes > maximumAliasedNodes) return this.#tooManyAliases(span);
    if (isAlias(node)) return this.#alias(node, span, depth);
    if ('anchor' in node && typeof node.anchor === 'string') {
      this.hasAnchors = true;
      this.#anchors.set(node.anchor, node);
    }
    this.#open.add(node);
    try {
      if (isMap(node)) {
        const entries = node.items.map((pair) => this.#entry(pair as Pair<Node, Node | null>, span, depth));
        this.#reportDoubleKey(entries);
        const end = node.flow ? span.end : (entries.at(-1)?.value.span.end ?? span.end);
        return this.#collection(span, end, { type: 'map', entries });
      }
      if (isSeq(node)) {
        const items = node.items.map((item) => this.#node(item as Node, depth + 1, span));
        const end = node.flow ? span.end : (items.at(-1)?.span.end ?? span.end);
        return this.#collection(span, end, { type: 'sequence', items });
      }
      return this.#scalar(isScalar(node) ? scalarValue(node.value) : null, span);
    } finally {
      this.#open.delete(node);
    }
  }

  #collection(
    { start }: Span,
    end: number,
    content:
      | { readonly type: 'map'; readonly entries: MapEntry[] }
      | { readonly type: 'sequence'; readonly items: SourceNode[] },
  ): SourceNode {
    return { ...content, source: this.#origin.source, span: { start, end: Math.max(start, end) } };
  }

  /** Says only that there is one; the reader of the whole document says of each which it is. */
  #reportDoubleKey(entries: readonly MapEntry[]): void {
    const seen = new Set<ScalarValue>();
    for (const { key } of entries) {
      // A collection as key, and one without a value, is null here.
      if (key.value !== null && seen.has(key.value)) {
        this.#report(key.span, 'yaml-duplicate-key', 'Map keys must be unique.');
        return;
      }
      seen.add(key.value);
    }
  }

  #entry(pair: Pair<Node, Node | null>, parent: Span, depth: number): MapEntry {
    const keySpan = this.#span(pair.key, parent);
    if (isAlias(pair.key)) this.hasAnchors = true;
    const resolved = isAlias(pair.key) ? this.#anchors.get(pair.key.source) : pair.key;
    if (isMap(resolved) || isSeq(resolved))
      this.#refuseCollectionKey(isMap(resolved) ? 'mapping' : 'list', keySpan);
    const key = this.#scalar(isScalar(resolved) ? scalarValue(resolved.value) : null, keySpan);
    return { key, value: this.#node(pair.value, depth + 1, keySpan) };
  }

  /**
   * YAML allows it, but no reader of these documents takes it: PyYAML, which cloud-init reads with, drops the whole text
   * (“found unhashable key”). Nobody means it either: it comes of braces of a template without quotes.
   */
  #refuseCollectionKey(kind: string, span: Span): void {
    if (++this.#collectionKeys > maximumSyntaxErrors) return;
    const isTemplate = this.#origin.source.text.slice(span.start - 1, span.start + 1) === '{{';
    const advice = isTemplate
      ? 'Without quotes {{ }} is one: put the whole value in quotes.'
      : 'Write a name.';
    this.#report(
      span,
      'yaml-syntax',
      `A ${kind} stands where a key belongs, and no reader takes that. ${advice}`,
    );
  }

  #alias(alias: Alias, span: Span, depth: number): SourceNode {
    this.hasAnchors = true;
    const target = this.#anchors.get(alias.source);
    if (target === undefined || this.#open.has(target)) {
      if (++this.#emptyAliases <= maximumSyntaxErrors)
        this.#report(
          span,
          'yaml-syntax',
          `The alias *${alias.source} refers to nothing that can stand here.`,
        );
      return this.#scalar(null, span);
    }
    this.#aliasDepth++;
    try {
      return this.#node(target, depth + 1, span);
    } finally {
      this.#aliasDepth--;
    }
  }

  #tooManyAliases(span: Span): SourceNode {
    if (!this.#limitReported) {
      this.#limitReported = true;
      this.#report(span, 'yaml-alias-limit', 'The aliases expand to more than 10,000 values.');
    }
    return this.#scalar(null, span);
  }

  #report(span: Span, code: DiagnosticCode, message: string): void {
    this.#sink.at({ source: this.#origin.source, span }, 'error', code, message);
  }

  #scalar(value: ScalarValue, span: Span): ScalarNode {
    return { type: 'scalar', source: this.#origin.source, span, value };
  }

  #span(node: Node, fallback: Span): Span {
    const { source, offset } = this.#origin;
    const range = node.range;
    return range ? boundedSpan(source, offset + range[0], offset + range[1]) : fallback;
  }
}

function scalarValue(value: unknown): ScalarValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value;
  return typeof value === 'bigint' ? Number(value) : String(value);
}
