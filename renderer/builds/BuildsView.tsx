import './builds.css';
import { Container, Trash2 } from 'lucide-react';
import type { Job } from '#shared/job.ts';
import { isFinished } from '#shared/job-state.ts';
import { VirtualList } from '../components/VirtualList.tsx';
import { LogView } from '../log/LogView.tsx';
import { removeJob, shownJob, useJobs } from '../state/jobs.ts';
import { cancelBuild } from '../workbench/build.ts';
import { BuildButton } from './BuildButton.tsx';
import { BuildTimeline } from './BuildTimeline.tsx';
import { EngineUnavailable } from './EngineUnavailable.tsx';
import { JobArtifacts } from './JobArtifacts.tsx';
import { JobFailure } from './JobFailure.tsx';
import { JobHeading, JobStateIcon } from './JobHeading.tsx';
import { clock, jobDuration, jobStateWords, momentWords } from './job-words.ts';
import { RefreshButton } from './RefreshButton.tsx';
import { useNow } from './use-now.ts';

export function BuildsView() {
  const jobs = useJobs((state) => state.jobs);
  const job = useJobs(shownJob);
  return (
    <section className="view" aria-label="Builds">
      <header className="view-header">
        <h1>Builds</h1>
        <EngineLine />
        <span className="status-space" />
        <BuildButton />
      </header>
      <EngineUnavailable />
      {job === undefined ? (
        <div className="empty">
          <h2>Nothing was built yet</h2>
          <p>
            A build turns a host profile and elements into a boot image. It is started with Build or{' '}
            <kbd>Ctrl+B</kbd>; every build stays here with its times, its log and what it left.
          </p>
        </div>
      ) : (
        <div className="builds">
          <VirtualList
            label="Builds"
            role="listbox"
            className="builds-list"
            rows={jobs}
            rowHeight={44}
            keyOf={({ id }) => id}
            selectedKey={job.id}
            onChoose={({ id }) => useJobs.setState({ selected: id })}
            render={(row) => <JobRow job={row} />}
          />
          <JobDetail job={job} />
        </div>
      )}
    </section>
  );
}

function EngineLine() {
  const engine = useJobs((state) => state.engine);
  if (engine?.state !== 'ready') return null;
  const capabilities = engine.capabilities.map(({ name, why }) => `${name}: ${why}`).join('\n');
  return (
    <span className="muted small engine-line" title={capabilities === '' ? undefined : capabilities}>
      <Container size={14} aria-hidden />
      {engine.label}
      {engine.builderImage === 'missing' && ' · the builder image is made by the first build'}
      {engine.capabilities.length > 0 &&
        ` · may use ${engine.capabilities.map(({ name }) => name).join(', ')}`}
    </span>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const now = useNow(!isFinished(job.state));
  return (
    <span className="job-row">
      <JobStateIcon job={job} />
      <span className="job-row-text">
        <span className="truncate">
          #{job.number} {job.image}
        </span>
        <span className="muted small tabular">
          {jobStateWords[job.state]} · {momentWords(job.createdAt)}
        </span>
      </span>
      <span className="muted small tabular">{clock(jobDuration(job, now))}</span>
    </span>
  );
}

function JobDetail({ job }: { readonly job: Job }) {
  const finished = isFinished(job.state);
  return (
    <section className="job-detail" aria-label={`Build #${job.number}`}>
      <div className="job-facts">
        <JobHeading job={job}>
          <RefreshButton job={job} />
          {finished ? (
            <button
              type="button"
              className="icon-button"
              aria-label="Remove from the list"
              title="Remove from the list; what it left in out/ stays"
              onClick={() => void removeJob(job.id)}
            >
              <Trash2 size={14} aria-hidden />
            </button>
          ) : (
            <button type="button" className="button button-small" onClick={() => void cancelBuild(job.id)}>
              Cancel
            </button>
          )}
        </JobHeading>
        {job.failure !== undefined && <JobFailure failure={job.failure} image={job.image} />}
        <JobArtifacts job={job} />
        <BuildTimeline job={job} />
        <Warnings warnings={job.warnings} />
      </div>
      <div className="job-log">
        <LogView key={job.id} jobId={job.id} />
      </div>
    </section>
  );
}

function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  const counted = new Map<string, number>();
  for (const warning of warnings) counted.set(warning, (counted.get(warning) ?? 0) + 1);
  return (
    <details className="fold">
      <summary>
        {warnings.length} {warnings.length === 1 ? 'warning' : 'warnings'}
      </summary>
      <ul className="warnings">
        {[...counted].map(([warning, times]) => (
          <li key={warning} className="selectable">
            {warning}
            {times > 1 && <span className="muted"> ({times} times)</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
