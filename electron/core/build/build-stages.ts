import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { SiteforgeError } from '#shared/errors.ts';
import type { JobEvent } from '#shared/job.ts';
import type { BuilderConfig } from '#shared/site/builder-config.ts';
import type { Engine } from '../engine/connect-engine.ts';
import { emptyFolderThroughEngine } from '../engine/empty-folder.ts';
import { fileFailure } from '../files/file-failures.ts';
import { withLock } from '../files/lock-file.ts';
import { makeFolder } from '../files/make-folder.ts';
import { BuildCache, type CacheEntry, lockOf } from './build-cache.ts';
import type { BuildKeys } from './build-keys.ts';
import { builderMetadataSchema, verifyArtifact } from './builder-metadata.ts';
import { type BuilderRun, labelsOf, runBuilder } from './run-builder.ts';
import { type SiteElements, withVolume } from './volume.ts';

/** What compose leaves; the last one tells that the others are whole. */
const treeFiles = ['tree.squashfs', 'vmlinuz', 'initrd.img', 'packages.json', 'compose.json'] as const;

/** When the packages of a tree were fetched, in milliseconds since 1970; entries of earlier versions do not tell. */
const treeResultSchema = z.object({ fetched: z.number() });

/** The result of the assemble stage, as the cache keeps it. `fetched`: of the tree that the image was made of. */
export const imageResultSchema = z.object({
  file: z.string(),
  metadata: builderMetadataSchema,
  fetched: z.number().optional(),
});
export type ImageResult = z.infer<typeof imageResultSchema>;

export interface StageContext {
  readonly keys: BuildKeys;
  readonly config: BuilderConfig;
  readonly elements: SiteElements;
  readonly cacheFolder: string;
  readonly volume: string;
  /** Milliseconds since 1970. Packages that were fetched before are fetched anew; 0 takes what the cache has. */
  readonly fetchedSince: number;
  readonly job: string;
  readonly home: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: JobEvent) => void;
  readonly onLog: (lines: readonly string[]) => Promise<void>;
  /** The engine with the builder image in it: made ready when the first stage needs it, and not before. */
  readonly builder: () => Promise<{ engine: Engine; image: string }>;
}

/** The composed tree from the cache, or composed now. */
export async function composeTree(context: StageContext): Promise<CacheEntry> {
  const cache = new BuildCache(context.cacheFolder, 'trees');
  const find = () => findTree(context);
  return throughCache(context, find, context.keys.tree, 'compose', 'Root file system', async () => {
    const fetched = Date.now();
    const packages = join(context.cacheFolder, 'apt');
    await makeFolder(packages, 0o755);
    await runStage(context, { stage: 'compose', cache: packages });
    context.onEvent({ type: 'state', at: Date.now(), state: 'collecting' });
    return cache.add(context.keys.tree, join(context.volume, 'compose'), treeFiles, { fetched });
  });
}

/** The assembled and verified image from the cache, or assembled now (with its tree composed, if need be). */
export async function assembleImage(context: StageContext): Promise<CacheEntry> {
  const cache = new BuildCache(context.cacheFolder, 'images');
  const find = () => findImage(context);
  if ((await find()) !== undefined) await tellCachedTree(context);
  return throughCache(context, find, context.keys.image, 'assemble', 'Boot image', async () => {
    const tree = await composeTree(context);
    const output = await runStage(context, { stage: 'assemble', tree: tree.folder });
    context.onEvent({ type: 'state', at: Date.now(), state: 'verifying' });
    const { outputMetadataFileName } = context.config.builder;
    const verified = await verifyArtifact(context.volume, outputMetadataFileName, context.signal).catch(
      (thrown: unknown) => {
        throw thrown instanceof SiteforgeError
          ? output.explain(thrown)
          : fileFailure(thrown, context.volume, 'read');
      },
    );
    output.warnOfGarbage();
    const result: ImageResult = {
      file: basename(verified.path),
      metadata: verified.metadata,
      fetched: fetchedOf(tree),
    };
    return cache.add(context.keys.image, dirname(verified.path), [result.file], result);
  });
}

