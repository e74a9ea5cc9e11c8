import type { SiteSnapshot } from '../core/site/read-site.ts';
import { areDisjoint, sharesOf, stampShare } from '../core/stamp/stamp-shares.ts';
import { type Written, writeShare } from './answer-share.ts';
import type { ShareThread } from './share-threads.ts';
import { makeOutFolder } from './write-hosts.ts';

/** What this thread has done until the others have loaded what they need, which takes them some 80 ms longer. */
const lead = 40;

/**
 * Checks, renders and writes all hosts of a site, a share of them in each thread and in this one. Nothing is written,
 * and the answer is undefined, when the site has to be checked as a whole: hosts have errors or contradict each other.
 * Throws the failure of the file system.
 */
export async function renderInShares(
  snapshot: SiteSnapshot,
  out: string,
  threads: readonly ShareThread[],
  signal: AbortSignal,
): Promise<Written | undefined> {
  const [own, ...others] = sharesOf(snapshot, threads.length + 1, lead);
  if (own === undefined) return undefined;
  const asked = threads.map((thread, index) => thread.check(others[index] ?? own));
  const share = stampShare(own);
  const claims = [share?.claims, ...(await Promise.all(asked))];
  if (!areDisjoint(claims)) return undefined;
  signal.throwIfAborted();
  await makeOutFolder(out);
  const ordered = threads.map((thread) => thread.write(out));
  const writeOwn = async () => writeShare(share, out, signal);
  const written = await Promise.all([writeOwn(), ...ordered]);
  return {
    hosts: written.reduce((sum, { hosts }) => sum + hosts, 0),
    secrets: [...new Set(written.flatMap(({ secrets }) => secrets))],
  };
}
