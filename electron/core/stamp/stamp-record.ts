import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Delivered, LastBuild, LastStamp, StampedSeed } from '#shared/compare/freshness.ts';
import { secretsIn } from '#shared/secrets/mask.ts';
import { readElements } from '../build/build-image.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';
import { digestOf } from '../files/file-digest.ts';
import type { HostStamp } from './host-stamp.ts';
import { inspectImage } from './inspect-image.ts';
import { openStampable, type StampableImage } from './stampable-image.ts';

/** What a stamp leaves beside the stamped copy. */
const recordEnding = '.stamp.json';
/** A record or manifest is a few KiB; the list of a site with 500 hosts stays bearable. */
const largestRecord = 4 * 1024 * 1024;
const mostRecords = 2000;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const plainName = z.string().regex(/^[^./\\\0][^/\\\0]{0,254}$/);

const recordSchema = z.object({
  apiVersion: z.literal('siteforge/v1'),
  kind: z.literal('StampManifest'),
  host: z.string().max(253),
  created: z.iso.datetime(),
  file: plainName,
  image: z.object({ name: z.string().max(253), sha256: digest }).partial(),
  digests: z.object({
    userData: digest,
    metaData: digest,
    networkConfig: digest,
    vendorData: digest,
    kernelArguments: digest,
  }),
  /** Of a stamp that took secrets: its texts with their masks, to be compared with instead of those in the copy. */
  masked: z
    .object({ userData: z.string(), metaData: z.string(), networkConfig: z.string(), vendorData: z.string() })
    .optional(),
});
type StampRecord = z.infer<typeof recordSchema>;

const manifestSchema = z.object({
  image: z.string().max(253),
  created: z.iso.datetime(),
  artifact: z.object({ file: z.string(), size: z.number(), sha256: digest }),
  inputs: z.object({ elements: z.string().optional() }).optional(),
  config: z.unknown(),
});
type Manifest = z.infer<typeof manifestSchema>;

/**
 * Notes what was stamped, beside the copy: of the host as it is before secrets are put in, so that nothing of them is in
 * it. Digests and no texts, but for masked ones. For its owner alone all
 * the same: whoever knows all of a seed but a short password could try passwords against the digest.
 */
