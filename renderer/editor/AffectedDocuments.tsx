interface AffectedDocumentsProps {
  readonly documents: readonly { readonly path: string; readonly count: number }[];
}

/** Documents that are about to change, with the number of places in each. All of them: the list scrolls. */
export function AffectedDocuments({ documents }: AffectedDocumentsProps) {
  if (documents.length === 0) return null;
  return (
    // A list that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
    <ul className="question-list affected-documents code" aria-label="Documents that change" tabIndex={0}>
      {documents.map(({ path, count }) => (
        <li key={path}>
          <span className="truncate">{path}</span>
          <span className="muted tabular">{count}</span>
        </li>
      ))}
    </ul>
  );
}
