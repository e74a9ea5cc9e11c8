import type { Difference } from '#shared/compare/difference.ts';
import type { Place } from '#shared/render/origin.ts';
import { goToPlace, placeWords } from './go-to-place.ts';

/** More than this nobody reads; the texts below show all of it. */
const mostRows = 300;

interface DifferenceListProps {
  readonly differences: readonly Difference[];
  /** What the columns are called. */
  readonly here: string;
  readonly there: string;
}

export function DifferenceList({ differences, here, there }: DifferenceListProps) {
  const rows = differences.slice(0, mostRows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section className="difference-list" aria-label="What differs" tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">{here}</th>
            <th scope="col">{there}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((difference, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state of their own
            <tr key={index}>
              <th scope="row">{difference.what}</th>
              <td>
                <Value text={difference.here} place={difference.hereAt} />
              </td>
              <td>
                <Value text={difference.there} place={difference.thereAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {differences.length > rows.length && (
        <p className="muted small">and {differences.length - rows.length} more</p>
      )}
    </section>
  );
}

function Value({ text, place }: { readonly text: string | undefined; readonly place: Place | undefined }) {
  if (text === undefined) {
    return (
      <span className="muted">
        –<span className="visually-hidden"> not there</span>
      </span>
    );
  }
  if (place === undefined) return <span className="code selectable">{text}</span>;
  return (
    <button
      type="button"
      className="value-button code"
      title={`Go to ${placeWords(place)}`}
      onClick={() => goToPlace(place)}
    >
      {text}
    </button>
  );
}
