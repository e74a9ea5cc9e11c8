import './builds.css';
import { isFinished } from '#shared/job-state.ts';
import { shownJob, useJobs } from '../state/jobs.ts';
import { cancelBuild } from '../workbench/build.ts';
import { BuildTimeline } from './BuildTimeline.tsx';
import { EngineUnavailable } from './EngineUnavailable.tsx';
import { JobArtifacts } from './JobArtifacts.tsx';
import { JobFailure } from './JobFailure.tsx';
import { JobHeading } from './JobHeading.tsx';
import { RefreshButton } from './RefreshButton.tsx';

/** The running or newest build, below the documents. */
export function BuildPane() {
  const job = useJobs(shownJob);
  const unavailable = useJobs((state) => state.engine?.state === 'unavailable');
  if (job === undefined) {
    return unavailable ? (
      <EngineUnavailable />
    ) : (
      <div className="empty">
        <p>
          Nothing was built yet. <kbd>Ctrl+B</kbd> builds the image; its steps and their times appear here.
        </p>
      </div>
    );
  }
  return (
    <div className="build-pane">
      <JobHeading job={job}>
        <RefreshButton job={job} />
        {!isFinished(job.state) && (
          <button type="button" className="button button-small" onClick={() => void cancelBuild(job.id)}>
            Cancel
          </button>
        )}
      </JobHeading>
      {job.failure !== undefined && <JobFailure failure={job.failure} image={job.image} />}
      <JobArtifacts job={job} />
      <BuildTimeline job={job} />
    </div>
  );
}
