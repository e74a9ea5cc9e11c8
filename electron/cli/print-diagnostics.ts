import { join } from 'node:path';
import type { Diagnostic, Severity } from '#shared/diagnostics/diagnostic.ts';
import type { Output } from './arguments.ts';
import { printable, styleFor } from './terminal-text.ts';

/** The shape that `--json` prints: the place, the severity, the code and the message, and no more. */
export interface ReportedDiagnostic {
  readonly file: string;
  readonly range: Diagnostic['range'];
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

/** `base` is what was named on the command line, so that the file can be opened from where the user stands. */
export function reported(
  { file, range, severity, code, message }: Diagnostic,
  base = '',
): ReportedDiagnostic {
  return { file: join(base, file), range, severity, code, message };
}

/** `FILE:LINE:COLUMN SEVERITY CODE MESSAGE`, the form that editors and terminals make clickable. */
export function diagnosticLine(diagnostic: ReportedDiagnostic, terminal: boolean): string {
  const style = styleFor(terminal);
  const { line, column } = diagnostic.range.start;
  const paint = { error: style.red, warning: style.yellow, info: style.dim }[diagnostic.severity];
  const place = printable(`${diagnostic.file}:${line}:${column}`);
  return `${place} ${paint(diagnostic.severity)} ${style.dim(diagnostic.code)} ${printable(diagnostic.message)}`;
}

/** "3 errors, 1 warning", or "no problems". */
export function countLine(diagnostics: readonly { readonly severity: Severity }[]): string {
  const counts = (['error', 'warning'] as const)
    .map((severity) => {
      const count = diagnostics.filter((one) => one.severity === severity).length;
      return count === 0 ? undefined : `${count} ${severity}${count === 1 ? '' : 's'}`;
    })
    .filter((text) => text !== undefined);
  return counts.length === 0 ? 'no problems' : counts.join(', ');
}

export function printDiagnostics(output: Output, diagnostics: readonly ReportedDiagnostic[]): void {
  for (const diagnostic of diagnostics) output.error(`${diagnosticLine(diagnostic, output.terminal)}\n`);
}
