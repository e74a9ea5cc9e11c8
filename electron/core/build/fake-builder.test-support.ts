import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact, JobEvent } from '#shared/job.ts';
import type { BuilderConfig } from '#shared/site/builder-config.ts';
import type { Places } from '../places.ts';
import { buildImage } from './build-image.ts';

export function builderConfig(compose: Partial<BuilderConfig['compose']> = {}): BuilderConfig {
  return {
    apiVersion: 'siteforge/v1',
    kind: 'BuilderConfig',
    builder: { imageType: 'iso', outputFileName: 'edge.iso', outputMetadataFileName: 'output-metadata.yaml' },
    compose: {
      base: 'debian-minimal',
      release: 'bookworm',
      architecture: 'amd64',
      components: ['main'],
      elements: [],
      environment: {},
      kernelPackage: 'linux-image-amd64',
      packages: [],
      files: [],
      units: { enable: [], disable: [], mask: [] },
      scripts: [],
      ...compose,
    },
    assemble: {
      volumeId: 'EDGE',
      origin: { site: 'fake', image: 'edge', profile: 'edge' },
      kernelArguments: [],
      menuTitle: 'edge',
      menuTimeout: 0,
      seedAreaBytes: 4096,
      kernelArgumentsAreaBytes: 256,
      sourceDateEpoch: 1_700_000_000,
    },
  };
}

/** A compose stage that does what the contract asks for, with files of a few bytes. */
export const goodCompose = `
mkdir -p /config/compose
for name in tree.squashfs vmlinuz initrd.img; do echo "$name" > /config/compose/$name; done
echo '[{"name":"base-files","version":"12.4"}]' > /config/compose/packages.json
echo '{}' > /config/compose/compose.json
echo '{"event":"step","id":"compose.root","title":"Bootstrap","state":"started","at":1}'
echo '{"event":"step","id":"compose.root","title":"Bootstrap","state":"finished","at":2}'
`;

export const goodAssemble = `
cat /tree/tree.squashfs > /config/edge.iso
size=$(stat -c %s /config/edge.iso); sha256=$(sha256sum /config/edge.iso | cut -d' ' -f1); path=edge.iso
`;

export const goodMetadata = `
cat > /config/output-metadata.yaml <<END
bootImagePath: $path
size: $size
sha256: $sha256
format: iso
stampAreas: [{name: seed, path: /live/site-seed.img, offset: 0, length: 4096, format: newc-gzip}]
index: {path: /siteforge/index.json, offset: 0, length: 8192}
versions: {builder: fake}
END
`;

/** A builder whose stages are shell scripts: a real image, built and run by the real engine. */
export interface FakeBuilder {
  readonly places: Places;
  readonly folder: string;
  /** The request of a build with this builder; `events` gathers what it tells. */
  build(options?: FakeBuild): Promise<Artifact>;
  readonly events: JobEvent[];
  readonly log: string[];
  remove(): Promise<void>;
}

export interface FakeBuild {
  readonly signal?: AbortSignal;
  readonly config?: BuilderConfig;
  readonly engineContext?: string;
  readonly sizeLimit?: number;
  readonly refresh?: boolean;
  readonly job?: string;
}

export async function createFakeBuilder(stages: {
  compose?: string;
  assemble?: string;
}): Promise<FakeBuilder> {
  const folder = await mkdtemp(join(tmpdir(), 'siteforge fake:'));
  const places: Places = {
    data: join(folder, 'data'),
    cache: join(folder, 'cache'),
    builder: join(folder, 'builder'),
    examples: join(folder, 'examples'),
  };
  await mkdir(places.builder);
  const program = [
    '#!/bin/sh',
    'set -e',
    'case "$1" in',
    `compose) ${stages.compose ?? goodCompose} ;;`,
    `assemble) ${stages.assemble ?? goodAssemble + goodMetadata} ;;`,
    'esac',
    '',
  ].join('\n');
  await writeFile(join(places.builder, 'builder'), program, { mode: 0o755 });
  await writeFile(
    join(places.builder, 'Containerfile'),
    'ARG BASE\nFROM $BASE\nCOPY builder /builder\nENTRYPOINT ["/bin/sh", "/builder"]\n',
  );
  const siteFolder = join(folder, 'site');
  await mkdir(siteFolder);
  const events: JobEvent[] = [];
  const log: string[] = [];
  return {
    places,
    folder,
    events,
    log,
    build: (options = {}) =>
      buildImage({
        image: 'edge',
        config: options.config ?? builderConfig(),
        documents: [],
        siteFolder,
        outFolder: join(siteFolder, 'out'),
        places,
        engineContext: options.engineContext,
        sizeLimit: options.sizeLimit,
        refresh: options.refresh,
        job: options.job ?? 'fake-1',
        volume: join(places.data, 'jobs', options.job ?? 'fake-1', 'volume'),
        signal: options.signal ?? new AbortController().signal,
        onEvent: (event) => void events.push(event),
        onLog: async (lines) => {
          // A flood must not fill the test's memory either.
          if (log.length < 10_000) log.push(...lines);
        },
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
