import type { Place } from '#shared/source/source-place.ts';
import { jumpTo } from '../workbench/documents.ts';

export function goToPlace({ file, range }: Place): void {
  jumpTo({ path: file, ...range.start, endLine: range.end.line, endColumn: range.end.column });
}

/** `hosts/wk-1.yaml, line 9` */
export function placeWords({ file, range }: Place): string {
  return `${file}, line ${range.start.line}`;
}
