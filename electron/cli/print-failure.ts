import { errorTable, type Failure } from '#shared/errors.ts';
import type { Output } from './arguments.ts';
import { printable, styleFor } from './terminal-text.ts';

/** What happened, where, and what to do next, for people or as JSON; both on the error stream. */
export function printFailure(output: Output, failure: Failure, json: boolean): void {
  output.error(
    json ? `${JSON.stringify({ failure })}\n` : `${failureLines(failure, output.terminal).join('\n')}\n`,
  );
}

export function failureLines(failure: Failure, terminal: boolean): string[] {
  const style = styleFor(terminal);
  const { title } = errorTable[failure.code];
  const message = printable(failure.message);
  const lines = [`${style.red('error')} ${style.bold(title)} ${style.dim(`(${failure.code})`)}`];
  if (message !== title) lines.push(`  ${message}`);
  if (failure.where !== undefined && !message.includes(failure.where))
    lines.push(`  at ${printable(failure.where)}`);
  for (const line of (failure.detail ?? '').split('\n')) {
    if (line.trim() !== '') lines.push(`  ${style.dim(printable(line))}`);
  }
  lines.push(`  ${failure.next}`);
  return lines;
}
