import type { Bridge, CallInput, CallName, OpenedSite, PushName, PushValue } from '#shared/contract.ts';
import { type ErrorCode, errorTable, type Failure } from '#shared/errors.ts';
import { type Job, type JobEvent, newJob, reduceJob } from '#shared/job.ts';
import { exampleDocuments } from './example-documents.ts';
import { createMemorySecrets } from './memory-secrets.ts';

/**
 * A bridge without main. Options of the page's address: `welcome`, `failing`, `hosts=N`, `engine=absent`,
 * `past` (finished builds), `theme=dark`.
 */
export function createMemoryBridge(options: URLSearchParams): Bridge {
  const listeners = new Map<PushName, Set<(value: never) => void>>();
  const texts = new Map(
    Object.entries(exampleDocuments(options.has('failing'), Number(options.get('hosts') ?? 5))),
  );
  let theme = options.get('theme') === 'dark' ? ('dark' as const) : ('light' as const);
  let jobs: Job[] = options.has('past') ? pastJobs() : [];
  let digests = 0;
  const digestOf = new Map<string, string>();
  const newDigest = (path: string) => {
    digests += 1;
    const digest = String(digests).padStart(64, '0');
    digestOf.set(path, digest);
    return digest;
  };
  for (const path of texts.keys()) newDigest(path);

  const push = <Name extends PushName>(name: Name, value: PushValue<Name>) => {
    for (const listener of listeners.get(name) ?? []) (listener as (value: PushValue<Name>) => void)(value);
  };
  const opened = (): OpenedSite => ({
    siteId: 'memory',
    name: 'edge-berlin',
    folder: '~/sites/edge-berlin',
    readOnly: false,
    otherPaths: [],
    unsaved: [],
    documents: [...texts].map(([path, text]) => ({ path, text, digest: digestOf.get(path) ?? '' })),
  });
  /** For trying by hand: `changeOnDisk('site.yaml', text)` in the console. */
  Object.defineProperty(window, 'changeOnDisk', {
    value: (path: string, text: string | null) => {
      if (text === null) texts.delete(path);
      else texts.set(path, text);
      const digest = text === null ? null : newDigest(path);
      push('site.changed', { siteId: 'memory', changes: [{ path, text, digest }] });
    },
  });

  const change = (event: JobEvent, id: string, logLines: number) => {
    jobs = jobs.map((job) => (job.id === id ? reduceJob(job, event) : job));
    const job = jobs.find((one) => one.id === id);
    if (job !== undefined) push('job.changed', { job, logLines });
  };

  const handlers: { [Name in CallName]: (input: never) => unknown } = {
    ...createMemorySecrets(),
    'site.choose': opened,
    'site.open-recent': opened,
    'site.create': opened,
    'site.open-example': opened,
    'site.initial': () => (options.has('welcome') ? null : opened()),
    'site.recent': () => [
      { siteId: 'a', name: 'edge-berlin', folder: '~/sites/edge-berlin', present: true },
      { siteId: 'b', name: 'edge-oslo', folder: '/media/field/sites/edge-oslo', present: false },
    ],
    'site.forget-recent': () => null,
    'site.reload': opened,
    'documents.save': ({ documents }: CallInput<'documents.save'>) => {
      const isOutdated = ({ path, baseDigest, force }: (typeof documents)[number]) =>
        force !== true && baseDigest !== (digestOf.get(path) ?? null);
      const failed = documents.filter(isOutdated);
      const saved = documents.filter((one) => !failed.includes(one));
      for (const { path, text } of saved) texts.set(path, text);
      return {
        saved: saved.map(({ path }) => ({ path, digest: newDigest(path) })),
        failed: failed.map(({ path }) => ({ path, failure: failure('document-changed-on-disk', path) })),
      };
    },
    'documents.create': ({ documents }: CallInput<'documents.create'>) => {
      const taken = documents.find(({ path }) => texts.has(path));
      if (taken !== undefined) throw failure('document-exists', taken.path);
      for (const { path, text } of documents) texts.set(path, text);
      return Object.fromEntries(documents.map(({ path }) => [path, newDigest(path)]));
    },
    'document.rename': ({ from, to }: CallInput<'document.rename'>) => {
      if (texts.has(to)) throw failure('document-exists', to);
      texts.set(to, texts.get(from) ?? '');
      texts.delete(from);
      digestOf.set(to, digestOf.get(from) ?? '');
      return null;
    },
    'document.remove': ({ path }: CallInput<'document.remove'>) => {
      texts.delete(path);
      return null;
    },
    'site.rescue': opened,
    'document.show-in-folder': () => null,
    'window.unsaved': () => null,
    'hosts.export': () => null,
    'unsaved.keep': () => null,
    'engine.status': () =>
      options.get('engine') === 'absent'
        ? {
            state: 'unavailable',
            failure: { ...failure('engine-absent', '/var/run/docker.sock'), detail: 'connect ENOENT' },
          }
        : {
            state: 'ready',
            label: 'Docker 20.10.24 local',
            builderImage: 'present',
            capabilities: [{ name: 'SYS_ADMIN', why: 'chroot mounts of the element scripts' }],
          },
    'build.start': ({ image }: CallInput<'build.start'>) => {
      const number = (jobs[0]?.number ?? 0) + 1;
      const job = newJob({ id: `job-${number}`, number, site: 'memory', image, createdAt: Date.now() });
      jobs = [job, ...jobs];
      for (const [delay, event] of runningEvents(Date.now(), image))
        setTimeout(() => change(event, job.id, 1_000_000), delay);
      return job;
    },
    'build.cancel': ({ jobId }: CallInput<'build.cancel'>) => {
      change({ type: 'state', at: Date.now(), state: 'cancelled' }, jobId, 1_000_000);
      return null;
    },
    'jobs.list': () => jobs,
    'job.remove': ({ jobId }: CallInput<'job.remove'>) => {
      jobs = jobs.filter(({ id }) => id !== jobId);
      return null;
    },
    'job.log': ({ from, count }: CallInput<'job.log'>) => ({
      total: 1_000_000,
      lines: Array.from({ length: Math.max(0, Math.min(count, 1_000_000 - from)) }, (_, index) =>
        logLine(from + index),
      ),
    }),
    'job.search-log': ({ text, from }: CallInput<'job.search-log'>) => {
      const end = Math.min(1_000_000, from + 100_000);
      const lines: number[] = [];
      for (let line = from; line < end; line++) if (logLine(line).includes(text)) lines.push(line);
      return { lines, next: end === 1_000_000 ? null : end, total: 1_000_000 };
    },
    'artifact.manifest': () => ({ text: JSON.stringify({ image: 'live', inputs: 12 }, null, 2) }),
    'artifact.show-in-folder': () => null,
    'stamp.start': ({ host }: CallInput<'stamp.start'>) => ({
      name: `live-${host}.iso`,
      size: 242_221_056,
      milliseconds: 312,
      artifactId: 'stamped',
    }),
    'host.delivered': () => ({ stamp: null, builds: [] }),
    'settings.read': () => ({ theme, editorFontSize: 13 }),
    'settings.write': (settings: CallInput<'settings.write'>) => {
      theme = settings.theme === 'dark' ? 'dark' : 'light';
      return { theme: settings.theme ?? theme, editorFontSize: settings.editorFontSize ?? 13 };
    },
    'clipboard.write': () => null,
  };

  return {
    platform: 'linux',
    async call(name, input) {
      try {
        return { ok: true, value: handlers[name](input as never) as never };
      } catch (thrown) {
        return { ok: false, failure: thrown as Failure };
      }
    },
    listen(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (value: never) => void);
      return () => set.delete(listener as (value: never) => void);
    },
    openDropped: async () => ({ ok: true, value: opened() }),
  };
}

