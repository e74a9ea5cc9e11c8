import { RefreshCw } from 'lucide-react';
import type { Job } from '#shared/job.ts';
import { runningJob, useJobs } from '../state/jobs.ts';
import { useSite } from '../state/site.ts';
import { startBuild } from '../workbench/build.ts';

/** Under an image that was built: the plain Build takes its packages from the cache, for as long as nothing changed. */
export function RefreshButton({ job }: { readonly job: Job }) {
  const isRunning = useJobs((state) => runningJob(state) !== undefined);
  const isThere = useSite((state) => state.overview?.images.some(({ name }) => name === job.image) ?? false);
  if (job.state !== 'succeeded' || !isThere) return null;
  return (
    <button
      type="button"
      className="button button-small"
      title="Fetches the packages anew, with the corrections that the mirror has by now. Takes minutes."
      disabled={isRunning}
      onClick={() => void startBuild(job.image, true)}
    >
      <RefreshCw size={14} aria-hidden />
      Build again from the mirror
    </button>
  );
}
