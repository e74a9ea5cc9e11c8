import { renderSeed } from '../render/render-host.ts';
import { secretsIn } from '../secrets/mask.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { placeOf } from '../source/source-place.ts';
import { compareWithBuild } from './compare-builds.ts';
import { comparedHost, comparedSeed, compareHosts } from './compare-hosts.ts';
import type { Difference } from './difference.ts';
import { sha256 } from './sha-256.ts';

/** The texts of a NoCloud seed. */
export interface StampedSeed {
  readonly userData: string;
  readonly metaData: string;
  readonly networkConfig: string;
  readonly vendorData: string;
}

/** What is known of the last stamp of a host. */
export interface LastStamp {
  /** Name of the stamped file in out/. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Name of the image that it was stamped into; undefined where nothing tells. */
  readonly image?: string | undefined;
  /** SHA-256 of that image before the stamp. */
  readonly imageSha256?: string | undefined;
  /** Read back from the stamped image; undefined when that is gone and only its record is left. */
  readonly seed?: StampedSeed | undefined;
  /** There when `seed` is. */
  readonly kernelArguments?: readonly string[] | undefined;
  /**
   * SHA-256 of each text of the seed, and of the kernel arguments with a space between them; with masks in the place of
   * secrets, as the documents are rendered.
   */
  readonly digests: Readonly<Record<keyof StampedSeed | 'kernelArguments', string>>;
}

/** What is known of an image in out/. */
export interface LastBuild {
  readonly image: string;
  readonly at: number;
  readonly sha256: string;
  /** The builder's configuration in the manifest. */
  readonly config?: unknown;
  /** The documents that it was made from, as they were; undefined when its job is not kept any more. */
  readonly documents?: readonly { readonly path: string; readonly text: string }[] | undefined;
  /** Whether the site's own elements are other than at the build; undefined when that cannot be told. */
  readonly elementsChanged?: boolean | undefined;
}

export interface Delivered {
  readonly stamp: LastStamp | null;
  readonly builds: readonly LastBuild[];
  /**
   * When the value of each secret was set, milliseconds since 1970. That time is all that is compared: a digest of a
   * short value in a record could be guessed.
   */
  readonly secrets?: readonly { readonly name: string; readonly changed: number }[] | undefined;
}

export interface ChangedDocument {
  readonly path: string;
  readonly built: string;
  /** Empty when the document is gone. */
  readonly now: string;
}

export interface Freshness {
  /** Undefined: the host was not stamped yet. */
  readonly stamp?:
    | {
        readonly file: string;
        readonly at: number;
        /** What stamping again would change. */
        readonly differences: readonly Difference[];
        /** Names of the parts that differ: all that is known when the stamped texts themselves are gone. */
        readonly changedDocuments: readonly string[];
        /** The image was built anew since. */
        readonly imageIsNewer: boolean;
        /** Names of secrets in this seed whose value was set since. */
        readonly changedSecrets: readonly string[];
        /** What was stamped, for showing; undefined when it is gone. */
        readonly seed?: StampedSeed | undefined;
      }
    | undefined;
  /** Undefined: no image for this host was built yet. */
  readonly build?:
    | {
        readonly image: string;
        readonly at: number;
        /** What only a build would change. */
        readonly differences: readonly Difference[];
        /** False while the documents of the image cannot be understood. */
        readonly known: boolean;
        /** Those of its documents whose text differs, comments included; undefined when the texts are gone. */
        readonly documents?: readonly ChangedDocument[] | undefined;
      }
    | undefined;
}

/**
 * Compares the text now with what was stamped and built last. By content, not by time: it is right after older
 * documents were checked out, too. Undefined for a host that is not there.
 */
