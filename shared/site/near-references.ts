import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix, suggest } from '../diagnostics/suggest.ts';
import type { SourceText } from '../source/source-text.ts';

/**
 * What looks like a reference and is none: blanks inside, a namespace in the plural, or the braces of other tools.
 * Only with one of our namespaces before the dot, so that arithmetic and templates of others are left alone.
 */
const near =
  /\(\(\s*(host|mac|var|site|secret)s?\.([A-Za-z0-9_-]+)\s*\)\)|\{\{\s*(host|mac|var|site|secret)s?\.([A-Za-z0-9_-]+)\s*\}\}/g;

/** Warns about them: in a network they are refused as a wrong value anyway, in a text they would reach the host. */
export function reportNearReferences(source: SourceText, sink: DiagnosticSink): void {
  const { text } = source;
  if (!text.includes('((') && !text.includes('{{')) return;
  reportMisspeltNamespaces(source, sink);
  for (const match of text.matchAll(near)) {
    const wanted = `((${match[1] ?? match[3]}.${match[2] ?? match[4]}))`;
    if (match[0] === wanted || isComment(text, match.index)) continue;
    const span = { start: match.index, end: match.index + match[0].length };
    const place = { type: 'scalar', source, span, value: match[0] } as const;
    sink.at(
      place,
      'warning',
      'variable-unknown',
      `“${match[0]}” stays as it is. A reference is written as ${wanted}.`,
      [replacementFix(place, wanted)],
    );
  }
}

const namespaces = ['host', 'mac', 'var', 'site', 'secret'];

/** A namespace with a slip in it. Arithmetic of a shell has no names with dots. */
function reportMisspeltNamespaces(source: SourceText, sink: DiagnosticSink): void {
  const { text } = source;
  for (const match of text.matchAll(/\(\(([a-z]{2,9})\.([A-Za-z0-9_-]+)\)\)/g)) {
    const [written, namespace = '', name = ''] = match;
    if (namespaces.some((known) => namespace === known || namespace === `${known}s`)) continue;
    const meant = suggest(namespace, namespaces);
    if (meant === undefined || isComment(text, match.index)) continue;
    const span = { start: match.index, end: match.index + written.length };
    const place = { type: 'scalar', source, span, value: written } as const;
    const wanted = `((${meant}.${name}))`;
    sink.at(
      place,
      'warning',
      'variable-unknown',
      `“${written}” stays as it is: there is no “${namespace}”. Did you mean ${wanted}?`,
      [replacementFix(place, wanted)],
    );
  }
}

function isComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*#/.test(line);
}
