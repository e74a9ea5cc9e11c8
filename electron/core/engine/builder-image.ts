import { join } from 'node:path';
import { SiteforgeError } from '#shared/errors.ts';
import { digestOf } from '../files/file-digest.ts';
import { digestOfFolder, type FolderEntry, listFolder } from '../files/folder-content.ts';
import { withLock } from '../files/lock-file.ts';
import { ensureBaseImage, hasImage, type SiteMirrors, sourcesOfBase } from './base-image.ts';
import { type Engine, isAnswering } from './connect-engine.ts';
import { type DebianSources, sourceLine } from './debian-sources.ts';
import { engineFailure } from './engine-failures.ts';
import { readEngineMessages } from './engine-messages.ts';
import { type ImageReport, inStep } from './image-steps.ts';
import { labelsOfBuilder, pruneBuilderImages } from './prune-builder-images.ts';

/** The builder as its sources say it: everything that is made of it is cached under their digest. */
export interface BuilderSources {
  readonly folder: string;
  readonly entries: readonly FolderEntry[];
  /** Where its packages come from when its base is bootstrapped here. */
  readonly packages: DebianSources;
  /** SHA-256 of the sources and of where packages come from. */
  readonly digest: string;
  /** Of where packages come from alone. */
  readonly origin: string;
  /** `siteforge/debian:<12 hex>` */
  readonly image: string;
}

/** What the containers of the builder may do beyond an ordinary one, with the reason, for showing. */
export const builderCapabilities = [
  { name: 'SYS_ADMIN', why: 'diskimage-builder mounts /proc and /sys inside the tree that it composes.' },
  { name: 'apparmor=unconfined', why: 'AppArmor forbids these mounts even with the capability.' },
] as const;

/** Documentation and tests are no part of the image: changing them must not rebuild anything. */
function isIrrelevant(path: string): boolean {
  return path === 'README.md' || path === 'tests' || /(^|\/)(__pycache__|\.[^/]*)$/.test(path);
}

/**
 * Reads the sources of the builder, for a site with these mirrors. Throws
 * `builder-image-failed` when they are not there.
 */
export async function readBuilderSources(folder: string, mirrors: SiteMirrors = {}): Promise<BuilderSources> {
  const entries = await listFolder(folder, isIrrelevant);
  if (!entries.some(({ path }) => path === 'Containerfile')) {
    throw new SiteforgeError('builder-image-failed', {
      where: folder,
      message: `${folder} holds no Containerfile.`,
    });
  }
  const packages = await sourcesOfBase(mirrors);
  const lines = packages.sources.map(sourceLine);
  const digest = digestOf([await digestOfFolder(folder, entries), ...lines].join('\n'));
  const origin = digestOf(lines.join('\n'));
  return { folder, entries, packages, digest, origin, image: `siteforge/debian:${digest.slice(0, 12)}` };
}

export async function hasBuilderImage(engine: Engine, sources: BuilderSources): Promise<boolean> {
  return hasImage(engine, sources.image);
}

/**
 * Makes the builder image if the engine has none of these sources, and then removes those that it supersedes.
 * `lockFolder` keeps two processes from making it at once, `home` is the data folder of who makes it. Throws `builder-image-failed` or `base-bootstrap-failed`.
 */
export async function ensureBuilderImage(
  engine: Engine,
  sources: BuilderSources,
  options: ImageReport & { readonly lockFolder: string; readonly home: string },
): Promise<void> {
  if (await hasBuilderImage(engine, sources)) return;
  const lock = join(options.lockFolder, `builder-${sources.digest.slice(0, 12)}.lock`);
  await withLock(lock, options.signal, async () => {
    if (await hasBuilderImage(engine, sources)) return;
    const base = await ensureBaseImage(engine, options, sources.packages);
    await inStep(options.onEvent, 'image.build', 'Builder image', () =>
      buildFrom(engine, sources, base, options),
    );
    const removed = await pruneBuilderImages(engine, sources, options.home);
    for (const line of removed) await options.onLog(line);
  });
}

async function buildFrom(
  engine: Engine,
  sources: BuilderSources,
  base: string,
  report: ImageReport & { readonly home: string },
): Promise<void> {
  let refused: string | undefined;
  const onLog = (line: string) => {
    refused ??= /^E: (The repository .*)/.exec(line)?.[1];
    return report.onLog(line);
  };
  try {
    const answer = await engine.docker.buildImage(
      { context: sources.folder, src: sources.entries.map(({ path }) => path) },
      {
        t: sources.image,
        dockerfile: 'Containerfile',
        buildargs: { BASE: base, ...proxies() },
        labels: labelsOfBuilder(sources, report.home),
        rm: true,
        forcerm: true,
        abortSignal: report.signal,
      },
    );
    const error = await readEngineMessages(answer, report.signal, onLog);
    if (error !== undefined) {
      const message =
        refused === undefined ? error.trim() : `${refused} Correct mirror and securityMirror in site.yaml.`;
      throw new SiteforgeError('builder-image-failed', { where: sources.image, message });
    }
    // An answer that breaks off looks like one that ends well.
    if (!(await hasBuilderImage(engine, sources))) throw await missingImage(engine, sources.image);
  } catch (thrown) {
    report.signal.throwIfAborted();
    throw engineFailure(thrown, sources.image);
  }
}

async function missingImage(engine: Engine, image: string): Promise<SiteforgeError> {
  if (!(await isAnswering(engine))) return new SiteforgeError('engine-lost', { where: engine.label });
  return new SiteforgeError('builder-image-failed', {
    where: image,
    message: 'The engine stopped making it.',
  });
}

/** Proxies of this account, under both spellings: apt reads the lower case, other programs the upper. */
export function proxies(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) {
    const value = environment[name] ?? environment[name.toUpperCase()];
    if (value) Object.assign(found, { [name]: value, [name.toUpperCase()]: value });
  }
  return found;
}
