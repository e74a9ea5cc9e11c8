import { useId, useState } from 'react';
import type { ImageElements } from '#shared/elements-form/read-elements.ts';
import { onEnter } from '../components/on-enter.ts';
import { setVariable } from './element-changes.ts';

interface NewVariableProps {
  readonly path: string;
  readonly image: ImageElements;
}

/** The environment's own syntax: `imageSchema` refuses other names. */
const pattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function NewVariable({ path, image }: NewVariableProps) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const id = useId();
  const problem =
    name === '' || pattern.test(name)
      ? image.environment.some((each) => each.name === name)
        ? 'There is a variable of this name.'
        : undefined
      : 'A variable has letters, digits and underscores.';
  const mayAdd = name !== '' && value.trim() !== '' && problem === undefined;
  const add = () => {
    if (!mayAdd || !setVariable(path, image, name, value.trim())) return;
    setName('');
    setValue('');
  };
  const onKeyDown = onEnter(add);
  return (
    <div className="element-add">
      <div className="element-add-row">
        <input
          className="field code"
          aria-label="Name of the new variable"
          aria-invalid={problem !== undefined}
          aria-describedby={id}
          placeholder="DIB_…"
          spellCheck={false}
          value={name}
          onChange={({ target }) => setName(target.value.trim())}
          onKeyDown={onKeyDown}
        />
        <input
          className="field code"
          aria-label="Value of the new variable"
          placeholder="Value"
          spellCheck={false}
          value={value}
          onChange={({ target }) => setValue(target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="button" disabled={!mayAdd} onClick={add}>
          Add
        </button>
      </div>
      <p id={id} className="small tone-failed" role="alert">
        {problem}
      </p>
    </div>
  );
}
