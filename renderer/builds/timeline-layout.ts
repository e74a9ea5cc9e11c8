import type { Job, JobStep } from '#shared/job.ts';
import { stepDuration } from './job-words.ts';

export interface TimelineBar {
  readonly step: JobStep;
  /** Shares of the whole, 0 to 1. */
  readonly start: number;
  readonly length: number;
  readonly milliseconds: number;
}

export interface Timeline {
  readonly bars: readonly TimelineBar[];
  readonly from: number;
  /** Whole time shown, milliseconds; never 0. */
  readonly span: number;
  readonly ticks: readonly { readonly at: number; readonly milliseconds: number }[];
}

const niceTicks = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);

/** Lays the steps of a job along the time: one bar each, with at most eight round ticks. */
export function layoutTimeline(job: Job, now: number): Timeline {
  const from = Math.min(job.startedAt ?? job.createdAt, ...job.steps.map(({ startedAt }) => startedAt));
  const end = job.finishedAt ?? Math.max(now, from + 1);
  const span = Math.max(1, end - from);
  const bars = job.steps.map((step): TimelineBar => {
    const milliseconds = stepDuration(step, end);
    const start = Math.min(1, Math.max(0, (step.startedAt - from) / span));
    return { step, start, length: Math.min(1 - start, milliseconds / span), milliseconds };
  });
  const distance = niceTicks.find((tick) => span / tick <= 8) ?? Math.ceil(span / 8);
  const ticks = Array.from({ length: Math.floor(span / distance) }, (_, index) => ({
    at: ((index + 1) * distance) / span,
    milliseconds: (index + 1) * distance,
  })).filter(({ at }) => at < 0.97);
  return { bars, from, span, ticks };
}
