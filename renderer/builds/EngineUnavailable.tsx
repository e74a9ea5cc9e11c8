import { RefreshCw } from 'lucide-react';
import { FailureDetail } from '../components/FailureDetail.tsx';
import { askEngine, useJobs } from '../state/jobs.ts';

/** Documents and preview work without an engine; only building waits for it. */
export function EngineUnavailable() {
  const engine = useJobs((state) => state.engine);
  const asking = useJobs((state) => state.askingEngine);
  if (engine?.state !== 'unavailable') return null;
  const { failure } = engine;
  return (
    <div className="failure-block" data-tone="attention" role="status">
      <p className="failure-title selectable">{failure.message}</p>
      {failure.where !== undefined && <p className="code selectable">{failure.where}</p>}
      <p className="selectable">{failure.next} Documents and the preview work without it.</p>
      <div className="failure-actions">
        <button
          type="button"
          className="button button-small"
          disabled={asking}
          onClick={() => void askEngine()}
        >
          <RefreshCw size={14} aria-hidden />
          {asking ? 'Looking…' : 'Look again'}
        </button>
      </div>
      <FailureDetail detail={failure.detail} />
    </div>
  );
}
