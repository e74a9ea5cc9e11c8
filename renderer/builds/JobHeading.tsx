import { Ban, CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Job } from '#shared/job.ts';
import { isFinished } from '#shared/job-state.ts';
import { clock, jobDuration, jobStateWords, toneOf } from './job-words.ts';
import { useNow } from './use-now.ts';

const icons = { running: LoaderCircle, fine: CircleCheck, failed: CircleX, muted: Ban } as const;

export function JobStateIcon({ job }: { readonly job: Job }) {
  const tone = toneOf(job.state);
  const Icon = icons[tone];
  return (
    <Icon
      size={16}
      className={`state-icon tone-${tone} ${tone === 'running' ? 'turning' : ''}`}
      aria-hidden
    />
  );
}

export function JobHeading({ job, children }: { readonly job: Job; readonly children?: ReactNode }) {
  const now = useNow(!isFinished(job.state));
  return (
    <div className="job-heading" role="status">
      <JobStateIcon job={job} />
      <h2>
        Build #{job.number} of {job.image}
      </h2>
      <span className={`tone-${toneOf(job.state)}`}>{jobStateWords[job.state]}</span>
      <span className="muted tabular" aria-hidden>
        {clock(jobDuration(job, now))}
      </span>
      <span className="status-space" />
      {children}
    </div>
  );
}