/** When the packages of a tree were fetched, in milliseconds since 1970. */
export function fetchedOf(tree: CacheEntry): number {
  // It was kept when it was made, some minutes after that.
  return treeResultSchema.safeParse(tree.result).data?.fetched ?? tree.created;
}

/** The tree in the cache, if its packages are as new as they must be. */
export async function findTree({
  cacheFolder,
  keys,
  fetchedSince,
}: Pick<StageContext, 'cacheFolder' | 'keys' | 'fetchedSince'>): Promise<CacheEntry | undefined> {
  const tree = await new BuildCache(cacheFolder, 'trees').find(keys.tree);
  return tree !== undefined && fetchedOf(tree) >= fetchedSince ? tree : undefined;
}

/**
 * The image in the cache, if it was made of the tree that is there now: the tree may have been composed anew, for this
 * image or for another one of the same profile.
 */
export async function findImage(
  context: Pick<StageContext, 'cacheFolder' | 'keys' | 'fetchedSince'>,
): Promise<CacheEntry | undefined> {
  const image = await new BuildCache(context.cacheFolder, 'images').find(context.keys.image);
  if (image === undefined) return undefined;
  const fetched = imageResultSchema.safeParse(image.result).data?.fetched;
  if ((fetched ?? image.created) < context.fetchedSince) return undefined;
  const tree = await findTree(context);
  return tree === undefined || fetched === undefined || fetchedOf(tree) === fetched ? image : undefined;
}

async function tellCachedTree(context: StageContext): Promise<void> {
  context.onEvent({
    type: 'step',
    at: Date.now(),
    id: 'compose',
    title: 'Root file system',
    state: 'cached',
  });
}

/** Two processes that want the same result: the second waits, then finds it in the cache. */
async function throughCache(
  context: StageContext,
  find: () => Promise<CacheEntry | undefined>,
  key: string,
  id: 'compose' | 'assemble',
  title: string,
  make: () => Promise<CacheEntry>,
): Promise<CacheEntry> {
  const cached = (entry: CacheEntry): CacheEntry => {
    context.onEvent({ type: 'step', at: Date.now(), id, title, state: 'cached' });
    return entry;
  };
  const found = await find();
  if (found !== undefined) return cached(found);
  const lock = lockOf(context.cacheFolder, key);
  const waiting = () => {
    const message = 'Another build makes the same result; waiting for it.';
    context.onEvent({ type: 'warning', at: Date.now(), message });
  };
  return withLock(
    lock,
    context.signal,
    async () => {
      const meanwhile = await find();
      return meanwhile === undefined ? make() : cached(meanwhile);
    },
    waiting,
  );
}

async function runStage(context: StageContext, stage: Pick<BuilderRun, 'stage' | 'cache' | 'tree'>) {
  const { engine, image } = await context.builder();
  context.onEvent({ type: 'state', at: Date.now(), state: 'building' });
  return runBuilder({
    engine,
    image,
    config: context.config,
    volume: context.volume,
    job: context.job,
    home: context.home,
    signal: context.signal,
    onEvent: context.onEvent,
    onLog: context.onLog,
    ...stage,
  });
}

/** Both stages in one volume. */
export async function buildThroughStages(context: StageContext): Promise<CacheEntry> {
  const { volume, config, elements, onEvent } = context;
  const emptyAsRoot = async () => {
    const { engine, image } = await context.builder();
    await emptyFolderThroughEngine(engine, image, volume, labelsOf(context));
  };
  const onLeftBehind = (message: string) => onEvent({ type: 'warning', at: Date.now(), message });
  return withVolume({ volume, config, elements, emptyAsRoot, onLeftBehind }, () => assembleImage(context));
}
