/** The states of a job, without the schemas of its events: the window's first code needs no more than this. */
export const jobStates = [
  'queued',
  'preparing',
  'pulling',
  'building',
  'collecting',
  'verifying',
  'succeeded',
  'failed',
  'cancelled',
  'lost',
] as const;
export type JobState = (typeof jobStates)[number];

export function isFinished(state: JobState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled' || state === 'lost';
}
