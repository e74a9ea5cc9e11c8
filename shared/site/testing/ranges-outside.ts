import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** The findings whose range does not lie in the text, or ends before it starts; for the texts of tests. */
export function rangesOutside(found: readonly Diagnostic[], text: string): readonly Diagnostic[] {
  const lines = text.split(/\r\n|\r|\n/);
  const isInside = ({ line, column }: Diagnostic['range']['start']) =>
    line >= 1 && column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
  return found.filter(({ range: { start, end } }) => {
    const isForward = start.line < end.line || (start.line === end.line && start.column <= end.column);
    return !isInside(start) || !isInside(end) || !isForward;
  });
}
