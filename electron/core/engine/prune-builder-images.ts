import type { BuilderSources } from './builder-image.ts';
import type { Engine } from './connect-engine.ts';

/** Whose image it is: the data folder of the application that made it. Containers of it have labels of their own. */
const makerLabel = 'org.siteforge.made-by';
/** What its packages came from. */
const originLabel = 'org.siteforge.packages-from';

/** Labels of a builder image, by which the next one knows that it takes its place. */
export function labelsOfBuilder({ origin }: BuilderSources, home: string): Record<string, string> {
  return { [makerLabel]: home, [originLabel]: origin };
}

/**
 * Removes the builder images that `sources` supersedes: made by this data folder from the same mirrors, but of earlier
 * sources of the builder. One that a container was made of stays (the engine refuses), and so do those of other
 * accounts, checkouts and mirrors. Answers a sentence for each; never throws: a full engine is no reason to fail a build.
 */
export async function pruneBuilderImages(
  engine: Engine,
  sources: BuilderSources,
  home: string,
): Promise<string[]> {
  const own = Object.entries(labelsOfBuilder(sources, home)).map(([name, value]) => `${name}=${value}`);
  const images = await engine.docker.listImages({ filters: { label: own } }).catch(() => []);
  const told: string[] = [];
  for (const { RepoTags } of images) {
    const tags = RepoTags ?? [];
    // Podman puts "localhost/" in front. A name that somebody else gave it is a use of it.
    if (tags.length !== 1 || !/^(?:localhost\/)?siteforge\/debian:[0-9a-f]{12}$/.test(tags[0] ?? ''))
      continue;
    const [tag = ''] = tags;
    if (tag.endsWith(sources.image)) continue;
    const removed = await engine.docker
      .getImage(tag)
      .remove()
      .then(
        () => true,
        () => false,
      );
    if (removed) told.push(`Removed the earlier builder image ${tag}.`);
  }
  return told;
}
