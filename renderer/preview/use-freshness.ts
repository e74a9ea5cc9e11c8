import { useEffect, useState } from 'react';
import type { Delivered, Freshness } from '#shared/compare/freshness.ts';
import { ask } from '../bridge.ts';
import { useSecrets } from '../secrets/secrets-store.ts';
import { usePreview } from '../state/preview.ts';
import { useSite } from '../state/site.ts';
import { useAnswer } from './use-answer.ts';

/** How the chosen host stands to its last stamp and the build of its image; undefined until that is known. */
export function useFreshness(): Freshness | undefined {
  const host = useSite((state) => state.chosenHost);
  const delivered = useDelivered(host);
  const secrets = useSecrets((state) => state.list?.secrets);
  const answer = useAnswer(
    host === null || delivered === undefined
      ? undefined
      : { kind: 'freshness', host, delivered: { ...delivered, secrets } },
  );
  return answer;
}

/** What lies in out/ for a host: read again after stamps and builds, and when the window is looked at again. */
function useDelivered(host: string | null): Delivered | undefined {
  const siteId = useSite((state) => state.site?.siteId);
  const deliveries = usePreview((state) => state.deliveries);
  const [looks, setLooks] = useState(0);
  const [found, setFound] = useState<{ readonly host: string; readonly delivered: Delivered }>();
  useEffect(() => {
    const look = () => setLooks((count) => count + 1);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: both count reasons to read again
  useEffect(() => {
    if (siteId === undefined || host === null) return;
    let gone = false;
    void ask('host.delivered', { siteId, host }).then((answer) => {
      // Without an answer nothing is claimed; the folder's own troubles are said elsewhere.
      if (!gone && answer.ok) setFound({ host, delivered: answer.value });
    });
    return () => {
      gone = true;
    };
  }, [siteId, host, deliveries, looks]);
  return found?.host === host ? found.delivered : undefined;
}
