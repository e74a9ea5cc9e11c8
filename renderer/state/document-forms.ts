import { create } from 'zustand';
import type { HostSummary } from '#shared/site/analysis.ts';
import { kindOfPath } from '#shared/site/document-kinds.ts';
import { useSite } from './site.ts';

/** What shows a document otherwise than as text, and edits that text. */
export type FormKind = 'partitions' | 'network' | 'elements';

interface DocumentFormsState {
  /** Paths of the documents that are shown as their form. */
  readonly shown: ReadonlySet<string>;
}

export const useDocumentForms = create<DocumentFormsState>()(() => ({ shown: new Set() }));

/** The form that a document has; undefined for those that are only text. A host's is that of a network of its own. */
export function formOf(path: string, hosts: readonly HostSummary[] | undefined): FormKind | undefined {
  const kind = kindOfPath(path);
  if (kind === 'host-profile') return 'partitions';
  if (kind === 'image') return 'elements';
  const hasOwnNetwork = kind === 'host' && hosts?.some((host) => host.path === path && host.network === '');
  return kind === 'network-config' || hasOwnNetwork ? 'network' : undefined;
}

export function showForm(path: string, isShown: boolean): void {
  useDocumentForms.setState(({ shown }) => {
    if (shown.has(path) === isShown) return {};
    const next = new Set(shown);
    if (isShown) next.add(path);
    else next.delete(path);
    return { shown: next };
  });
}

/** Another site may have a document of the same path. */
useSite.subscribe(({ site }, before) => {
  if (site?.siteId !== before.site?.siteId) useDocumentForms.setState({ shown: new Set() });
});
