import { DiagnosticSink, type Severity, type TextFix } from '../diagnostics/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import type { SourceNode } from '../source/source-node.ts';
import { createSourceText, type SourceText, type Span } from '../source/source-text.ts';

/**
 * Gathers findings of files that hold several documents. Each document is a text of its own for the parser, which
 * reads one; its findings are moved to the lines of the file.
 */
export class DocumentSink extends DiagnosticSink {
  readonly #linesAbove = new WeakMap<SourceText, number>();

  /** A part of a file as a text of its own; `firstLine` counts from 1. */
  partOf(file: string, text: string, firstLine: number): SourceText {
    const source = createSourceText(file, text);
    this.#linesAbove.set(source, firstLine - 1);
    return source;
  }

  /** Lines of the file above the text. */
  linesAbove(source: SourceText): number {
    return this.#linesAbove.get(source) ?? 0;
  }

  /** Moves what another reader found in a part. */
  adopt(source: SourceText, found: DiagnosticSink): void {
    for (const { fixes: _inThePart, range, ...rest } of found.list()) {
      const lines = this.linesAbove(source);
      const { start, end } = range;
      this.report({
        ...rest,
        range: { start: { ...start, line: start.line + lines }, end: { ...end, line: end.line + lines } },
      });
    }
  }

  override at(
    place: SourceNode | { source: SourceText; span: Span },
    severity: Severity,
    code: DiagnosticCode,
    message: string,
    _fixes?: readonly TextFix[],
  ): void {
    const found = new DiagnosticSink();
    found.at(place, severity, code, message);
    this.adopt(place.source, found);
  }
}
