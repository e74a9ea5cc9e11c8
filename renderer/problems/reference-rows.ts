import { comparePositions } from '#shared/source/source-text.ts';
import type { Place } from '../authoring/protocol.ts';

export type ReferenceRow =
  | { readonly type: 'file'; readonly path: string; readonly count: number }
  | { readonly type: 'place'; readonly place: Place };

/** By document, in the order in which documents come first; inside a document by place. */
export function referenceRows(places: readonly Place[]): ReferenceRow[] {
  const byFile = new Map<string, Place[]>();
  for (const place of places) {
    const list = byFile.get(place.file);
    if (list === undefined) byFile.set(place.file, [place]);
    else list.push(place);
  }
  return [...byFile].flatMap(([path, list]) => [
    { type: 'file' as const, path, count: list.length },
    ...list.sort(byPlace).map((place) => ({ type: 'place' as const, place })),
  ]);
}

export function keyOfRow(row: ReferenceRow): string {
  if (row.type === 'file') return row.path;
  const { file, range, role } = row.place;
  return `${file}:${range.start.line}:${range.start.column}:${role}`;
}

function byPlace(a: Place, b: Place): number {
  return comparePositions(a.range.start, b.range.start);
}
