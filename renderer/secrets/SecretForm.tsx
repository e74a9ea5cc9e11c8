import { type FormEvent, useId, useState } from 'react';
import type { SecretPlace } from '#shared/contract.ts';
import { secretNameRule } from '#shared/refactor/new-name.ts';
import { isSecretName } from '#shared/site/references.ts';
import { DialogActions, DialogTitle } from '../components/OverlayDialog.tsx';
import { takeFocus } from '../components/take-focus.ts';
import { setSecret, setSecretFromFile, useSecrets } from './secrets-store.ts';

interface SecretFormProps {
  /** Undefined: a new one, whose name is typed. */
  readonly name: string | undefined;
  readonly where: SecretPlace | undefined;
  readonly onDone: () => void;
}

/** A value for a secret: typed or pasted without being seen, or the content of a file. */
export function SecretForm({ name: given, where: before, onDone }: SecretFormProps) {
  const keyStore = useSecrets((state) => state.list?.keyStore);
  const usable = keyStore?.usable === true;
  const [typedName, setTypedName] = useState(given ?? '');
  const [value, setValue] = useState('');
  const [where, setWhere] = useState<SecretPlace>(before ?? (usable ? 'key-store' : 'folder'));
  const [busy, setBusy] = useState(false);
  const ids = { problem: useId(), reason: useId(), value: useId() };
  const name = typedName.trim();
  const problem = name === '' || isSecretName(name) ? undefined : secretNameRule;
  const isNamed = name !== '' && problem === undefined;
  const save = async (saving: () => Promise<boolean>) => {
    setBusy(true);
    const done = await saving();
    setBusy(false);
    if (!done) return;
    setValue('');
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNamed && value !== '' && !busy) void save(() => setSecret(name, where, value));
  };
  return (
    <form className="dialog" onSubmit={submit} autoComplete="off">
      <DialogTitle>
        {given === undefined
          ? 'New secret'
          : `${before === undefined ? 'Set' : 'Replace'} the value of ${given}`}
      </DialogTitle>
      {given === undefined && (
        <label className="secrets-field">
          <span>Name</span>
          <input
            className="secrets-input code"
            ref={takeFocus}
            spellCheck={false}
            aria-invalid={problem !== undefined}
            aria-describedby={ids.problem}
            placeholder="join-token"
            value={typedName}
            onChange={(event) => setTypedName(event.target.value)}
          />
          <span className="secrets-problem small" id={ids.problem} role="alert">
            {problem}
          </span>
        </label>
      )}
      <label className="secrets-field" htmlFor={ids.value}>
        <span>Value, one line</span>
        <input
          id={ids.value}
          className="secrets-input code"
          type="password"
          autoComplete="off"
          ref={given === undefined ? undefined : takeFocus}
          spellCheck={false}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </label>
      <fieldset className="secrets-field">
        <legend>Kept in</legend>
        <label className="secrets-choice">
          <input
            type="radio"
            name="where"
            checked={where === 'key-store'}
            disabled={!usable}
            aria-describedby={ids.reason}
            onChange={() => setWhere('key-store')}
          />
          The key store of this account
        </label>
        <p className="secrets-hint small muted" id={ids.reason}>
          {keyStore?.usable === false ? keyStore.reason : 'Encrypted. The command line cannot open it.'}
        </p>
        <label className="secrets-choice">
          <input type="radio" name="where" checked={where === 'folder'} onChange={() => setWhere('folder')} />
          The folder secrets/ of the site
        </label>
        <p className="secrets-hint small muted">
          A file that only this account can read and that git leaves out. The command line reads it.
        </p>
      </fieldset>
      <DialogActions>
        <button
          type="button"
          className="button"
          disabled={!isNamed || busy}
          title="For keys and certificates"
          onClick={() => void save(() => setSecretFromFile(name, where))}
        >
          Take it from a file…
        </button>
        <span className="status-space" />
        <button type="button" className="button" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="button button-primary" disabled={!isNamed || value === '' || busy}>
          Keep the value
        </button>
      </DialogActions>
    </form>
  );
}
