import type { HostColumn } from '#shared/hosts-form/host-columns.ts';
import type { HostRow } from '#shared/hosts-form/host-row.ts';

/** Pixels of a character of 12 px code, and of what stands around the text of a cell: the sign of a finding too. */
const characterWidth = 7.25;
const aroundText = 36;
/** Pixels for the sign that a header is sorted by. */
const sign = 20;
const narrowest = 72;
const widest = 288;

/** Pixels of each column: wide enough for nearly all of its texts. */
export function columnWidths(columns: readonly HostColumn[], rows: Iterable<HostRow>): number[] {
  const lengths = columns.map(() => 0);
  for (const row of rows) {
    for (const [index, column] of columns.entries())
      lengths[index] = Math.max(lengths[index] ?? 0, row.cell(column).text.length);
  }
  return columns.map(({ title }, index) => {
    const text = (lengths[index] ?? 0) * characterWidth + aroundText;
    const header = title.length * characterWidth + aroundText + sign;
    return Math.round(Math.max(narrowest, Math.min(widest, text), Math.min(widest, header)));
  });
}
