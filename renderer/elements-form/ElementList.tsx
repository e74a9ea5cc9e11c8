import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { ImageElement, ImageElements } from '#shared/elements-form/read-elements.ts';
import { ProblemLines, TextField } from '../document-forms/fields.tsx';
import { ElementCard, ElementFactsList } from './ElementCard.tsx';
import { moveElement, removeElement, setVariable } from './element-changes.ts';

interface ElementListProps {
  readonly path: string;
  readonly image: ImageElements;
  readonly elements: readonly ImageElement[];
  readonly problems: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly isReadOnly: boolean;
}

/** The elements that the document names, each a card that can be moved and removed. */
export function ElementList({ path, image, elements, problems, isReadOnly }: ElementListProps) {
  const list = useRef<HTMLOListElement>(null);
  /** The button that gets the focus once its card stands elsewhere. */
  const wanted = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the list
  useEffect(() => {
    if (wanted.current === undefined) return;
    list.current?.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = undefined;
  }, [elements]);
  const move = (index: number, step: 1 | -1) => {
    const to = index + step;
    // At the end of the list the button is off: the other one takes over.
    const isEnd = step > 0 ? to === elements.length - 1 : to === 0;
    wanted.current = `[data-index="${to}"] [data-step="${isEnd ? -step : step}"]`;
    moveElement(path, index, to);
  };
  const remove = (index: number) => {
    wanted.current = `[data-index="${Math.min(index, elements.length - 2)}"] [data-remove]`;
    removeElement(path, image, index);
  };
  const options = new Map(image.environment.map(({ name, value }) => [name, value]));
  if (elements.length === 0)
    return <p className="muted">None yet. An image is complete without; elements add to it.</p>;
  return (
    <ol ref={list} className="elements">
      {elements.map(({ name, origin, facts }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand there twice
        <li key={`${name} ${index}`} data-index={index}>
          <ElementCard
            title={name}
            actions={
              !isReadOnly && (
                <>
                  <button
                    type="button"
                    className="icon-button"
                    data-step={-1}
                    aria-label={`Move ${name} up`}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  >
                    <ArrowUp size={16} aria-hidden />
                  </button>
                  <button
                    type="button"
                    className="icon-button"
                    data-step={1}
                    aria-label={`Move ${name} down`}
                    disabled={index === elements.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    <ArrowDown size={16} aria-hidden />
                  </button>
                  <button
                    type="button"
                    className="icon-button"
                    data-remove
                    aria-label={`Remove ${name}`}
                    onClick={() => remove(index)}
                  >
                    <X size={16} aria-hidden />
                  </button>
                </>
              )
            }
          >
            <ElementFactsList origin={origin} facts={facts} />
            <div className="small">
              <ProblemLines problems={problems.get(`element ${index}`) ?? []} />
            </div>
            {facts !== undefined && facts.options.length > 0 && (
              <div className="element-options">
                {facts.options.map((option) => (
                  <TextField
                    key={option.name}
                    label={option.title}
                    value={options.get(option.name)}
                    placeholder={option.name}
                    hint={option.hint}
                    problems={problems.get(`variable ${option.name}`)}
                    disabled={isReadOnly}
                    onTake={(text) => setVariable(path, image, option.name, text)}
                  />
                ))}
              </div>
            )}
          </ElementCard>
        </li>
      ))}
    </ol>
  );
}
