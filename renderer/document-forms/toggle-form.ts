import { formOf, showForm, useDocumentForms } from '../state/document-forms.ts';
import { useDocuments } from '../state/documents.ts';
import { goTo } from '../state/layout.ts';
import { useSite } from '../state/site.ts';

/** Changes between the text and the form of the document that is shown. The keyboard is at the tabs then, above either. */
export function toggleForm(): void {
  const { active } = useDocuments.getState();
  if (active === undefined || formOf(active, useSite.getState().overview?.hosts) === undefined) return;
  goTo('site');
  showForm(active, !useDocumentForms.getState().shown.has(active));
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.form-tabs [role="tab"][aria-selected="true"]')?.focus(),
  );
}