function failure(code: ErrorCode, where: string): Failure {
  return { code, where, message: errorTable[code].title, next: errorTable[code].next };
}

function logLine(index: number): string {
  const time = `2026-05-04 09:12:${String(index % 60).padStart(2, '0')}.000`;
  if (index % 97 === 0) return `${time} | W: Download is performed unsandboxed as root`;
  return `${time} | Setting up package-${index} (1.${index % 40}-1) ...`;
}

const artifact = {
  id: 'artifact-1',
  name: 'live.iso',
  format: 'iso',
  size: 242_221_056,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  present: true,
};

const steps = [
  ['prepare', 'Prepare the volume', 1],
  ['compose', 'Compose the root file system', 72],
  ['kernel', 'Install kernel and initramfs', 26],
  ['squash', 'Pack the root file system', 9],
  ['iso', 'Write the ISO', 4],
  ['verify', 'Verify size and digest', 2],
] as const;

function finishedEvents(from: number, cached: boolean, failAt?: string): JobEvent[] {
  const events: JobEvent[] = [{ type: 'state', at: from, state: 'preparing' }];
  let at = from;
  for (const [id, title, seconds] of steps) {
    if (cached && (id === 'compose' || id === 'kernel')) {
      events.push({ type: 'step', at, id, title, state: 'cached' });
      continue;
    }
    events.push({ type: 'step', at, id, title, state: 'started' });
    at += seconds * 1000;
    if (id === failAt) {
      events.push(
        { type: 'step', at, id, title, state: 'failed' },
        {
          type: 'failure',
          at,
          failure: {
            code: 'builder-failed',
            where: 'elements/site-base/install.d/20-agents',
            message: 'The element site-base failed in install.d/20-agents with status 127',
            next: 'The log shows the step that failed and its last lines.',
            detail: '/tmp/in_target.d/install.d/20-agents: line 4: agentctl: command not found\nstatus 127',
          },
        },
        { type: 'state', at, state: 'failed' },
      );
      return events;
    }
    events.push({ type: 'step', at, id, title, state: 'finished' });
  }
  events.push({ type: 'artifact', at, artifact }, { type: 'state', at, state: 'succeeded' });
  return events;
}

