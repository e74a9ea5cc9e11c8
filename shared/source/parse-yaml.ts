import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLError,
} from 'yaml';
import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import type { MapEntry, ScalarNode, ScalarValue, SourceNode } from './source-node.ts';
import type { SourceText, Span } from './source-text.ts';

/** Largest document that is read, in UTF-16 units. A site's documents are a few kilobytes; 5 MiB is a paste gone wrong. */
export const maximumDocumentLength = 5 * 1024 * 1024;
/** No document of the field nests deeper than a dozen levels; the limit keeps recursion off the end of the stack. */
const maximumDepth = 64;
/** Nodes that aliases may add: ten anchors of ten aliases each ("billion laughs") pass a million after six levels. */
const maximumAliasedNodes = 10_000;
/** A parser that reports every one of 100,000 broken lines helps nobody and costs seconds. */
const maximumSyntaxErrors = 50;

const codeOfSyntaxError: Partial<Record<YAMLError['code'], DiagnosticCode>> = {
  DUPLICATE_KEY: 'yaml-duplicate-key',
  TAB_AS_INDENT: 'yaml-tab',
};

/**
 * Parses one YAML 1.2 document into a tree of values with their places. Everything that is wrong is reported to the
 * sink; undefined is returned when the text holds no value that could be checked further. Never throws.
 */
export function parseYaml(source: SourceText, sink: DiagnosticSink): SourceNode | undefined {
  const whole: Span = { start: 0, end: Math.min(source.text.length, 1) };
  if (source.text.length > maximumDocumentLength) {
    sink.at({ source, span: whole }, 'error', 'document-too-large', 'The document is larger than 5 MiB.');
    return undefined;
  }
  if (deepestIndicatorNesting(source.text) > maximumDepth * 4) {
    sink.at(
      { source, span: whole },
      'error',
      'yaml-depth',
      `The nesting is deeper than ${maximumDepth} levels.`,
    );
    return undefined;
  }
  const documents = parseAllDocuments(source.text, {
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
    keepSourceTokens: false,
    logLevel: 'silent',
  });
  if ('empty' in documents) {
    sink.at({ source, span: whole }, 'error', 'document-empty', 'The document is empty.');
    return undefined;
  }
  const [document, second] = documents;
  if (document === undefined) return undefined;
  for (const error of document.errors.slice(0, maximumSyntaxErrors)) {
    const span = boundedSpan(source, error.pos[0], error.pos[1]);
    sink.at(
      { source, span },
      'error',
      codeOfSyntaxError[error.code] ?? 'yaml-syntax',
      sentence(error.message),
    );
  }
  for (const warning of document.warnings.slice(0, maximumSyntaxErrors)) {
    const span = boundedSpan(source, warning.pos[0], warning.pos[1]);
    sink.at({ source, span }, 'warning', 'yaml-syntax', sentence(warning.message));
  }
  if (second !== undefined && document.errors.length === 0) {
    const start = second.range?.[0] ?? 0;
    const span = boundedSpan(source, start, start + 1);
    sink.at({ source, span }, 'error', 'yaml-multiple-documents', 'A file of a site holds one document.');
  }
  if (document.contents === null) {
    sink.at({ source, span: whole }, 'error', 'document-empty', 'The document is empty.');
    return undefined;
  }
  return new TreeBuilder(source, sink).build(document.contents as Node);
}

/** Flow nesting is bounded before parsing, because the parser itself recurses on it. */
function deepestIndicatorNesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
  }
  return deepest;
}

function boundedSpan(source: SourceText, start: number, end: number): Span {
  const first = Math.max(0, Math.min(start, source.text.length));
  return { start: first, end: Math.max(first, Math.min(end, source.text.length)) };
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}

class TreeBuilder {
  readonly #source: SourceText;
  readonly #sink: DiagnosticSink;
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #aliasedNodes = 0;
  #aliasDepth = 0;
  #limitReported = false;

  constructor(source: SourceText, sink: DiagnosticSink) {
    this.#source = source;
    this.#sink = sink;
  }

  build(node: Node): SourceNode {
    return this.#node(node, 0);
  }

  #node(node: Node | null, depth: number, fallback: Span = { start: 0, end: 0 }): SourceNode {
    if (node === null) return this.#scalar(null, fallback);
    const span = this.#span(node, fallback);
    if (depth > maximumDepth) {
      this.#sink.at(
        { source: this.#source, span },
        'error',
        'yaml-depth',
        `The nesting is deeper than ${maximumDepth} levels.`,
      );
      return this.#scalar(null, span);
    }
    if (this.#aliasDepth > 0 && ++this.#aliasedNodes > maximumAliasedNodes) return this.#tooManyAliases(span);
    if (isAlias(node)) return this.#alias(node, span, depth);
    if ('anchor' in node && typeof node.anchor === 'string') this.#anchors.set(node.anchor, node);
    this.#open.add(node);
    try {
      if (isMap(node)) {
        return {
          type: 'map',
          source: this.#source,
          span,
          entries: node.items.map((pair) => this.#entry(pair as Pair<Node, Node | null>, span, depth)),
        };
      }
      if (isSeq(node)) {
        return {
          type: 'sequence',
          source: this.#source,
          span,
          items: node.items.map((item) => this.#node(item as Node, depth + 1, span)),
        };
      }
      return this.#scalar(isScalar(node) ? scalarValue(node.value) : null, span);
    } finally {
      this.#open.delete(node);
    }
  }

  #entry(pair: Pair<Node, Node | null>, parent: Span, depth: number): MapEntry {
    const keySpan = this.#span(pair.key, parent);
    const resolved = isAlias(pair.key) ? this.#anchors.get(pair.key.source) : pair.key;
    const key = this.#scalar(isScalar(resolved) ? scalarValue(resolved.value) : null, keySpan);
    return { key, value: this.#node(pair.value, depth + 1, keySpan) };
  }

  #alias(alias: Alias, span: Span, depth: number): SourceNode {
    const target = this.#anchors.get(alias.source);
    if (target === undefined || this.#open.has(target)) {
      this.#sink.at(
        { source: this.#source, span },
        'error',
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
      this.#sink.at(
        { source: this.#source, span },
        'error',
        'yaml-alias-limit',
        'The aliases expand to more than 10,000 values.',
      );
    }
    return this.#scalar(null, span);
  }

  #scalar(value: ScalarValue, span: Span): ScalarNode {
    return { type: 'scalar', source: this.#source, span, value };
  }

  #span(node: Node, fallback: Span): Span {
    const range = node.range;
    return range ? boundedSpan(this.#source, range[0], range[1]) : fallback;
  }
}

function scalarValue(value: unknown): ScalarValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value;
  return typeof value === 'bigint' ? Number(value) : String(value);
}
