import { create } from 'zustand';

export type HostsTab = 'table' | 'edit' | 'realms';

/** What the place Hosts shows: kept while the engineer looks at a document and comes back. */
export const useHostsTab = create<{ readonly tab: HostsTab }>()(() => ({ tab: 'table' }));

export function showHostsTab(tab: HostsTab): void {
  useHostsTab.setState({ tab });
}
