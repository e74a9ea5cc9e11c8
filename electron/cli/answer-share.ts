import { parentPort } from 'node:worker_threads';
import { type Failure, toFailure } from '#shared/errors.ts';
import { secretsIn } from '#shared/secrets/mask.ts';
import type { SiteSnapshot } from '../core/site/read-site.ts';
import { type StampedShare, stampShare } from '../core/stamp/stamp-shares.ts';
import { filesOf, writeHosts } from './write-hosts.ts';

/** What was written: how many hosts, and the names of the secrets that are masked in their files. */
export interface Written {
  readonly hosts: number;
  readonly secrets: readonly string[];
}

/** What a thread is asked: to check and render its hosts, then to write them below a folder. */
export type ShareOrder = { readonly check: SiteSnapshot } | { readonly write: string };

export type ShareAnswer =
  | { readonly claims: readonly string[] | undefined }
  | { readonly written: Written }
  | { readonly failure: Failure };

/** What a thread does: answers orders about one share of a site's hosts. */
export function answerShareOrders(): void {
  let share: StampedShare | undefined;
  parentPort?.on('message', (order: ShareOrder) => parentPort?.postMessage(answer(order)));

  function answer(order: ShareOrder): ShareAnswer {
    try {
      if ('write' in order) return { written: writeShare(share, order.write) };
      share = stampShare(order.check);
      return { claims: share?.claims };
    } catch (thrown) {
      return { failure: toFailure(thrown) };
    }
  }
}

/** Throws the failure of the file system. */
export function writeShare(share: StampedShare | undefined, out: string, signal?: AbortSignal): Written {
  const rendered = (share?.stamps ?? []).map(filesOf);
  writeHosts(rendered, out, 'each', signal);
  const texts = rendered.flatMap(({ files }) => Object.values(files));
  return { hosts: rendered.length, secrets: secretsIn(texts.join('\n')) };
}
