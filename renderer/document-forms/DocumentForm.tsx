import './document-forms.css';
import { type KeyboardEvent, lazy, Suspense } from 'react';
import { isMac } from '../bridge.ts';
import { textModels } from '../editor/text-models.ts';
import type { FormKind } from '../state/document-forms.ts';

const forms = {
  partitions: lazy(() =>
    import('../partitions/PartitionsForm.tsx').then((module) => ({ default: module.PartitionsForm })),
  ),
  network: lazy(() =>
    import('../network-form/NetworkForm.tsx').then((module) => ({ default: module.NetworkForm })),
  ),
  elements: lazy(() =>
    import('../elements-form/ElementsForm.tsx').then((module) => ({ default: module.ElementsForm })),
  ),
} as const;

interface DocumentFormProps {
  readonly path: string;
  readonly form: FormKind;
}

/** A form over the editor, which stays below with its caret and its undo. */
export function DocumentForm({ path, form }: DocumentFormProps) {
  const Form = forms[form];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = undoOf(event);
    if (step === undefined || isTyping(event.target)) return;
    event.preventDefault();
    textModels()?.[step](path);
  };
  return (
    <div
      id="document-form"
      role="tabpanel"
      aria-labelledby="document-form-tab-form"
      className="document-form"
      data-testid="document-form"
      onKeyDown={onKeyDown}
    >
      <Suspense>
        <Form key={path} path={path} />
      </Suspense>
    </div>
  );
}

function undoOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (altKey || !(isMac() ? metaKey : ctrlKey)) return undefined;
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo';
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : undefined;
}

/** What is typed in a field and not taken yet has the undo of the field itself. */
function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.dataset.changed !== undefined;
}
