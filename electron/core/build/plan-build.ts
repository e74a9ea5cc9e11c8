import { type Diagnostic, DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { didYouMean, suggest } from '#shared/diagnostics/suggest.ts';
import { SiteforgeError } from '#shared/errors.ts';
import type { BuilderConfig } from '#shared/site/builder-config.ts';
import { checkElements } from '#shared/site/check-elements.ts';
import { readDocument, type SiteDocument } from '#shared/site/document.ts';
import { kindOfPath } from '#shared/site/document-kinds.ts';
import { planImage } from '#shared/site/plan-image.ts';
import { findingsInImages } from '#shared/site/profile-in-images.ts';
import { contentOf } from '#shared/site/site-content.ts';
import { nodeAt } from '#shared/source/source-node.ts';
import { digestOf } from '../files/file-digest.ts';

export interface PlannedDocument {
  readonly path: string;
  readonly sha256: string;
  readonly text: string;
}

/** What the documents of a site say about an image, ready to be built. */
export interface PlannedImage {
  readonly config: BuilderConfig;
  /** Bytes that the image may have. */
  readonly sizeLimit?: number | undefined;
  /** Documents that the configuration was made from. */
  readonly documents: readonly PlannedDocument[];
}

export interface BuildPlan {
  /** Undefined when one of the documents has an error. */
  readonly planned: PlannedImage | undefined;
  /** What is wrong with the documents that this image is made from. Those of hosts do not matter to it. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans an image from the texts of a site. `otherPaths` are those of its snapshot, for the site's own elements; without
 * them elements are not checked. Throws `image-not-found`.
 */
export function planBuild(
  files: ReadonlyMap<string, string>,
  imageName: string,
  otherPaths?: readonly string[],
): BuildPlan {
  const image = findNamed(files, 'images', imageName);
  if (image === undefined) {
    const known = namesIn(files, 'images');
    const meant = suggest(imageName, known);
    const hint = meant === undefined ? ` It has ${known.join(', ') || 'none'}.` : ` Did you mean ${meant}?`;
    const message = `The site has no image ${imageName}.${hint}`;
    throw new SiteforgeError('image-not-found', { where: imageName, message });
  }
  const site = read(files, 'site.yaml');
  const profileName = image.image?.spec.profile;
  const profile = profileName === undefined ? undefined : findNamed(files, 'profiles', profileName);
  const found = [image, site].flatMap((document) => document?.diagnostics ?? []);
  if (profile !== undefined) found.push(...findingsInImages(profile, [image]));
  if (profileName !== undefined && profile === undefined)
    found.push(unknownProfile(image, profileName, files));
  if (otherPaths !== undefined) found.push(...unknownElements(image, otherPaths));
  if (!image.image || !image.root || !site?.site || !site.root || !profile?.profile || !profile.root) {
    return { planned: undefined, diagnostics: found };
  }
  const plan = planImage({
    image: { value: image.image, node: image.root },
    profile: { value: profile.profile, node: profile.root },
    site: { value: site.site, node: site.root },
  });
  const diagnostics = [...found, ...plan.diagnostics];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { planned: undefined, diagnostics };
  const documents = [image, profile, site].map(({ path, source }) => ({
    path,
    sha256: digestOf(source.text),
    text: source.text,
  }));
  return { planned: { config: plan.builderConfig, sizeLimit: plan.sizeLimit, documents }, diagnostics };
}

/** The plan, or a throw of `documents-invalid` that counts the errors and names the first. */
export function requirePlan({ planned, diagnostics }: BuildPlan): PlannedImage {
  if (planned !== undefined) return planned;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  throw new SiteforgeError('documents-invalid', {
    message: `${errors.length} ${errors.length === 1 ? 'error keeps' : 'errors keep'} this image from being built.`,
    ...(first === undefined ? {} : { where: `${first.file}:${first.range.start.line}: ${first.message}` }),
  });
}

function read(files: ReadonlyMap<string, string>, path: string): SiteDocument | undefined {
  const text = files.get(path);
  return text === undefined ? undefined : readDocument(path, text, kindOfPath(path));
}

function findNamed(
  files: ReadonlyMap<string, string>,
  folder: string,
  name: string,
): SiteDocument | undefined {
  return read(files, `${folder}/${name}.yaml`) ?? read(files, `${folder}/${name}.yml`);
}

function namesIn(files: ReadonlyMap<string, string>, folder: string): string[] {
  return [...files.keys()].flatMap((path) => {
    const name = new RegExp(`^${folder}/(.*)\\.ya?ml$`).exec(path)?.[1];
    return name === undefined ? [] : [name];
  });
}

function unknownElements(image: SiteDocument, otherPaths: readonly string[]): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  checkElements(image.root, contentOf(otherPaths).elements, sink);
  return sink.list();
}

function unknownProfile(image: SiteDocument, name: string, files: ReadonlyMap<string, string>): Diagnostic {
  const sink = new DiagnosticSink();
  const place = image.root && nodeAt(image.root, ['spec', 'profile']);
  const { hint, fixes } = place ? didYouMean(place, name, namesIn(files, 'profiles')) : { hint: '' };
  const somewhere = { source: image.source, span: { start: 0, end: 0 } };
  sink.at(
    place ?? somewhere,
    'error',
    'reference-unknown',
    `There is no host profile ${name}.${hint}`,
    fixes,
  );
  const [diagnostic] = sink.list();
  if (diagnostic === undefined) throw new Error('a sink keeps what it is given');
  return diagnostic;
}
