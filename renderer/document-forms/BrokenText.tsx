import { showForm } from '../state/document-forms.ts';

/** In the place of a form whose text does not parse. */
export function BrokenText({ path }: { readonly path: string }) {
  return (
    <InText
      path={path}
      title="The text cannot be read to its end"
      next="Mend the errors in the text first; the form then shows what it says."
    />
  );
}

interface InTextProps {
  readonly path: string;
  readonly title: string;
  readonly next: string;
}

/** In the place of a form that cannot show what is written: the way to the text. */
export function InText({ path, title, next }: InTextProps) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{next}</p>
      <button type="button" className="button" onClick={() => showForm(path, false)}>
        Show the text
      </button>
    </div>
  );
}
