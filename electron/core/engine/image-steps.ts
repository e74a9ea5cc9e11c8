import type { JobEvent } from '#shared/job.ts';

/** What making an image tells on its way: the steps of the job, and lines for its log. */
export interface ImageReport {
  readonly onEvent: (event: JobEvent) => void;
  readonly onLog: (line: string) => void | Promise<void>;
  readonly signal: AbortSignal;
}

/** Reports a step around `work`: started, then finished or failed. */
export async function inStep<Result>(
  onEvent: (event: JobEvent) => void,
  id: string,
  title: string,
  work: () => Promise<Result>,
): Promise<Result> {
  onEvent({ type: 'step', at: Date.now(), id, title, state: 'started' });
  try {
    const result = await work();
    onEvent({ type: 'step', at: Date.now(), id, title, state: 'finished' });
    return result;
  } catch (thrown) {
    onEvent({ type: 'step', at: Date.now(), id, title, state: 'failed' });
    throw thrown;
  }
}
