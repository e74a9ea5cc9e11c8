import { readDocument, type SiteDocument } from '../site/document.ts';
import { addSettings } from './add-settings.ts';
import { judgedMove, problemsTogether } from './judged-move.ts';
import type { Addition } from './misplaced.ts';

type Moved = readonly Addition[];

/** What keeps moves from being made, by the settings that are moved. */
export type Problems = ReadonlyMap<Moved, string>;

/** How a document judges moves into it. */
interface Judge {
  readonly target: SiteDocument;
  /** How many are judged together at most. */
  readonly most: number;
  /** Whether nothing comes of all of these together. */
  readonly isClear: (moves: readonly Moved[]) => boolean;
  readonly problemOf: (move: Moved) => string | undefined;
  /** Those of others of which the same is certain without a look at each. */
  readonly sharing: (move: Moved, problem: string, others: readonly Moved[]) => readonly Moved[];
}

export function problemsInProfile(target: SiteDocument, moves: readonly Moved[]): Problems {
  return problemsOf(moves, {
    target,
    most: Number.POSITIVE_INFINITY,
    isClear: (group) => problemsTogether(target, group.flat()).length === 0,
    problemOf: (move) => judgedMove(target, move).problem,
    sharing: (move, problem, others) => sharingInProfile(target, move, problem, others),
  });
}

/** The same for site.yaml, whose checks want a text. Each setting is written into it, which takes the square of their number. */
export function problemsInSite(target: SiteDocument, moves: readonly Moved[]): Problems {
  const before = new Set(target.diagnostics.map(({ message }) => message));
  const newWith = (additions: Moved) => {
    const text = addSettings(target.source.text, additions);
    return text === undefined
      ? undefined
      : readDocument(target.path, text, target.kind).diagnostics.filter(
          ({ severity, message }) => severity !== 'info' && !before.has(message),
        );
  };
  return problemsOf(moves, {
    target,
    most: 16,
    isClear: (group) => newWith(group.flat())?.length === 0,
    problemOf: (move) => newWith(move)?.[0]?.message,
    sharing: () => [],
  });
}

function problemsOf(moves: readonly Moved[], judge: Judge): Problems {
  if (moves.length === 0) return new Map();
  const known = verdictsOf(judge.target);
  const keys = new Map(moves.map((move) => [move, keyOf(move)]));
  const unknown = new Map<string, Moved>();
  for (const [move, key] of keys) if (!known.has(key)) unknown.set(key, move);
  if (known.size + unknown.size > mostRemembered) {
    known.clear();
    for (const [move, key] of keys) unknown.set(key, move);
  }
  for (const [index, round] of compatible([...unknown.values()]).entries())
    if (index < mostRounds)
      judgeAll(round, judge, (move, problem) => known.set(keys.get(move) ?? '', problem));
    else for (const move of round) known.set(keys.get(move) ?? '', undefined);
  const problems = new Map<Moved, string>();
  for (const [move, key] of keys) {
    const problem = known.get(key);
    if (problem !== undefined) problems.set(move, problem);
  }
  return problems;
}

/**
 * Each of many moves, at the price of a few where few are mistakes: where nothing comes of a group, nothing comes of any
 * in it. Groups grow while that is so and are halved where it is not, down to the one that is a mistake.
 */
function judgeAll(
  moves: readonly Moved[],
  { most, isClear, problemOf, sharing }: Judge,
  found: (move: Moved, problem: string | undefined) => void,
): void {
  let left = moves;
  let size = left.length;
  while (left.length > 0) {
    size = Math.min(size, left.length, most);
    const group = left.slice(0, size);
    const [move] = group;
    if (size > 1 && !isClear(group)) {
      size = Math.ceil(size / 2);
    } else if (size > 1 || move === undefined) {
      for (const each of group) found(each, undefined);
      left = left.slice(size);
      size *= 2;
    } else {
      const problem = problemOf(move);
      found(move, problem);
      left = left.slice(1);
      size = problem === undefined ? 2 : 1;
      const others = new Set(problem === undefined ? [] : sharing(move, problem, left));
      for (const each of others) found(each, problem);
      if (others.size > 0) left = left.filter((each) => !others.has(each));
    }
  }
}

/** One setting with more values than these is no document of anybody: their fixes are judged when somebody asks for one. */
const mostRounds = 256;

/** Groups in which nothing is given two values, so that none hides what another says. */
function compatible(moves: readonly Moved[]): Moved[][] {
  const rounds: Moved[][] = [];
  const last = new Map<string, { readonly index: number; readonly said: string }>();
  for (const move of moves) {
    const named = move.flatMap((each) => {
      const name = nameOf(each);
      return name === undefined ? [] : { name, said: keyOf([each]) };
    });
    let index = 0;
    for (const { name, said } of named) {
      const before = last.get(name);
      if (before !== undefined) index = Math.max(index, before.index + (before.said === said ? 0 : 1));
    }
    for (const { name, said } of named) last.set(name, { index, said });
    const round = rounds[index] ?? [];
    round.push(move);
    rounds[index] = round;
  }
  return rounds;
}

/** What two additions cannot both say otherwise: the key of a value, the path or the name of an item with keys of its own. */
function nameOf(addition: Addition): string | undefined {
  const { path } = addition;
  if ('key' in addition) return JSON.stringify([...path, addition.key]);
  const { item } = addition;
  const name = typeof item === 'string' ? undefined : (item.path ?? item.name);
  return name && JSON.stringify([...path, name]);
}

/** A move of more settings is not taken apart to see which of them are the mistake. */
const mostParts = 16;

/**
 * Moves with the same mistake in them: those that hold all the settings that make it, while nothing of what they all
 * bring takes it away again.
 */
function sharingInProfile(
  target: SiteDocument,
  move: Moved,
  problem: string,
  others: readonly Moved[],
): readonly Moved[] {
  let cause = move;
  for (const addition of move.length > mostParts ? [] : move) {
    const rest = cause.filter((each) => each !== addition);
    if (problemsTogether(target, rest).includes(problem)) cause = rest;
  }
  const parts = cause.map((each) => keyOf([each]));
  const holders = others.filter((other) => {
    const own = new Set(other.map((each) => keyOf([each])));
    return parts.every((part) => own.has(part));
  });
  const together = holders.length === 0 ? [] : problemsTogether(target, [...move, ...holders.flat()]);
  return together.includes(problem) ? holders : [];
}

const mostRemembered = 8192;

const verdicts = new WeakMap<SiteDocument, Map<string, string | undefined>>();

/** While somebody types, the same moves are judged again and again. */
function verdictsOf(target: SiteDocument): Map<string, string | undefined> {
  const known = verdicts.get(target) ?? new Map<string, string | undefined>();
  verdicts.set(target, known);
  return known;
}

function keyOf(move: Moved): string {
  return JSON.stringify(move.map((each) => ({ ...each, from: undefined, comments: undefined })));
}
