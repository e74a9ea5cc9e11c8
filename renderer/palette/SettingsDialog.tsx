import './palette.css';
import type { Settings } from '#shared/contract.ts';
import { DialogActions, OverlayDialog } from '../components/OverlayDialog.tsx';
import { changeLayout } from '../state/layout.ts';
import { changeSettings, useSettings } from '../state/settings.ts';

const themes = [
  { id: 'system', title: 'As the system' },
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
] as const satisfies readonly { id: Settings['theme']; title: string }[];

function close(): void {
  changeLayout({ settingsOpen: false });
}

export function SettingsDialog() {
  const theme = useSettings((state) => state.theme);
  const size = useSettings((state) => state.editorFontSize);
  return (
    <OverlayDialog title="Settings" surface="settings-modal" onClose={close}>
      <fieldset className="settings-row">
        <legend>Theme</legend>
        {themes.map(({ id, title }) => (
          <label key={id} className="settings-choice">
            <input
              type="radio"
              name="theme"
              checked={theme === id}
              onChange={() => void changeSettings({ theme: id })}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <label className="settings-row">
        <span>Size of the text in the editor, pixels</span>
        <input
          type="number"
          className="field"
          min={10}
          max={24}
          value={size}
          onChange={(event) => {
            const next = event.target.valueAsNumber;
            if (Number.isInteger(next) && next >= 10 && next <= 24)
              void changeSettings({ editorFontSize: next });
          }}
        />
      </label>
      <DialogActions>
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </DialogActions>
    </OverlayDialog>
  );
}
