import type { Job } from '#shared/job.ts';
import { isFinished } from '#shared/job-state.ts';
import { ask, request } from '../bridge.ts';
import { duration } from '../builds/job-words.ts';
import { unsavedPaths, useDocuments } from '../state/documents.ts';
import { applyJob, askEngine, runningJob, shownJob, useJobs } from '../state/jobs.ts';
import { goTo, showBottom, useLayout } from '../state/layout.ts';
import { showFailure, showNotice } from '../state/notices.ts';
import { noteDelivery } from '../state/preview.ts';
import { useProblems } from '../state/problems.ts';
import { useSite } from '../state/site.ts';
import { saveAllDocuments } from './save-documents.ts';

/** The image that the build button means: the one built last, or the first. */
export function imageToBuild(): string | undefined {
  const images = useSite.getState().overview?.images ?? [];
  const last = useJobs.getState().jobs[0]?.image;
  return images.find(({ name }) => name === last)?.name ?? images[0]?.name;
}

/** Which images there are is known with the first verdict; who is quicker than that waits for it. */
function firstVerdict(): Promise<void> {
  if (useSite.getState().overview !== undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useSite.subscribe(({ site, overview }) => {
      if (site !== undefined && overview === undefined) return;
      stop();
      resolve();
    });
  });
}

/** `refresh` fetches packages anew, which without it come from the cache for a profile that did not change. */
export async function startBuild(wanted?: string, refresh = false): Promise<void> {
  if (useSite.getState().site === undefined) return;
  await firstVerdict();
  const { site } = useSite.getState();
  if (site === undefined) return;
  const image = wanted ?? imageToBuild();
  if (image === undefined) {
    showNotice({
      tone: 'attention',
      title: 'This site has no image',
      next: 'Add a document in images/ that names a base and a host profile.',
    });
    return;
  }
  const running = runningJob(useJobs.getState());
  if (running !== undefined) return showJob(running.id);
  const { errors } = useProblems.getState().counts;
  if (errors > 0) {
    showBottom('problems');
    if (useLayout.getState().place === 'builds') goTo('site');
    showNotice({
      tone: 'attention',
      title: `The documents have ${errors === 1 ? 'an error' : `${errors} errors`}`,
      next: 'Mend the listed problems (F8 goes to the next), then build again.',
    });
    return;
  }
  await saveAndStart(site.siteId, image, refresh);
}

async function saveAndStart(siteId: string, image: string, refresh: boolean): Promise<void> {
  const unsaved = unsavedPaths(useDocuments.getState());
  if (!(await saveAllDocuments())) return;
  if (unsaved.length > 0) {
    showNotice({
      tone: 'fine',
      title: unsaved.length === 1 ? `Saved ${unsaved[0]}` : `Saved ${unsaved.length} documents`,
      next: 'A build uses what is on disk.',
    });
  }
  const answer = await ask('build.start', { siteId, image, ...(refresh ? { refresh } : {}) });
  if (!answer.ok) {
    showFailure(answer.failure, { label: 'Build again', run: () => void startBuild(image, refresh) });
    if (answer.failure.code.startsWith('engine-')) await askEngine();
    return;
  }
  applyJob(answer.value);
  showJob(answer.value.id);
}

/** Shows a job where the user is: the panel below the documents, or the list of builds. */
export function showJob(id: string): void {
  useJobs.setState({ selected: id });
  if (useLayout.getState().place !== 'builds') showBottom('build');
}

export async function cancelBuild(jobId: string): Promise<void> {
  await request('build.cancel', { jobId });
}

export function announceFinished(job: Job): void {
  if (!isFinished(job.state) || job.state === 'cancelled') return;
  noteDelivery();
  const isShown = useLayout.getState().place === 'builds' && shownJob(useJobs.getState())?.id === job.id;
  const action = isShown
    ? undefined
    : {
        label: 'Show build',
        run: () => {
          useJobs.setState({ selected: job.id });
          goTo('builds');
        },
      };
  const title = `Build #${job.number} of ${job.image}`;
  if (job.state === 'succeeded') {
    showNotice({ tone: 'fine', title: `${title} succeeded`, action });
  } else {
    showNotice({
      tone: 'failed',
      title: `${title} failed`,
      where: job.failure?.message,
      next: job.failure?.next,
      action,
    });
  }
}

export async function stampFor(artifactId: string, host: string): Promise<void> {
  const { site } = useSite.getState();
  if (site === undefined) return;
  const stamped = await request('stamp.start', { siteId: site.siteId, artifactId, host });
  if (stamped === undefined) return;
  noteDelivery();
  const cost = `It lies beside the image in out/ and took ${duration(Math.max(1, stamped.milliseconds))}.`;
  const warnings = stamped.warnings ?? [];
  showNotice({
    tone: warnings.length === 0 ? 'fine' : 'attention',
    title: `Stamped ${stamped.name} for ${host}`,
    ...(warnings.length === 0
      ? { next: cost }
      : {
          where: warnings.join(' '),
          next: 'Boot it only when that is meant; otherwise stamp the image of its profile.',
        }),
    action: {
      label: 'Show in folder',
      run: () => void request('artifact.show-in-folder', { artifactId: stamped.artifactId }),
    },
  });
}
