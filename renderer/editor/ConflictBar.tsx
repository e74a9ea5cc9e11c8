import { FileWarning } from 'lucide-react';
import { useDocuments } from '../state/documents.ts';
import { keepMine, takeTheirs } from '../workbench/documents.ts';

/** Says calmly that the disk holds another text, and leaves the decision to the only one who can take it. */
export function ConflictBar({ path }: { readonly path: string }) {
  const conflict = useDocuments((state) => state.byPath[path]?.conflict);
  const comparing = useDocuments((state) => state.comparing === path);
  if (conflict === undefined) return null;
  const removed = conflict.text === null;
  return (
    <div className="conflict-bar" role="status">
      <FileWarning size={16} className="state-icon tone-attention" aria-hidden />
      <p>
        {removed ? 'Removed on disk. Your text is kept here.' : 'Changed on disk while you were editing.'}
      </p>
      {!removed && (
        <button
          type="button"
          className="button button-small"
          aria-pressed={comparing}
          onClick={() => useDocuments.setState({ comparing: comparing ? undefined : path })}
        >
          {comparing ? 'Back to the text' : 'Compare'}
        </button>
      )}
      <button type="button" className="button button-small" onClick={() => keepMine(path)}>
        Keep mine
      </button>
      <button type="button" className="button button-small" onClick={() => takeTheirs(path)}>
        {removed ? 'Close it' : 'Take theirs'}
      </button>
    </div>
  );
}
