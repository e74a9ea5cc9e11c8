import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, shell } from 'electron';
import { SiteforgeError } from '#shared/errors.ts';
import type { Job } from '#shared/job.ts';
import { Builds as CoreBuilds, recoverJobs } from '../core/build/builds.ts';
import { planBuild, requirePlan } from '../core/build/plan-build.ts';
import { engineStatus } from '../core/engine/engine-status.ts';
import { makeFolder } from '../core/files/make-folder.ts';
import { JobStore } from '../core/jobs/job-store.ts';
import type { Places } from '../core/places.ts';
import { fillStamps } from '../core/secrets/fill-stamp.ts';
import type { KeyStore } from '../core/secrets/key-store.ts';
import { redactedData } from '../core/secrets/known-values.ts';
import { SiteSecrets } from '../core/secrets/site-secrets.ts';
import { analyseSite } from '../core/site/analyse-site.ts';
import { readSite } from '../core/site/read-site.ts';
import { hostStamp } from '../core/stamp/host-stamp.ts';
import { stampToFile } from '../core/stamp/stamp-file.ts';
import { lastDelivered, recordStamp } from '../core/stamp/stamp-record.ts';
import { stampWarnings } from '../core/stamp/stamp-warnings.ts';
import { openStampable } from '../core/stamp/stampable-image.ts';
import { push } from '../windows.ts';
import type { CallHandlers } from './answer-calls.ts';
import type { OpenSites } from './site-calls.ts';

/** The builds of this application, with what the desktop adds: news to all windows, and an orderly end. */
export class Builds {
  readonly jobs: JobStore;
  readonly running: CoreBuilds;
  /** Files that were stamped since the start, by the id that the window was given. */
  readonly stamped = new Map<string, string>();
  private constructor(places: Places) {
    this.jobs = new JobStore(places.data);
    this.running = new CoreBuilds(this.jobs, places);
  }

  static async start(places: Places): Promise<Builds> {
    const builds = new Builds(places);
    // Containers that a killed process left behind are looked for beside the start of the window, not before it.
    // What a dying disk keeps from being cleaned up is tried again at the next start: no reason to end this one.
    void recoverJobs(builds.jobs, places).then(
      (lost) => {
        for (const job of lost) announce(job, 0);
      },
      () => undefined,
    );
    builds.jobs.onChange(({ job, logLines }) => announce(job, logLines));
    return builds;
  }

  /** Once every window has agreed to close: cancels what runs, waits until its containers are gone, then quits again. */
  willQuit(event: { preventDefault(): void }): void {
    if (!this.running.busy) return;
    event.preventDefault();
    void this.running.close().finally(() => app.quit());
  }
}

function announce(job: Job, logLines: number): void {
  for (const window of BrowserWindow.getAllWindows())
    push(window.webContents, 'job.changed', { job, logLines });
}

type BuildCallName = Extract<
  keyof CallHandlers,
  | `build.${string}`
  | `job.${string}`
  | `jobs.${string}`
  | `artifact.${string}`
  | `stamp.${string}`
  | 'host.delivered'
  | 'engine.status'
>;

export function buildCalls(
  builds: Builds,
  sites: OpenSites,
  places: Places,
  keyStore: KeyStore,
): Pick<CallHandlers, BuildCallName> {
  return {
    'engine.status': () => engineStatus(places.builder),
    'build.start': async ({ siteId, image, refresh }, sender) => {
      // Read again: what is built is what is on disk at this moment, not what was when the window opened.
      const snapshot = await readSite(sites.of(sender, siteId).snapshot.folder);
      const { job } = await builds.running.start({
        snapshot,
        image,
        refresh,
        plan: () => requirePlan(planBuild(snapshot.files, image, snapshot.otherPaths)),
        secrets: new SiteSecrets(snapshot, keyStore),
      });
      return job;
    },
    'build.cancel': async ({ jobId }) => {
      await builds.running.cancel(jobId);
      return null;
    },
    'jobs.list': ({ siteId }) => builds.jobs.list(siteId),
    'job.remove': async ({ jobId }) => {
      await builds.jobs.remove(jobId);
      return null;
    },
    'job.log': async ({ jobId, from, count }) => {
      const { total, lines } = await builds.jobs.readLog(jobId, from, count);
      return { total, lines: [...lines] };
    },
    'job.search-log': async ({ jobId, ...search }) => {
      const { lines, next, total } = await builds.jobs.searchLog(jobId, search);
      return { lines: [...lines], next, total };
    },
    'artifact.manifest': async ({ artifactId }) => {
      const { manifest } = await builds.jobs.findArtifact(artifactId);
      return { text: await readFile(manifest, 'utf8').catch(missingManifest(manifest)) };
    },
    'artifact.show-in-folder': async ({ artifactId }) => {
      shell.showItemInFolder(
        builds.stamped.get(artifactId) ?? (await builds.jobs.findArtifact(artifactId)).path,
      );
      return null;
    },
    'stamp.start': async ({ siteId, artifactId, host }, sender) => {
      const { path: source, job } = await builds.jobs.findArtifact(artifactId);
      const snapshot = await readSite(sites.of(sender, siteId).snapshot.folder);
      const analysed = analyseSite(snapshot);
      const stamp = hostStamp(analysed, host);
      const filled = await fillStamps([stamp], analysed, new SiteSecrets(snapshot, keyStore));
      const image = await openStampable(source);
      const name = `${job.image}-${host}.iso`;
      const target = path.join(snapshot.folder, 'out', name);
      const started = performance.now();
      // The image may lie elsewhere, and out/ be gone: it is left out of git.
      await makeFolder(path.dirname(target));
      await stampToFile(image, filled.stamps[0] ?? stamp, target);
      await recordStamp(target, image, stamp);
      const id = `stamped.${builds.stamped.size}`;
      builds.stamped.set(id, target);
      const milliseconds = performance.now() - started;
      const warnings = [...stampWarnings(image, stamp), ...filled.warnings].map(({ message }) => message);
      return { name, size: image.size, milliseconds, artifactId: id, warnings };
    },
    'host.delivered': async ({ siteId, host }, sender) => {
      const { snapshot } = sites.of(sender, siteId);
      // A copy that nothing recorded may hold values: what is known of them does not reach the window.
      await new SiteSecrets(snapshot, keyStore).rememberAll();
      const { stamp, builds: built } = await lastDelivered(snapshot.folder, host);
      const documents = await Promise.all(
        built.map(({ sha256 }) => builds.jobs.documentsOf(snapshot.siteId, sha256).catch(() => undefined)),
      );
      const masked = redactedData({ stamp, builds: [...built] });
      // The window has the documents of the site as they are.
      const withDocuments = masked.builds.map((build, index) => ({ ...build, documents: documents[index] }));
      return { ...masked, builds: withDocuments };
    },
  };
}

function missingManifest(path: string): (thrown: unknown) => never {
  return (thrown) => {
    throw new SiteforgeError('file-not-found', { where: path, cause: thrown });
  };
}
