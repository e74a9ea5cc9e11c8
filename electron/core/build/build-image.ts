import { join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import type { Artifact, JobEvent } from '#shared/job.ts';
import type { BuilderConfig } from '#shared/site/builder-config.ts';
import { type BuilderSources, ensureBuilderImage, readBuilderSources } from '../engine/builder-image.ts';
import { connectEngine, type Engine } from '../engine/connect-engine.ts';
import { removeLeftoverContainers } from '../engine/leftover-containers.ts';
import { formatBytes, requireSpace, requireWritable } from '../files/disk-space.ts';
import { digestOfFolder, listFolder } from '../files/folder-content.ts';
import { JobStore } from '../jobs/job-store.ts';
import type { Places } from '../places.ts';
import { BuildCache, type CacheEntry } from './build-cache.ts';
import { type BuildKeys, keysOf } from './build-keys.ts';
import {
  buildThroughStages,
  findImage,
  findTree,
  imageResultSchema,
  type StageContext,
} from './build-stages.ts';
import { createManifest } from './manifest.ts';
import { pruneCache } from './prune-cache.ts';
import { publish } from './publish.ts';
import type { SiteElements } from './volume.ts';

export interface BuildRequest {
  readonly image: string;
  readonly config: BuilderConfig;
  /** Whether packages come from the mirror as it is now, in spite of what the cache has. */
  readonly refresh?: boolean | undefined;
  /** Bytes that the image may have. */
  readonly sizeLimit?: number | undefined;
  /** Documents that the configuration was made from. */
  readonly documents: readonly { readonly path: string; readonly sha256: string }[];
  readonly siteFolder: string;
  readonly outFolder: string;
  readonly places: Places;
  /** A context of the docker command line. */
  readonly engineContext?: string | undefined;
  /** The id of the job, and the folder lent to the builder. */
  readonly job: string;
  readonly volume: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
  readonly onLog: (lines: readonly string[]) => Promise<void>;
}

/** A composed tree with its archives, and the working copy in the builder: measured on a plain profile, doubled. */
const composeBytes = 3 * 1024 ** 3;
const assembleBytes = 1024 ** 3;

/**
 * Builds an image from a finished plan: from the cache, or with containers. Answers the artifact that lies in the
 * out folder. Throws SiteforgeError; whatever happens, no container, mount or private file stays behind.
 */
export async function buildImage(request: BuildRequest): Promise<Artifact> {
  // Before minutes of work, not after them.
  await requireWritable(request.outFolder);
  const sources = await readBuilderSources(request.places.builder, request.config.compose);
  const elements = await readElements(request.siteFolder);
  const keys = keysOf(sources.digest, elements.digest, request.config);
  const context = contextOf(request, sources, elements, keys);
  for (let attempt = 0; attempt < 2; attempt++) {
    await requireRoom(request, context);
    const entry = await buildThroughStages(context);
    const artifact = await place(request, sources, elements, keys, entry);
    if (artifact !== undefined) {
      const removed = await pruneCache(request.places.cache);
      if (removed.length > 0) await request.onLog(removed);
      return artifact;
    }
    // The cached image rotted. It is dropped and made again, once.
    await new BuildCache(request.places.cache, 'images').remove(keys.image);
    const message = 'The image in the cache was damaged; it is assembled again.';
    request.onEvent({ type: 'warning', at: Date.now(), message });
  }
  throw new SiteforgeError('artifact-digest-mismatch', { where: request.outFolder });
}

/** The elements of a site itself, as they are now. */
export async function readElements(siteFolder: string): Promise<SiteElements> {
  const folder = join(siteFolder, 'elements');
  const entries = await listFolder(folder, (path) => /(^|\/)(\.git|__pycache__)$/.test(path));
  return { folder, entries, digest: await digestOfFolder(folder, entries) };
}

function contextOf(
  request: BuildRequest,
  sources: BuilderSources,
  elements: SiteElements,
  keys: BuildKeys,
): StageContext {
  const { config, places, volume, job, signal, onEvent, onLog } = request;
  let ready: Promise<{ engine: Engine; image: string }> | undefined;
  return {
    keys,
    config,
    elements,
    cacheFolder: places.cache,
    volume,
    fetchedSince: request.refresh ? Date.now() : 0,
    job,
    home: places.data,
    signal,
    onEvent,
    onLog,
    builder: () => {
      ready ??= prepareBuilder(request, sources);
      return ready;
    },
  };
}

async function prepareBuilder(
  request: BuildRequest,
  sources: BuilderSources,
): Promise<{ engine: Engine; image: string }> {
  const { signal, onEvent, onLog, places } = request;
  const engine = await connectEngine({ context: request.engineContext });
  // What a killed process left may still be running, and no engine answered when its job was found lost.
  const jobs = new JobStore(places.data);
  await removeLeftoverContainers(engine, places.data, (job) => job === request.job || jobs.isRunning(job));
  onEvent({ type: 'state', at: Date.now(), state: 'pulling' });
  await ensureBuilderImage(engine, sources, {
    signal,
    onEvent,
    onLog: (line) => onLog([line]),
    lockFolder: join(places.cache, 'locks'),
    home: places.data,
  });
  return { engine, image: sources.image };
}

async function requireRoom(request: BuildRequest, context: StageContext): Promise<void> {
  const { places, outFolder } = request;
  if (await findImage(context)) return;
  if (await findTree(context)) {
    await requireSpace(places.cache, assembleBytes, 'Assembling the image');
  } else await requireSpace(places.cache, composeBytes, 'Composing the root file system');
  await requireSpace(request.volume, assembleBytes, 'The build folder');
  await requireSpace(outFolder, assembleBytes, 'The image');
}

/** Undefined when the cached image is not what its metadata says. */
async function place(
  request: BuildRequest,
  sources: BuilderSources,
  elements: SiteElements,
  keys: BuildKeys,
  entry: CacheEntry,
): Promise<Artifact | undefined> {
  const result = imageResultSchema.safeParse(entry.result);
  if (!result.success) return undefined;
  const { file, metadata, fetched } = result.data;
  const name = request.config.builder.outputFileName;
  requireSize(request, metadata.size);
  request.onEvent({ type: 'state', at: Date.now(), state: 'verifying' });
  const tree = await new BuildCache(request.places.cache, 'trees').find(keys.tree);
  const manifest = await createManifest({
    image: request.image,
    artifactName: name,
    metadata,
    created: entry.created,
    fetched,
    keys,
    builder: { image: sources.image, digest: sources.digest },
    elementsDigest: elements.digest,
    documents: request.documents,
    config: request.config,
    treeFolder: tree?.folder,
  });
  const done = await publish({
    source: join(entry.folder, file),
    size: metadata.size,
    sha256: metadata.sha256,
    outFolder: request.outFolder,
    name,
    manifestName: `${request.image}.manifest.json`,
    manifest,
    signal: request.signal,
  });
  if (!done) return undefined;
  const { format, size, sha256 } = metadata;
  return {
    id: `${request.job}.${format}`,
    name,
    format,
    size,
    sha256,
    present: true,
    ...(fetched === undefined ? {} : { packagesFetched: fetched }),
  };
}

function requireSize({ image, sizeLimit }: BuildRequest, size: number): void {
  if (sizeLimit === undefined || size <= sizeLimit) return;
  const message = `The image has ${formatBytes(size)}; its sizeLimit is ${formatBytes(sizeLimit)}.`;
  throw new SiteforgeError('image-too-large', { where: `images/${image}.yaml`, message });
}
