import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import { SeverityIcon, severityWord } from '../components/Icons.tsx';
import { takeFocus } from '../components/take-focus.ts';

/** Fields of a form that stands for a text: each takes its value when it is left, and shows what is wrong with it. */

interface FieldProps {
  readonly label: string;
  readonly problems?: readonly Diagnostic[] | undefined;
  /** One line under the field. */
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
}

interface TextFieldProps extends FieldProps {
  readonly value: string | undefined;
  readonly placeholder?: string | undefined;
  /** Told when Enter is pressed or the field is left, and only when the text is another one. */
  readonly onTake: (text: string) => void;
  /** Stands behind the field, for example to remove it. */
  readonly action?: ReactNode;
  readonly isLabelHidden?: boolean;
  /** For a field that appears because somebody asked for it: what is typed next is meant for it. */
  readonly takesFocus?: boolean;
  /** Suggestions for what is typed. */
  readonly choices?: readonly string[];
}

export function TextField(props: TextFieldProps) {
  const { label, value = '', problems, hint, disabled, placeholder, onTake, action, isLabelHidden } = props;
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const text = draft ?? value;
  const isChanged = draft !== undefined && draft !== value;
  const take = () => {
    setDraft(undefined);
    if (isChanged) onTake(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      take();
    } else if (event.key === 'Escape' && isChanged) {
      event.stopPropagation();
      setDraft(undefined);
    }
  };
  return (
    <div className="form-field">
      <label htmlFor={id} className={isLabelHidden === true ? 'visually-hidden' : 'form-label'}>
        {label}
      </label>
      <div className="form-field-row">
        <input
          id={id}
          ref={props.takesFocus === true ? takeFocus : undefined}
          className="field code form-input"
          spellCheck={false}
          autoComplete="off"
          disabled={disabled}
          data-changed={isChanged || undefined}
          {...markOf(problems)}
          aria-describedby={`${id}-says`}
          list={props.choices === undefined ? undefined : `${id}-choices`}
          placeholder={placeholder}
          value={text}
          onChange={({ target }) => setDraft(target.value)}
          onBlur={take}
          onKeyDown={onKeyDown}
        />
        {action}
      </div>
      {props.choices !== undefined && (
        <datalist id={`${id}-choices`}>
          {props.choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
      <FieldSays id={`${id}-says`} problems={problems} hint={hint} />
    </div>
  );
}

interface ChoiceFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly title: string; readonly disabled?: boolean }[];
  readonly onTake: (value: Value) => void;
}

export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { label, value, choices, problems, hint, disabled, onTake } = props;
  const id = useId();
  const take = (written: string) => {
    const chosen = choices.find((choice) => choice.value === written);
    if (chosen !== undefined) onTake(chosen.value);
  };
  return (
    <div className="form-field">
      <label htmlFor={id} className="form-label">
        {label}
      </label>
      <select
        id={id}
        className="field form-input"
        disabled={disabled}
        {...markOf(problems)}
        aria-describedby={`${id}-says`}
        value={value}
        onChange={({ target }) => take(target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.title}
          </option>
        ))}
      </select>
      <FieldSays id={`${id}-says`} problems={problems} hint={hint} />
    </div>
  );
}

interface CheckFieldProps extends FieldProps {
  readonly checked: boolean;
  readonly onTake: (checked: boolean) => void;
}

export function CheckField({ label, checked, problems, hint, disabled, onTake }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="form-field">
      <label className="form-check">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          aria-describedby={`${id}-says`}
          onChange={({ target }) => onTake(target.checked)}
        />
        {label}
      </label>
      <FieldSays id={`${id}-says`} problems={problems} hint={hint} />
    </div>
  );
}

/** Only an error makes a value invalid; a warning shows as one. */
function markOf(problems: readonly Diagnostic[] = []) {
  const has = (wanted: Diagnostic['severity']) => problems.some(({ severity }) => severity === wanted);
  return {
    'aria-invalid': has('error'),
    'data-warned': (!has('error') && has('warning')) || undefined,
  };
}

interface FieldSaysProps extends Pick<FieldProps, 'problems' | 'hint'> {
  readonly id: string;
}

function FieldSays({ id, problems = [], hint }: FieldSaysProps) {
  return (
    <div id={id} className="form-says small">
      {problems.length > 0 ? (
        <ProblemLines problems={problems} />
      ) : (
        hint !== undefined && <p className="muted">{hint}</p>
      )}
    </div>
  );
}

/** The words of the diagnostics, where the value is that they are about. */
export function ProblemLines({ problems }: { readonly problems: readonly Diagnostic[] }) {
  return problems.map(({ severity, code, message }) => (
    <p key={`${code} ${message}`} className="form-problem">
      <SeverityIcon severity={severity} />
      <span className="visually-hidden">{severityWord(severity)}: </span>
      <span>{message}</span>
    </p>
  ));
}
