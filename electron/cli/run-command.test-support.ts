import { toFailure } from '#shared/errors.ts';
import type { Command } from './arguments.ts';

/** Runs a command as the command line does, and takes what it fails with. */
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
    const status = await command.run(parameters, output);
    return { status, failure: undefined, code: undefined, ...told };
  } catch (thrown) {
    const failure = toFailure(thrown);
    return { status: undefined, failure, code: failure.code, ...told };
  }
}
