import { loadEditor } from '../editor/load.ts';
import { useSite } from '../state/site.ts';

/** Milliseconds. Later than any site that opens at all; a worker that broke gives no verdict. */
const latest = 5000;

let resting: Promise<void> | undefined;

/**
 * Resolves when the window shows what it was opened for: the first verdict of its site and the editor, or that there
 * is no site. Whatever nobody waits for begins then. To look for an engine, for one, main loads dockerode, and on a
 * cold start answers nothing else for 0.29 s. Performance entry `siteforge:at-rest`.
 */
export function atRest(): Promise<void> {
  resting ??= becomeIdle();
  return resting;
}

async function becomeIdle(): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, latest));
  await Promise.race([Promise.allSettled([firstVerdict(), loadEditor()]), late]);
  await new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 1000 }));
  performance.mark('siteforge:at-rest');
}

function firstVerdict(): Promise<void> {
  const isThere = ({ status, overview }: ReturnType<typeof useSite.getState>) =>
    status === 'none' || overview !== undefined;
  if (isThere(useSite.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useSite.subscribe((state) => {
      if (!isThere(state)) return;
      stop();
      resolve();
    });
  });
}
