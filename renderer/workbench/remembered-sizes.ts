import { useDefaultLayout } from 'react-resizable-panels';

/** Sizes survive the window; a set of sizes is kept for each set of panels that may be open together. */
export function useRememberedSizes(group: string, panelIds: string[]) {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: `siteforge.sizes.${group}`,
    panelIds,
    storage: localStorage,
    onlySaveAfterUserInteractions: true,
  });
  return { defaultLayout, onLayoutChanged };
}