export async function recordStamp(
  out: string,
  image: StampableImage,
  { host, seed, kernelArguments }: HostStamp,
): Promise<void> {
  const manifest = await manifestOf(image);
  const name = manifest?.image ?? image.index.origin?.image;
  const record: StampRecord = {
    apiVersion: 'siteforge/v1',
    kind: 'StampManifest',
    host,
    created: new Date().toISOString(),
    file: basename(out),
    image: {
      ...(name === undefined ? {} : { name }),
      ...(manifest === undefined ? {} : { sha256: manifest.artifact.sha256 }),
    },
    digests: digestsOf(seed, kernelArguments),
    ...(secretsIn(Object.values(seed).join('\n')).length === 0 ? {} : { masked: { ...seed } }),
  };
  await writeFileAtomically(recordPath(out), `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
}

/** Records only what lies where it is looked for: a copy that was stamped elsewhere is not the site's business. */
export function isInOut(siteFolder: string, file: string): boolean {
  return dirname(resolve(file)) === resolve(siteFolder, 'out');
}

function recordPath(out: string): string {
  return join(dirname(out), `${basename(out).replace(/\.iso$/, '')}${recordEnding}`);
}

function digestsOf(seed: StampedSeed, kernelArguments: readonly string[]): StampRecord['digests'] {
  return {
    userData: digestOf(seed.userData),
    metaData: digestOf(seed.metaData),
    networkConfig: digestOf(seed.networkConfig),
    vendorData: digestOf(seed.vendorData),
    kernelArguments: digestOf(kernelArguments.join(' ')),
  };
}

/** The manifest of a build beside an image, when it is about this image. */
async function manifestOf({ path, size }: StampableImage): Promise<Manifest | undefined> {
  const manifests = await readManifests(dirname(path));
  return manifests.find(({ artifact }) => artifact.file === basename(path) && artifact.size === size);
}

async function readManifests(folder: string): Promise<Manifest[]> {
  return (await readAll(folder, '.manifest.json', manifestSchema)).map(({ value }) => value);
}

/** Files of a folder that hold what the schema says; others, and what cannot be read, are left out. */
async function readAll<Value>(
  folder: string,
  ending: string,
  schema: z.ZodType<Value>,
): Promise<{ name: string; value: Value }[]> {
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
    .slice(0, mostRecords);
  const read = names.map(async (name) => {
    try {
      const path = join(folder, name);
      const status = await stat(path);
      if (!status.isFile() || status.size > largestRecord) return [];
      const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
      return parsed.success ? [{ name, value: parsed.data }] : [];
    } catch {
      return [];
    }
  });
  return (await Promise.all(read)).flat();
}

/** What was stamped for a host last, and what was built: from the files in out/, so that it outlives the application. */
export async function lastDelivered(siteFolder: string, host: string): Promise<Delivered> {
  const out = join(siteFolder, 'out');
  const [builds, stamp] = await Promise.all([lastBuilds(siteFolder, out), lastStamp(out, host)]);
  return { builds, stamp };
}

async function lastBuilds(siteFolder: string, out: string): Promise<LastBuild[]> {
  const manifests = await readManifests(out);
  if (manifests.length === 0) return [];
  const elements = await readElements(siteFolder).catch(() => undefined);
  return manifests.map(({ image, created, artifact, inputs, config }) => ({
    image,
    at: Date.parse(created),
    sha256: artifact.sha256,
    config,
    ...(elements === undefined || inputs?.elements === undefined
      ? {}
      : { elementsChanged: elements.digest !== inputs.elements }),
  }));
}

async function lastStamp(out: string, host: string): Promise<LastStamp | null> {
  const records = await readAll(out, recordEnding, recordSchema);
  const own = records.map(({ value }) => value).filter((record) => record.host === host);
  const recorded = new Set(records.map(({ value }) => value.file));
  // Copies of earlier versions have no record, but carry the name of their host.
  const names = (await readdir(out).catch(() => [])).filter(
    (name) => (name === `${host}.iso` || name.endsWith(`-${host}.iso`)) && !recorded.has(name),
  );
  const candidates = await Promise.all([
    ...own.map((record) => stampOf(out, record.file, host, record)),
    ...names.map((name) => stampOf(out, name, host)),
  ]);
  return candidates.flatMap((each) => each ?? []).sort((a, b) => b.at - a.at)[0] ?? null;
}

/** What is in the image counts; its record tells the rest, and all that is left when the image is gone. */
async function stampOf(
  out: string,
  file: string,
  host: string,
  record?: StampRecord,
): Promise<LastStamp | undefined> {
  const found = await readStamped(join(out, file), host);
  if (record === undefined) return found === undefined ? undefined : { file, ...found };
  const image = { image: record.image.name, imageSha256: record.image.sha256 };
  const at = Date.parse(record.created);
  // What is in such a copy are values: the window compares masks with masks.
  if (record.masked !== undefined) {
    const { masked: seed, digests } = record;
    return {
      file,
      at,
      ...image,
      digests,
      ...(found === undefined ? {} : { seed, kernelArguments: found.kernelArguments }),
    };
  }
  if (found === undefined) return { file, at, ...image, digests: record.digests };
  // The instance id changes with everything else; the texts themselves hold secrets, which the record's do not.
  const isAsRecorded = found.digests.metaData === record.digests.metaData;
  return isAsRecorded ? { file, ...found, at, ...image, digests: record.digests } : { file, ...found };
}

async function readStamped(path: string, host: string): Promise<Omit<LastStamp, 'file'> | undefined> {
  try {
    const image = await openStampable(path);
    const { seed, kernelArguments, origin } = await inspectImage(image);
    if (seed.state !== 'stamped' || seed.host !== host) return undefined;
    const texts = { ...seed.seed };
    return {
      at: image.identity.modifiedMilliseconds,
      image: origin?.image,
      seed: texts,
      kernelArguments,
      digests: digestsOf(texts, kernelArguments),
    };
  } catch {
    return undefined;
  }
}
