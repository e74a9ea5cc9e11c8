import type { CellProblem } from './check-table.ts';

/** As many as are read before the first is mended. */
const mostProblems = 50;

export interface FirstProblems {
  readonly shown: readonly CellProblem[];
  /** What is not shown, as “3 errors and 12 warnings”; nothing where all are. */
  readonly more: string | undefined;
}

/** Errors first, which keep the hosts from being added: warnings of the rows above must not hide them. */
export function firstProblems(problems: readonly CellProblem[]): FirstProblems {
  const isError = ({ severity }: CellProblem) => severity === 'error';
  const inOrder = [...problems.filter(isError), ...problems.filter((each) => !isError(each))];
  const hidden = inOrder.slice(mostProblems);
  const errors = hidden.filter(isError).length;
  const counts = [counted(errors, 'error'), counted(hidden.length - errors, 'warning')].filter(
    (text) => text !== undefined,
  );
  return {
    shown: inOrder.slice(0, mostProblems),
    more: counts.length === 0 ? undefined : counts.join(' and '),
  };
}

function counted(count: number, word: string): string | undefined {
  return count === 0 ? undefined : `${count} ${word}${count === 1 ? '' : 's'}`;
}
