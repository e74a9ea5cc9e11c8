import type { Job, JobState, JobStep } from '#shared/job.ts';
import { isFinished } from '#shared/job-state.ts';

export const jobStateWords: Readonly<Record<JobState, string>> = {
  queued: 'queued',
  preparing: 'preparing',
  pulling: 'fetching the builder',
  building: 'building',
  collecting: 'collecting',
  verifying: 'verifying',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  lost: 'lost',
};

export type Tone = 'running' | 'fine' | 'failed' | 'muted';

export function toneOf(state: JobState): Tone {
  if (!isFinished(state)) return 'running';
  if (state === 'succeeded') return 'fine';
  return state === 'cancelled' ? 'muted' : 'failed';
}

/** "0:41", "12:05", "1:02:09". */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** "1.2 s" below ten seconds, the clock above. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return clock(milliseconds);
}

/** In binary units, as image and stick sizes are compared: "231 MiB". */
export function byteSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function stepDuration(step: JobStep, now: number): number {
  return Math.max(0, (step.finishedAt ?? now) - step.startedAt);
}

export function jobDuration(job: Job, now: number): number {
  return job.startedAt === undefined ? 0 : Math.max(0, (job.finishedAt ?? now) - job.startedAt);
}

export function progressText(step: JobStep): string | undefined {
  const { progress } = step;
  if (progress === undefined) return undefined;
  const { done, total, unit } = progress;
  if (unit === 'bytes' || unit === 'B') return `${byteSize(done)} of ${byteSize(total)}`;
  return `${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${unit}`.trimEnd();
}

/** 0 to 1, or undefined while the total is not known. */
export function progressShare(step: JobStep): number | undefined {
  const { progress } = step;
  if (progress === undefined || progress.total <= 0) return undefined;
  return Math.min(1, progress.done / progress.total);
}

/** A day and a time of it, as they are here: `21 Nov 11:02`. */
export function momentWords(at: number): string {
  const moment = new Date(at);
  const day = moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return `${day} ${moment.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}
