import type { ScalarNode } from '../source/source-node.ts';
import type { Span } from '../source/source-text.ts';
import type { Occurrence, SiteSymbol } from './symbols.ts';

type Written = Pick<Occurrence, 'span' | 'place' | 'style'>;

/** Where the text of a scalar stands, so that another can be written there and the quotes stay. */
export function writtenName({ source, span, value }: ScalarNode): Written {
  const text = source.text.slice(span.start, span.end);
  if (text === String(value)) return { span, place: span, style: 'plain' };
  const inner = { start: span.start + 1, end: span.end - 1 };
  const isQuoted = /^(["']).*\1$/s.test(text) && text.slice(1, -1) === String(value);
  return isQuoted ? { span: inner, place: span, style: 'raw' } : { span, place: span, style: 'quoted' };
}

export function occurrenceAt(node: ScalarNode, symbol: SiteSymbol, role: Occurrence['role']): Occurrence {
  return { symbol, role, source: node.source, ...writtenName(node) };
}

/** The name inside `((namespace.name))`; undefined where the text of the reference cannot be told in the source. */
export function referenceSpan(place: ScalarNode, key: string): Span | undefined {
  const written = place.source.text.slice(place.span.start, place.span.end);
  if (written !== `((${key}))`) return undefined;
  return { start: place.span.start + 2 + key.indexOf('.') + 1, end: place.span.end - 2 };
}
