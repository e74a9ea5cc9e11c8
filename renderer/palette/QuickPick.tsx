import './palette.css';
import { type ReactNode, useMemo, useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import { OverlayDialog } from '../components/OverlayDialog.tsx';
import { type Choice, rank } from './rank.ts';

interface QuickPickProps<One extends Choice> {
  readonly label: string;
  readonly placeholder: string;
  readonly choices: readonly One[];
  readonly onChoose: (choice: One) => void;
  readonly onClose: () => void;
  readonly aside?: (choice: One) => ReactNode;
}

/** Type, arrow, Enter: commands, documents and hosts are all chosen this way. */
export function QuickPick<One extends Choice>(props: QuickPickProps<One>) {
  const { label, placeholder, choices, onChoose, onClose, aside } = props;
  const [typed, setTyped] = useState('');
  const shown = useMemo(() => rank(choices, typed), [choices, typed]);
  const choose = (id: string) => {
    const choice = shown.find((one) => one.id === id);
    onClose();
    if (choice !== undefined) onChoose(choice);
  };
  return (
    <OverlayDialog label={label} onClose={onClose}>
      <div className="palette">
        <Autocomplete inputValue={typed} onInputChange={setTyped}>
          <SearchField className="palette-search" aria-label={label} autoFocus>
            <Input
              role="combobox"
              aria-expanded
              className="palette-input"
              placeholder={placeholder}
              onKeyDown={(event) => {
                // Before anything is typed the list marks nothing by itself: the first choice is meant.
                const marked = event.currentTarget.getAttribute('aria-activedescendant');
                const first = shown[0];
                if (event.key !== 'Enter' || marked || first === undefined) return;
                event.preventDefault();
                choose(first.id);
              }}
            />
          </SearchField>
          <ListBox
            className="palette-list"
            aria-label={label}
            items={shown}
            selectionMode="none"
            onAction={(key) => choose(String(key))}
            renderEmptyState={() => <p className="palette-empty muted">Nothing fits “{typed}”.</p>}
          >
            {(choice) => (
              <ListBoxItem id={choice.id} textValue={choice.title} className="palette-item">
                <span className="truncate">{choice.title}</span>
                {choice.detail !== undefined && <span className="muted small truncate">{choice.detail}</span>}
                <span className="status-space" />
                {aside?.(choice)}
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </div>
    </OverlayDialog>
  );
}
