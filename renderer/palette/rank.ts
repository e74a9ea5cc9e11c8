/** An entry of a palette: what is shown and searched. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly detail?: string | undefined;
  /** Other words of the field that find it; not shown. */
  readonly words?: string | undefined;
}

/** Shown at once: more than anybody reads, few enough to render on every keystroke. */
export const shownChoices = 60;

/**
 * Higher is better; undefined: does not fit. Every typed word must occur; the start of the title is worth more than
 * the start of a word, that more than the middle, and the detail
 * least (`hosts/node-07.yaml` reaches over both), with other words that mean the same. Letters in order ("n7" for
 * node-07) fit last.
 */
export function score(choice: Choice, typed: string): number | undefined {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let sum = 0;
  for (const word of words) {
    const one = scoreWord(choice, word);
    if (one === undefined) return undefined;
    sum += one;
  }
  return sum;
}

function scoreWord(choice: Choice, word: string): number | undefined {
  const title = choice.title.toLowerCase();
  const detail = choice.detail?.toLowerCase() ?? '';
  if (title.startsWith(word)) return 8;
  if ([' ', '/', '.', ':', '_', '-'].some((before) => title.includes(before + word))) return 6;
  if (title.includes(word)) return 4;
  if (detail.includes(word) || `${detail}/${title}`.includes(word)) return 2;
  if (` ${choice.words?.toLowerCase() ?? ''}`.includes(` ${word}`)) return 2;
  return lettersInOrder(title, word) ? 1 : undefined;
}

function lettersInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of text) if (letter === letters[at]) at += 1;
  return at === letters.length;
}

/** The best entries first; equal ones keep their order. */
export function rank<One extends Choice>(choices: readonly One[], typed: string): readonly One[] {
  if (typed.trim() === '') return choices.slice(0, shownChoices);
  return choices
    .flatMap((choice, index) => {
      const points = score(choice, typed);
      return points === undefined ? [] : [{ choice, points, index }];
    })
    .sort((a, b) => b.points - a.points || a.index - b.index)
    .slice(0, shownChoices)
    .map(({ choice }) => choice);
}
