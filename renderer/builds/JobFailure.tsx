import { Hammer } from 'lucide-react';
import type { Failure } from '#shared/errors.ts';
import { FailureDetail } from '../components/FailureDetail.tsx';
import { startBuild } from '../workbench/build.ts';

/** What happened, where, and the next step as a button; the detail folds open. */
export function JobFailure({ failure, image }: { readonly failure: Failure; readonly image: string }) {
  return (
    <div className="failure-block" data-tone={failure.code === 'cancelled' ? 'muted' : undefined}>
      <p className="failure-title selectable">{failure.message}</p>
      {failure.where !== undefined && <p className="code selectable">{failure.where}</p>}
      <p className="selectable">{failure.next}</p>
      <div className="failure-actions">
        <button type="button" className="button button-small" onClick={() => void startBuild(image)}>
          <Hammer size={14} aria-hidden />
          Build again
        </button>
      </div>
      <FailureDetail detail={failure.detail} />
    </div>
  );
}
