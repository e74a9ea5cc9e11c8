import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { takeFocus } from '../components/take-focus.ts';

interface NewRouteProps {
  /** The link has no default route yet. */
  readonly isDefault: boolean;
  readonly onAdd: (route: { to: string; via: string }) => void;
}

/** A route that is written once both of its ends are given: half of one would be an error. */
export function NewRoute({ isDefault, onAdd }: NewRouteProps) {
  const [state, setState] = useState<'closed' | 'open' | 'left'>('closed');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = new FormData(event.currentTarget);
    const [to, via] = ['to', 'via'].map((name) => String(written.get(name) ?? '').trim());
    if (!to || !via) return;
    setState('left');
    onAdd({ to, via });
  };
  if (state !== 'open') {
    return (
      <button
        // The form is gone with what had the focus: the next key goes on from here.
        ref={state === 'left' ? takeFocus : undefined}
        type="button"
        className="button button-small button-plain add-button"
        onClick={() => setState('open')}
      >
        <Plus size={14} aria-hidden />
        {isDefault ? 'Add a default gateway' : 'Add a route'}
      </button>
    );
  }
  return (
    <form
      className="new-route"
      onSubmit={submit}
      onKeyDown={({ key }) => {
        if (key === 'Escape') setState('left');
      }}
    >
      <input
        className="field code form-input"
        name="to"
        ref={isDefault ? undefined : takeFocus}
        aria-label="To, new route"
        placeholder="10.0.0.0/8"
        defaultValue={isDefault ? 'default' : ''}
        spellCheck={false}
        autoComplete="off"
        required
      />
      <input
        className="field code form-input"
        name="via"
        ref={isDefault ? takeFocus : undefined}
        aria-label="Via, new route"
        placeholder="192.0.2.1"
        spellCheck={false}
        autoComplete="off"
        required
      />
      <button type="submit" className="button">
        Add
      </button>
    </form>
  );
}
