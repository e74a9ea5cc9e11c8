import { showForm } from '../state/document-forms.ts';

/** In the place of a form whose text does not parse. */
export function BrokenText({ path }: { readonly path: string }) {
  return (
    <div className="empty">
      <h2>The text cannot be read to its end</h2>
      <p>Mend the errors in the text first; the form then shows what it says.</p>
      <button type="button" className="button" onClick={() => showForm(path, false)}>
        Show the text
      </button>
    </div>
  );
}
