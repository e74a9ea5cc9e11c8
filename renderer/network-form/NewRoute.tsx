import { Plus } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';

interface NewRouteProps {
  /** The link has no default route yet. */
  readonly isDefault: boolean;
  readonly onAdd: (route: { to: string; via: string }) => void;
}

/** A route that is written once both of its ends are given: half of one would be an error. */
export function NewRoute({ isDefault, onAdd }: NewRouteProps) {
  const [isOpen, setOpen] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const begin = () => {
    setOpen(true);
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLInputElement>(isDefault ? '[name="via"]' : '[name="to"]')?.focus(),
    );
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = new FormData(event.currentTarget);
    const [to, via] = ['to', 'via'].map((name) => String(written.get(name) ?? '').trim());
    if (!to || !via) return;
    setOpen(false);
    onAdd({ to, via });
  };
  if (!isOpen) {
    return (
      <button type="button" className="button button-small button-plain add-button" onClick={begin}>
        <Plus size={14} aria-hidden />
        {isDefault ? 'Add a default gateway' : 'Add a route'}
      </button>
    );
  }
  return (
    <form
      className="new-route"
      ref={form}
      onSubmit={submit}
      onKeyDown={({ key }) => {
        if (key === 'Escape') setOpen(false);
      }}
    >
      <input
        className="field code form-input"
        name="to"
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
