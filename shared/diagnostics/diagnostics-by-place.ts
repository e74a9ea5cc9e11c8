import { offsetAt, type SourceText, type Span } from '../source/source-text.ts';
import type { Diagnostic } from './diagnostic.ts';

export interface NamedPlace<Name> {
  readonly name: Name;
  readonly span: Span;
}

/** The findings of a document by the smallest of some places that holds them; those in none are left out. */
export function diagnosticsByPlace<Name>(
  source: SourceText,
  found: readonly Diagnostic[],
  places: readonly NamedPlace<Name>[],
): ReadonlyMap<Name, readonly Diagnostic[]> {
  const byName = new Map<Name, Diagnostic[]>();
  const sorted = [...places].sort((a, b) => lengthOf(a) - lengthOf(b));
  for (const diagnostic of found) {
    const start = offsetAt(source, diagnostic.range.start);
    const end = offsetAt(source, diagnostic.range.end);
    const place = sorted.find(({ span }) => span.start <= start && end <= span.end);
    if (place === undefined) continue;
    const list = byName.get(place.name);
    if (list === undefined) byName.set(place.name, [diagnostic]);
    else list.push(diagnostic);
  }
  return byName;
}

function lengthOf({ span }: NamedPlace<unknown>): number {
  return span.end - span.start;
}
