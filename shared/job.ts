import { z } from 'zod';
import { errorCodes, type Failure } from './errors.ts';
import { isFinished, type JobState, jobStates } from './job-state.ts';

export { isFinished, type JobState, jobStates };

/** A step or a message of a builder: one JSON object on one line of its standard output. */
export const builderEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('step'),
    id: z.string().max(100),
    title: z.string().max(200),
    state: z.enum(['started', 'finished', 'failed']),
    at: z.number().nonnegative(),
  }),
  z.object({
    event: z.literal('progress'),
    id: z.string().max(100),
    done: z.number().nonnegative(),
    total: z.number().nonnegative(),
    unit: z.string().max(20),
  }),
  z.object({ event: z.literal('warning'), message: z.string().max(2000) }),
  z.object({
    event: z.literal('artifact'),
    path: z.string().max(4096),
    size: z.number().int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    format: z.string().max(20),
  }),
  z.object({
    event: z.literal('error'),
    code: z.string().max(100),
    message: z.string().max(4000),
    hint: z.string().max(2000).optional(),
  }),
]);
export type BuilderEvent = z.infer<typeof builderEventSchema>;

export const failureSchema = z.object({
  code: z.enum(errorCodes),
  where: z.string().optional(),
  message: z.string(),
  next: z.string(),
  detail: z.string().optional(),
});

export const artifactSchema = z.object({
  id: z.string(),
  name: z.string(),
  format: z.string(),
  size: z.number(),
  sha256: z.string(),
  /** False once the file was removed or changed behind our back. */
  present: z.boolean(),
  /** When its packages were fetched from the mirror, in milliseconds since 1970. */
  packagesFetched: z.number().optional(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** Everything that happens to a job, in order; `at` is milliseconds since 1970. The log is kept beside it. */
export const jobEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), at: z.number(), state: z.enum(jobStates) }),
  z.object({
    type: z.literal('step'),
    at: z.number(),
    id: z.string(),
    title: z.string(),
    state: z.enum(['started', 'finished', 'failed', 'cached']),
  }),
  z.object({
    type: z.literal('progress'),
    at: z.number(),
    id: z.string(),
    done: z.number(),
    total: z.number(),
    unit: z.string(),
  }),
  z.object({ type: z.literal('warning'), at: z.number(), message: z.string() }),
  z.object({ type: z.literal('artifact'), at: z.number(), artifact: artifactSchema }),
  z.object({ type: z.literal('failure'), at: z.number(), failure: failureSchema }),
]);
export type JobEvent = z.infer<typeof jobEventSchema>;

export interface JobStep {
  readonly id: string;
  readonly title: string;
  readonly state: 'started' | 'finished' | 'failed' | 'cached';
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly progress?: { readonly done: number; readonly total: number; readonly unit: string };
}

export interface JobRecord {
  readonly id: string;
  /** Counts from 1 in each site: "Build #14". */
  readonly number: number;
  readonly site: string;
  readonly image: string;
  readonly createdAt: number;
}

export interface Job extends JobRecord {
  readonly state: JobState;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly steps: readonly JobStep[];
  readonly warnings: readonly string[];
  readonly artifacts: readonly Artifact[];
  readonly failure?: Failure;
}

export function newJob(record: JobRecord): Job {
  return { ...record, state: 'queued', steps: [], warnings: [], artifacts: [] };
}

/** The one reducer: main, the window and the command line all see a job through it. */
export function reduceJob(job: Job, event: JobEvent): Job {
  switch (event.type) {
    case 'state':
      return reduceState(job, event.state, event.at);
    case 'step':
      return { ...job, steps: reduceStep(job.steps, event) };
    case 'progress':
      return {
        ...job,
        steps: job.steps.map((step) =>
          step.id === event.id
            ? { ...step, progress: { done: event.done, total: event.total, unit: event.unit } }
            : step,
        ),
      };
    case 'warning':
      return { ...job, warnings: [...job.warnings, event.message] };
    case 'artifact':
      return { ...job, artifacts: [...job.artifacts, event.artifact] };
    case 'failure':
      return { ...job, failure: event.failure };
  }
}

/** A finished job stays finished: an event that arrives late changes nothing. */
function reduceState(job: Job, state: JobState, at: number): Job {
  if (isFinished(job.state)) return job;
  const started = job.startedAt ?? (state === 'queued' ? undefined : at);
  const next: Job = { ...job, state, ...(started === undefined ? {} : { startedAt: started }) };
  if (!isFinished(state)) return next;
  const steps = job.steps.map((step) =>
    step.state === 'started' ? { ...step, state: 'failed' as const, finishedAt: at } : step,
  );
  return { ...next, finishedAt: at, steps: state === 'succeeded' ? job.steps : steps };
}

function reduceStep(
  steps: readonly JobStep[],
  event: Extract<JobEvent, { type: 'step' }>,
): readonly JobStep[] {
  const known = steps.find((step) => step.id === event.id);
  const ended = event.state === 'started' ? {} : { finishedAt: event.at };
  if (known === undefined) {
    return [
      ...steps,
      { id: event.id, title: event.title, state: event.state, startedAt: event.at, ...ended },
    ];
  }
  return steps.map((step) => (step === known ? { ...step, state: event.state, ...ended } : step));
}
