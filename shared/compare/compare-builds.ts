import { writtenNowhere } from '../render/written-nowhere.ts';
import { documentOf, type SiteAnalysis } from '../site/analysis.ts';
import type { BuilderConfig } from '../site/builder-config.ts';
import type { SiteDocument } from '../site/document.ts';
import { planImage } from '../site/plan-image.ts';
import { withoutSecrets } from '../site/without-secrets.ts';
import type { SourceNode } from '../source/source-node.ts';
import { type Place, placeOf } from '../source/source-place.ts';
import { compareTrees, type TreeDifference } from './compare-trees.ts';
import { type Difference, sortedByTopic, type Topic } from './difference.ts';
import { sha256 } from './sha-256.ts';
import { valueWords } from './value-words.ts';

interface Parts {
  readonly image: SiteDocument;
  readonly profile: SiteDocument;
  readonly site: SiteDocument;
}

/** What a build of an image would be made of now; undefined while one of its documents cannot be understood. */
function currentPlan(
  analysis: SiteAnalysis,
  imageName: string,
): { config: BuilderConfig; parts: Parts } | undefined {
  const image = documentOf(analysis, 'image', imageName);
  const profileName = image?.image?.spec.profile;
  const profile = profileName === undefined ? undefined : documentOf(analysis, 'host-profile', profileName);
  const site = documentOf(analysis, 'site', 'site');
  if (!image?.image || !image.root || !profile?.profile || !profile.root || !site?.site || !site.root)
    return undefined;
  const { builderConfig } = planImage({
    image: { value: image.image, node: image.root },
    profile: { value: profile.profile, node: profile.root },
    site: { value: site.site, node: site.root },
  });
  return { config: builderConfig, parts: { image, profile, site } };
}

/**
 * What changed since an image was built, of what is baked into it. `built`: the configuration that its manifest holds,
 * secrets left out. Undefined when that cannot be told now.
 */
export function compareWithBuild(
  analysis: SiteAnalysis,
  imageName: string,
  built: unknown,
): Difference[] | undefined {
  const plan = currentPlan(analysis, imageName);
  if (plan === undefined || typeof built !== 'object' || built === null) return undefined;
  const now = withoutSecrets(plan.config, sha256);
  // Through JSON, as the manifest went: what is undefined is not there.
  const [here, there] = [partsOf(JSON.parse(JSON.stringify(now)) as object), partsOf(built)];
  const found = compareTrees(writtenNowhere(here), writtenNowhere(there)).map((difference) =>
    describe(difference, plan.parts),
  );
  return sortedByTopic(found);
}

/**
 * The parts of a configuration that shape the image: those of its cache keys. Without the names of what it is made of,
 * which builds of earlier versions do not tell; the profile of a host is compared by itself.
 */
function partsOf(config: object): object {
  const { compose, assemble } = config as { compose?: unknown; assemble?: unknown };
  if (typeof assemble !== 'object' || assemble === null) return { compose };
  const { origin: _names, ...settings } = assemble as { origin?: unknown };
  return { compose, assemble: settings };
}

const settings: Readonly<Record<string, { readonly topic: Topic; readonly words: string }>> = {
  'compose.release': { topic: 'image settings', words: 'release' },
  'compose.base': { topic: 'image settings', words: 'base' },
  'compose.architecture': { topic: 'image settings', words: 'architecture' },
  'compose.mirror': { topic: 'image settings', words: 'mirror' },
  'compose.securityMirror': { topic: 'image settings', words: 'security mirror' },
  'compose.components': { topic: 'image settings', words: 'component' },
  'compose.elements': { topic: 'elements', words: 'element' },
  'compose.environment': { topic: 'elements', words: 'variable' },
  'compose.kernelPackage': { topic: 'kernel', words: 'kernel package' },
  'compose.packages': { topic: 'packages', words: 'package' },
  'compose.files': { topic: 'files', words: 'baked file' },
  'compose.scripts': { topic: 'commands', words: 'script' },
  'compose.units': { topic: 'units', words: 'unit' },
  'assemble.kernelArguments': { topic: 'kernel', words: 'baked kernel argument' },
};

function describe(difference: TreeDifference, parts: Parts): Difference {
  const { path, here, there } = difference;
  const setting = path.slice(0, 2).join('.');
  const known = Object.hasOwn(settings, setting) ? settings[setting] : undefined;
  const rest = path.slice(2);
  const words = known?.words ?? path.slice(1).join(' ');
  const values = valueWords(difference);
  const isContent = rest.includes('content');
  return {
    topic: known?.topic ?? 'image settings',
    what: whatOf(setting, words, rest),
    // Of files and scripts a manifest holds digests, which say nothing to people.
    here: isContent ? here && 'changed' : values.here,
    there: isContent ? there && 'as built' : values.there,
    hereAt: here && placeIn(parts, textsOf(here.value), rest),
    thereAt: undefined,
  };
}

function whatOf(setting: string, words: string, rest: readonly string[]): string {
  if (rest.length === 0) return words;
  if (setting === 'compose.units') return `${rest[0] === 'mask' ? 'masked' : `${rest[0]}d`} unit`;
  return [
    words,
    rest[0],
    ...(rest.length > 1 && !rest.includes('content') ? [rest.slice(1).join(' ')] : []),
  ].join(' ');
}

function textsOf(value: SourceNode): string[] {
  if (value.type === 'scalar') return value.value === null ? [] : [String(value.value)];
  return (value.type === 'sequence' ? value.items : value.entries.map((entry) => entry.value)).flatMap(
    textsOf,
  );
}

/** Where a document writes one of the texts; the start of the profile for what is made of several settings. */
function placeIn(
  { profile, image, site }: Parts,
  texts: readonly string[],
  path: readonly string[],
): Place | undefined {
  const wanted = new Set([...texts, ...path].filter((text) => text.length > 1));
  for (const { root } of [profile, image, site]) {
    const node = root && scalarWith(root, wanted);
    if (node !== undefined) return placeOf(node);
  }
  const start = { line: 1, column: 1 };
  return { file: profile.path, range: { start, end: start } };
}

function scalarWith(node: SourceNode, wanted: ReadonlySet<string>): SourceNode | undefined {
  if (node.type === 'scalar') return wanted.has(String(node.value)) ? node : undefined;
  const inner =
    node.type === 'sequence' ? node.items : node.entries.flatMap(({ key, value }) => [key, value]);
  for (const each of inner) {
    const found = scalarWith(each, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