export function freshnessOf(
  analysis: SiteAnalysis,
  hostName: string,
  delivered: Delivered,
): Freshness | undefined {
  const rendered = renderSeed(analysis, hostName);
  if (rendered === undefined) return undefined;
  const build = buildOf(analysis, hostName, delivered);
  const ofBuild = build === undefined ? {} : { build: compareBuild(analysis, hostName, build) };
  const { stamp } = delivered;
  if (stamp === null) return ofBuild;
  const { seed, kernelArguments = [] } = stamp;
  const now = { ...rendered, kernelArguments: rendered.kernelArguments.join(' ') };
  const changedDocuments = parts
    .filter(([key]) => sha256(now[key]) !== stamp.digests[key])
    .map(([, name]) => name);
  const host =
    changedDocuments.length === 0 || seed === undefined ? undefined : comparedHost(analysis, hostName);
  const differences =
    host === undefined || seed === undefined
      ? []
      : compareHosts(host, comparedSeed({ ...seed, kernelArguments }));
  const base = delivered.builds.find(({ image }) => image === stamp.image);
  const imageIsNewer =
    stamp.imageSha256 !== undefined && base !== undefined && base.sha256 !== stamp.imageSha256;
  const { file, at } = stamp;
  const changedSecrets = secretsIn(Object.values(now).join('\n')).filter(
    (name) => (changeOf(name, delivered.secrets ?? []) ?? 0) > at,
  );
  return {
    stamp: { file, at, differences, changedDocuments, imageIsNewer, changedSecrets, seed },
    ...ofBuild,
  };
}

/** `bmc-rack-1` is met by the file bmc-rack-1.yaml, too. */
function changeOf(name: string, secrets: NonNullable<Delivered['secrets']>): number | undefined {
  const own = secrets.find((secret) => secret.name === name);
  return (own ?? secrets.find((secret) => secret.name.replace(/(.)\.[^.]+$/, '$1') === name))?.changed;
}

const parts: readonly (readonly [keyof StampedSeed | 'kernelArguments', string])[] = [
  ['userData', 'user-data'],
  ['networkConfig', 'network-config'],
  ['metaData', 'meta-data'],
  ['vendorData', 'vendor-data'],
  ['kernelArguments', 'kernel arguments'],
];

/** The build that this host boots: the one it was stamped into, else the newest of an image with its profile. */
function buildOf(
  analysis: SiteAnalysis,
  hostName: string,
  { stamp, builds }: Delivered,
): LastBuild | undefined {
  const stampedInto = builds.find(({ image }) => image === stamp?.image);
  if (stampedInto !== undefined) return stampedInto;
  const profile = analysis.hosts.find(({ name }) => name === hostName)?.profile;
  const fitting = new Set(
    analysis.images.filter((image) => image.profile === profile).map(({ name }) => name),
  );
  return builds.filter(({ image }) => fitting.has(image)).sort((a, b) => b.at - a.at)[0];
}

function compareBuild(
  analysis: SiteAnalysis,
  hostName: string,
  build: LastBuild,
): NonNullable<Freshness['build']> {
  const { image, at, config, elementsChanged, documents } = build;
  const host = analysis.hosts.find(({ name }) => name === hostName);
  const made = analysis.images.find(({ name }) => name === image);
  const place = analysis.analysedHosts.get(hostName)?.reading.profile;
  const differences = compareWithBuild(analysis, image, config);
  const others: Difference[] = [];
  if (host !== undefined && made !== undefined && host.profile !== '' && made.profile !== host.profile) {
    others.push({
      topic: 'profile',
      what: 'profile of the host',
      here: host.profile,
      there: made.profile,
      hereAt: place && placeOf(place),
    });
  }
  if (elementsChanged === true)
    others.push({ topic: 'elements', what: "the site's own elements", here: 'changed', there: 'as built' });
  return {
    image,
    at,
    differences: [...others, ...(differences ?? [])],
    known: differences !== undefined,
    documents: documents && changedDocumentsOf(analysis, documents),
  };
}

function changedDocumentsOf(
  { documents }: SiteAnalysis,
  built: NonNullable<LastBuild['documents']>,
): ChangedDocument[] {
  return built.flatMap(({ path, text }) => {
    const now = documents.find((document) => document.path === path)?.source.text ?? '';
    return now === text ? [] : [{ path, built: text, now }];
  });
}
