import { clipboard, nativeTheme } from 'electron';
import type { SettingsFile } from '../settings-file.ts';
import type { CallHandlers } from './answer-calls.ts';

export function settingsCalls(
  settings: SettingsFile,
): Pick<CallHandlers, 'settings.read' | 'settings.write' | 'clipboard.write'> {
  return {
    'settings.read': () => settings.settings,
    'settings.write': async (change) => {
      const changed = await settings.changeSettings(change);
      nativeTheme.themeSource = changed.theme;
      return changed;
    },
    'clipboard.write': ({ text }) => {
      clipboard.writeText(text);
      return null;
    },
  };
}
