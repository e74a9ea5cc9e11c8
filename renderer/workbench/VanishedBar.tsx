import { Unplug } from 'lucide-react';
import { useDocuments } from '../state/documents.ts';
import { useSite } from '../state/site.ts';
import { readDiskAgain } from './documents.ts';
import { rescueSite } from './open-site.ts';

/** The folder of the site is gone. Nothing is lost while the window is open, and here is the way out. */
export function VanishedBar() {
  const vanished = useSite((state) => state.vanished);
  const count = useDocuments((state) => Object.keys(state.byPath).length);
  if (vanished === undefined) return null;
  return (
    <div className="vanished-bar" role="alert">
      <Unplug size={16} className="state-icon tone-failed" aria-hidden />
      <p>
        <strong className="selectable">{vanished.message}</strong>
        <span className="muted">
          {count === 1 ? 'Its document is' : `All ${count} documents are`} kept in this window. Connect the
          disk again, or write {count === 1 ? 'it' : 'them'} anew; secrets and images are not kept.
        </span>
      </p>
      <button type="button" className="button button-small" onClick={() => void readDiskAgain()}>
        Look again
      </button>
      <button type="button" className="button button-small" onClick={() => void rescueSite('same-folder')}>
        Write it again here
      </button>
      <button type="button" className="button button-small" onClick={() => void rescueSite('other-folder')}>
        Write it elsewhere…
      </button>
    </div>
  );
}
