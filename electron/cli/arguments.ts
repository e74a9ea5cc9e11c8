import type { Readable } from 'node:stream';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { SiteforgeError } from '#shared/errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** A command of the command line. `run` answers the exit status: 0 fine, 1 the documents or the job failed. */
export interface Command {
  readonly summary: string;
  readonly usage: string;
  readonly run: (parameters: readonly string[], output: Output) => Promise<0 | 1>;
}

/** Where a command writes: results to `out`, everything about them to `error`. */
export interface Output {
  readonly out: (text: string) => void;
  /** A stream of bytes in place of text, whole or an error. */
  readonly send: (content: Readable) => Promise<void>;
  readonly error: (text: string) => void;
  /** Whether people watch: colours, and lines that are written again. */
  readonly terminal: boolean;
  readonly signal: AbortSignal;
}

/** Strict: an option that does not exist, or a value that is missing, is wrong use (exit status 2). */
export function parse<const Own extends Options>(
  parameters: readonly string[],
  options: Own,
): ReturnType<typeof parseArgs<{ options: Own; strict: true; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...parameters], options, strict: true, allowPositionals: true });
  } catch (thrown) {
    throw wrongUse(
      thrown instanceof Error ? thrown.message.replace(/\. To specify .*/s, '.') : String(thrown),
    );
  }
}

export function wrongUse(message: string): SiteforgeError {
  return new SiteforgeError('usage', { message });
}

/** The only parameter of a command. */
export function single(positionals: readonly string[], name: string): string {
  const [value, second] = positionals;
  if (value === undefined) throw wrongUse(`${name} is missing.`);
  if (second !== undefined) throw wrongUse(`${second} is one parameter too many.`);
  return value;
}

export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw wrongUse(`--${option} is missing.`);
  return value;
}
