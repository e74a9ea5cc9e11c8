/** A part of a text and what stands there instead. Offsets are UTF-16 units of the text before, `end` exclusive. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Replacements must be in the order of the text and must not overlap. */
export function applyReplacements(text: string, replacements: readonly TextReplacement[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, newText } of replacements) {
    result += text.slice(from, start) + newText;
    from = end;
  }
  return result + text.slice(from);
}

/**
 * The replacements that do at once what two runs do one after the other. `later` counts in the text that `earlier`
 * makes; the result counts in the text before both. Where they touch, one replacement comes of it.
 */
export function composed(
  earlier: readonly TextReplacement[],
  later: readonly TextReplacement[],
): readonly TextReplacement[] {
  let all = [...earlier];
  for (const each of later.toReversed()) all = withOne(all, each);
  return all;
}

function withOne(all: readonly TextReplacement[], added: TextReplacement): TextReplacement[] {
  const before: TextReplacement[] = [];
  const behind: TextReplacement[] = [];
  let { newText } = added;
  let start: number | undefined;
  let end: number | undefined;
  /** How much longer the text is by the replacements passed so far. */
  let longer = 0;
  let longerAtEnd: number | undefined;
  for (const each of all) {
    const from = each.start + longer;
    const to = from + each.newText.length;
    longer += each.newText.length - (each.end - each.start);
    if (to < added.start) {
      before.push(each);
      continue;
    }
    if (from > added.end) {
      longerAtEnd ??= to - each.newText.length - each.start;
      behind.push(each);
      continue;
    }
    start ??= from <= added.start ? each.start : added.start - (from - each.start);
    if (from < added.start) newText = each.newText.slice(0, added.start - from) + newText;
    if (to > added.end) newText += each.newText.slice(added.end - from);
    end = to >= added.end ? each.end : undefined;
  }
  const lengthBefore = before.reduce((sum, each) => sum + each.newText.length - (each.end - each.start), 0);
  const merged = {
    start: start ?? added.start - lengthBefore,
    end: end ?? added.end - (longerAtEnd ?? longer),
    newText,
  };
  return [...before, merged, ...behind];
}
