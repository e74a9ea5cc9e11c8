import type { Difference } from '#shared/compare/difference.ts';
import type { Place } from '#shared/source/source-place.ts';
import { goToPlace, placeWords } from './go-to-place.ts';

/** More than this nobody reads; the texts below show all of it. */
const mostRows = 300;

type Side = 'here' | 'there';

interface DifferenceListProps {
  readonly differences: readonly Difference[];
  /** Left and right, as in the texts below: what each side is called. */
  readonly columns: readonly [readonly [Side, name: string], readonly [Side, name: string]];
}

export function DifferenceList({ differences, columns }: DifferenceListProps) {
  const rows = differences.slice(0, mostRows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section className="difference-list" aria-label="What differs" tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">What</th>
            {columns.map(([side, name]) => (
              <th key={side} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((difference, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state of their own
            <tr key={index}>
              <th scope="row">{difference.what}</th>
              {columns.map(([side]) => (
                <td key={side}>
                  <Value text={difference[side]} place={difference[`${side}At`]} />
                </td>
              ))}
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
