import { Hammer, LoaderCircle } from 'lucide-react';
import { runningJob, useJobs } from '../state/jobs.ts';
import { useSite } from '../state/site.ts';
import { showJob, startBuild } from '../workbench/build.ts';
import { clock, jobDuration } from './job-words.ts';
import { useNow } from './use-now.ts';

/** The one primary action. While a build runs, it says so and shows it; cancelling is beside its steps. */
export function BuildButton({ image }: { readonly image?: string }) {
  const job = useJobs(runningJob);
  const now = useNow(job !== undefined);
  const images = useSite((state) => state.overview?.images.length ?? 0);
  if (job !== undefined) {
    return (
      <button type="button" className="button tabular" onClick={() => showJob(job.id)}>
        <LoaderCircle size={14} className="tone-running turning" aria-hidden />
        Building {clock(jobDuration(job, now))}
      </button>
    );
  }
  return (
    <button
      type="button"
      className="button button-primary"
      title="Build (Ctrl+B). Unsaved documents are saved first."
      disabled={images === 0}
      onClick={() => void startBuild(image)}
    >
      <Hammer size={14} aria-hidden />
      Build
    </button>
  );
}
