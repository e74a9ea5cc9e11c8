import { create } from 'zustand';

export const places = ['site', 'hosts', 'images', 'builds'] as const;
export type Place = (typeof places)[number];
/** `references` is there while there is a list of them, and so is not remembered. */
export type BottomTab = 'problems' | 'build' | 'log' | 'references';
export const previewTabs = ['user-data', 'network', 'meta', 'vendor', 'links'] as const;
export type PreviewTab = (typeof previewTabs)[number];
export type Palette = 'commands' | 'documents' | 'hosts' | 'new' | 'none';

interface LayoutState {
  readonly place: Place;
  readonly bottomOpen: boolean;
  readonly bottomTab: BottomTab;
  readonly previewOpen: boolean;
  readonly previewTab: PreviewTab;
  readonly palette: Palette;
  readonly settingsOpen: boolean;
  /** Groups of the tree that are folded. */
  readonly folded: readonly string[];
}

const initial: LayoutState = {
  place: 'site',
  bottomOpen: true,
  bottomTab: 'problems',
  previewOpen: true,
  previewTab: 'user-data',
  palette: 'none',
  settingsOpen: false,
  folded: [],
};

const storageKey = 'siteforge.layout';
const remembered = ['bottomOpen', 'bottomTab', 'previewOpen', 'previewTab', 'folded'] as const;

/** What was remembered is input like any other: a value that this version does not know is left out. */
export function readLayout(text: string | null): Partial<LayoutState> {
  if (text === null) return {};
  try {
    const stored: unknown = JSON.parse(text);
    if (typeof stored !== 'object' || stored === null) return {};
    const read = stored as Record<string, unknown>;
    return {
      ...(typeof read.bottomOpen === 'boolean' ? { bottomOpen: read.bottomOpen } : {}),
      ...(isOneOf(read.bottomTab, ['problems', 'build', 'log'] as const)
        ? { bottomTab: read.bottomTab }
        : {}),
      ...(typeof read.previewOpen === 'boolean' ? { previewOpen: read.previewOpen } : {}),
      ...(isOneOf(read.previewTab, previewTabs) ? { previewTab: read.previewTab } : {}),
      ...(Array.isArray(read.folded) && read.folded.every((group) => typeof group === 'string')
        ? { folded: read.folded as string[] }
        : {}),
    };
  } catch {
    return {};
  }
}

function isOneOf<Value extends string>(value: unknown, allowed: readonly Value[]): value is Value {
  return allowed.some((one) => one === value);
}

export const useLayout = create<LayoutState>()(() => ({
  ...initial,
  ...readLayout(typeof localStorage === 'undefined' ? null : localStorage.getItem(storageKey)),
}));

export function changeLayout(change: Partial<LayoutState>): void {
  useLayout.setState(change);
  const state = useLayout.getState();
  localStorage.setItem(
    storageKey,
    JSON.stringify(Object.fromEntries(remembered.map((key) => [key, state[key]]))),
  );
}

export function goTo(place: Place): void {
  changeLayout({ place });
}

/** Shows a tab of the bottom panel; asked for again while it is shown, it closes the panel. */
export function toggleBottom(tab: BottomTab): void {
  const { bottomOpen, bottomTab } = useLayout.getState();
  changeLayout(
    bottomOpen && bottomTab === tab ? { bottomOpen: false } : { bottomOpen: true, bottomTab: tab },
  );
}

export function showBottom(tab: BottomTab): void {
  changeLayout({ bottomOpen: true, bottomTab: tab });
}

export function toggleFolded(group: string): void {
  const { folded } = useLayout.getState();
  changeLayout({
    folded: folded.includes(group) ? folded.filter((one) => one !== group) : [...folded, group],
  });
}
