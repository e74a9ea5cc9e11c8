import { create } from 'zustand';
import type { EngineStatus } from '#shared/contract.ts';
import type { Job } from '#shared/job.ts';
import { isFinished } from '#shared/job-state.ts';
import { ask, listen, request } from '../bridge.ts';
import { useSite } from './site.ts';

interface JobsState {
  /** Newest first. */
  readonly jobs: readonly Job[];
  readonly logLines: Readonly<Record<string, number>>;
  /** The job whose timeline and log are shown; undefined shows the newest. */
  readonly selected: string | undefined;
  /** Undefined until the engine has been asked. */
  readonly engine: EngineStatus | undefined;
  readonly askingEngine: boolean;
}

export const useJobs = create<JobsState>()(() => ({
  jobs: [],
  logLines: {},
  selected: undefined,
  engine: undefined,
  askingEngine: false,
}));

export function clearJobs(): void {
  useJobs.setState({ jobs: [], logLines: {}, selected: undefined });
}

export function shownJob(state: Pick<JobsState, 'jobs' | 'selected'>): Job | undefined {
  return state.jobs.find(({ id }) => id === state.selected) ?? state.jobs[0];
}

export function runningJob(state: Pick<JobsState, 'jobs'>): Job | undefined {
  return state.jobs.find(({ state }) => !isFinished(state));
}

/** The newest job of an image that left something. */
export function lastArtifactJob(jobs: readonly Job[], image: string): Job | undefined {
  return jobs.find((job) => job.image === image && job.artifacts.length > 0);
}

const newestFirst = (a: Job, b: Job) => b.createdAt - a.createdAt || b.number - a.number;

export function withJob(jobs: readonly Job[], changed: Job): readonly Job[] {
  return jobs.some(({ id }) => id === changed.id)
    ? jobs.map((job) => (job.id === changed.id ? changed : job))
    : [changed, ...jobs].sort(newestFirst);
}

export function applyJob(job: Job, logLines?: number): void {
  useJobs.setState((state) => ({
    jobs: withJob(state.jobs, job),
    logLines: logLines === undefined ? state.logLines : { ...state.logLines, [job.id]: logLines },
  }));
}

export async function loadJobs(siteId: string): Promise<void> {
  const jobs = await request('jobs.list', { siteId });
  if (jobs !== undefined && useSite.getState().site?.siteId === siteId) {
    useJobs.setState({ jobs: [...jobs].sort(newestFirst) });
  }
}

export async function removeJob(jobId: string): Promise<void> {
  if ((await request('job.remove', { jobId })) === undefined) return;
  useJobs.setState(({ jobs }) => ({ jobs: jobs.filter(({ id }) => id !== jobId) }));
}

export async function askEngine(): Promise<void> {
  useJobs.setState({ askingEngine: true });
  const answer = await ask('engine.status', undefined);
  useJobs.setState({
    askingEngine: false,
    engine: answer.ok ? answer.value : { state: 'unavailable', failure: answer.failure },
  });
}

/** `onFinished` is called once for each job that ends while the window is open. */
export function startJobs(onFinished: (job: Job) => void): void {
  listen('job.changed', ({ job, logLines }) => {
    if (job.site !== useSite.getState().site?.siteId) return;
    const before = useJobs.getState().jobs.find(({ id }) => id === job.id);
    applyJob(job, logLines);
    if (isFinished(job.state) && before !== undefined && !isFinished(before.state)) onFinished(job);
  });
}
