import { Copy } from 'lucide-react';
import { copyText } from '../bridge.ts';

/** The folded part of a failure: for a report, not for reading first. */
export function FailureDetail({ detail }: { readonly detail: string | undefined }) {
  if (detail === undefined || detail === '') return null;
  return (
    <details className="fold">
      <summary>Detail</summary>
      <pre className="selectable">{detail}</pre>
      <button
        type="button"
        className="button button-small button-plain"
        onClick={() => void copyText(detail)}
      >
        <Copy size={14} aria-hidden />
        Copy detail
      </button>
    </details>
  );
}
