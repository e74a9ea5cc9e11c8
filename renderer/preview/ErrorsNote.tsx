import { SeverityIcon } from '../components/Icons.tsx';
import { showBottom } from '../state/layout.ts';
import { usePreview } from '../state/preview.ts';
import { useSite } from '../state/site.ts';

/**
 * A value that cannot be read is in no preview: without a word, what is shown would look like what is meant. That holds
 * for the texts, for the drawing, and for both hosts of a comparison.
 */
export function ErrorsNote() {
  const preview = usePreview((state) => state.preview);
  const other = usePreview(({ compared }) => (compared.with === 'host' ? compared.name : undefined));
  const hosts = useSite(({ overview }) => overview?.hosts);
  // Without a preview the pane says itself why there is none.
  if (preview === null || preview === undefined) return null;
  const errorsOf = (host: string | undefined) =>
    hosts?.find(({ name }) => name === host)?.problems.errors ?? 0;
  const here = errorsOf(preview.host);
  const there = other === preview.host ? 0 : errorsOf(other);
  if (here + there === 0) return null;
  const receives = [...wordsOf('this host', here), ...wordsOf(other ?? '', there)].join(', what ');
  return (
    <p className="preview-note" role="note">
      <SeverityIcon severity="error" />
      <span>
        What {receives}, and what is wrong may be missing here.{' '}
        <button type="button" className="link-button" onClick={() => showBottom('problems')}>
          Show the problems
        </button>
      </span>
    </p>
  );
}

function wordsOf(host: string, errors: number): readonly string[] {
  if (errors === 0) return [];
  return [`${host} receives has ${errors === 1 ? 'an error' : `${errors} errors`}`];
}
