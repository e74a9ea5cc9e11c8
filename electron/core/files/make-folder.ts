import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from './file-failures.ts';

/**
 * Makes a folder with those above it; answers the first that it made, undefined when the folder was there. In place of
 * Node's `recursive`, which asks for ever, with a processor of its own, where mkdir(2) says ENOENT although the folder
 * above is there: below a working folder that was removed, and in /proc (seen with Node 20.20).
 * Throws the error of the system call.
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<string | undefined> {
  const below: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const result = await makeOne(at, mode);
    if (result instanceof Error) {
      if (dirname(at) === at) throw result;
      below.push(at);
      continue;
    }
    for (const next of below.toReversed()) {
      const after = await makeOne(next, mode);
      if (after instanceof Error) throw after;
    }
    return result === 'made' ? at : below.at(-1);
  }
}

/** The error when what is above is missing. */
async function makeOne(folder: string, mode: number): Promise<'made' | 'there' | Error> {
  try {
    await mkdir(folder, { mode });
    return 'made';
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' && thrown instanceof Error) return thrown;
    const status = await stat(folder).catch(() => undefined);
    if (status?.isDirectory()) return 'there';
    throw thrown;
  }
}
