/** Most of a small write is waiting for the disk, which takes several at once in one commit of its journal. */
const atOnce = 16;

/**
 * Does the work for each item, some of them at a time, in order. After one that throws no other is begun; it is thrown
 * when those under way have ended.
 */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let failed = false;
  const worker = async () => {
    for (const item of left) {
      if (failed) return;
      await work(item).catch((thrown: unknown) => {
        failed = true;
        throw thrown;
      });
    }
  };
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, worker);
  const outcomes = await Promise.allSettled(workers);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
