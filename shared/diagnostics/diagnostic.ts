import type { SourceNode } from '../source/source-node.ts';
import { type Place, placeOf } from '../source/source-place.ts';
import { comparePositions, type Range, rangeOf, type SourceText, type Span } from '../source/source-text.ts';
import type { DiagnosticCode } from './diagnostic-codes.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A replacement of text that mends a diagnostic: the editor offers it as a quick fix. */
export interface TextFix {
  readonly title: string;
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}

export interface Diagnostic {
  readonly file: string;
  readonly range: Range;
  readonly severity: Severity;
  /** From the closed set of `diagnostic-codes.ts`. */
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly fixes?: readonly TextFix[];
  /** Names of the hosts that a finding in a document of several is about; the message may name only the first of them. */
  readonly hosts?: readonly string[];
  /** What the text at the range is compared with, and could be wrong in its stead. */
  readonly comparedWith?: readonly Place[];
  /** Values of the hosts that a finding in a network of several comes from. */
  readonly values?: readonly Place[];
}

/** Thousands of routes may each be compared with thousands of addresses. */
const mostCompared = 64;

/** Characters: several times what the longest of our own sentences needs beside names and values of usual length. */
const longestMessage = 1200;

/** A message may quote a value, and a value may be as long as a document. What to do stands at the end, and stays. */
function withReadableMessage(diagnostic: Diagnostic): Diagnostic {
  const { message } = diagnostic;
  if (message.length <= longestMessage) return diagnostic;
  const half = longestMessage / 2;
  return { ...diagnostic, message: `${message.slice(0, half)} … ${message.slice(-half)}` };
}

/** Of one code in a file. Nobody reads more, and a pasted list of a million entries has a million findings. */
const mostAlike = 1000;

/**
 * Gathers diagnostics; identical ones (the same finding through several hosts) are kept once, and of more than a
 * thousand alike in a file the number alone.
 */
export class DiagnosticSink {
  readonly #found = new Map<string, Diagnostic>();
  readonly #alike = new Map<string, { count: number; last: Diagnostic }>();

  report(written: Diagnostic): void {
    const diagnostic = withReadableMessage(written);
    const { file, range, code, message } = diagnostic;
    const identity = `${file}:${range.start.line}:${range.start.column}:${range.end.line}:${range.end.column}:${code}:${message}`;
    if (this.#found.has(identity)) return;
    const kind = `${code}:${diagnostic.severity}:${file}`;
    const alike = this.#alike.get(kind) ?? { count: 0, last: diagnostic };
    alike.count += 1;
    this.#alike.set(kind, alike);
    if (alike.count > mostAlike) return;
    alike.last = diagnostic;
    this.#found.set(identity, diagnostic);
  }

  at(
    place: SourceNode | { source: SourceText; span: Span },
    severity: Severity,
    code: DiagnosticCode,
    message: string,
    fixes?: readonly TextFix[],
  ): void {
    const { source, span } = place;
    const found = { file: source.file, range: rangeOf(source, span), severity, code, message };
    this.report(fixes === undefined ? found : { ...found, fixes });
  }

  /** A finding that comes from a comparison with other nodes, of which any may be wrong instead. */
  comparing(
    { source, span }: SourceNode,
    severity: Severity,
    code: DiagnosticCode,
    message: string,
    others: readonly SourceNode[] = [],
  ): void {
    const found = { file: source.file, range: rangeOf(source, span), severity, code, message };
    const comparedWith = others.slice(0, mostCompared).map(placeOf);
    this.report(comparedWith.length === 0 ? found : { ...found, comparedWith });
  }

  /** How many there are. */
  get count(): number {
    return this.#found.size;
  }

  /** In the order of file, line and column. */
  list(): Diagnostic[] {
    const overfull = [...this.#alike.values()].filter(({ count }) => count > mostAlike);
    const words = new Map(
      overfull.map(({ count, last }) => [last, ` ${count - mostAlike} more like this follow.`]),
    );
    return [...this.#found.values()]
      .map((found) => (words.has(found) ? { ...found, message: found.message + words.get(found) } : found))
      .sort(compareDiagnostics);
  }
}

export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return comparePositions(a.range.start, b.range.start);
}
