import './elements-form.css';
import { useMemo } from 'react';
import { diagnosticsByPlace, type NamedPlace } from '#shared/diagnostics/diagnostics-by-place.ts';
import {
  elementNamed,
  elementsPath,
  environmentPath,
  type ImageElements,
  otherVariables,
  readElements,
} from '#shared/elements-form/read-elements.ts';
import { debianBases } from '#shared/site/known-elements.ts';
import { elementsOfEveryImage } from '#shared/site/plan-image.ts';
import { contentOf } from '#shared/site/site-content.ts';
import { childOf, nodeAt } from '#shared/source/source-node.ts';
import { BrokenText } from '../document-forms/BrokenText.tsx';
import { ChoiceField, ProblemLines, TextField } from '../document-forms/fields.tsx';
import { type FormDocument, useFormDocument } from '../document-forms/use-form-document.ts';
import { changeDocument } from '../forms/change-document.ts';
import { useSite } from '../state/site.ts';
import { AddElement } from './AddElement.tsx';
import { ElementCard, ElementFactsList } from './ElementCard.tsx';
import { ElementList } from './ElementList.tsx';
import { basePath, setVariable } from './element-changes.ts';
import { NewVariable } from './NewVariable.tsx';

/** What an image is made of, as cards: its base, the elements that the document names, and those of every image. */
export function ElementsForm({ path }: { readonly path: string }) {
  const document = useFormDocument(path);
  const otherPaths = useSite((state) => state.otherPaths);
  const ofSite = useMemo(() => contentOf(otherPaths).elements, [otherPaths]);
  if (document === undefined) return null;
  if (document.root === undefined) return <BrokenText path={path} />;
  return (
    <Elements path={path} document={document} image={readElements(document.root, ofSite)} ofSite={ofSite} />
  );
}

interface ElementsProps {
  readonly path: string;
  readonly document: FormDocument;
  readonly image: ImageElements;
  readonly ofSite: readonly string[];
}

function Elements({ path, document, image, ofSite }: ElementsProps) {
  const { isReadOnly } = document;
  const problems = problemsOf(document, image);
  const parts = { path, image, problems, isReadOnly };
  const { name: base } = image.base;
  const bases = [...new Set([...debianBases, ...ofSite, base])];
  const others = otherVariables(image);
  return (
    <div className="elements-form">
      <section aria-label="Base">
        <h2>Base</h2>
        <ElementCard title={base}>
          <ChoiceField
            label="Base element"
            value={base}
            choices={bases.map((name) => ({ value: name, title: name }))}
            problems={problems.get('base')}
            disabled={isReadOnly}
            onTake={(name) =>
              changeDocument(path, [
                { type: 'set', path: basePath, value: name, order: ['base', 'profile', 'elements'] },
              ])
            }
          />
          <ElementFactsList {...elementNamed(base, ofSite)} />
        </ElementCard>
      </section>
      <section aria-label="Elements of this image">
        <h2>Elements of this image</h2>
        <ProblemLines problems={problems.get('elements') ?? []} />
        {image.elements === undefined ? (
          <p className="muted">Something else than a list of names stands here. Mend it in the text.</p>
        ) : (
          <>
            <ElementList {...parts} elements={image.elements} />
            {!isReadOnly && <AddElement path={path} image={image} ofSite={ofSite} />}
          </>
        )}
      </section>
      <section aria-label="Other variables">
        <h2>Other variables</h2>
        <p className="muted small">
          What elements read from the environment and no card above has a field for.
        </p>
        <div className="element-options">
          {others.map(({ name, value }) => (
            <TextField
              key={name}
              label={name}
              value={value}
              hint="Empty to remove it."
              problems={problems.get(`variable ${name}`)}
              disabled={isReadOnly}
              onTake={(text) => setVariable(path, image, name, text)}
            />
          ))}
        </div>
        {!isReadOnly && <NewVariable path={path} image={image} />}
      </section>
      <section aria-label="In every image">
        <h2>In every image</h2>
        <ul className="elements-fixed">
          {elementsOfEveryImage.map((name) => (
            <li key={name}>
              <ElementCard title={name}>
                <ElementFactsList {...elementNamed(name, ofSite)} />
              </ElementCard>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Findings by what shows them: `base`, `element 0`, `variable NAME`, and `elements` for those of the whole list. */
function problemsOf({ source, root, problems }: FormDocument, image: ImageElements) {
  const places: NamedPlace<string>[] = [];
  const add = (name: string, span: NamedPlace<string>['span'] | undefined) => {
    if (span !== undefined) places.push({ name, span });
  };
  add('base', image.base.span);
  for (const [index, { span }] of (image.elements ?? []).entries()) add(`element ${index}`, span);
  for (const { name, span } of image.environment) add(`variable ${name}`, span);
  for (const [name, path] of [
    ['elements', elementsPath],
    ['environment', environmentPath],
  ] as const)
    if (root !== undefined && childOf(nodeAt(root, path.slice(0, -1)), path[1]) !== undefined)
      add(name, nodeAt(root, path).span);
  return diagnosticsByPlace(
    source,
    problems.filter(({ severity }) => severity !== 'info'),
    places,
  );
}
