import type { SourceNode } from './source-node.ts';
import { type Range, rangeOf } from './source-text.ts';

/** A part of a document. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

export function placeOf({ source, span }: SourceNode): Place {
  return { file: source.file, range: rangeOf(source, span) };
}

/** Where a place starts, to find it again. */
export function placeKey({ file, range: { start } }: Place): string {
  return `${file}:${start.line}:${start.column}`;
}
