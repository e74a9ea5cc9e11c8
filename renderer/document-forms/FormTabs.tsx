import './document-forms.css';
import { PanelTabs } from '../components/PanelTabs.tsx';
import { type FormKind, showForm, useDocumentForms } from '../state/document-forms.ts';

const titles: Readonly<Record<FormKind, string>> = {
  partitions: 'Partitions',
  network: 'Drawing',
  elements: 'Elements',
};

interface FormTabsProps {
  readonly path: string;
  readonly form: FormKind;
}

/** The same document as text and as a form. */
export function FormTabs({ path, form }: FormTabsProps) {
  const isShown = useDocumentForms(({ shown }) => shown.has(path));
  return (
    <div className="form-tabs">
      <PanelTabs
        label="Show the document as"
        controls={isShown ? 'document-form' : 'editor-surface'}
        tabs={[
          { id: 'text', title: 'Text' },
          { id: 'form', title: titles[form] },
        ]}
        selected={isShown ? 'form' : 'text'}
        onSelect={(id) => showForm(path, id === 'form')}
      />
    </div>
  );
}
