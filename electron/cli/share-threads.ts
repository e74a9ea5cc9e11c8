import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Failure, SiteforgeError } from '#shared/errors.ts';
import type { SiteSnapshot } from '../core/site/read-site.ts';
import type { ShareAnswer, ShareOrder, Written } from './answer-share.ts';

/** With fewer for each, starting a thread (80 ms of its processor) takes longer than what it saves. */
const hostsOfThread = 100;

/** What the bundle starts, for a thread as well. Not there where the sources run as they are. */
const program = join(import.meta.dirname, 'siteforge.js');

/** A thread that works on a share of a site's hosts. */
export interface ShareThread {
  /** What its hosts claim; see `joinShares`. Undefined when one has errors, or the thread failed. */
  check(share: SiteSnapshot): Promise<readonly string[] | undefined>;
  /** Writes the hosts that it has checked. Throws what it failed with. */
  write(out: string): Promise<Written>;
  end(): void;
}

/**
 * As many threads as the hosts of that site and the processors are worth, beside the one that asks: often none. They
 * are started before the site is read, and load what they need meanwhile.
 */
export function startShareThreads(site: string): readonly ShareThread[] {
  const worth = Math.floor(documentsIn(join(site, 'hosts')) / hostsOfThread);
  const shares = Math.min(availableParallelism(), worth);
  if (shares < 2 || !existsSync(program)) return [];
  return Array.from({ length: shares - 1 }, startThread);
}

function documentsIn(folder: string): number {
  try {
    return readdirSync(folder).length;
  } catch {
    return 0;
  }
}

function startThread(): ShareThread {
  const thread = new Worker(program, { argv: [] });
  const ended = new Promise<never>((_, reject) => {
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`A thread ended with ${code}.`)));
  });
  // Before anybody asks; who asks is told.
  ended.catch(() => undefined);
  const ask = (order: ShareOrder): Promise<ShareAnswer> => {
    const answer = new Promise<ShareAnswer>((resolve) => thread.once('message', resolve));
    thread.postMessage(order);
    return Promise.race([answer, ended]);
  };
  return {
    // One that fails has no verdict: the site is then checked as a whole, which tells what is wrong.
    check: async (check) =>
      ask({ check }).then(
        (answer) => ('claims' in answer ? answer.claims : undefined),
        () => undefined,
      ),
    write: async (write) => {
      const answer = await ask({ write });
      if ('written' in answer) return answer.written;
      throw failedWith('failure' in answer ? answer.failure : undefined);
    },
    end: () => void thread.terminate(),
  };
}

function failedWith(failure: Failure | undefined): SiteforgeError {
  if (failure === undefined) return new SiteforgeError('internal');
  const { code, message, where, detail } = failure;
  return new SiteforgeError(code, {
    message,
    ...(where === undefined ? {} : { where }),
    ...(detail === undefined ? {} : { detail }),
  });
}
