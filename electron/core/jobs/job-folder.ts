import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fileFailure, isMissing } from '../files/file-failures.ts';
import { makeFolder } from '../files/make-folder.ts';
import { ownIdentity, processIdentitySchema } from '../files/process-identity.ts';

/** What job.json holds: who the job is, who runs it, and where its artifact belongs. */
export const jobHeadSchema = z.object({
  version: z.literal(1),
  record: z.object({
    id: z.string().regex(/^[0-9a-z][0-9a-z-]{0,63}$/),
    number: z.number().int().positive(),
    site: z.string(),
    image: z.string(),
    createdAt: z.number(),
  }),
  siteFolder: z.string(),
  outFolder: z.string(),
  process: processIdentitySchema,
});
export type JobHead = z.infer<typeof jobHeadSchema>;

export interface JobPaths {
  readonly folder: string;
  readonly head: string;
  readonly events: string;
  readonly log: string;
  /** The texts that a build was made from. */
  readonly documents: string;
  /** The private volume of the builder's containers; only there while they run. */
  readonly volume: string;
}

export function pathsOfJob(jobs: string, id: string): JobPaths {
  const folder = join(jobs, id);
  return {
    folder,
    head: join(folder, 'job.json'),
    events: join(folder, 'events.ndjson'),
    log: join(folder, 'log.txt'),
    documents: join(folder, 'documents.json'),
    volume: join(folder, 'volume'),
  };
}

/**
 * Makes the folder of a new job. Its number is the first free one of its site: making the folder claims it, so that
 * two processes never share one.
 */
export async function claimJob(
  jobs: string,
  site: string,
  image: string,
  folders: { siteFolder: string; outFolder: string },
): Promise<JobHead> {
  try {
    await makeFolder(jobs, 0o700);
    const taken = (await readdir(jobs))
      .filter((name) => name.startsWith(`${site}-`))
      .map((name) => Number(name.slice(site.length + 1)));
    for (let number = Math.max(0, ...taken.filter(Number.isInteger)) + 1; ; number++) {
      const id = `${site}-${number}`;
      if ((await mkdir(join(jobs, id), { mode: 0o700 }).catch(existing)) === 'taken') continue;
      const head: JobHead = {
        version: 1,
        record: { id, number, site, image, createdAt: Date.now() },
        ...folders,
        process: ownIdentity(),
      };
      await writeFile(pathsOfJob(jobs, id).head, `${JSON.stringify(head, undefined, 2)}\n`, { mode: 0o600 });
      return head;
    }
  } catch (thrown) {
    throw fileFailure(thrown, jobs, 'write');
  }
}

function existing(thrown: unknown): 'taken' {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'EEXIST')
    return 'taken';
  throw thrown;
}

/** Heads of all jobs; folders that hold none that can be read are left out. */
export async function readHeads(jobs: string): Promise<JobHead[]> {
  const names = await readdir(jobs).catch((thrown: unknown) => {
    if (isMissing(thrown)) return [];
    throw fileFailure(thrown, jobs, 'read');
  });
  const heads = await Promise.all(names.map((name) => readHead(jobs, name)));
  return heads.filter((head) => head !== undefined);
}

export async function readHead(jobs: string, id: string): Promise<JobHead | undefined> {
  try {
    const head = jobHeadSchema.parse(JSON.parse(await readFile(pathsOfJob(jobs, id).head, 'utf8')));
    return head.record.id === id ? head : undefined;
  } catch {
    return undefined;
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
}
