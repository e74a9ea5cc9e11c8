import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderHostProfile } from '../render/host-profile/render-host-profile.ts';
import type { HostProfile } from '../schema/host-profile.ts';
import type { Image } from '../schema/image.ts';
import { bytesOfSize } from '../schema/scalars.ts';
import type { Site } from '../schema/site.ts';
import { nodeAt, type SourceNode } from '../source/source-node.ts';
import type { AssembleConfig, BuilderConfig, ComposeConfig } from './builder-config.ts';

/** A checked document and the tree that it was read from. */
export interface Located<Value> {
  readonly value: Value;
  readonly node: SourceNode;
}

export interface ImageParts {
  readonly image: Located<Image>;
  readonly profile: Located<HostProfile>;
  readonly site: Located<Site>;
}

export interface ImagePlan {
  readonly builderConfig: BuilderConfig;
  /** Largest size of the image in bytes; a larger one fails the build. */
  readonly sizeLimit?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Elements without which an image could not boot, take a seed, carry a profile or say how it came up. */
export const elementsOfEveryImage = [
  'siteforge-live',
  'siteforge-cloud-init',
  'siteforge-profile',
  'siteforge-console',
] as const;

/** One GRUB script with the arguments of a host: longer than the kernel's command line can be. */
const kernelArgumentsAreaBytes = 4096;
/** COMMAND_LINE_SIZE of x86 without its closing zero (arch/x86/include/asm/setup.h). */
const longestCommandLine = 2047;
/** Any fixed time does: 14 November 2023. */
const sourceDateEpoch = 1_700_000_000;

/**
 * What a builder gets to make an image, and what is wrong when the documents come together: each of them is judged by
 * itself before. Equal documents give equal plans.
 */
export function planImage(parts: ImageParts): ImagePlan {
  const sink = new DiagnosticSink();
  const { image, profile, site } = parts;
  checkFirmware(parts, sink);
  const builderConfig: BuilderConfig = {
    apiVersion: 'siteforge/v1',
    kind: 'BuilderConfig',
    builder: {
      imageType: 'iso',
      outputFileName: outputFileName(image.value),
      outputMetadataFileName: 'output-metadata.yaml',
    },
    compose: composeConfig(image.value, profile.value, site.value),
    assemble: assembleConfig(parts, sink),
  };
  const { sizeLimit } = image.value.spec;
  const limit = sizeLimit === undefined ? undefined : bytesOfSize(sizeLimit);
  return { builderConfig, ...(limit === undefined ? {} : { sizeLimit: limit }), diagnostics: sink.list() };
}

function composeConfig({ spec }: Image, profile: HostProfile, site: Site): ComposeConfig {
  const rendered = renderHostProfile(profile.spec);
  const { mirror, securityMirror, components, release } = site.spec;
  return {
    base: spec.base,
    release: spec.release ?? release,
    architecture: spec.architecture,
    ...(mirror === undefined ? {} : { mirror }),
    ...(securityMirror === undefined ? {} : { securityMirror }),
    components,
    elements: [...new Set([...elementsOfEveryImage, ...spec.elements])],
    environment: spec.environment,
    kernelPackage: rendered.kernelPackage,
    packages: [...new Set([...rendered.packages, ...spec.packages])].sort(),
    files: rendered.files,
    units: rendered.units,
    scripts: rendered.scripts,
  };
}

function assembleConfig({ image, profile, site }: ImageParts, sink: DiagnosticSink): AssembleConfig {
  const { metadata, spec } = image.value;
  const { kernelArguments } = renderHostProfile(profile.value.spec);
  const commandLine = kernelArguments.join(' ');
  if (commandLine.length > longestCommandLine) {
    sink.at(
      nodeAt(profile.node, ['spec', 'kernel', 'arguments']),
      'error',
      'host-profile-value',
      `The kernel arguments are ${commandLine.length} characters long; the kernel reads ${longestCommandLine}.`,
    );
  }
  return {
    volumeId: spec.outputs[0]?.volumeId ?? volumeIdOf(metadata.name),
    origin: { site: site.value.metadata.name, image: metadata.name, profile: spec.profile },
    kernelArguments,
    menuTitle: spec.bootMenu.title ?? metadata.name,
    menuTimeout: spec.bootMenu.timeout,
    seedAreaBytes: bytesOfSize(spec.stampArea) ?? 0,
    kernelArgumentsAreaBytes,
    sourceDateEpoch,
  };
}

/** `edge-node` becomes `EDGE_NODE`: A to Z, 0 to 9 and _, at most 32 (ECMA-119 section 8.4.12). */
export function volumeIdOf(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .slice(0, 32);
}

function outputFileName({ metadata, spec }: Image): string {
  const name = spec.outputs[0]?.name ?? metadata.name;
  return name.endsWith('.iso') ? name : `${name}.iso`;
}

function checkFirmware({ profile, site }: ImageParts, sink: DiagnosticSink): void {
  if (site.value.spec.components.includes('non-free-firmware')) return;
  for (const [index, name] of (profile.value.spec.firmware ?? []).entries()) {
    sink.at(
      nodeAt(profile.node, ['spec', 'firmware', index]),
      'warning',
      'host-profile-value',
      `${name} is hardly found without non-free-firmware in components of site.yaml.`,
    );
  }
}
