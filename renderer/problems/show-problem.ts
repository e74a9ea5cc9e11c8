import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { showSecrets } from '../secrets/secrets-store.ts';
import { useProblems } from '../state/problems.ts';
import { jumpTo } from '../workbench/documents.ts';

/** Goes where a problem is mended: its place in a text, or the secrets for what is wrong with their files. */
export function showProblem({ file, range }: Diagnostic): void {
  if (useProblems.getState().beside.includes(file)) showSecrets();
  else jumpTo({ path: file, ...range.start, endLine: range.end.line, endColumn: range.end.column });
}
