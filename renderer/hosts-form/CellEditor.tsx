import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

/** Where the table goes on after an edit. */
export type Leave = 'stay' | 'down' | 'up' | 'right' | 'left';

interface CellEditorProps {
  readonly label: string;
  readonly text: string;
  /** The text is what was typed to begin with: more follows it, where another text would be replaced. */
  readonly isBegun: boolean;
  /** Values that the cell usually has; others may be typed. */
  readonly choices: readonly string[] | undefined;
  readonly onTake: (text: string, leave: Leave) => void;
  readonly onCancel: () => void;
}

/** The field in a cell that is being edited: Enter and Tab take the text and go on, Escape leaves it as it was. */
export function CellEditor({ label, text, isBegun, choices, onTake, onCancel }: CellEditorProps) {
  const [draft, setDraft] = useState(text);
  const [isTyped, setTyped] = useState(isBegun);
  const [active, setActive] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  const listId = useId();
  const shown = matching(choices, isTyped ? draft : '');
  useLayoutEffect(() => {
    field.current?.focus();
    if (isBegun) field.current?.setSelectionRange(-1, -1);
    else field.current?.select();
  }, [isBegun]);
  const finish = (end: () => void) => {
    // Leaving the field by a key takes the focus away, which would take the text once more.
    if (isOver.current) return;
    isOver.current = true;
    end();
  };
  const take = (leave: Leave, value = shown[active] ?? draft) => finish(() => onTake(value, leave));
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') finish(onCancel);
    else if (event.key === 'Enter') take(event.shiftKey ? 'up' : 'down');
    else if (event.key === 'Tab') take(event.shiftKey ? 'left' : 'right');
    else if (step !== undefined && shown.length > 0)
      setActive(active < 0 && step < 0 ? shown.length - 1 : (active + step + shown.length) % shown.length);
    else if (step !== undefined) take(step > 0 ? 'down' : 'up');
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        ref={field}
        className="hosts-grid-field code"
        aria-label={label}
        spellCheck={false}
        autoComplete="off"
        value={draft}
        {...(choices === undefined
          ? {}
          : {
              role: 'combobox',
              'aria-expanded': shown.length > 0,
              'aria-controls': listId,
              'aria-autocomplete': 'list' as const,
              'aria-activedescendant': active < 0 ? undefined : `${listId}-${active}`,
            })}
        onChange={({ target }) => {
          setDraft(target.value);
          setTyped(true);
          setActive(-1);
        }}
        onBlur={() => take('stay', draft)}
        onKeyDown={onKeyDown}
      />
      {choices !== undefined && shown.length > 0 && (
        <Choices
          id={listId}
          below={field.current}
          values={shown}
          active={active}
          current={text}
          onChoose={(value) => take('stay', value)}
        />
      )}
    </>
  );
}

function matching(choices: readonly string[] | undefined, typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  return (choices ?? []).filter((choice) => choice.toLowerCase().includes(wanted));
}

interface ChoicesProps {
  readonly id: string;
  readonly below: HTMLElement | null;
  readonly values: readonly string[];
  readonly active: number;
  readonly current: string;
  readonly onChoose: (value: string) => void;
}

/** Pixels of the longest list. */
const highest = 224;

/** The list below its field, or above it near the lower edge of the window; outside of the rows, which would cut it. */
function Choices({ id, below, values, active, current, onChoose }: ChoicesProps) {
  const [place, setPlace] = useState<{ left: number; top?: number; bottom?: number; minWidth: number }>();
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const field = below ?? document.querySelector('.hosts-grid-field');
    if (field === null) return;
    const { left, top, bottom, width } = field.getBoundingClientRect();
    const isAbove = bottom + highest > window.innerHeight;
    setPlace({
      left,
      minWidth: width,
      ...(isAbove ? { bottom: window.innerHeight - top } : { top: bottom }),
    });
  }, [below]);
  useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return createPortal(
    <div ref={list} id={id} role="listbox" aria-label="Values" className="hosts-grid-choices" style={place}>
      {values.map((value, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active value
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
        <div
          key={value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={value === current}
          data-active={index === active || undefined}
          className="hosts-grid-choice code"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(value)}
        >
          {value}
        </div>
      ))}
    </div>,
    document.body,
  );
}
