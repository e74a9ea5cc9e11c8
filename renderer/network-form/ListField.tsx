import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { WrittenItem } from '#shared/network-form/read-network-form.ts';
import { takeFocus } from '../components/take-focus.ts';
import { ProblemLines, TextField } from '../document-forms/fields.tsx';

interface ListFieldProps {
  readonly label: string;
  /** Of one value. */
  readonly one: string;
  readonly items: readonly WrittenItem[];
  readonly placeholder: string;
  readonly isReadOnly: boolean;
  readonly problemsAt: (item: WrittenItem) => readonly Diagnostic[];
  /** About the list itself. */
  readonly problems: readonly Diagnostic[];
  readonly onChange: (index: number, text: string) => void;
  readonly onAdd: (text: string) => void;
}

/** `done`: with the keyboard, so that the next key goes on from here. */
type Adding = 'not' | 'now' | 'done';

/** Values of a list, a field each, and an empty one when a value is to be added. */
export function ListField(props: ListFieldProps) {
  const { label, one, items, placeholder, isReadOnly, problemsAt, problems, onChange, onAdd } = props;
  const [adding, setAdding] = useState<Adding>('not');
  const list = useRef<HTMLFieldSetElement>(null);
  const isAdding = adding === 'now';
  return (
    <fieldset
      ref={list}
      className="form-field list-field"
      onKeyDown={({ key }) => {
        if (key === 'Escape' && isAdding) setAdding('done');
      }}
    >
      <legend className="form-label">{label}</legend>
      {items.map((item, index) =>
        item.text === undefined ? (
          <p key={item.path.join(' ')} className="small muted">
            One with options, in the text.
          </p>
        ) : (
          <TextField
            key={item.path.join(' ')}
            label={`${one} ${index + 1}`}
            isLabelHidden
            value={item.text}
            problems={problemsAt(item)}
            disabled={isReadOnly}
            onTake={(text) => onChange(index, text)}
            action={
              <button
                type="button"
                className="icon-button"
                aria-label={`Remove ${item.text}`}
                title={`Remove ${item.text}`}
                disabled={isReadOnly}
                onClick={() => onChange(index, '')}
              >
                <X size={14} aria-hidden />
              </button>
            }
          />
        ),
      )}
      {isAdding && (
        <TextField
          label={`New ${one.toLowerCase()}`}
          isLabelHidden
          value=""
          placeholder={placeholder}
          takesFocus
          onTake={(text) => {
            // A field that was left by Tab or by a click has given its focus away.
            setAdding(list.current?.contains(document.activeElement) === true ? 'done' : 'not');
            if (text !== '') onAdd(text);
          }}
        />
      )}
      <div className="small">
        <ProblemLines problems={problems} />
      </div>
      {!isReadOnly && !isAdding && (
        <button
          ref={adding === 'done' ? takeFocus : undefined}
          type="button"
          className="button button-small button-plain add-button"
          onClick={() => setAdding('now')}
        >
          <Plus size={14} aria-hidden />
          {items.length === 0 ? `Add ${article(one)} ${one.toLowerCase()}` : 'Add another'}
          {items.length > 0 && <span className="visually-hidden"> {one.toLowerCase()}</span>}
        </button>
      )}
    </fieldset>
  );
}

function article(one: string): string {
  return /^[aeiou]/i.test(one) ? 'an' : 'a';
}
