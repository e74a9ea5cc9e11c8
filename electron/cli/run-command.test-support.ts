import { toFailure } from '#shared/errors.ts';
import type { Command } from './arguments.ts';

/** Runs a command as the command line does; a failure is told by its code. */
export async function runCommand(command: Command, ...parameters: string[]) {
  const told = { out: '', error: '' };
  const output = {
    out: (text: string) => {
      told.out += text;
    },
    error: (text: string) => {
      told.error += text;
    },
    send: () => Promise.reject(new Error('Nothing is sent here.')),
    terminal: false,
    signal: new AbortController().signal,
  };
  try {
    return { status: await command.run(parameters, output), code: undefined, ...told };
  } catch (thrown) {
    return { status: undefined, code: toFailure(thrown).code, ...told };
  }
}
