import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { checkHostProfile } from '../render/host-profile/check-host-profile.ts';
import { moduleOfSysctl } from '../render/host-profile/sysctl/check-modules-of-sysctl.ts';
import { packagesOfUnit } from '../render/host-profile/systemd/unit-packages.ts';
import { hostProfileSchema } from '../schema/host-profile.ts';
import { wholePart } from '../schema/readable-part.ts';
import type { SiteDocument } from '../site/document.ts';
import { type SourceNode, toPlain } from '../source/source-node.ts';
import type { Addition } from './misplaced.ts';

/** Settings that a profile takes, with what they need there; or what it would be told of, in words. */
export interface JudgedMove {
  readonly additions: readonly Addition[];
  /** What comes along, for example `the package chrony`. */
  readonly along: readonly string[];
  readonly problem?: string;
}

/**
 * Settings that are moved to a profile must leave no mistake there that was none before: a service brings its package
 * along, a kernel parameter its module. Judged by value, without a text: it is done for every finding.
 */
export function judgedMove(target: SiteDocument, additions: readonly Addition[]): JudgedMove {
  const before = target.kind === 'host-profile' ? verdictOf(target) : undefined;
  const newIn = (more: readonly Addition[]) =>
    before === undefined ? [] : problemsWith(before.root, more).filter((each) => !before.problems.has(each));
  let all = additions;
  let problems = newIn(all);
  const along: string[] = [];
  for (const [words, addition] of problems.length === 0 ? [] : companionsOf(additions)) {
    const withIt = [...all, addition];
    const left = newIn(withIt);
    if (left.length >= problems.length) continue;
    all = withIt;
    problems = left;
    along.push(words);
  }
  const [problem] = problems;
  return problem === undefined ? { additions: all, along } : { additions, along: [], problem };
}

/** Errors and warnings that a profile would have with settings and with what they bring along, and has not yet. */
export function problemsTogether(target: SiteDocument, additions: readonly Addition[]): readonly string[] {
  const before = target.kind === 'host-profile' ? verdictOf(target) : undefined;
  if (before === undefined) return [];
  const newIn = (more: readonly Addition[]) =>
    problemsWith(before.root, more).filter((each) => !before.problems.has(each));
  const problems = newIn(additions);
  const along = problems.length === 0 ? [] : companionsOf(additions, additions.length);
  return along.length === 0 ? problems : newIn([...additions, ...along.map(([, addition]) => addition)]);
}

/** Nobody moves services of more packages at once. */
const mostCompanions = 16;

/** By what is said of them. */
function companionsOf(additions: readonly Addition[], most = mostCompanions): [string, Addition][] {
  const found = new Map<string, Addition>();
  for (const addition of additions) {
    if (found.size >= most) break;
    const section = addition.path.join('.');
    if ('key' in addition) {
      const item = section === 'sysctl' ? moduleOfSysctl(addition.key) : undefined;
      if (item !== undefined) found.set(`the module ${item}`, { path: ['kernel', 'modules', 'load'], item });
    } else if (section === 'systemd.enable') {
      const [item] = packagesOfUnit(String(addition.item)) ?? [];
      if (item !== undefined) found.set(`the package ${item}`, { path: ['packages', 'install'], item });
    }
  }
  return [...found];
}

interface Verdict {
  readonly root: SourceNode;
  readonly problems: ReadonlySet<string>;
}

const verdicts = new WeakMap<SiteDocument, Verdict>();

/** Undefined where a mistake keeps the profile from being read as a whole, so that nothing can be compared. */
function verdictOf(target: SiteDocument): Verdict | undefined {
  if (target.profile === undefined || target.root === undefined) return undefined;
  const known = verdicts.get(target);
  if (known !== undefined) return known;
  const verdict = { root: target.root, problems: new Set(problemsWith(target.root, [])) };
  verdicts.set(target, verdict);
  return verdict;
}

const noText = { file: '', text: '', lineStarts: [0] };

/** Errors and warnings of a profile with settings added, each once. */
function problemsWith(root: SourceNode, additions: readonly Addition[]): string[] {
  const result = hostProfileSchema.safeParse(withAdditions(root, additions));
  if (!result.success)
    return result.error.issues.map((issue) =>
      // Of the name of a setting its own words say more than those of the mapping.
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message,
    );
  const sink = new DiagnosticSink();
  const place = { type: 'scalar', value: null, source: noText, span: { start: 0, end: 0 } } as const;
  checkHostProfile(wholePart(result.data.spec, place), sink);
  return sink.list().flatMap(({ severity, message }) => (severity === 'info' ? [] : message));
}

type Mapping = Record<string, unknown>;

function withAdditions(root: SourceNode, additions: readonly Addition[]): unknown {
  const copy = toPlain(root) as Mapping;
  const spec = mappingUnder(copy, 'spec');
  const said = new Map<unknown, Set<string>>();
  for (const addition of additions) {
    const path = [...addition.path];
    const last = 'key' in addition ? undefined : path.pop();
    let parent = spec;
    for (const key of path) parent = mappingUnder(parent, key);
    if ('key' in addition) parent[addition.key] = addition.value;
    else if (last !== undefined) {
      const list = Array.isArray(parent[last]) ? parent[last] : [];
      const known = said.get(list) ?? new Set(list.map(wordsOf));
      said.set(list, known);
      if (!known.has(wordsOf(addition.item))) list.push(addition.item);
      known.add(wordsOf(addition.item));
      parent[last] = list;
    }
  }
  return copy;
}

/** A number in a text is the same as the text. */
function wordsOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const entries = Object.entries(item).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return JSON.stringify(entries.toSorted());
}

function mappingUnder(parent: Mapping, key: string): Mapping {
  const present = parent[key];
  if (typeof present === 'object' && present !== null && !Array.isArray(present)) return present as Mapping;
  const made: Mapping = {};
  parent[key] = made;
  return made;
}
