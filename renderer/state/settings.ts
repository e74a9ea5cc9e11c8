import { create } from 'zustand';
import type { Settings } from '#shared/contract.ts';
import { ask, request } from '../bridge.ts';

interface SettingsState extends Settings {
  /** What the system prefers: decides while the theme is "system". */
  readonly systemDark: boolean;
}

const preference = typeof matchMedia === 'undefined' ? undefined : matchMedia('(prefers-color-scheme: dark)');

export const useSettings = create<SettingsState>()(() => ({
  theme: 'system',
  editorFontSize: 13,
  systemDark: preference?.matches ?? false,
}));

export function shownTheme(state: Pick<SettingsState, 'theme' | 'systemDark'>): 'light' | 'dark' {
  if (state.theme === 'system') return state.systemDark ? 'dark' : 'light';
  return state.theme;
}

export async function startSettings(): Promise<void> {
  preference?.addEventListener('change', (event) => useSettings.setState({ systemDark: event.matches }));
  const apply = (state: SettingsState) => {
    document.documentElement.dataset.theme = shownTheme(state);
  };
  useSettings.subscribe(apply);
  apply(useSettings.getState());
  const answer = await ask('settings.read', undefined);
  if (answer.ok) useSettings.setState(answer.value);
}

/** Shown at once, written behind it; what main could not keep is said and taken back. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const { theme, editorFontSize } = useSettings.getState();
  useSettings.setState(change);
  const written = await request('settings.write', change);
  useSettings.setState(written ?? { theme, editorFontSize });
}

export function toggleTheme(): Promise<void> {
  return changeSettings({ theme: shownTheme(useSettings.getState()) === 'dark' ? 'light' : 'dark' });
}
