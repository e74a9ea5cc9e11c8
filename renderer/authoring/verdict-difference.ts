import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { Overview, Preview } from './protocol.ts';

/**
 * Keeps what was sent last and sends only what changed: a keystroke in one of a thousand hosts must neither clone
 * nor re-render the other 999.
 */
export class VerdictDifference {
  #overview = '';
  #preview: string | undefined;
  #diagnostics = new Map<string, string>();

  of(
    overview: Overview,
    found: readonly Diagnostic[],
  ): { overview?: Overview; diagnostics: (readonly [string, readonly Diagnostic[]])[] } {
    const byFile = new Map<string, Diagnostic[]>();
    for (const diagnostic of found) {
      const list = byFile.get(diagnostic.file);
      if (list === undefined) byFile.set(diagnostic.file, [diagnostic]);
      else list.push(diagnostic);
    }
    const changed: (readonly [string, readonly Diagnostic[]])[] = [];
    const next = new Map<string, string>();
    for (const [file, list] of byFile) {
      const text = JSON.stringify(list);
      next.set(file, text);
      if (this.#diagnostics.get(file) !== text) changed.push([file, list]);
    }
    for (const file of this.#diagnostics.keys()) if (!next.has(file)) changed.push([file, []]);
    this.#diagnostics = next;
    const text = JSON.stringify(overview);
    if (text === this.#overview) return { diagnostics: changed };
    this.#overview = text;
    return { overview, diagnostics: changed };
  }

  ofPreview(preview: Preview | null): Preview | null | 'unchanged' {
    const text = JSON.stringify(preview);
    if (text === this.#preview) return 'unchanged';
    this.#preview = text;
    return preview;
  }
}
