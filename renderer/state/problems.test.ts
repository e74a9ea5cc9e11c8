import { beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic, Severity } from '#shared/diagnostics/diagnostic.ts';
import type { SessionUpdate } from '#shared/site/session.ts';
import {
  applyFindingsBeside,
  applyVerdict,
  clearProblems,
  neighbouringProblem,
  problemRows,
  useProblems,
} from './problems.ts';

function found(file: string, line: number, severity: Severity = 'error'): Diagnostic {
  return {
    file,
    severity,
    code: 'key-unknown',
    message: `line ${line}`,
    range: { start: { line, column: 1 }, end: { line, column: 4 } },
  };
}

function apply(diagnostics: SessionUpdate['diagnostics']): void {
  applyVerdict({ overview: {}, hosts: [], diagnostics, pending: 0 });
}

beforeEach(clearProblems);

describe('findings beside the documents', () => {
  it('stand among the others, are counted, and go without them', () => {
    apply([['a.yaml', [found('a.yaml', 1)]]]);
    applyFindingsBeside([found('secrets/token', 1, 'warning'), found('.gitignore', 1, 'warning')]);
    expect(Object.keys(useProblems.getState().byFile)).toEqual(['a.yaml', 'secrets/token', '.gitignore']);
    apply([['a.yaml', []]]);
    expect(useProblems.getState().counts).toEqual({ errors: 0, warnings: 2, infos: 0 });
    applyFindingsBeside([found('.gitignore', 1, 'warning')]);
    expect(Object.keys(useProblems.getState().byFile)).toEqual(['.gitignore']);
    applyFindingsBeside([]);
    expect(useProblems.getState()).toMatchObject({ byFile: {}, beside: [], counts: { warnings: 0 } });
  });
});

describe('verdicts', () => {
  it('replace the findings of the named files and leave the others as they are', () => {
    const kept = [found('a.yaml', 1)];
    apply([
      ['a.yaml', kept],
      ['b.yaml', [found('b.yaml', 1, 'warning')]],
    ]);
    apply([['b.yaml', []]]);
    const { byFile, counts } = useProblems.getState();
    expect(Object.keys(byFile)).toEqual(['a.yaml']);
    expect(byFile['a.yaml']).toBe(kept);
    expect(counts).toEqual({ errors: 1, warnings: 0, infos: 0 });
  });

  it('do not touch the state when nothing changed', () => {
    apply([['a.yaml', [found('a.yaml', 1)]]]);
    const before = useProblems.getState();
    apply([]);
    expect(useProblems.getState()).toBe(before);
  });
});

describe('the list', () => {
  it('puts files with errors before files with warnings only', () => {
    const rows = problemRows({
      'a.yaml': [found('a.yaml', 3, 'warning')],
      'b.yaml': [found('b.yaml', 1), found('b.yaml', 2)],
    });
    expect(rows.map((row) => (row.type === 'file' ? row.path : row.problem.message))).toEqual([
      'b.yaml',
      'line 1',
      'line 2',
      'a.yaml',
      'line 3',
    ]);
  });
});

describe('going to the next problem', () => {
  const byFile = {
    'a.yaml': [found('a.yaml', 2), found('a.yaml', 8)],
    'b.yaml': [found('b.yaml', 5)],
  };
  const next = (path: string, line: number, step: 1 | -1) => {
    const problem = neighbouringProblem(byFile, { path, line, column: 1 }, step);
    return problem && `${problem.file}:${problem.range.start.line}`;
  };

  it('goes on inside the file, then to the next file, then around', () => {
    expect(next('a.yaml', 1, 1)).toBe('a.yaml:2');
    expect(next('a.yaml', 2, 1)).toBe('a.yaml:8');
    expect(next('a.yaml', 8, 1)).toBe('b.yaml:5');
    expect(next('b.yaml', 5, 1)).toBe('a.yaml:2');
  });

  it('goes back the same way', () => {
    expect(next('b.yaml', 9, -1)).toBe('b.yaml:5');
    expect(next('b.yaml', 5, -1)).toBe('a.yaml:8');
    expect(next('a.yaml', 2, -1)).toBe('b.yaml:5');
  });

  it('starts at the first from a document without problems', () => {
    expect(next('c.yaml', 1, 1)).toBe('a.yaml:2');
    expect(next('c.yaml', 1, -1)).toBe('b.yaml:5');
  });

  it('finds nothing where there is nothing', () => {
    expect(neighbouringProblem({}, undefined, 1)).toBeUndefined();
  });
});
