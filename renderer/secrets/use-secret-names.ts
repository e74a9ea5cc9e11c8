import { useEffect, useMemo } from 'react';
import { useSite } from '../state/site.ts';
import { refreshSecrets, useSecrets } from './secrets-store.ts';

/** The names of the secrets that have a value, kept up to date with the site's folder and the key store. */
export function useSecretNames(): readonly string[] {
  const list = useSecrets((state) => state.list);
  const siteId = useSite((state) => state.site?.siteId);
  const otherPaths = useSite((state) => state.otherPaths);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another site, or other files beside the documents, is when to ask
  useEffect(() => void refreshSecrets(), [siteId, otherPaths]);
  // Files of secrets/ are changed elsewhere, too, while the window is not looked at.
  useEffect(() => {
    const refresh = () => void refreshSecrets();
    window.addEventListener('focus', refresh);
    return () => window.removeEventListener('focus', refresh);
  }, []);
  return useMemo(() => (list?.secrets ?? []).map(({ name }) => name), [list]);
}
