import { useId, useState } from 'react';
import { elementNamed, elementsToAdd, type ImageElements } from '#shared/elements-form/read-elements.ts';
import { ElementFactsList } from './ElementCard.tsx';
import { addElement } from './element-changes.ts';

interface AddElementProps {
  readonly path: string;
  readonly image: ImageElements;
  readonly ofSite: readonly string[];
}

/** Chooses one more element, and says what it does before it is added. */
export function AddElement({ path, image, ofSite }: AddElementProps) {
  const [wanted, setWanted] = useState('');
  const id = useId();
  const offered = elementsToAdd(image, ofSite);
  const own = offered.filter((name) => ofSite.includes(name));
  const ofBuilder = offered.filter((name) => !ofSite.includes(name));
  const chosen = offered.includes(wanted) ? wanted : '';
  const add = () => {
    if (addElement(path, image, chosen)) setWanted('');
  };
  return (
    <div className="element-add">
      <div className="element-add-row">
        <label htmlFor={id} className="muted">
          Add an element
        </label>
        <select id={id} className="field" value={chosen} onChange={({ target }) => setWanted(target.value)}>
          <option value="">Choose…</option>
          {own.length > 0 && <Group label="Of this site" names={own} />}
          <Group label="Of the builder" names={ofBuilder} />
        </select>
        <button type="button" className="button" disabled={chosen === ''} onClick={add}>
          Add
        </button>
      </div>
      <div aria-live="polite">{chosen !== '' && <ElementFactsList {...elementNamed(chosen, ofSite)} />}</div>
    </div>
  );
}

function Group({ label, names }: { readonly label: string; readonly names: readonly string[] }) {
  return (
    <optgroup label={label}>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}
