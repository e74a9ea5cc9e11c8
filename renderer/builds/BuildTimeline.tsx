import './timeline.css';
import { Ban, CircleCheck, CircleX, Database, LoaderCircle } from 'lucide-react';
import type { Job, JobState, JobStep } from '#shared/job.ts';
import { isFinished } from '#shared/job-state.ts';
import { clock, duration, progressShare, progressText } from './job-words.ts';
import { layoutTimeline, type TimelineBar } from './timeline-layout.ts';
import { useNow } from './use-now.ts';

const looks = {
  started: { word: 'running', icon: LoaderCircle, tone: 'running' },
  finished: { word: 'done', icon: CircleCheck, tone: 'fine' },
  failed: { word: 'failed', icon: CircleX, tone: 'failed' },
  cached: { word: 'from the cache', icon: Database, tone: 'muted' },
  /** What ended because somebody wanted it is no failure. */
  cancelled: { word: 'cancelled', icon: Ban, tone: 'muted' },
} as const;

function lookOf(step: JobStep, job: JobState): keyof typeof looks {
  return step.state === 'failed' && job === 'cancelled' ? 'cancelled' : step.state;
}

/** Where the time went: one row a step, its bar at the time it ran. For the screen reader it is a table. */
export function BuildTimeline({ job }: { readonly job: Job }) {
  const now = useNow(!isFinished(job.state));
  const { bars, ticks } = layoutTimeline(job, now);
  if (bars.length === 0) return <p className="muted timeline-empty">No step has started yet.</p>;
  return (
    <table className="timeline">
      <caption className="visually-hidden">Steps of build #{job.number}</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" className="timeline-axis">
            <span className="visually-hidden">When</span>
            {ticks.map(({ at, milliseconds }) => (
              <span
                key={milliseconds}
                className="timeline-tick tabular"
                style={{ left: `${at * 100}%` }}
                aria-hidden
              >
                {clock(milliseconds)}
              </span>
            ))}
          </th>
          <th scope="col" className="timeline-time">
            Time
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <TimelineRow key={bar.step.id} bar={bar} ticks={ticks} look={lookOf(bar.step, job.state)} />
        ))}
      </tbody>
    </table>
  );
}

function TimelineRow({
  bar,
  ticks,
  look,
}: {
  readonly bar: TimelineBar;
  readonly look: keyof typeof looks;
  readonly ticks: readonly { readonly at: number; readonly milliseconds: number }[];
}) {
  const { step, start, length, milliseconds } = bar;
  const share = step.state === 'started' ? progressShare(step) : undefined;
  return (
    <tr>
      <th scope="row">
        <StepName step={step} look={look} />
      </th>
      <td className="timeline-track">
        {ticks.map(({ at, milliseconds: tick }) => (
          <span key={tick} className="timeline-rule" style={{ left: `${at * 100}%` }} />
        ))}
        <span
          className="timeline-bar"
          data-state={look}
          style={{ left: `${start * 100}%`, width: `max(3px, ${length * 100}%)` }}
        >
          {share !== undefined && <span className="timeline-share" style={{ width: `${share * 100}%` }} />}
        </span>
      </td>
      <td className="timeline-time tabular">{step.state === 'cached' ? 'cached' : duration(milliseconds)}</td>
    </tr>
  );
}

function StepName({ step, look }: { readonly step: JobStep; readonly look: keyof typeof looks }) {
  const { icon: Icon, tone, word } = looks[look];
  const progress = step.state === 'started' ? progressText(step) : undefined;
  return (
    <span className="timeline-step">
      <Icon
        size={14}
        className={`state-icon tone-${tone} ${look === 'started' ? 'turning' : ''}`}
        aria-hidden
      />
      <span className="truncate" title={step.title}>
        {step.title}
      </span>
      <span className="visually-hidden">{word}</span>
      {progress !== undefined && <span className="muted small tabular timeline-progress">{progress}</span>}
    </span>
  );
}
