import type { SourceNode } from '../source/source-node.ts';
import { rangeOf } from '../source/source-text.ts';
import type { TextFix } from './diagnostic.ts';

/** Words beyond this length are compared with nothing: the cost grows with the product of both lengths. */
const longestWord = 64;
/** No table of keys is longer; a document with thousands of names must not cost a comparison for each pair. */
const mostCandidates = 800;

/**
 * The number of insertions, deletions, substitutions and swaps of neighbours that turn one word into the other
 * (Damerau-Levenshtein, in the variant that edits no part twice).
 */
export function editDistance(from: string, to: string): number {
  const width = to.length + 1;
  const cells = new Array<number>((from.length + 1) * width).fill(0);
  const cell = (row: number, column: number) => cells[row * width + column] ?? 0;
  for (let row = 0; row <= from.length; row++) cells[row * width] = row;
  for (let column = 0; column <= to.length; column++) cells[column] = column;
  for (let row = 1; row <= from.length; row++) {
    for (let column = 1; column <= to.length; column++) {
      const differs = from[row - 1] === to[column - 1] ? 0 : 1;
      let least = Math.min(
        cell(row - 1, column) + 1,
        cell(row, column - 1) + 1,
        cell(row - 1, column - 1) + differs,
      );
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) least = Math.min(least, cell(row - 2, column - 2) + 1);
      cells[row * width + column] = least;
    }
  }
  return cell(from.length, to.length);
}

/**
 * The candidate that a mistyped word most likely meant, or undefined when none is near: at most one edit for words of
 * up to four letters, a third of the length beyond. Case, and `_` for `-`, count as no edit. Of equally near
 * candidates the first wins.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > longestWord) return undefined;
  const plain = comparable(word);
  const allowed = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = allowed + 1;
  let considered = 0;
  for (const candidate of candidates) {
    if (++considered > mostCandidates) break;
    if (candidate === word || Math.abs(candidate.length - word.length) > allowed) continue;
    const distance = editDistance(plain, comparable(candidate));
    if (distance < bestDistance && isOtherMember(plain, comparable(candidate))) continue;
    // A word of one or two letters must share something with what is proposed instead.
    if (distance < bestDistance && distance < plain.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Whether two keys of one family only share its name: `network_name` is no slip of `network_id`, though most of their
 * letters are the same.
 */
function isOtherMember(one: string, other: string): boolean {
  const [ofOne, ofOther] = [one.split('-'), other.split('-')];
  if (ofOne.length !== ofOther.length || ofOne.length < 2) return false;
  return ofOne.some((part, index) => {
    const distance = editDistance(part, ofOther[index] ?? '');
    return distance > 1 && distance >= Math.max(part.length, ofOther[index]?.length ?? 0) - 1;
  });
}

function comparable(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

/** The quick fix that writes another text in the place of a node, for example the suggested key. */
export function replacementFix(node: SourceNode, newText: string, title = `Change to “${newText}”`): TextFix {
  return { title, file: node.source.file, range: rangeOf(node.source, node.span), newText };
}

/** The quick fix that writes another word in the quotes of the first: JSON takes no word without them. */
export function wordFix(node: SourceNode, word: string): TextFix {
  const written = node.source.text.slice(node.span.start, node.span.end);
  const title = `Change to “${word}”`;
  if (/^".*"$/s.test(written)) return replacementFix(node, JSON.stringify(word), title);
  return /^'.*'$/s.test(written)
    ? replacementFix(node, `'${word.replaceAll("'", "''")}'`, title)
    : replacementFix(node, word, title);
}

/** The end of a sentence that proposes a word, with the fix that goes with it; both empty when there is none. */
export function didYouMean(
  node: SourceNode,
  word: string,
  candidates: Iterable<string>,
): { hint: string; meant?: string; fixes?: TextFix[] } {
  const meant = suggest(word, candidates);
  return meant === undefined ? { hint: '' } : proposal(node, meant);
}

/** The same for a word that is known to be meant. */
export function proposal(node: SourceNode, meant: string): ReturnType<typeof didYouMean> {
  return { hint: ` Did you mean “${meant}”?`, meant, fixes: [wordFix(node, meant)] };
}

/**
 * The same for a key of a mapping. One that stands there already is named as well, without a fix: it would stand there
 * twice.
 */
export function didYouMeanKey(
  node: SourceNode,
  key: string,
  absent: Iterable<string>,
  present: Iterable<string>,
): ReturnType<typeof didYouMean> {
  const near = didYouMean(node, key, absent);
  return near.meant === undefined ? { hint: hintOfPresent(key, present) } : near;
}

/** The end of a sentence on a key that is near one of its mapping; empty when it is near none. */
export function hintOfPresent(key: string, present: Iterable<string>): string {
  const meant = suggest(key, present);
  return meant === undefined ? '' : presentHint(meant);
}

export function presentHint(meant: string): string {
  return ` Did you mean “${meant}”, which stands there already?`;
}
