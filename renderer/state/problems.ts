import { create } from 'zustand';
import type { Diagnostic, Severity } from '#shared/diagnostics/diagnostic.ts';
import type { ProblemCount } from '#shared/site/analysis.ts';
import type { SessionUpdate } from '#shared/site/session.ts';
import { applyOverview } from './site.ts';

interface ProblemsState {
  /** Only files with findings; a file's list is a new object only when it changed. */
  readonly byFile: Readonly<Record<string, readonly Diagnostic[]>>;
  readonly counts: ProblemCount & { readonly infos: number };
  /** Of `byFile`, what is about files beside the documents, which the worker does not know. */
  readonly beside: readonly string[];
}

export const useProblems = create<ProblemsState>()(() => ({
  byFile: {},
  beside: [],
  counts: { errors: 0, warnings: 0, infos: 0 },
}));

export function applyVerdict(update: SessionUpdate): void {
  applyOverview(update);
  const changed = update.diagnostics;
  if (changed.length === 0) return;
  const byFile = { ...useProblems.getState().byFile };
  for (const [path, found] of changed) {
    if (found.length === 0) delete byFile[path];
    else byFile[path] = found;
  }
  useProblems.setState({ byFile, counts: countBySeverity(Object.values(byFile).flat()) });
}

/** Replaces what is found in files beside the documents, such as a secret that others can read. */
export function applyFindingsBeside(found: readonly Diagnostic[]): void {
  const before = useProblems.getState();
  if (found.length === 0 && before.beside.length === 0) return;
  const byFile = { ...before.byFile };
  for (const path of before.beside) delete byFile[path];
  const beside = [...new Set(found.map(({ file }) => file))];
  for (const path of beside) byFile[path] = found.filter(({ file }) => file === path);
  useProblems.setState({ byFile, beside, counts: countBySeverity(Object.values(byFile).flat()) });
}

export function clearProblems(): void {
  useProblems.setState({ byFile: {}, beside: [], counts: { errors: 0, warnings: 0, infos: 0 } });
}

export function countBySeverity(found: readonly Diagnostic[]): ProblemsState['counts'] {
  const of = (severity: Severity) => found.filter((diagnostic) => diagnostic.severity === severity).length;
  return { errors: of('error'), warnings: of('warning'), infos: of('info') };
}

export type ProblemRow =
  | { readonly type: 'file'; readonly path: string; readonly count: number }
  | { readonly type: 'problem'; readonly path: string; readonly problem: Diagnostic };

/** Files with errors first, then by path; inside a file by place. */
export function problemRows(byFile: ProblemsState['byFile']): ProblemRow[] {
  const gravest = (found: readonly Diagnostic[]) =>
    found.some(({ severity }) => severity === 'error') ? 0 : 1;
  return Object.entries(byFile)
    .sort(([a, foundA], [b, foundB]) => gravest(foundA) - gravest(foundB) || (a < b ? -1 : 1))
    .flatMap(([path, found]) => [
      { type: 'file' as const, path, count: found.length },
      ...found.map((problem) => ({ type: 'problem' as const, path, problem })),
    ]);
}

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The problem after (or before) a place in the order of the list, around its end. Undefined when there is none. */
export function neighbouringProblem(
  byFile: ProblemsState['byFile'],
  from: Place | undefined,
  step: 1 | -1,
): Diagnostic | undefined {
  const ordered = problemRows(byFile).flatMap((row) => (row.type === 'problem' ? [row.problem] : []));
  if (from === undefined) return step === 1 ? ordered[0] : ordered.at(-1);
  const fileIsListed = ordered.some(({ file }) => file === from.path);
  if (!fileIsListed) return step === 1 ? ordered[0] : ordered.at(-1);
  const distance = ({ range }: Diagnostic) =>
    range.start.line - from.line || range.start.column - from.column;
  const inFile = ordered.filter(({ file }) => file === from.path);
  const next =
    step === 1 ? inFile.find((one) => distance(one) > 0) : inFile.findLast((one) => distance(one) < 0);
  if (next !== undefined) return next;
  const edge =
    step === 1 ? ordered.lastIndexOf(inFile.at(-1) as Diagnostic) : ordered.indexOf(inFile[0] as Diagnostic);
  return ordered[(edge + step + ordered.length) % ordered.length];
}