function pastJobs(): Job[] {
  const hour = 3_600_000;
  const now = Date.now();
  const job = (number: number, createdAt: number, events: JobEvent[]) =>
    events.reduce(
      reduceJob,
      newJob({ id: `job-${number}`, number, site: 'memory', image: 'live', createdAt }),
    );
  const times = [now - hour, now - 5 * hour, now - 26 * hour, now - 30 * hour] as const;
  return [
    job(14, times[0], finishedEvents(times[0], true)),
    job(13, times[1], finishedEvents(times[1], false, 'compose')),
    job(12, times[2], finishedEvents(times[2], false)),
    job(11, times[3], [
      { type: 'state', at: times[3], state: 'building' },
      { type: 'step', at: times[3], id: 'compose', title: 'Compose the root file system', state: 'started' },
      { type: 'state', at: times[3] + 31_000, state: 'cancelled' },
    ]),
  ];
}

function runningEvents(from: number, _image: string): (readonly [delay: number, event: JobEvent])[] {
  const at = (seconds: number) => from + seconds * 1000;
  return [
    [50, { type: 'state', at: at(0), state: 'building' }],
    [60, { type: 'step', at: at(0), id: 'prepare', title: 'Prepare the volume', state: 'started' }],
    [900, { type: 'step', at: at(0.9), id: 'prepare', title: 'Prepare the volume', state: 'finished' }],
    [
      910,
      { type: 'step', at: at(0.9), id: 'compose', title: 'Compose the root file system', state: 'started' },
    ],
    [1500, { type: 'progress', at: at(1.5), id: 'compose', done: 34, total: 212, unit: 'packages' }],
    [2500, { type: 'progress', at: at(2.5), id: 'compose', done: 120, total: 212, unit: 'packages' }],
  ];
}
